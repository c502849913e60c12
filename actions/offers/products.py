"""Value objects of the catalogue: what is for sale and how products relate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from actions.offers.pressure import without_pressure

NOTHING: Mapping[str, str] = MappingProxyType({})
UNRANKED = 1_000_000


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer minor units (cents) of one currency; gross unless a name says otherwise."""

    amount: int
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in German and English; a missing language falls back to the other."""

    de: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """Return the text in `language` ("de" or "en"), or the other one where it is empty."""
        return (self.en or self.de) if language == "en" else (self.de or self.en)

    def honest(self) -> Self:
        """The text without its sentences that press; empty in both languages where one is left with nothing."""
        de, en = without_pressure(self.de), without_pressure(self.en)
        lost = (self.de and not de) or (self.en and not en)
        return type(self)() if lost else type(self)(de, en)

    def said(self, language: str) -> str:
        """What a shopper reads or hears of a text that the merchant wrote."""
        return self.honest().of(language)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Content of a package where the law wants a unit price: 250 ml, 1.5 kg."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Product:
    """One sellable variant.

    `family` is shared by the variants of one model (colour, size); `category` is a path like "bikes/mountain",
    and products of one category serve the same need; `tier` counts 1 (entry), 2 (middle), 3 (premium) inside it.
    `cost` is the net purchase cost in minor units, None where unknown; `tax_percent` turns gross into net.
    `running_cost` tells what the product needs again and again; `not_included` what it lacks to work at all.
    """

    sku: str
    family: str
    title: Words
    category: str
    price: Money
    cost: int | None = None
    stock: int = 0
    brand: str = ""
    model: str = ""
    tier: int | None = None
    colour: str = ""
    size: str = ""
    attributes: Mapping[str, str] = field(default=NOTHING)
    description: Words = field(default_factory=Words)
    benefit: Words = field(default_factory=Words)
    running_cost: Words = field(default_factory=Words)
    not_included: Words = field(default_factory=Words)
    content: Quantity | None = None
    rating: float | None = None
    rating_count: int = 0
    tax_percent: int = 19
    popularity: int = 0

    @property
    def profit(self) -> int | None:
        """Net price minus cost in minor units, rounded down; None where the cost is unknown."""
        if self.cost is None:
            return None
        return self.price.amount * 100 // (100 + self.tax_percent) - self.cost

    @property
    def name_without_colour(self) -> tuple[str, ...]:
        """Category and words of the title that other colours of the same model share, whatever their family."""
        colour = set(self.colour.casefold().split())
        words = (self.title.en or self.title.de).casefold().split()
        return (self.category, *(word for word in words if word not in colour))


class RelationKind(StrEnum):
    """Google Merchant's relationship vocabulary plus the two directions it lacks, and "nothing fits"."""

    OFTEN_BOUGHT_WITH = "often_bought_with"
    ACCESSORY = "accessory"
    REQUIRED_PART = "required_part"
    PART_OF_SET = "part_of_set"
    SUBSTITUTE = "substitute"
    DIFFERENT_BRAND = "different_brand"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    NONE_FITS = "none_fits"


CROSS_RELATIONS = frozenset(
    {
        RelationKind.OFTEN_BOUGHT_WITH,
        RelationKind.ACCESSORY,
        RelationKind.REQUIRED_PART,
        RelationKind.PART_OF_SET,
    }
)


class Provenance(StrEnum):
    """Who says that two products belong together."""

    MERCHANT = "merchant"
    FEED = "feed"
    MINED = "mined"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The numbers behind a relation, as counted in past orders.

    `together` orders held both products, out of `anchor_orders` that held the anchor; `lift` is
    P(both) / (P(anchor) P(other)); `simulated` marks a history that no real shopper made. `weight` is what a
    linear item model learnt of the pair from the same orders: it orders, it is never spoken of. `target_orders`
    held the other product, 0 where nobody asked.
    """

    together: int = 0
    anchor_orders: int = 0
    orders: int = 0
    support: float = 0.0
    confidence: float = 0.0
    lift: float = 0.0
    simulated: bool = False
    weight: float = 0.0
    target_orders: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed edge from an anchor product to one that goes with it or replaces it; a `rank` of 0 is none."""

    anchor: str
    target: str
    kind: RelationKind
    provenance: Provenance
    approved: bool
    rank: int = 0
    benefit: Words = field(default_factory=Words)
    evidence: Evidence | None = None
    compatible: bool | None = True

    @property
    def place(self) -> int:
        """Its place among the rows of the anchor: whoever has no rank comes after all that have one."""
        return self.rank or UNRANKED
