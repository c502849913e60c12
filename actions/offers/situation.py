"""What is known at the moment of deciding on an offer, whatever the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from actions.offers.products import NOTHING, Product, Relation


class OfferKind(StrEnum):
    """The three moves."""

    CROSS = "cross"
    UP = "up"
    DOWN = "down"


class Stage(StrEnum):
    """How far the shopper has come; INTENT begins with the explicit yes to an item that was read back."""

    BROWSE = "browse"
    CONSIDER = "consider"
    INTENT = "intent"
    CHECKOUT = "checkout"
    ORDERED = "ordered"
    AFTER = "after"


class Placement(StrEnum):
    """Where the offer would be shown."""

    CHAT = "chat"
    PRODUCT = "product"
    CART = "cart"
    CHECKOUT = "checkout"
    AFTER = "after"


class Hesitation(StrEnum):
    """Why a shopper hesitates, in the codes of ACP's intent trace."""

    PRICE_SENSITIVITY = "price_sensitivity"
    SHIPPING_COST = "shipping_cost"
    SHIPPING_SPEED = "shipping_speed"
    PRODUCT_FIT = "product_fit"
    TRUST_SECURITY = "trust_security"
    RETURNS_POLICY = "returns_policy"
    PAYMENT_OPTIONS = "payment_options"
    COMPARISON = "comparison"
    TIMING_DEFERRED = "timing_deferred"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CartItem:
    """One line of the cart."""

    product: Product
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Needs:
    """What the shopper has said: hard limits, never guessed.

    `attributes` may name colour, size, brand or any product attribute; `words` are free needs such as
    "commute" that a product meets by its attribute `use`. Empty means nothing was stated.
    """

    category: str = ""
    max_price: int | None = None
    min_price: int | None = None
    attributes: Mapping[str, str] = field(default=NOTHING)

    @property
    def stated(self) -> bool:
        """True where at least one need beyond the kind of product is known."""
        return self.max_price is not None or self.min_price is not None or bool(self.attributes)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the offer policy may know.

    `anchor` is the product the offer would build on: the last line said yes to, or the one in discussion.
    `asked_for` is set when the shopper asked for a kind of advice; `owned` and `families_owned` come from
    purchases and are empty without consent. `shown` counts offers by kind in this conversation, `refused`
    the skus declined, `refusals` the number of noes to offers; `paused` the kinds that rest after a no.
    """

    stage: Stage
    anchor: Product | None = None
    cart: tuple[CartItem, ...] = ()
    placement: Placement = Placement.CHAT
    voice: bool = False
    asked_for: OfferKind | None = None
    hesitation: Hesitation | None = None
    needs: Needs = field(default_factory=Needs)
    refused: frozenset[str] = frozenset()
    refusals: int = 0
    paused: frozenset[OfferKind] = frozenset()
    opted_out: bool = False
    negative_mood: bool = False
    owned_families: frozenset[str] = frozenset()
    shown: Mapping[OfferKind, int] = field(default_factory=dict)
    shown_skus: frozenset[str] = frozenset()
    up_settled: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that might be offered as one kind of move, with the relation that speaks for it."""

    product: Product
    kind: OfferKind
    relation: Relation | None = None
