"""What would keep a product back whoever is at the counter: the rules that look at the products alone."""

from actions.offers import earning, fitting
from actions.offers.decision import Refusal
from actions.offers.eligibility import RULES, Rule
from actions.offers.limits import OfferLimits
from actions.offers.products import Product
from actions.offers.situation import Candidate, Situation, Stage

LOOKING_AT_PRODUCTS: frozenset[Rule] = frozenset(
    {
        fitting.goes_with_the_anchor,
        fitting.serves_the_same_need,
        fitting.is_compatible,
        fitting.is_in_stock,
        earning.cost_is_known,
        earning.extra_earns_its_floor,
        earning.step_up_raises_the_profit,
        earning.saving_earns_its_floor,
        earning.is_not_sold_at_a_loss,
        earning.is_one_step_up,
        earning.is_cheaper,
    }
)


def standing_refusal(anchor: Product, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """The first reason to withhold the candidate beside this anchor at any moment, None where there is none."""
    situation = Situation(Stage.INTENT, anchor=anchor)
    reasons = (rule(situation, candidate, limits) for rule in RULES[candidate.kind] if rule in LOOKING_AT_PRODUCTS)
    return next((reason for reason in reasons if reason is not None), None)
