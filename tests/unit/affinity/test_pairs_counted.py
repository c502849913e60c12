"""Counting pairs: exact, deterministic, and each figure what it says."""

from collections import Counter
from itertools import groupby, permutations
from math import log
from operator import itemgetter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actions.affinity.counts import count_orders, count_pairs
from actions.affinity.orders import orders_of
from actions.affinity.pairs import directed, mine_pairs
from actions.affinity.surprise import log_likelihood_ratio

BASKETS = {"1": "BIKE HELMET LOCK", "2": "BIKE HELMET", "3": "BIKE", "4": "LOCK"}
LINES = [(order, item) for order, basket in BASKETS.items() for item in basket.split()]

lines = st.lists(st.tuples(st.integers(0, 12).map(str), st.sampled_from("ABCDEFG")), max_size=60)
unhurried = settings(deadline=None)


def by_pair(found):
    return {(pair.anchor, pair.target): pair for pair in found}


def test_support_confidence_and_lift_are_what_they_say():
    pair = by_pair(mine_pairs(LINES, min_together=1))["BIKE", "HELMET"]
    assert (pair.together, pair.anchor_orders, pair.target_orders, pair.orders) == (2, 3, 2, 4)
    assert (pair.support, pair.confidence, pair.lift) == pytest.approx((2 / 4, 2 / 3, 2 * 4 / (3 * 2)))
    assert pair.cosine == pytest.approx(2 / (3 * 2) ** 0.5)


def test_the_log_likelihood_ratio_is_that_of_a_table_worked_out_by_hand():
    # 40 orders: 8 with bike and helmet, 2 with the bike only, 4 with the helmet only, 26 with neither; chance
    # would make 3, 7, 9 and 21 of them
    by_hand = 2 * (8 * log(8 / 3) + 2 * log(2 / 7) + 4 * log(4 / 9) + 26 * log(26 / 21))
    baskets = ["BIKE HELMET"] * 8 + ["BIKE"] * 2 + ["HELMET"] * 4 + ["LOCK"] * 26
    pair = by_pair(mine_pairs(((n, item) for n, b in enumerate(baskets) for item in b.split()), min_together=1))[
        "BIKE", "HELMET"
    ]
    assert pair.log_likelihood_ratio == pytest.approx(by_hand)
    assert by_hand == pytest.approx(15.30, abs=0.01)


def test_many_tables_are_reckoned_at_once():
    found = log_likelihood_ratio(np.array([8, 3, 0]), np.array([10, 10, 10]), np.array([12, 12, 12]), 40)
    assert found == pytest.approx([float(log_likelihood_ratio(both, 10, 12, 40)) for both in (8, 3, 0)])
    assert found[0] == pytest.approx(15.30, abs=0.01)
    assert found[1] == pytest.approx(0.0)
    assert found[2] > 3.84


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 3_000))
def test_the_log_likelihood_ratio_is_never_below_nothing_and_the_same_both_ways(both, one, other, neither):
    orders = both + one + other + neither
    assume(orders)
    found = log_likelihood_ratio(both, both + one, both + other, orders)
    assert 0 <= found < np.inf
    assert found == pytest.approx(log_likelihood_ratio(both, both + other, both + one, orders), abs=1e-9)
    # ten times the same orders are ten times the evidence
    tenfold = log_likelihood_ratio(10 * both, 10 * (both + one), 10 * (both + other), 10 * orders)
    assert tenfold == pytest.approx(10 * float(found), rel=1e-9, abs=1e-6)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_it_is_nothing_where_the_two_have_nothing_to_do_with_each_other(with_one, without, with_other, rest):
    orders = (with_one + without) * (with_other + rest)
    both, one, other = with_one * with_other, with_one * (with_other + rest), (with_one + without) * with_other
    assert log_likelihood_ratio(both, one, other, orders) == pytest.approx(0.0, abs=1e-9)


