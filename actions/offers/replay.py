"""Asks the rules again about an offer that was made, under other limits, as far as its record allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from actions.offers import earning, fitting, timing
from actions.offers.decision import ReasonCode, Refusal
from actions.offers.eligibility import RULES, Rule
from actions.offers.limits import OfferLimits
from actions.offers.lots import FULL, SHADOW
from actions.offers.products import Evidence, Money, Product, Provenance, Relation, RelationKind, Words
from actions.offers.situation import Candidate, CartItem, Hesitation, OfferKind, Placement, Situation, Stage

# the limits that each rule looks at; the others decide without any
BOUND_BY: Mapping[Rule, frozenset[str]] = {
    timing.placement_is_on: frozenset({"placements_off"}),
    timing.order_came_first: frozenset({"order_first"}),
    timing.dear_anchor_stays_alone: frozenset({"high_ticket"}),
    timing.stage_suits_cross: frozenset({"shipping_cost", "free_shipping_from"}),
    timing.offers_have_not_ended: frozenset({"refusals_end_offers"}),
    timing.caps_leave_room: frozenset({"max_offers_conversation", "max_offers_kind"}),
    timing.is_not_held_out: frozenset({"holdout"}),
    fitting.goes_with_the_anchor: frozenset(
        {"use_mined", "use_feed", "allow_unrelated", "min_evidence", "min_confidence", "min_lift"}
    ),
    fitting.serves_the_same_need: frozenset({"use_feed"}),
    earning.extra_earns_its_floor: frozenset({"min_profit_cross", "handling_cost"}),
    earning.saving_earns_its_floor: frozenset({"min_profit_down"}),
    earning.step_up_raises_the_profit: frozenset({"min_profit_gain_up"}),
    earning.is_one_step_up: frozenset({"max_price_step"}),
}
ROLLOUT = "rollout"
CHOICES = frozenset({"max_choices_web", "max_choices_voice"})
# two products of one department, and one that only shares an order with them
ANCHOR, RELATED, UNRELATED = "shop/anchor", "shop/offered", "elsewhere/offered"
TAX = 19


class Verdict(Enum):
    """What can be said of an offer besides a reason to withhold it."""

    KEPT = "kept"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Remembered:
    """An offer as its record has it; what is None was not written down.

    `profit` and `anchor_profit` are net in minor units, without handling. `place` is that in the choice it was
    spoken in, `then` are the limits it was made under, `shown` and `refusals` what came before it.
    """

    kind: OfferKind
    stage: Stage
    price: int
    price_difference: int
    code: ReasonCode
    placement: Placement | None = Placement.CHAT
    asked_for: OfferKind | None = None
    hesitation: Hesitation | None = None
    voice: bool = False
    place: int = 0
    evidence: Evidence | None = None
    profit: int | None = None
    anchor_profit: int | None = None
    anchor_price: int | None = None
    then: OfferLimits | None = None
    shown: Mapping[OfferKind, int] = field(default_factory=dict)
    refusals: int = 0


def replay(offer: Remembered, limits: OfferLimits, changed: frozenset[str]) -> Refusal | Verdict:
    """What the rules that look at the `changed` limits say; the others have let the offer pass already.

    A reason counts even where another rule could not be asked.
    """
    verdict = Verdict.KEPT
    for rule in RULES[offer.kind]:
        if not BOUND_BY.get(rule, frozenset()) & changed:
            continue
        if not _is_recorded(rule, offer, limits):
            verdict = Verdict.NOT_JUDGED
        elif (refused := rule(_situation(offer), _candidate(offer), limits)) is not None:
            return refused
    most = limits.max_choices_voice if offer.voice else limits.max_choices_web
    if CHOICES & changed and offer.place >= most:
        return Refusal.NOT_AMONG_BEST
    if ROLLOUT in changed and limits.rollout < FULL and offer.asked_for is not offer.kind:
        # whom a share holds is not written down; nobody is held by none
        return Verdict.NOT_JUDGED if limits.rollout > SHADOW else Refusal.ROLLOUT
    return verdict


def _is_recorded(rule: Rule, offer: Remembered, limits: OfferLimits) -> bool:
    """Whether everything that the rule looks at was written down."""
    if rule is timing.placement_is_on:
        return offer.placement is not None
    if rule is timing.dear_anchor_stays_alone:
        return limits.high_ticket is None or offer.anchor_price is not None
    if rule is timing.stage_suits_cross:
        return offer.hesitation is not Hesitation.SHIPPING_COST or offer.asked_for is OfferKind.CROSS
    if rule is timing.is_not_held_out:
        return not limits.holdout or offer.asked_for is offer.kind
    if rule in (timing.offers_have_not_ended, timing.caps_leave_room):
        return offer.asked_for is offer.kind or _agrees_with_the_past(rule, offer)
    if rule in (fitting.goes_with_the_anchor, fitting.serves_the_same_need):
        return _source_is_known(offer, limits)
    if rule in (earning.extra_earns_its_floor, earning.saving_earns_its_floor):
        return offer.profit is not None
    if rule is earning.step_up_raises_the_profit:
        return offer.profit is not None and offer.anchor_profit is not None
    return True


def _agrees_with_the_past(rule: Rule, offer: Remembered) -> bool:
    """Whether what is counted explains that the offer was made: who wanted offers again is counted anew."""
    then = offer.then
    return then is not None and rule(_situation(offer), _candidate(offer), then) is None


def _source_is_known(offer: Remembered, limits: OfferLimits) -> bool:
    """Whether it can be told that somebody approved of the relation, or does not matter."""
    then = offer.then
    if offer.kind is not OfferKind.CROSS or offer.code is ReasonCode.CURATED:
        return limits.use_feed or (then is not None and not then.use_feed)
    if offer.code is ReasonCode.ALSO_BOUGHT:
        return True
    counts = limits.use_mined and fitting.is_enough(offer.evidence, limits)
    return counts or (then is not None and not then.use_mined)


def _situation(offer: Remembered) -> Situation:
    anchor = _anchor(offer)
    return Situation(
        stage=offer.stage,
        anchor=anchor,
        cart=(CartItem(anchor),),
        placement=offer.placement or Placement.CHAT,
        voice=offer.voice,
        asked_for=offer.asked_for,
        hesitation=offer.hesitation,
        shown=offer.shown,
        refusals=offer.refusals,
    )


def _candidate(offer: Remembered) -> Candidate:
    product = _product("offered", _category(offer), offer.price, offer.profit)
    if offer.kind is not OfferKind.CROSS:
        return Candidate(product, offer.kind)
    is_counted = offer.code is not ReasonCode.CURATED
    was_approved = not is_counted or (offer.then is not None and not offer.then.use_mined)
    related = Relation(
        anchor="anchor",
        target="offered",
        kind=RelationKind.OFTEN_BOUGHT_WITH,
        provenance=Provenance.MINED if is_counted else Provenance.MERCHANT,
        approved=was_approved and offer.code is not ReasonCode.ALSO_BOUGHT,
        evidence=offer.evidence,
    )
    return Candidate(product, offer.kind, related)


def _category(offer: Remembered) -> str:
    if offer.kind is not OfferKind.CROSS:
        return ANCHOR
    return UNRELATED if offer.code is ReasonCode.ALSO_BOUGHT else RELATED


def _anchor(offer: Remembered) -> Product:
    """For a replacement the record says what the anchor cost; for an extra it may be known from elsewhere."""
    price = offer.anchor_price or 0
    if offer.kind is not OfferKind.CROSS:
        price = offer.price - offer.price_difference
    return _product("anchor", ANCHOR, price, offer.anchor_profit)


def _product(sku: str, category: str, price: int, profit: int | None) -> Product:
    """A product of this price whose profit is the recorded one."""
    cost = None if profit is None else price * 100 // (100 + TAX) - profit
    return Product(sku, sku, Words(), category, Money(price), cost=cost, stock=1, tax_percent=TAX)
