"""What the offer policy decided: offers with their reasons, and what was withheld and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from actions.offers.products import Evidence, Money, Product, Words
from actions.offers.situation import OfferKind


class Refusal(StrEnum):
    """Why a candidate is not offered."""

    ORDER_FIRST = "order_first"
    OPTED_OUT = "opted_out"
    DECLINED_BEFORE = "declined_before"
    KIND_PAUSED = "kind_paused"
    FREQUENCY_CAP = "frequency_cap"
    UNRELATED = "unrelated"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    NOT_APPROVED = "not_approved"
    INCOMPATIBLE = "incompatible"
    MARGIN = "margin"
    MARGIN_UNKNOWN = "margin_unknown"
    NO_PROFIT_GAIN = "no_profit_gain"
    LOSS = "loss"
    OUT_OF_STOCK = "out_of_stock"
    IN_CART = "in_cart"
    SAME_FAMILY = "same_family"
    ALREADY_OWNED = "already_owned"
    NEED_NOT_MET = "need_not_met"
    NEED_UNKNOWN = "need_unknown"
    PRICE_STEP = "price_step"
    NEGATIVE_MOOD = "negative_mood"
    PLACEMENT_OFF = "placement_off"
    WRONG_STAGE = "wrong_stage"
    HOLDOUT = "holdout"
    ROLLOUT = "rollout"
    OTHER_KIND_FIRST = "other_kind_first"
    NOT_AMONG_BEST = "not_among_best"


class DetailCode(StrEnum):
    """What a rule found when it refused; one refusal may have several causes, and a cause several parts."""

    PLACEMENT = "placement"
    NO_OFFERS_WANTED = "no_offers_wanted"
    TROUBLE = "trouble"
    HELD_OUT = "held_out"
    NOT_ROLLED_OUT = "not_rolled_out"
    WAITS_FOR_ORDER = "waits_for_order"
    WAITS_FOR_YES = "waits_for_yes"
    WAITS_FOR_ANY_YES = "waits_for_any_yes"
    NO_HESITATION = "no_hesitation"
    OTHER_HESITATION = "other_hesitation"
    HESITATES = "hesitates"
    DEAR_ANCHOR = "dear_anchor"
    STAGE = "stage"
    DECLINED = "declined"
    MODEL_DECLINED = "model_declined"
    KIND_RESTS = "kind_rests"
    TIER_SETTLED = "tier_settled"
    NOES = "noes"
    OFFERS = "offers"
    OFFERS_OF_KIND = "offers_of_kind"
    SHOWN_BEFORE = "shown_before"
    NO_ANCHOR = "no_anchor"
    NO_RELATION = "no_relation"
    NOTHING_FITS = "nothing_fits"
    CATEGORIES = "categories"
    UNAPPROVED = "unapproved"
    NO_ORDERS_COUNTED = "no_orders_counted"
    TOGETHER = "together"
    CONFIDENCE = "confidence"
    LIFT = "lift"
    DOES_NOT_FIT = "does_not_fit"
    FIT_UNKNOWN = "fit_unknown"
    PROFIT = "profit"
    COST_UNKNOWN = "cost_unknown"
    PROFIT_GAIN = "profit_gain"
    LOSS = "loss"
    STOCK = "stock"
    IN_CART = "in_cart"
    SERVED_BY_CART = "served_by_cart"
    SAME_MODEL = "same_model"
    BOUGHT_BEFORE = "bought_before"
    NO_NEED = "no_need"
    NEED = "need"
    SIZE = "size"
    NOT_CHEAPER = "not_cheaper"
    STEP = "step"
    OTHER_KIND = "other_kind"
    OTHER_VARIANT = "other_variant"
    BETTER_IN_CATEGORY = "better_in_category"
    RANKED_BEFORE = "ranked_before"


class ReasonCode(StrEnum):
    """What speaks for an offer, in a word the shopper's sentence is built on."""

    CURATED = "curated"
    BOUGHT_TOGETHER = "bought_together"
    ALSO_BOUGHT = "also_bought"
    NEXT_TIER = "next_tier"
    CHEAPER_FITS = "cheaper_fits"


@dataclass(frozen=True, slots=True)
class Difference:
    """One attribute in which the offered product differs from the anchor; values as recorded."""

    attribute: str
    anchor: str
    offered: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this product: a code, the shop's benefit sentence, counts, and what is gained or given up."""

    code: ReasonCode
    benefit: Words = field(default_factory=Words)
    evidence: Evidence | None = None
    gains: tuple[Difference, ...] = ()
    gives_up: tuple[Difference, ...] = ()
    needs_met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One product offered as one kind of move on one anchor; `price_difference` is what the move adds or saves."""

    kind: OfferKind
    product: Product
    anchor: Product
    price_difference: Money
    reason: Reason


type Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a rule found, and the values it went by: codes, numbers, amounts in minor units; no words."""

    code: DetailCode
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A candidate that was not offered, the reason code and what is behind it (for staff, not shoppers)."""

    sku: str
    kind: OfferKind
    reason: Refusal
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """A candidate that was eligible, and how probable it was that it would be named first.

    `anchor` and `category` are the needs the two products serve: products of the same two share what is learnt.
    `prior` is the share of shoppers expected to take it before anybody has answered, `profit` its net profit in
    minor units. None comes before another of a lower `precedence`.
    """

    sku: str
    kind: OfferKind
    anchor: str
    category: str
    prior: float
    profit: int
    precedence: int = 0
    probability: float = 0.0

    @property
    def group(self) -> tuple[OfferKind, str, str]:
        """What answers are counted by."""
        return (self.kind, self.anchor, self.category)


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole outcome; offers all share one kind and are in the order they should be spoken.

    `eligible` are the candidates of that kind that could be offered, one variant of each model, in the order of
    the offer policy; `ranking` says what made the order of the offers out of it.
    """

    offers: tuple[Offer, ...]
    withheld: tuple[Withheld, ...]
    policy_version: str
    eligible: tuple[Chance, ...] = ()
    ranking: str = ""
