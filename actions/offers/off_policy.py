"""What another order of offers would have brought, estimated from a log with probabilities: IPS, SNIPS and DR."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

Z = 1.96


@dataclass(frozen=True, slots=True)
class Step:
    """One logged offer, seen by another order.

    `logged` is the probability it was named with, `target` the one the other order would have named it with.
    `expected` is what a model expects the other order to bring here, `expected_of_named` what it expected of the
    product that was named.
    """

    reward: float
    logged: float
    target: float
    expected: float = 0.0
    expected_of_named: float = 0.0

    @property
    def weight(self) -> float:
        return self.target / self.logged

    @property
    def corrected(self) -> float:
        """What the model expects, put right where the log knows better."""
        return self.expected + self.weight * (self.reward - self.expected_of_named)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def ips(steps: Sequence[Step]) -> Estimate | None:
    """Inverse propensity scoring: unbiased and restless."""
    return _mean([step.weight * step.reward for step in steps])


def snips(steps: Sequence[Step]) -> Estimate | None:
    """The same divided by the sum of the weights instead of their number: slightly biased, far calmer."""
    whole = sum(step.weight for step in steps)
    if not whole:
        return None
    value = sum(step.weight * step.reward for step in steps) / whole
    spread = math.sqrt(sum((step.weight * (step.reward - value)) ** 2 for step in steps)) / whole
    return _around(value, spread)


def doubly_robust(steps: Sequence[Step]) -> Estimate | None:
    """A model's expectation, corrected by weighted surprises: right if the model or the probabilities are."""
    return _mean([step.corrected for step in steps])


def difference(steps: Sequence[Step], others: Sequence[Step]) -> Estimate | None:
    """How much more the first order brings than the second on the same offers, by DR."""
    return _mean([step.corrected - other.corrected for step, other in zip(steps, others, strict=True)])


def effective(steps: Sequence[Step]) -> float:
    """To how many offers made by the other order itself the log amounts."""
    squares = sum(step.weight**2 for step in steps)
    return sum(step.weight for step in steps) ** 2 / squares if squares else 0.0


def _mean(values: Sequence[float]) -> Estimate | None:
    if len(values) < 2:
        return None
    return _around(fmean(values), stdev(values) / math.sqrt(len(values)))


def _around(value: float, spread: float) -> Estimate:
    return Estimate(value, value - Z * spread, value + Z * spread)
