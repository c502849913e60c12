"""The eligibility rules of each kind of offer, in the order in which the first refusal counts."""

from collections.abc import Callable, Mapping

from actions.offers import earning, fitting, timing
from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.situation import Candidate, OfferKind, Situation

Rule = Callable[[Situation, Candidate, OfferLimits], Refusal | None]

_PERMITTED: tuple[Rule, ...] = (
    timing.placement_is_on,
    timing.shopper_wants_offers,
    timing.mood_allows_it,
    timing.order_came_first,
    timing.was_not_declined,
)
_NOT_TOO_OFTEN: tuple[Rule, ...] = (
    timing.offers_have_not_ended,
    timing.kind_does_not_rest,
    timing.caps_leave_room,
)
_NOT_THERE_YET: tuple[Rule, ...] = (
    fitting.is_not_in_cart,
    fitting.is_another_model,
    fitting.is_not_owned,
)
_SELLABLE: tuple[Rule, ...] = (
    fitting.is_compatible,
    fitting.is_in_stock,
    earning.cost_is_known,
)
_IN_PLACE_OF_ANCHOR: tuple[Rule, ...] = (
    fitting.need_is_known,
    fitting.needs_are_met,
)

RULES: Mapping[OfferKind, tuple[Rule, ...]] = {
    OfferKind.CROSS: (
        *_PERMITTED,
        timing.stage_suits_cross,
        timing.dear_anchor_stays_alone,
        *_NOT_TOO_OFTEN,
        *_NOT_THERE_YET,
        fitting.goes_with_the_anchor,
        fitting.need_is_not_served_by_cart,
        *_SELLABLE,
        earning.extra_earns_its_floor,
        earning.is_not_sold_at_a_loss,
        timing.is_not_held_out,
    ),
    OfferKind.UP: (
        *_PERMITTED,
        timing.stage_suits_up,
        *_NOT_TOO_OFTEN,
        *_NOT_THERE_YET,
        fitting.serves_the_same_need,
        *_SELLABLE,
        earning.step_up_raises_the_profit,
        earning.is_not_sold_at_a_loss,
        earning.is_one_step_up,
        *_IN_PLACE_OF_ANCHOR,
        timing.is_not_held_out,
    ),
    OfferKind.DOWN: (
        *_PERMITTED,
        timing.stage_suits_down,
        *_NOT_TOO_OFTEN,
        *_NOT_THERE_YET,
        fitting.serves_the_same_need,
        *_SELLABLE,
        earning.is_not_sold_at_a_loss,
        earning.saving_earns_its_floor,
        earning.is_cheaper,
        *_IN_PLACE_OF_ANCHOR,
    ),
}


def refusal(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """The first reason not to offer the candidate, None where it is eligible."""
    reasons = (rule(situation, candidate, limits) for rule in RULES[candidate.kind])
    return next((reason for reason in reasons if reason is not None), None)
