"""How strongly past orders and profit speak for an extra: what orders those that no row of the matrix ranks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from actions.offers.earning import profit_of
from actions.offers.fitting import is_enough
from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence
from actions.offers.situation import Candidate

MARGIN_EXPONENT = 0.25
# a learnt weight beside confidence x ln(1 + lift): tried on earlier orders of three shops
LEARNT = 10.0


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly past orders and profit speak for an extra, in the parts it is made of.

    `counted` is confidence x ln(1 + lift) of the pair with the anchor and `learnt` ten times its learnt weight,
    `other_lines` the same two of every other line of the cart; `profit` is the factor profit^0.25.
    """

    counted: float
    learnt: float
    other_lines: float
    profit: float

    @property
    def pull(self) -> float:
        """What past orders alone say."""
        return self.counted + self.learnt + self.other_lines

    @property
    def total(self) -> float:
        """What the order goes by."""
        return self.pull * self.profit


def strength(candidate: Candidate, limits: OfferLimits) -> Strength:
    """The strength of an extra. Lift alone favours rare pairs and profit alone dear ones, so both are damped."""
    evidence = candidate.relation.evidence if candidate.relation else None
    profit = max(profit_of(candidate, limits) or 0, 0)
    return Strength(*_pull_of(evidence, limits), candidate.pull_of_others, math.pow(profit, MARGIN_EXPONENT))


def pull_of_lines(pairs: Iterable[Evidence | None], limits: OfferLimits) -> float:
    """How strongly past orders speak for one product from several lines of a cart, whatever their order."""
    return math.fsum(part for evidence in pairs for part in _pull_of(evidence, limits))


def _pull_of(evidence: Evidence | None, limits: OfferLimits) -> tuple[float, float]:
    """What the counts and the learnt weight of one pair say; nothing where the orders are too few.

    A weight below 0 says that others explain the purchase better. No line of a cart speaks against an extra.
    """
    if evidence is None or not is_enough(evidence, limits):
        return 0.0, 0.0
    return evidence.confidence * math.log1p(evidence.lift), LEARNT * max(evidence.weight, 0.0)
