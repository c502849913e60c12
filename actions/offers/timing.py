"""Eligibility by the moment: where and when a kind of offer may be made at all, and what a no has ended."""

from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.shipping import fill_up
from actions.offers.situation import Candidate, Hesitation, OfferKind, Situation, Stage

BEFORE_THE_YES = frozenset({Stage.BROWSE, Stage.CONSIDER})
BEFORE_THE_ORDER = BEFORE_THE_YES | {Stage.INTENT, Stage.CHECKOUT}
TOO_DEAR_OR_TOO_BIG = frozenset({Hesitation.PRICE_SENSITIVITY, Hesitation.PRODUCT_FIT})


def placement_is_on(situation: Situation, _candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    return Refusal.PLACEMENT_OFF if situation.placement in limits.placements_off else None


def shopper_wants_offers(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    return Refusal.OPTED_OUT if situation.opted_out and not situation.asks_for(candidate.kind) else None


def mood_allows_it(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    return Refusal.NEGATIVE_MOOD if situation.negative_mood and not situation.asks_for(candidate.kind) else None


def order_came_first(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """Nothing is added to or put in place of a product before the shopper's yes to it; advice asked for is free."""
    if candidate.kind is OfferKind.DOWN or situation.asks_for(candidate.kind):
        return None
    waits = BEFORE_THE_ORDER if limits.order_first == "strict" else BEFORE_THE_YES
    if situation.stage in waits or not _is_secured(situation, candidate):
        return Refusal.ORDER_FIRST
    return None


def _is_secured(situation: Situation, candidate: Candidate) -> bool:
    anchor = situation.basis(candidate.relation)
    if situation.stage not in BEFORE_THE_ORDER or anchor is None:
        return True
    if not situation.cart:
        return situation.stage is Stage.CHECKOUT
    return any(item.product.sku == anchor.sku for item in situation.cart)


def stage_suits_cross(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """A hesitating shopper is not offered more, unless it is shipping that puts them off and the extra saves it."""
    if situation.asks_for(OfferKind.CROSS) or situation.hesitation is None:
        return None
    if situation.hesitation is Hesitation.SHIPPING_COST:
        sums = fill_up(situation.cart_total, candidate.product, limits)
        return None if sums and sums.is_an_argument else Refusal.WRONG_STAGE
    return Refusal.WRONG_STAGE


def dear_anchor_stays_alone(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """Nothing distracts from a high-ticket purchase before it is ordered."""
    anchor = situation.basis(candidate.relation)
    if limits.high_ticket is None or anchor is None or situation.asks_for(OfferKind.CROSS):
        return None
    waiting = situation.stage in BEFORE_THE_ORDER and anchor.price.amount >= limits.high_ticket
    return Refusal.WRONG_STAGE if waiting else None


def stage_suits_up(situation: Situation, _candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """What is ordered stays as ordered, and a shopper who hesitates is not led to something dearer."""
    if situation.asks_for(OfferKind.UP):
        return None
    early_enough = situation.stage in BEFORE_THE_ORDER
    return None if early_enough and situation.hesitation is None else Refusal.WRONG_STAGE


def stage_suits_down(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """Before the order is placed: on hesitation over price or fit, or where the anchor breaks the budget."""
    if situation.asks_for(OfferKind.DOWN):
        return None
    hesitates = situation.hesitation in TOO_DEAR_OR_TOO_BIG or _is_over_budget(situation, candidate)
    return None if hesitates and situation.stage in BEFORE_THE_ORDER else Refusal.WRONG_STAGE


def _is_over_budget(situation: Situation, candidate: Candidate) -> bool:
    anchor, budget = situation.basis(candidate.relation), situation.needs.max_price
    considering = situation.stage is Stage.CONSIDER and situation.hesitation is None
    return considering and anchor is not None and budget is not None and anchor.price.amount > budget


def was_not_declined(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """A no holds for every colour and size of the model, even where the shopper later asks for advice."""
    product = candidate.product
    declined = product.sku in situation.refused or product.family in situation.refused_families
    return Refusal.DECLINED_BEFORE if declined else None


def offers_have_not_ended(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    ended = situation.refusals >= limits.refusals_end_offers
    return Refusal.FREQUENCY_CAP if ended and not situation.asks_for(candidate.kind) else None


def kind_does_not_rest(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    settled = situation.up_settled and candidate.kind is OfferKind.UP
    rests = settled or candidate.kind in situation.paused
    return Refusal.KIND_PAUSED if rests and not situation.asks_for(candidate.kind) else None


def caps_leave_room(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """Caps on turns with an offer, and nothing is shown a second time unasked."""
    if situation.asks_for(candidate.kind):
        return None
    full = (
        sum(situation.shown.values()) >= limits.max_offers_conversation
        or situation.shown.get(candidate.kind, 0) >= limits.max_offers_kind
        or candidate.product.sku in situation.shown_skus
    )
    return Refusal.FREQUENCY_CAP if full else None


def is_not_held_out(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    """The last rule: what it refuses would have been offered, so the log says what the hold-out went without."""
    return Refusal.HOLDOUT if situation.held_out and not situation.asks_for(candidate.kind) else None


def stage_table(limits: OfferLimits) -> dict[OfferKind, tuple[Stage, ...]]:
    """The stages at which each kind may come unprompted; down only on hesitation over price or fit."""
    first = Stage.ORDERED if limits.order_first == "strict" else Stage.INTENT
    stages = list(Stage)
    from_the_yes = stages[stages.index(first) :]
    return {
        OfferKind.CROSS: tuple(from_the_yes),
        OfferKind.UP: tuple(stage for stage in from_the_yes if stage in BEFORE_THE_ORDER),
        OfferKind.DOWN: tuple(stage for stage in stages if stage in BEFORE_THE_ORDER),
    }
