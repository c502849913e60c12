"""What a log of offers can say of another order, and what it cannot."""

import random
from collections.abc import Sequence
from statistics import fmean

import pytest

from actions.offers.decision import Chance
from actions.offers.exploration import best
from actions.offers.hindsight import Logged, Verdict, compare, teach
from actions.offers.off_policy import Estimate, Step, difference, doubly_robust, effective, ips, snips
from actions.offers.situation import OfferKind

# as ranked the lock comes first; shoppers take the bell three times as often
TAKEN = {"LOCK": 0.1, "BELL": 0.3, "TUBE": 0.05}
FIELD = tuple(
    Chance(sku, OfferKind.CROSS, "bikes", sku.lower(), prior, 500)
    for sku, prior in (("LOCK", 0.2), ("BELL", 0.15), ("TUBE", 0.12))
)


def logged(size: int, seed: int, taken: dict[str, float], probabilities: Sequence[float]) -> list[Logged]:
    """Offers drawn with these probabilities, and what shoppers answered."""
    chance = random.Random(seed)
    field = tuple(
        Chance(c.sku, c.kind, c.anchor, c.category, c.prior, c.profit, probability=p)
        for c, p in zip(FIELD, probabilities, strict=True)
    )
    named = chance.choices(range(3), probabilities, k=size)
    return [Logged(field, n, chance.random() < taken[field[n].sku], chance.randrange(5)) for n in named]


def steps(log: Sequence[Logged], sku: str, model: float = 0.0) -> list[Step]:
    """The log as an order sees it that always names one product; the model expects the same of all."""
    return [
        Step(each.accepted, here.probability, float(here.sku == sku), model, model)
        for each in log
        for here in (each.chances[each.named],)
    ]


@pytest.mark.parametrize("estimator", [ips, snips, doubly_robust])
@pytest.mark.parametrize("sku", TAKEN)
def test_every_estimator_finds_the_truth_about_an_order_that_was_not_followed(estimator, sku: str) -> None:
    found = [estimator(steps(logged(500, seed, TAKEN, (0.6, 0.3, 0.1)), sku, 0.15)) for seed in range(200)]
    assert fmean(each.value for each in found) == pytest.approx(TAKEN[sku], abs=0.006)
    # a tail of few takers is lopsided, so the interval of a rarely drawn product holds a little less than it says
    assert sum(each.low <= TAKEN[sku] <= each.high for each in found) >= 176


def test_the_plain_mean_of_the_log_does_not() -> None:
    log = logged(20_000, 1, TAKEN, (0.6, 0.3, 0.1))
    assert fmean(each.accepted for each in log) == pytest.approx(0.155, abs=0.01)


def test_the_ratio_is_calmer_than_the_sum_and_a_model_calmer_still() -> None:
    def spread(estimator, model: float) -> float:
        log = [logged(300, seed, TAKEN, (0.8, 0.15, 0.05)) for seed in range(100)]
        found = [estimator(steps(each, "BELL", model)).value for each in log]
        return fmean((value - TAKEN["BELL"]) ** 2 for value in found)

    assert spread(snips, 0.0) < spread(ips, 0.0)
    assert spread(doubly_robust, 0.3) < spread(ips, 0.0)


def test_an_order_that_was_followed_is_simply_counted() -> None:
    log = logged(1_000, 3, TAKEN, (1.0, 0.0, 0.0))
    counted = fmean(each.accepted for each in log)
    for estimator in (ips, snips, doubly_robust):
        assert estimator(steps(log, "LOCK")).value == pytest.approx(counted)
    assert effective(steps(log, "LOCK")) == pytest.approx(1_000)


def test_nothing_is_estimated_from_nothing() -> None:
    assert ips([]) is snips([]) is doubly_robust([]) is difference([], []) is None
    assert effective([]) == 0
    assert snips(steps(logged(50, 1, TAKEN, (1.0, 0.0, 0.0)), "BELL")) is None


def test_the_difference_of_two_orders_is_paired() -> None:
    log = logged(4_000, 5, TAKEN, (0.5, 0.3, 0.2))
    found = difference(steps(log, "BELL", 0.15), steps(log, "LOCK", 0.15))
    assert isinstance(found, Estimate)
    assert found.low < TAKEN["BELL"] - TAKEN["LOCK"] < found.high
    assert difference(steps(log, "BELL"), steps(log, "BELL")).value == 0


def test_few_offers_are_too_little_however_large_the_difference_looks() -> None:
    compared = compare(logged(1_999, 1, TAKEN, (0.4, 0.3, 0.3)))
    assert (compared.offers, compared.drawn, compared.covered) == (1_999, 1_999, 1.0)
    assert compared.verdict is Verdict.TOO_LITTLE
    assert compare([]).verdict is Verdict.TOO_LITTLE


def test_enough_drawn_offers_show_that_the_learnt_order_is_taken_oftener() -> None:
    compared = compare(logged(4_000, 2, TAKEN, (0.4, 0.3, 0.3)))
    assert compared.verdict is Verdict.LEARNT_BETTER
    gained = compared.difference["accepted"]
    assert gained is not None
    assert gained.low < 0.2 < gained.high
    assert compared.learnt["accepted"].dr.value == pytest.approx(0.3, abs=0.04)
    assert compared.as_ranked["accepted"].snips.value == pytest.approx(0.1, abs=0.03)
    assert compared.learnt["profit"].ips.value == pytest.approx(150, abs=20)


def test_two_orders_that_are_taken_alike_are_not_told_apart() -> None:
    alike = dict.fromkeys(TAKEN, 0.2)
    verdicts = [compare(logged(2_000, seed, alike, (0.5, 0.3, 0.2))).verdict for seed in range(8)]
    assert verdicts.count(Verdict.NO_DIFFERENCE) >= 6


def test_a_log_without_draws_is_silent_on_what_was_never_named() -> None:
    """As ranked the lock always comes first; all that is learnt of it is that the bell may be better."""
    compared = compare(logged(3_000, 1, {**TAKEN, "LOCK": 0.001}, (1.0, 0.0, 0.0)))
    assert (compared.drawn, compared.covered, compared.verdict) == (0, 0.0, Verdict.NOT_DRAWN)


def test_a_fold_is_judged_by_what_the_others_teach() -> None:
    log = logged(100, 1, TAKEN, (0.4, 0.3, 0.3))
    taught = teach(each for each in log if each.fold != 0)
    assert taught.answers(OfferKind.CROSS).total == sum(each.fold != 0 for each in log)
    assert sum(answers.accepted for answers in taught.by_group.values()) == sum(
        each.accepted for each in log if each.fold != 0
    )
    assert taught.answers(OfferKind.CROSS).expected == pytest.approx(
        sum(each.chances[each.named].prior for each in log if each.fold != 0)
    )


def test_the_learnt_order_of_a_log_is_the_one_the_house_would_follow() -> None:
    log = logged(3_000, 4, TAKEN, (0.4, 0.3, 0.3))
    assert FIELD[best(FIELD, teach(log))].sku == "BELL"
    assert FIELD[best(FIELD, None)].sku == "LOCK"
