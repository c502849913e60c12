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

    `anchor` is the product the offer would build on: the last line said yes to, or the one in discussion;
    without one, the last line of the cart. `asked_for` is set when the shopper asked for a kind of advice.
    `requested` is a kind that other software wants to see alone; it opens no rule but that a need must be known.
    `owned_families` comes from the orders of this chat, and from earlier ones only with consent. `shown` counts by
    kind the turns of this conversation that made an offer (a choice of three counts once) and `shown_skus` the
    products offered in them, not the results of a search. `refused` and `refused_families` were declined,
    `refusals` is the number of noes to offers, `paused` the kinds that rest after a no. Who is `held_out` gets no
    extra and no better model unasked, so that what these cause can be measured; for who is not `rolled_out` yet the
    policy decides as for anybody and offers nothing unasked.

    `decide` adds what it can read from the candidates to the last three; a caller may know more.
    `related_categories` are pairs (anchor's category, target's category) between which the merchant approved a
    relation, `nothing_fits` the skus of anchors whose row in the matrix says that no extra fits, and
    `family_sizes` the sizes each family is made in.
    """

    stage: Stage
    anchor: Product | None = None
    cart: tuple[CartItem, ...] = ()
    placement: Placement = Placement.CHAT
    voice: bool = False
    asked_for: OfferKind | None = None
    requested: OfferKind | None = None
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
    refused_families: frozenset[str] = frozenset()
    related_categories: frozenset[tuple[str, str]] = frozenset()
    nothing_fits: frozenset[str] = frozenset()
    family_sizes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held_out: bool = False
    rolled_out: bool = True

    def asks_for(self, kind: OfferKind) -> bool:
        """True where an offer of this kind would answer the shopper's own question."""
        return self.asked_for is kind

    def lets_speak(self, kind: OfferKind) -> bool:
        """True where an offer of this kind that was decided on is made, and not only written down."""
        return self.rolled_out or self.asks_for(kind)

    def basis(self, relation: Relation | None) -> Product | None:
        """The product a relation starts at where the cart or the discussion holds it, else the anchor."""
        in_cart = [item.product for item in self.cart]
        known = [self.anchor, *in_cart] if self.anchor else in_cart
        started_at = (product for product in known if relation and product.sku == relation.anchor)
        return next(started_at, self.anchor or (in_cart[-1] if in_cart else None))

    @property
    def cart_total(self) -> int:
        """Gross total of the cart in minor units, without shipping."""
        return sum(item.product.price.amount * item.quantity for item in self.cart)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that might be offered as one kind of move, with the relation that speaks for it.

    `pull_of_others` is how strongly past orders speak for an extra from the other lines of the cart, on the scale
    of `strength.pull_of_lines`; it may change the order of the eligible, nothing else.
    Where the merchant wrote no tiers, `tiers` is how many the names and prices of the catalogue put it above the
    anchor (negative: below), and `likeness` how alike the two are; the figure means nothing but an order.
    `next_chance` is the share of past customers who went from the anchor to this model with their next purchase of
    the kind; 0 where too few did.
    """

    product: Product
    kind: OfferKind
    relation: Relation | None = None
    tiers: int | None = None
    likeness: float = 0.0
    pull_of_others: float = 0.0
    next_chance: float = 0.0
