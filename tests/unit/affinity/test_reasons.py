"""Why something is suggested: parts that add up, counts that can be cited, silence where little is known."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.affinity import AffinityModel
from actions.affinity.cold import Rung
from actions.affinity.history import read_history
from actions.affinity.reasons import Part
from actions.affinity.rhythm import Course, intervals, trends

KINDS = {"BIKE": "bikes", "EBIKE": "bikes", "HELMET": "helmets", "SUIT": "suits", "TIE": "ties"}


def rows(baskets, days=None, customers=None):
    return [
        {
            "order_id": number,
            "item_id": item,
            "ts": f"2026-{1 + (day := days[number] if days else 0) // 28:02}-{1 + day % 28:02}",
            "customer_id": customers[number] if customers else None,
        }
        for number, basket in enumerate(baskets)
        for item in basket.split()
    ]


def shop(baskets, **more):
    items = [{"item_id": item, "category": kind} for item, kind in KINDS.items()]
    return AffinityModel().fit(rows(baskets, **more), items)


def test_the_counts_behind_a_suggestion_can_be_cited():
    model = shop(["BIKE HELMET"] * 8 + ["BIKE"] * 4 + ["SUIT TIE"] * 12)
    found = model.explain(["BIKE"], "HELMET")
    (pair,) = found.sayable
    assert (pair.anchor, pair.together, pair.anchor_orders, pair.orders) == ("BIKE", 8, 12, 24)
    assert pair.lift == pytest.approx(2.0)


def test_four_orders_are_not_enough_to_speak_of():
    model = shop(["BIKE HELMET"] * 4 + ["SUIT TIE"] * 20)
    found = model.explain(["BIKE"], "HELMET")
    assert found.together[0].together == 4
    assert found.sayable == ()


def test_what_chance_explains_is_not_spoken_of():
    """Everybody buys a tie: that bikes go with ties is no news."""
    model = shop(["BIKE TIE"] * 10 + ["TIE"] * 10)
    assert model.explain(["BIKE"], "TIE").sayable == ()


def test_what_the_customer_bought_is_told_with_times_and_days():
    baskets, customers = ["TIE", "TIE", "SUIT HELMET"] * 5, ["ann", "ann", "bob"] * 5
    model = shop(baskets, days=list(range(15)), customers=customers)
    own = model.explain(["HELMET"], "TIE", customer="ann").own
    assert (own.times, own.days_ago, own.may_be_said) == (10, 1.0, True)
    assert model.explain(["HELMET"], "TIE", customer="bob").own is None


def test_nothing_is_explained_that_nothing_speaks_for():
    assert shop(["BIKE HELMET"] * 9).explain(["BIKE"], "LAWNMOWER") is None


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3), min_size=3, max_size=12),
    st.sampled_from(["ann", "bob", None]),
)
def test_parts_add_up_to_the_score_that_ranks(baskets, customer):
    people = [("ann", "bob")[number % 2] for number in range(len(baskets))]
    model = shop([" ".join(one) for one in baskets], customers=people)
    ranking = model.recommend(["BIKE"], 9, customer=customer)
    scores = [found.score for item in ranking if (found := model.explain(["BIKE"], item, customer=customer))]
    # equal to the last digit is equal: parts are summed in another order than the ranking sums them
    assert all(later - earlier < 1e-3 for earlier, later in pairwise(scores))
    for item in ranking:
        found = model.explain(["BIKE"], item, customer=customer)
        assert found is None or (
            found.score == pytest.approx(sum(found.parts.values())) and set(found.parts) == set(Part)
        )


def test_a_new_product_climbs_down_the_ladder_of_what_is_known():
    model = shop(["BIKE HELMET"] * 25 + ["SUIT TIE"] * 25)
    assert model.cold_start("EBIKE", 3, curated=["TIE"]).rung is Rung.CURATED
    assert model.cold_start("EBIKE", 3) == type(model.cold_start("EBIKE", 3))(Rung.KIND, ("HELMET",))
    scarce = shop(["BIKE HELMET"] * 3 + ["SUIT TIE"] * 25)
    assert (scarce.cold_start("EBIKE", 3).rung, scarce.cold_start("EBIKE", 3).items) == (Rung.POPULAR, ("BIKE",))
    assert scarce.cold_start("LAWNMOWER", 3).rung is Rung.NOTHING


def weekly(times, gap=7):
    days = [gap * place for place in range(times)]
    return read_history(rows(["MILK"] * times, days=days, customers=["ann"] * times))


def test_milk_is_bought_every_week():
    found = intervals(weekly(12))["MILK"]
    assert (found.median, found.low, found.high, found.count) == (7.0, 7.0, 7.0, 11)
    assert found.regular


def test_few_repeats_give_no_interval():
    assert intervals(weekly(5)) == {}


def test_what_sells_more_and_more_is_rising_and_what_stopped_is_stale():
    old = [("LAMP", day) for day in range(0, 60, 3)]
    new = [("SLED", day) for day in range(100, 150, 10)] + [("SLED", 150 + day) for day in range(0, 28)]
    steady = [("BREAD", day) for day in range(0, 178, 4)]
    sold = sorted(old + new + steady, key=lambda sale: sale[1])
    found = trends(read_history(rows([item for item, _ in sold], days=[day for _, day in sold])))
    assert {item: trend.course for item, trend in found.items()} == {
        "LAMP": Course.STALE,
        "SLED": Course.RISING,
        "BREAD": Course.STEADY,
    }


def sold_on(*days, until=120):
    """A lamp sold on these days, in a shop that sells bread every other day."""
    sold = sorted([("LAMP", day) for day in days] + [("BREAD", day) for day in range(0, until + 1, 2)], key=_day)
    return trends(read_history(rows([item for item, _ in sold], days=[day for _, day in sold])))


def _day(sale):
    return sale[1]


def test_two_sales_and_a_silence_say_nothing():
    assert "LAMP" not in sold_on(102, 103)
    assert "LAMP" not in sold_on(*range(0, 54, 6))
    assert sold_on(*range(0, 60, 6))["LAMP"].course is Course.STALE


def test_a_quiet_weekend_after_a_rush_is_no_silence():
    rush = [100] * 30 + [101] * 30
    assert sold_on(*rush, until=106)["LAMP"].course is Course.RISING
    assert sold_on(*rush, until=110)["LAMP"].course is Course.STALE


@given(st.lists(st.integers(0, 120), min_size=1, max_size=9))
def test_fewer_than_ten_orders_never_make_a_trend(days):
    assert set(sold_on(*days)) == {"BREAD"}


def test_the_plan_tells_what_was_chosen_and_why():
    few = shop(["BIKE HELMET"] * 8 + ["BIKE"] * 4 + ["SUIT TIE"] * 12).plan
    assert str(few).splitlines()[0] == (
        "blend, because fewer than 60 later baskets were there to ask about: weights near usual"
    )
    assert few.best_simple == ""
    many = shop(["BIKE HELMET"] * 400 + ["SUIT TIE"] * 400).plan
    first, profit, breadth = str(many).splitlines()
    assert first.startswith("blend, because no simple model was clearly better on later orders (")
    assert many.best_simple in first
    assert profit.startswith("profit: ")
    assert breadth.startswith("breadth: the fourth and fifth place go ")
    assert "array" not in repr(many)
    simple = replace(many, name="cosine", value=0.05)
    assert str(simple).startswith("cosine, because it was clearly better than the blend on later orders (")
    assert "profit: counts with exponent 0.05" in str(simple)
