"""What a conversation remembers between two messages, kept as JSON in the core database."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from actions.offers.attributes import NOT
from actions.offers.need_fit import fit
from actions.offers.products import Product
from actions.offers.situation import Needs


class Asked(StrEnum):
    """What the assistant has asked and a yes, a no or a word would answer."""

    VARIANT = "variant"
    READBACK = "readback"
    OFFER = "offer"
    WHAT_MATTERS = "what_matters"
    ERASE = "erase"
    CANCEL_ORDER = "cancel_order"
    SHOW = "show"
    TAKE = "take"


class Then(StrEnum):
    """What happens once the variant is known."""

    DETAILS = "details"
    READBACK = "readback"
    TAKE_OFFER = "take_offer"


@dataclass(slots=True)
class Question:
    """The one open question; "ja" binds to it and to nothing else."""

    asked: Asked
    family: str = ""
    sku: str = ""
    quantity: int = 1
    price: int = 0
    least: int = 0
    then: str = ""
    attribute: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    offers: list[str] = field(default_factory=list)
    intent: str = ""
    reference: str = ""

    @property
    def key(self) -> str:
        """What a yes-button carries: it answers the question it was shown with, and none that came later."""
        named = (self.asked, self.sku or self.family or self.reference, self.quantity, self.price, *self.offers[:1])
        return ":".join(map(str, named))


@dataclass(slots=True)
class Memory:
    """Needs stated so far, products shown and in discussion, the open question, and every no."""

    category: str = ""
    max_price: int | None = None
    min_price: int | None = None
    wishes: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    kind_asked: bool = False
    unwanted: dict[str, list[str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    compared: list[str] = field(default_factory=list)
    focus: str = ""
    focus_sku: str = ""
    page_sku: str = ""
    page_seen: str = ""
    language_proposed: bool = False
    anchor: str = ""
    question: Question | None = None
    quantity: int = 1
    swapped: str = ""
    swapped_for: str = ""
    also_wanted: list[str] = field(default_factory=list)
    hesitations: int = 0
    refused: list[str] = field(default_factory=list)
    paused: list[str] = field(default_factory=list)
    up_settled: bool = False
    last_offer: str = ""
    told: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Build from stored JSON; names this version does not know are dropped."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in document.items() if name in known}
        if values.get("question"):
            asked = values["question"]
            values["question"] = Question(**{**asked, "asked": Asked(asked["asked"])})
        return cls(**values)

    def document(self) -> dict[str, Any]:
        """The JSON document to store."""
        return asdict(self)

    @property
    def needs(self) -> Needs:
        """The stated needs as the offer policy reads them."""
        return Needs(self.category, self.max_price, self.min_price, dict(self.wishes))

    @property
    def needs_and_refusals(self) -> Needs:
        """The stated needs with what was refused, "!black", for deciding what may be offered."""
        attributes = dict(self.wishes)
        for name, values in self.unwanted.items():
            if name not in ("category", "family"):
                refused = [NOT + value for value in values]
                attributes[name] = ",".join(filter(None, [attributes.get(name, ""), *refused]))
        return Needs(self.category, self.max_price, self.min_price, attributes)

    def remember_needs(self, needs: Needs) -> None:
        """Take over merged needs."""
        self.category, self.max_price, self.min_price = needs.category, needs.max_price, needs.min_price
        self.wishes = dict(needs.attributes)

    def settle_for(self, product: Product) -> None:
        """Go on from the product bought; a wish that it does not meet was no must."""
        self.anchor, self.quantity, self.up_settled = product.sku, 1, False
        for name in fit(product, self.needs).unmet:
            self.wishes.pop(name, None)

    def pause(self, kind: str) -> None:
        """No unprompted offer of this kind for the rest of the conversation."""
        if kind not in self.paused:
            self.paused.append(str(kind))

    def refuse(self, skus: Iterable[str]) -> None:
        """These products are not offered again."""
        self.refused += [sku for sku in skus if sku not in self.refused]

    def drop_plans(self) -> None:
        """What was to come after the product in hand, another one or a swap, is off."""
        self.also_wanted = []
        self.swap("", "")

    def swap(self, sku: str, family: str) -> None:
        """This line of the cart goes back once a product of this model, and no other, is agreed to."""
        self.swapped, self.swapped_for = sku, family

    def turn_to_something_else(self) -> None:
        """What was searched for and shown is done with; noes and the cart are not."""
        self.remember_needs(Needs())
        self.kind_asked = False
        self.words, self.shown, self.seen, self.compared, self.unwanted = [], [], [], [], {}
        self.focus, self.focus_sku, self.question = "", "", None
        self.drop_plans()

    def look_at(self, product: Product, *, chosen: bool) -> None:
        """Put a model in focus; `chosen` where the shopper also settled on this variant."""
        if self.question and self.question.family not in ("", product.family):
            self.question = None
        self.focus = product.family
        self.focus_sku = product.sku if chosen else ""
