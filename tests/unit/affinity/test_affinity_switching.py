"""What customers moved on to says which step is the usual one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.affinity.orders import any_orders
from actions.affinity.switching import UNKNOWN, Switch, chances, count_switches

NEEDS = {"BASIC": 1, "BETTER": 1, "BEST": 1, "HELMET": 2, "ODD": UNKNOWN}
unhurried = settings(deadline=None)


def switches(*told: tuple[int, int, list[str]]) -> list[Switch]:
    """Count (customer, day, items) orders."""
    orders = any_orders((str(number), item) for number, (*_, items) in enumerate(told) for item in items)
    customers, days = (np.array([each[at] for each in told], dtype=np.int64) for at in (0, 1))
    return count_switches(orders, customers, days, np.array([NEEDS[name] for name in orders.names]))


def test_who_buys_another_one_for_the_same_need_has_switched() -> None:
    found = switches((7, 30, ["BETTER", "HELMET"]), (7, 1, ["BASIC"]), (8, 2, ["BASIC"]), (8, 9, ["BETTER"]))
    assert found == [Switch("BASIC", "BETTER", 2)]


def test_the_next_purchase_counts_and_not_the_one_after() -> None:
    found = switches((7, 1, ["BASIC"]), (7, 2, ["BETTER"]), (7, 3, ["BEST"]))
    assert found == [Switch("BASIC", "BETTER", 1), Switch("BETTER", "BEST", 1)]


@pytest.mark.parametrize(
    "told",
    [
        [(7, 1, ["BASIC"]), (8, 2, ["BETTER"])],
        [(UNKNOWN, 1, ["BASIC"]), (UNKNOWN, 2, ["BETTER"])],
        [(7, 1, ["BASIC"]), (7, 2, ["HELMET"])],
        [(7, 1, ["BASIC"]), (7, 2, ["BASIC"])],
        [(7, 1, ["BASIC", "BEST"]), (7, 2, ["BETTER"])],
        [(7, 1, ["ODD"]), (7, 2, ["BETTER"])],
    ],
    ids=["somebody else", "nobody known", "another need", "the same again", "several at once", "need unknown"],
)
def test_what_replaces_nothing_is_no_switch(told) -> None:
    assert switches(*told) == []


@unhurried
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["BASIC", "BETTER", "BEST"])), max_size=30),
    st.integers(1, 40),
)
def test_counted_one_by_one_it_is_the_same(bought: list[tuple[int, str]], lines_at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("actions.affinity.orders.LINES_AT_ONCE", lines_at_once)
        found = switches(*((who, day, [item]) for day, (who, item) in enumerate(bought)))
    steps = [
        (a, b)
        for customer in range(4)
        for a, b in pairwise([item for who, item in bought if who == customer])
        if a != b
    ]
    assert {(s.anchor, s.target): s.times for s in found} == {step: steps.count(step) for step in steps}


def test_the_chance_of_a_step_leans_on_sales_where_few_have_switched() -> None:
    sold = {"BETTER": 900, "BEST": 100}
    assert chances({"BETTER": 5, "BEST": 14}, sold) == {}
    likely = chances({"BETTER": 10, "BEST": 90}, sold)
    assert likely["BEST"] == pytest.approx((90 + 20 * 0.1) / 120)
    assert sum(likely.values()) == pytest.approx(1.0)
