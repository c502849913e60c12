"""Whether the learnt order sells better than that of the offer policy, as far as the log of offers can tell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.offers.acceptance import NOBODY, Answers, Group, Learnt
from actions.offers.decision import Chance
from actions.offers.exploration import best
from actions.offers.off_policy import Estimate, Step, difference, doubly_robust, effective, ips, snips
from actions.offers.situation import OfferKind

# below this no difference under about a tenth can be shown, see docs/affinity.md
ENOUGH = 2_000
MOSTLY = 0.9

Reward = Callable[[Chance], float]
REWARDS: Mapping[str, Reward] = {"accepted": lambda _: 1.0, "profit": lambda chance: float(chance.profit)}


class Verdict(StrEnum):
    """What may be said of the learnt order beside the order of the offer policy."""

    TOO_LITTLE = "too_little"
    NOT_DRAWN = "not_drawn"
    NO_DIFFERENCE = "no_difference"
    LEARNT_BETTER = "learnt_better"
    RANKED_BETTER = "ranked_better"


@dataclass(frozen=True, slots=True)
class Logged:
    """One answered offer: who could have been named first, the place of the one that was, and whether it was taken.

    Offers of one `fold` are judged by what the other folds teach, so that no order is praised for knowing the
    answer beforehand.
    """

    chances: tuple[Chance, ...]
    named: int
    accepted: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Value:
    """What an offer brings under one order, by three estimators, and the number of offers that speak for it."""

    ips: Estimate | None
    snips: Estimate | None
    dr: Estimate | None
    effective: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both orders by what their offers bring, `accepted` as a share of offers, `profit` in minor units an offer.

    `drawn` offers were named by chance; `covered` is the share in which what either order names first could have
    been named when the offer was made.
    """

    offers: int
    drawn: int
    covered: float
    as_ranked: Mapping[str, Value]
    learnt: Mapping[str, Value]
    difference: Mapping[str, Estimate | None]
    verdict: Verdict


def compare(log: Sequence[Logged]) -> Comparison:
    """Judge both orders on the same offers."""
    taught = {fold: teach(each for each in log if each.fold != fold) for fold in {each.fold for each in log}}
    as_ranked = [_Judged(each, best(each.chances, None), taught[each.fold]) for each in log]
    learnt = [_Judged(each, best(each.chances, taught[each.fold]), taught[each.fold]) for each in log]
    old = {name: [each.step(reward) for each in as_ranked] for name, reward in REWARDS.items()}
    new = {name: [each.step(reward) for each in learnt] for name, reward in REWARDS.items()}
    differences = {name: difference(new[name], old[name]) for name in REWARDS}
    known = sum(one.is_covered and other.is_covered for one, other in zip(as_ranked, learnt, strict=True))
    covered = known / len(log) if log else 0.0
    return Comparison(
        offers=len(log),
        drawn=sum(0 < each.chances[each.named].probability < 1 for each in log),
        covered=covered,
        as_ranked={name: _value(steps) for name, steps in old.items()},
        learnt={name: _value(steps) for name, steps in new.items()},
        difference=differences,
        verdict=_verdict(len(log), covered, differences["accepted"]),
    )


def teach(log: Iterable[Logged]) -> Learnt:
    """What these answers alone would have taught."""
    by_group: dict[Group, Answers] = {}
    by_kind: dict[OfferKind, Answers] = {}
    for each in log:
        chance = each.chances[each.named]
        answer = Answers(int(each.accepted), 0, int(not each.accepted), chance.prior)
        by_group[chance.group] = by_group.get(chance.group, NOBODY) + answer
        by_kind[chance.kind] = by_kind.get(chance.kind, NOBODY) + answer
    return Learnt(by_group, by_kind)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A logged offer, the place of the one another order names first, and what a model was taught elsewhere."""

    logged: Logged
    first: int
    taught: Learnt

    @property
    def is_covered(self) -> bool:
        return self.logged.chances[self.first].probability > 0

    def step(self, reward: Reward) -> Step:
        named, wanted = self.logged.chances[self.logged.named], self.logged.chances[self.first]
        return Step(
            reward=reward(named) * self.logged.accepted,
            logged=named.probability,
            target=float(self.logged.named == self.first),
            expected=reward(wanted) * self.taught.belief(wanted).mean,
            expected_of_named=reward(named) * self.taught.belief(named).mean,
        )


def _value(steps: Sequence[Step]) -> Value:
    return Value(ips(steps), snips(steps), doubly_robust(steps), effective(steps))


def _verdict(offers: int, covered: float, gained: Estimate | None) -> Verdict:
    if offers < ENOUGH or gained is None:
        return Verdict.TOO_LITTLE
    if covered < MOSTLY:
        return Verdict.NOT_DRAWN
    if gained.low <= 0 <= gained.high:
        return Verdict.NO_DIFFERENCE
    return Verdict.LEARNT_BETTER if gained.value > 0 else Verdict.RANKED_BETTER
