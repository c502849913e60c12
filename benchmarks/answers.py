"""Learning from answers in a made-up shop: what an expectation is worth, and from when on a log can compare orders.

    .venv/bin/python -m benchmarks.answers

Eight anchors, twelve extras each; shoppers take one with a probability of its own (Beta(1, 7), one in eight on
average), which the expectation misses by a log-normal factor (0.5), and, in the second table, by being 2.5 times
too high everywhere. An order is worth what the product ranks by: acceptances times damped profit.
"""

import argparse
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from actions.offers.acceptance import LEAST, NOBODY, PRIOR_STRENGTH, SUREST, Answers, Learnt, worth
from actions.offers.decision import Chance
from actions.offers.exploration import KEPT_AS_RANKED, weighed
from actions.offers.hindsight import Logged, teach
from actions.offers.off_policy import Estimate, Step, difference, doubly_robust, ips, snips
from actions.offers.situation import OfferKind

ANCHORS, EXTRAS = 8, 12
MARKS = (500, 2_000, 20_000)
LOGS = (500, 2_000, 10_000)
LEARNT_FROM = 2_000
TOO_HIGH = 2.5
FOLDS = 5
ESTIMATORS: dict[str, Callable[[Sequence[Step]], Estimate | None]] = {
    "IPS": ips,
    "SNIPS": snips,
    "DR": doubly_robust,
}
Chances = Sequence[Chance]


@dataclass(frozen=True)
class Shop:
    """What every anchor may be offered with, as ranked, and how many shoppers really take it."""

    chances: list[list[Chance]]
    taken: list[list[float]]

    @property
    def best(self) -> float:
        """The worth of an offer if everything were known."""
        rows = zip(self.chances, self.taken, strict=True)
        return fmean(max(p * worth(c) for c, p in zip(*row, strict=True)) for row in rows)

    def worth_of(self, orders: Sequence[Chances]) -> float:
        """The true worth of an offer named with these probabilities."""
        rows = zip(orders, self.taken, strict=True)
        return fmean(sum(c.probability * p * worth(c) for c, p in zip(*row, strict=True)) for row in rows)


def make_shop(seed: int, too_high: float = 1.0) -> Shop:
    """A shop and its merchant's expectations."""
    chance = random.Random(seed)
    profits = [chance.randint(200, 2_000) for _ in range(EXTRAS)]
    chances, taken = [], []
    for anchor in range(ANCHORS):
        row = []
        for n in range(EXTRAS):
            share = chance.betavariate(1, 7)
            expected = min(max(share * too_high * chance.lognormvariate(0, 0.5), LEAST), SUREST)
            row.append((Chance(f"{n}", OfferKind.CROSS, f"{anchor}", f"{n}", expected, profits[n]), share))
        row.sort(key=lambda each: -each[0].prior * worth(each[0]))
        chances.append([each for each, _ in row])
        taken.append([share for _, share in row])
    return Shop(chances, taken)


@dataclass(frozen=True)
class Seller:
    """How somebody chooses; without `strength` nothing is learnt, a `guess` stands for every expectation."""

    name: str
    strength: float = 0.0
    guess: float | None = None
    level: bool = False
    kept: float = 0.0
    blind: bool = False


SHIPPED = Seller("the same, one in ten as ranked (shipped)", PRIOR_STRENGTH, level=True, kept=KEPT_AS_RANKED)
SELLERS = (
    Seller("uniform", blind=True),
    Seller("as ranked (expectation only)"),
    Seller("flat Beta-TS", 2.0, guess=0.5),
    Seller("Beta-TS, expectation of 20 answers", 20),
    Seller("Beta-TS, expectation of 100 answers", PRIOR_STRENGTH),
    Seller("the same at the shop's level", PRIOR_STRENGTH, level=True),
    SHIPPED,
    replace(SHIPPED, name="the same, expectation of 300 answers", strength=300),
)


def sell(shop: Shop, seller: Seller, seed: int, offers: int = MARKS[-1]) -> tuple[list[float], Learnt]:
    """The mean worth of an offer up to each mark, as a share of the best; and what was learnt."""
    chance = random.Random(seed)
    learnt = Learnt({}, {})
    total, means = 0.0, []
    for offer in range(1, offers + 1):
        anchor = chance.randrange(ANCHORS)
        n = _named(shop.chances[anchor], seller, learnt, chance)
        named, taken = shop.chances[anchor][n], shop.taken[anchor][n]
        total += taken * worth(named)
        learnt = _count(learnt, named, seller, accepted=chance.random() < taken)
        if offer in MARKS:
            means.append(total / offer / shop.best)
    return means, learnt


