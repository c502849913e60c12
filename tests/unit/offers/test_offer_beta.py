"""How probable each of several is to be the best, and where most of a belief lies, beside what drawing says."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.offers.beta import Belief, interval, odds

everywhere = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_odds_are_how_often_each_would_be_drawn_the_largest(count: int) -> None:
    chance = random.Random(count)
    beliefs = []
    for _ in range(count):
        answers, share = chance.randint(0, 3000), chance.uniform(0.01, 0.3)
        taken = round(answers * share)
        beliefs.append(Belief(100 * share + taken, 100 * (1 - share) + answers - taken, chance.uniform(3, 4)))
    wins: Counter[int] = Counter()
    for _ in range(20_000):
        draws = [chance.betavariate(b.alpha, b.beta) * b.worth for b in beliefs]
        wins[draws.index(max(draws))] += 1
    assert odds(beliefs) == pytest.approx([wins[n] / 20_000 for n in range(count)], abs=0.015)


@everywhere
@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0.5, 60)), min_size=1, max_size=12))
def test_odds_sum_to_one_and_are_none_below_zero(numbers: list[tuple[float, float, float]]) -> None:
    found = odds([Belief(*each) for each in numbers])
    assert sum(found) == pytest.approx(1)
    assert min(found) >= 0


def test_equals_have_equal_odds() -> None:
    assert odds([Belief(20, 80, 5)] * 4) == pytest.approx([0.25] * 4)


def test_the_interval_holds_the_middle_ninety_five_percent() -> None:
    chance = random.Random(1)
    for belief in (Belief(20, 80), Belief(1, 99), Belief(2_000, 8_000)):
        low, high = interval(belief)
        draws = [chance.betavariate(belief.alpha, belief.beta) for _ in range(20_000)]
        assert sum(draw < low for draw in draws) / 20_000 == pytest.approx(0.025, abs=0.005)
        assert sum(draw > high for draw in draws) / 20_000 == pytest.approx(0.025, abs=0.005)