def test_a_pair_has_two_directions_with_different_confidence():
    found = by_pair(mine_pairs(LINES, min_together=1))
    assert found["HELMET", "BIKE"].confidence == 1.0
    assert found["BIKE", "HELMET"].confidence < 1.0
    assert found["HELMET", "BIKE"].lift == pytest.approx(found["BIKE", "HELMET"].lift)


def test_two_of_the_same_in_one_order_count_once():
    assert mine_pairs(LINES + LINES, min_together=1) == mine_pairs(LINES, min_together=1)


def test_pairs_bought_together_too_rarely_are_left_out():
    assert {pair.target for pair in mine_pairs(LINES, min_together=2)} == {"BIKE", "HELMET"}
    assert mine_pairs(LINES, min_together=3) == []


def test_no_orders_no_pairs():
    assert mine_pairs([], min_together=1) == []
    assert count_pairs([]).orders == 0


def test_only_the_most_telling_targets_are_kept():
    crowd = [(str(number), item) for number in range(10) for item in ("BIKE", "BAG")]
    rare = [("x", "BIKE"), ("x", "BELL")]
    found = directed(count_pairs(crowd + rare), most=1)
    assert by_pair(found)["BIKE", "BAG"].together == 10
    assert ("BIKE", "BELL") not in by_pair(found)
    assert ("BELL", "BIKE") in by_pair(found)


@unhurried
@given(lines)
def test_counts_agree_with_counting_by_hand(lines):
    orders: dict[str, set[str]] = {}
    for order, item in lines:
        orders.setdefault(order, set()).add(item)
    together = Counter(pair for basket in orders.values() for pair in permutations(sorted(basket), 2))
    held = Counter(item for basket in orders.values() for item in basket)
    found = mine_pairs(lines, min_together=1)
    assert {(pair.anchor, pair.target): pair.together for pair in found} == together
    assert all(pair.orders == len(orders) for pair in found)
    assert all((pair.anchor_orders, pair.target_orders) == (held[pair.anchor], held[pair.target]) for pair in found)


@unhurried
@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(lines, random):
    shuffled = random.sample(lines, len(lines))
    assert mine_pairs(shuffled, min_together=1) == mine_pairs(lines, min_together=1)


@unhurried
@given(lines, st.integers(1, 3))
def test_pairs_come_sorted_and_at_most_so_many_for_each_anchor(lines, most):
    found = mine_pairs(lines, min_together=1, most=most)
    assert [(pair.anchor, pair.target) for pair in found] == sorted((pair.anchor, pair.target) for pair in found)
    assert max(Counter(pair.anchor for pair in found).values(), default=0) <= most


@unhurried
@given(lines)
def test_shares_stay_shares(lines):
    for pair in mine_pairs(lines, min_together=1):
        assert 0 < pair.support <= pair.confidence <= 1
        assert 0 < pair.cosine <= 1 + 1e-12
        assert pair.lift >= pair.confidence


@unhurried
@given(lines, st.integers(1, 3), st.integers(1, 4))
def test_a_large_shop_counted_piece_by_piece_counts_the_same(lines, items_at_once, orders_at_once):
    whole = mine_pairs(lines, min_together=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("actions.affinity.counts.CHUNK", items_at_once)
        patch.setattr("actions.affinity.counts.ROWS", orders_at_once)
        assert mine_pairs(lines, min_together=1) == whole


@unhurried
@given(lines)
def test_orders_that_come_one_after_the_other_need_no_names(lines):
    baskets = [[item for _, item in order] for _, order in groupby(sorted(lines), itemgetter(0))]
    names = ["", *sorted({item for basket in baskets for item in basket}), "~"]
    items = np.array([names.index(item) for basket in baskets for item in basket], dtype=np.int32)
    orders = orders_of(np.array([len(basket) for basket in baskets], dtype=np.int64), items, names)
    assert orders.names == tuple(names[1:-1])
    assert count_orders(orders).together.tolist() == count_pairs(lines).together.tolist()
    assert directed(count_orders(orders)) == mine_pairs(lines, min_together=1)