def _named(here: Chances, seller: Seller, learnt: Learnt, chance: random.Random) -> int:
    """Draws from the beliefs, which is naming each with the probability that the product computes."""
    if seller.blind:
        return chance.randrange(len(here))
    if not seller.strength or chance.random() < seller.kept:
        return 0
    guessed = here if seller.guess is None else [replace(each, prior=seller.guess) for each in here]
    beliefs = [learnt.belief(each, seller.strength) for each in guessed]
    draws = [chance.betavariate(b.alpha, b.beta) * b.worth for b in beliefs]
    return max(range(len(draws)), key=draws.__getitem__)


def _count(learnt: Learnt, named: Chance, seller: Seller, *, accepted: bool) -> Learnt:
    answer = Answers(accepted=int(accepted), ignored=int(not accepted), expected=named.prior)
    groups = {**learnt.by_group, named.group: learnt.by_group.get(named.group, NOBODY) + answer}
    return Learnt(groups, {named.kind: learnt.answers(named.kind) + answer} if seller.level else {})


def errors(shops: int, size: int, logs: int) -> dict[str, float]:
    """Root mean square errors of the worth of the order as ranked, as shares of it, over so many logs of each shop.

    The logs are those of a house that has learnt from some answers already. The last error is that of the
    difference to the order that names the best so far, by DR.
    """
    found: dict[str, list[float]] = {name: [] for name in (*ESTIMATORS, "mean of the log", "difference, DR")}
    for seed in range(shops):
        shop, chance = make_shop(seed), random.Random(seed)
        _, learnt = sell(shop, SHIPPED, seed, LEARNT_FROM)
        logging = [weighed(here, replace(learnt, turn="any")) for here in shop.chances]
        ranked, best = ([weighed(here, known) for here in shop.chances] for known in (None, learnt))
        truth = shop.worth_of(ranked)
        ahead = shop.worth_of(best) / truth - 1
        for _ in range(logs):
            log = [_log_one(shop, logging, chance) for _ in range(size)]
            steps = _steps(log, ranked)
            for name, estimator in ESTIMATORS.items():
                estimate = estimator(steps)
                found[name].append(estimate.value / truth - 1 if estimate else -1)
            found["mean of the log"].append(fmean(step.reward for step in steps) / truth - 1)
            gained = difference(_steps(log, best), steps)
            found["difference, DR"].append((gained.value / truth if gained else 0) - ahead)
    return {name: math.sqrt(fmean(error**2 for error in each)) for name, each in found.items()}


def _log_one(shop: Shop, logging: Sequence[Chances], chance: random.Random) -> Logged:
    anchor = chance.randrange(ANCHORS)
    here = logging[anchor]
    n = chance.choices(range(EXTRAS), [each.probability for each in here])[0]
    return Logged(tuple(here), n, chance.random() < shop.taken[anchor][n], chance.randrange(FOLDS))


def _steps(log: Sequence[Logged], orders: Sequence[Chances]) -> list[Step]:
    taught = {fold: teach(each for each in log if each.fold != fold) for fold in range(FOLDS)}
    steps = []
    for each in log:
        named, target, learnt = each.chances[each.named], orders[int(each.chances[0].anchor)], taught[each.fold]
        steps.append(
            Step(
                reward=each.accepted * worth(named),
                logged=named.probability,
                target=target[each.named].probability,
                expected=sum(c.probability * learnt.belief(c).expected_worth for c in target if c.probability),
                expected_of_named=learnt.belief(named).expected_worth,
            )
        )
    return steps


def main() -> None:
    """Print three tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=10, help="made-up shops a figure is the mean of")
    parser.add_argument("--logs", type=int, default=10, help="logs of each size for each shop")
    given = parser.parse_args()
    for title, too_high in (("right on average", 1.0), (f"{TOO_HIGH} times too high", TOO_HIGH)):
        print(f"\nShare of the best possible worth, expectation {title}\n")
        print("| order |" + "".join(f" first {mark:,} offers |" for mark in MARKS))
        print("|---|" + "---|" * len(MARKS))
        for seller in SELLERS:
            runs = [sell(make_shop(seed, too_high), seller, seed)[0] for seed in range(given.shops)]
            print(f"| {seller.name} |" + "".join(f" {fmean(column):.1%} |" for column in zip(*runs, strict=True)))
    print("\nError of what a log says of the order as ranked (root mean square, share of its worth)\n")
    names = (*ESTIMATORS, "mean of the log", "difference, DR")
    print("| answered offers |" + "".join(f" {name} |" for name in names))
    print("|---|" + "---|" * len(names))
    for size in LOGS:
        found = errors(given.shops, size, given.logs)
        print(f"| {size:,} |" + "".join(f" {found[name]:.1%} |" for name in names))


if __name__ == "__main__":
    main()
