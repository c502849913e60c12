"""Eligibility by money: an extra earns its floor, a step up raises the profit, nothing is sold at a loss."""

from fractions import Fraction

from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.situation import Candidate, OfferKind, Situation


def profit_of(candidate: Candidate, limits: OfferLimits) -> int | None:
    """Net profit of the product in minor units, for an extra after handling; None where the cost is unknown."""
    profit = candidate.product.profit
    if profit is None or candidate.kind is not OfferKind.CROSS:
        return profit
    return profit - limits.handling_cost


def profit_gain(situation: Situation, candidate: Candidate) -> int | None:
    """What moving from the anchor to the product adds to the profit; None where either cost is unknown."""
    anchor = situation.basis(candidate.relation)
    before = anchor.profit if anchor else None
    after = candidate.product.profit
    return None if before is None or after is None else after - before


def cost_is_known(_situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    return Refusal.MARGIN_UNKNOWN if candidate.product.cost is None else None


def extra_earns_its_floor(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    profit = profit_of(candidate, limits)
    return Refusal.MARGIN if profit is not None and profit < limits.min_profit_cross else None


def saving_earns_its_floor(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    profit = profit_of(candidate, limits)
    return Refusal.MARGIN if profit is not None and profit < limits.min_profit_down else None


def is_not_sold_at_a_loss(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    profit = profit_of(candidate, limits)
    return Refusal.LOSS if profit is not None and profit < 0 else None


def step_up_raises_the_profit(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    gain = profit_gain(situation, candidate)
    if gain is None:
        return Refusal.MARGIN_UNKNOWN
    return None if gain >= max(limits.min_profit_gain_up, 1) else Refusal.NO_PROFIT_GAIN


def is_one_step_up(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Refusal | None:
    """Dearer, but within the ceiling, in the same currency, and never a lower tier for more money."""
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None or anchor.price.currency != offered.price.currency:
        return Refusal.PRICE_STEP
    ceiling = anchor.price.amount * Fraction(str(limits.max_price_step))
    lower_tier = anchor.tier is not None and offered.tier is not None and offered.tier < anchor.tier
    dearer = anchor.price.amount < offered.price.amount <= ceiling
    return None if dearer and not lower_tier else Refusal.PRICE_STEP


def is_cheaper(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Refusal | None:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    same_money = anchor is not None and anchor.price.currency == offered.price.currency
    cheaper = anchor is not None and offered.price.amount < anchor.price.amount
    return None if same_money and cheaper else Refusal.PRICE_STEP
