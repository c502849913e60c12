"""What would keep a product back whoever is at the counter: the rules that look at the products alone."""

from collections.abc import Mapping

from actions.offers import earning, fitting
from actions.offers.decision import Refusal
from actions.offers.eligibility import Rule
from actions.offers.limits import OfferLimits
from actions.offers.products import Product
from actions.offers.situation import Candidate, OfferKind, Situation, Stage

_SELLABLE: tuple[Rule, ...] = (fitting.is_compatible, fitting.is_in_stock, earning.cost_is_known)

STANDING: Mapping[OfferKind, tuple[Rule, ...]] = {
    OfferKind.CROSS: (
        fitting.goes_with_the_anchor,
        *_SELLABLE,
        earning.extra_earns_its_floor,
        earning.is_not_sold_at_a_loss,
    ),
    OfferKind.UP: (
        fitting.serves_the_same_need,
        *_SELLABLE,
        earning.step_up_raises_the_profit,
        earning.is_not_sold_at_a_loss,
        earning.is_one_step_up,
    ),
    OfferKind.DOWN: (
        fitting.serves_the_same_need,
        *_SELLABLE,
        earning.is_not_sold_at_a_loss,
        earning.saving_earns_its_floor,
        earning.is_cheaper,
    ),
}


def standing_refusal(anchor: Product, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """The first reason to withhold the candidate beside this anchor at any moment, None where there is none."""
    situation = Situation(Stage.INTENT, anchor=anchor)
    reasons = (rule(situation, candidate, limits) for rule in STANDING[candidate.kind])
    return next((reason for reason in reasons if reason is not None), None)
