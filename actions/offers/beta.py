"""Beta distributions by numbers: how probable each of several is to be the largest, and where most of one lies."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

# beyond five standard deviations from the mean next to nothing is left
REACH = 5
EDGE = 1e-12
INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Belief:
    """A Beta distribution over the share of shoppers who take an offer, and what one that is taken is worth."""

    alpha: float
    beta: float
    worth: float = 1.0

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)

    @property
    def deviation(self) -> float:
        return math.sqrt(self.mean * (1 - self.mean) / (self.alpha + self.beta + 1))

    @property
    def expected_worth(self) -> float:
        """What naming it is worth on average; nothing but an order."""
        return self.mean * self.worth

    def points(self, in_a_deviation: int = 2) -> list[float]:
        """Shares around the mean, as close to each other as the distribution is narrow; each once, ascending."""
        places = range(-REACH * in_a_deviation, REACH * in_a_deviation + 1)
        around = (self.mean + place / in_a_deviation * self.deviation for place in places)
        return sorted({min(max(share, EDGE), 1 - EDGE) for share in around})

    def densities(self, shares: Sequence[float]) -> list[float]:
        """The density at shares between 0 and 1, and 0 elsewhere."""
        a, b = self.alpha, self.beta
        whole = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
        return [
            math.exp(whole + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)) if 0 < x < 1 else 0.0 for x in shares
        ]


def odds(beliefs: Sequence[Belief]) -> list[float]:
    """How probable each is to be worth most, by numerical integration; they sum to 1.

    One that even at its best is not worth as much as another at its worst has no chance.
    """
    floor = max(belief.points()[0] * belief.worth for belief in beliefs)
    in_question = [n for n, belief in enumerate(beliefs) if belief.points()[-1] * belief.worth >= floor]
    parts = dict(zip(in_question, _shares([beliefs[n] for n in in_question]), strict=True))
    whole = sum(parts.values())
    return [parts.get(n, 0.0) / whole for n in range(len(beliefs))]


def interval(belief: Belief) -> tuple[float, float]:
    """The middle 95 % of the share."""
    grid = belief.points(20)
    below = _cumulated(grid, belief.densities(grid))
    outside = (1 - INTERVAL) / 2
    return _share_at(outside, grid, below), _share_at(1 - outside, grid, below)


def _share_at(wanted: float, grid: Sequence[float], below: Sequence[float]) -> float:
    """Where as much lies below as is wanted, straight between two points."""
    steps = zip(pairwise(grid), pairwise(below), strict=True)
    (left, right), (here, there) = next(step for step in steps if step[1][1] >= wanted)
    return left + (right - left) * (wanted - here) / (there - here)


def _shares(beliefs: Sequence[Belief]) -> list[float]:
    """The area under each density times the share of every other that lies below, over what they are worth."""
    grid = sorted({point * belief.worth for belief in beliefs for point in belief.points()})
    densities = [belief.densities([value / belief.worth for value in grid]) for belief in beliefs]
    below = [_cumulated(grid, density) for density in densities]
    all_below = [math.prod(shares) for shares in zip(*below, strict=True)]
    return [
        sum(_trapezes(grid, [d * a / b if b else 0.0 for d, a, b in zip(density, all_below, own, strict=True)]))
        / belief.worth
        for belief, density, own in zip(beliefs, densities, below, strict=True)
    ]


def _cumulated(grid: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The share that lies below each point, 1 at the last."""
    sums = list(accumulate(_trapezes(grid, heights), initial=0.0))
    return [value / sums[-1] for value in sums]


def _trapezes(grid: Sequence[float], heights: Sequence[float]) -> Iterator[float]:
    for (left, right), (here, there) in zip(pairwise(grid), pairwise(heights), strict=True):
        yield (right - left) * (here + there) / 2
