"""What customers take for the first time: learnt from basket and past, and asked in discovery."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.affinity import AffinityModel
from actions.affinity.choosing import leading, widened
from actions.affinity.firsts import LATEST, first_lines, learn_firsts
from actions.affinity.history import read_history


def rows(orders):
    """Orders as (customer, "ITEM ITEM"), one a day."""
    return [
        {
            "order_id": f"{number:05}",
            "item_id": item,
            "customer_id": customer,
            "ts": f"{2024 + number // 336}-{1 + number % 336 // 28:02}-{1 + number % 28:02}",
        }
        for number, (customer, basket) in enumerate(orders)
        for item in basket.split()
    ]


def told(history, table, order):
    return {history.items[place] for place in table[[order]].indices[table[[order]].data > 0].tolist()}


def test_a_line_is_new_only_the_first_time_and_the_past_holds_what_came_before():
    history = read_history(rows([("ann", "TEA CUP"), ("bob", "TEA"), ("ann", "TEA PLATE"), ("ann", "CUP JUG")]))
    firsts = first_lines(history)
    assert [told(history, firsts.new, order) for order in range(4)] == [{"TEA", "CUP"}, {"TEA"}, {"PLATE"}, {"JUG"}]
    assert [told(history, firsts.had, order) for order in range(4)] == [
        set(),
        set(),
        {"TEA", "CUP"},
        {"TEA", "CUP", "PLATE"},
    ]


def test_to_nobody_in_particular_everything_is_new():
    history = read_history(rows([(None, "TEA"), (None, "TEA")]))
    firsts = first_lines(history)
    assert firsts.new.sum() == 2
    assert firsts.had.nnz == 0


def test_the_past_is_as_long_as_the_latest_items_and_no_longer():
    history = read_history(rows([("ann", f"ITEM{number:03}") for number in range(LATEST + 9)]))
    last = told(history, first_lines(history).had, LATEST + 8)
    assert last == {f"ITEM{number:03}" for number in range(8, LATEST + 8)}


def riders(count, kinds=("ROAD", "MOUNTAIN")):
    """Each buys a bike first and later a bottle with the tyre that fits the bike, which no basket tells."""
    first = [(f"customer {number}", f"{kinds[number % len(kinds)]}BIKE") for number in range(count)]
    later = [(f"customer {number}", f"BOTTLE {kinds[number % len(kinds)]}TYRE") for number in range(count)]
    return first + later


def test_what_a_customer_has_says_what_is_taken_next_to_the_same_basket():
    history = read_history(rows(riders(60)))
    learnt = learn_firsts(history)
    place = {item: number for number, item in enumerate(history.items)}
    tyres = np.array([place["ROADTYRE"], place["MOUNTAINTYRE"]])
    basket, past = learnt.beside(np.array([place["BOTTLE"]]), np.array([place["ROADBIKE"]]), tyres)
    assert basket[0] == pytest.approx(basket[1], abs=0.02)
    assert past[0] > 0.05
    assert past[1] < 0


KINDS = ("ROAD", "MOUNTAIN", "CITY", "TOURING", "CARGO", "FOLDING", "KIDS", "RACE")


def test_the_suggestion_follows_what_the_customer_rides():
    model = AffinityModel().fit(rows([*riders(400, KINDS), ("ann", "ROADBIKE"), ("ben", "CARGOBIKE")]))
    assert model.plan.weights.regulars is not model.plan.weights.strangers
    assert model.recommend(["BOTTLE"], 1, customer="ann", discover=True) == ["ROADTYRE"]
    assert model.recommend(["BOTTLE"], 1, customer="ben", discover=True) == ["CARGOTYRE"]


def test_where_the_past_tells_nothing_new_customers_are_not_told_apart():
    orders = [(f"customer {number % 100}", "BREAD MILK" if number % 3 else "TEA CUP") for number in range(1500)]
    weights = AffinityModel().fit(rows(orders)).plan.weights
    assert weights.regulars is weights.strangers
    assert not weights.strangers.new[-4:].any()


def test_without_customers_nothing_is_learnt_and_nothing_said():
    history = read_history(rows([(None, "TEA CUP")] * 9))
    places = np.arange(len(history.items))
    basket, past = learn_firsts(history).beside(places, places, places)
    assert not basket.any()
    assert not past.any()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ann", "bob", None]), st.sets(st.sampled_from("ABCDE"), min_size=1)), max_size=14
    )
)
def test_nothing_is_new_twice_to_anybody(orders):
    history = read_history(rows([(customer, " ".join(sorted(items))) for customer, items in orders]))
    firsts = first_lines(history)
    for buyer in set(history.buyers.tolist()) - {-1}:
        mine = np.flatnonzero(history.buyers == buyer)
        new = np.asarray(firsts.new[mine].sum(axis=0)).ravel()
        held = np.asarray(firsts.held[mine].sum(axis=0)).ravel()
        assert new.tolist() == (held > 0).tolist()
        for earlier, order in enumerate(mine.tolist()):
            before = np.asarray(firsts.held[mine[:earlier]].sum(axis=0)).ravel() > 0
            assert set(np.flatnonzero(before).tolist()) == set(firsts.had[[order]].indices.tolist())


def test_a_list_without_what_is_known_begins_as_discovery_does():
    rng = np.random.default_rng(5)
    orders = []
    for number in range(400):
        taste = number % 4
        basket = {f"ITEM{(int(place) + 3 * taste) % 12:02}" for place in rng.geometric(0.3, 3)}
        orders.append((f"customer {number % 40}", " ".join(sorted(basket))))
    model = AffinityModel().fit(rows(orders))
    for number in range(40):
        customer = f"customer {number}"
        known = {item for owner, basket in orders if owner == customer for item in basket.split()}
        everything = model.recommend(["ITEM00"], 12, customer=customer)
        new = [item for item in everything if item not in known][:3]
        assert new == model.recommend(["ITEM00"], 3, customer=customer, discover=True)[: len(new)]


@settings(deadline=None)
@given(st.permutations(range(10)), st.permutations(range(10)), st.sets(st.integers(0, 9)))
def test_breadth_begins_after_three_new_things(heights, sales, own):
    scores = np.array(heights, dtype=np.float32)
    popularity = 9.0 * np.array(sales, dtype=np.float32)
    order = leading(scores, 10)
    wide = widened(scores, popularity, order, 1.0, np.array(sorted(own), dtype=np.int64))
    assert sorted(wide.tolist()) == list(range(10))
    assert wide[:3].tolist() == order[:3].tolist()
    assert [place for place in wide.tolist() if place not in own][:3] == [
        place for place in order.tolist() if place not in own
    ][:3]


def test_breadth_puts_what_fits_before_what_sells_anyway():
    scores = np.array([9.0, 8.0, 7.0, 6.0, 5.0, 4.0], dtype=np.float32)
    popularity = np.array([0.0, 0.0, 0.0, 9.0, 0.0, 0.0], dtype=np.float32)
    order = leading(scores, 6)
    nothing = np.empty(0, dtype=np.int64)
    assert widened(scores, popularity, order, 1.0, nothing).tolist() == [0, 1, 2, 4, 5, 3]
    # two of the first three are known: the third new thing comes fifth, so no place is left to widen
    assert widened(scores, popularity, order, 1.0, np.array([0, 1])).tolist() == [0, 1, 2, 3, 4, 5]
