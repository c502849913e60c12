"""The model on its own: learn from orders, suggest beside a basket."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.affinity import AffinityModel, NotFittedError
from actions.affinity.history import read_history

BASKETS = ["BIKE HELMET", "BIKE HELMET", "BIKE HELMET LOCK", "BIKE LOCK", "SUIT TIE", "SUIT TIE", "TIE", "SOCKS"]


def rows(baskets, **more):
    return [
        {"order_id": number, "item_id": item, **{name: values[number] for name, values in more.items()}}
        for number, basket in enumerate(baskets)
        for item in basket.split()
    ]


def test_what_was_bought_together_most_comes_first():
    model = AffinityModel().fit(rows(BASKETS))
    assert model.recommend(["BIKE"], 2) == ["HELMET", "LOCK"]
    assert model.recommend(["SUIT"], 1) == ["TIE"]


def test_the_whole_basket_speaks_and_is_not_suggested_again():
    model = AffinityModel().fit(rows(BASKETS))
    assert model.recommend(["BIKE", "HELMET"], 1) == ["LOCK"]
    assert not {"BIKE", "HELMET"} & set(model.recommend(["BIKE", "HELMET"], 10))


def test_an_unknown_basket_gets_what_sells():
    model = AffinityModel().fit(rows(BASKETS))
    assert model.recommend(["LAWNMOWER"], 1) == ["BIKE"]
    assert model.recommend([], 1) == ["BIKE"]


def test_only_items_of_the_catalogue_are_suggested():
    model = AffinityModel().fit(rows(BASKETS), items=[{"item_id": "LOCK"}, {"item_id": "NEW"}])
    assert model.recommend(["BIKE"], 5) == ["LOCK"]


def test_recent_orders_count_more():
    baskets = ["BIKE BELL"] * 6 + ["BIKE LAMP"] * 5 + ["TIE SUIT"] * 9
    old, new = ["2024-01-01T10:00:00"] * 6, ["2026-01-01T10:00:00"] * 14
    model = AffinityModel().fit(rows(baskets, ts=old + new))
    assert model.recommend(["BIKE"], 1) == ["LAMP"]
    assert AffinityModel().fit(rows(baskets)).recommend(["BIKE"], 1) == ["BELL"]


def regulars():
    """Four customers who each buy one thing of their own every week, beside bread."""
    baskets, customers, days = [], [], []
    for week in range(12):
        for customer, own in (("ann", "MILK"), ("bob", "BEER"), ("cleo", "TEA"), ("dan", "RICE")):
            baskets.append(f"BREAD {own}")
            customers.append(customer)
            days.append(f"2026-{1 + week // 4:02}-{1 + 7 * (week % 4):02}")
    return rows(baskets, ts=days, customer_id=customers)


def test_what_a_customer_buys_again_and_again_comes_up_for_that_customer():
    model = AffinityModel().fit(regulars())
    for customer, own in (("ann", "MILK"), ("bob", "BEER"), ("cleo", "TEA"), ("dan", "RICE")):
        assert model.recommend(["BREAD"], 1, customer=customer) == [own]
    assert model.recommend(["BREAD"], 4, customer="nobody") == model.recommend(["BREAD"], 4)


def test_discovery_leaves_out_what_the_customer_knows():
    model = AffinityModel().fit(regulars())
    assert set(model.recommend(["BREAD"], 9, customer="ann", discover=True)) == {"BEER", "TEA", "RICE"}


def test_where_nobody_buys_again_the_own_history_is_silent():
    """A bike is bought once; who has one is not told to take another."""
    baskets, customers = [], []
    for number in range(30):
        baskets += ["BIKE HELMET", "BAG PUMP"]
        customers += [f"customer {number}"] * 2
    days = [f"2026-{1 + place // 28:02}-{1 + place % 28:02}" for place in range(len(baskets))]
    model = AffinityModel().fit(rows(baskets, ts=days, customer_id=customers))
    assert model.recommend(["BAG"], 1, customer="customer 3") == ["PUMP"]


def test_a_product_nobody_bought_yet_is_answered_by_its_kind():
    kinds = {
        "BIKE": "bikes",
        "NEWBIKE": "bikes",
        "HELMET": "helmets",
        "SUIT": "suits",
        "TIE": "ties",
        "SOCKS": "socks",
    }
    items = [{"item_id": item, "category": kind} for item, kind in kinds.items()]
    orders = ["BIKE HELMET"] * 20 + ["SUIT TIE"] * 30 + ["TIE SOCKS"] * 30
    assert AffinityModel().fit(rows(orders), items).recommend(["NEWBIKE"], 1) == ["HELMET"]


def test_profit_decides_between_equals():
    """Two accessories that sell equally well with a bike: the one that earns more leads."""
    costs = {"BIKE": 50.0, "BELL": 9.0, "LAMP": 2.0}
    items = [
        {"item_id": item, "price": 100.0 if item == "BIKE" else 10.0, "cost": cost} for item, cost in costs.items()
    ]
    days = [f"2026-{1 + place // 28:02}-{1 + place % 28:02}" for place in range(300)]
    orders = rows(["BIKE BELL", "BIKE LAMP"] * 150, ts=days)
    model = AffinityModel().fit(orders, items)
    assert model.plan.value > 0
    assert model.recommend(["BIKE"], 2) == ["LAMP", "BELL"]


@pytest.mark.parametrize("shape", ["rows", "columns", "arrow"])
def test_rows_columns_and_arrow_tables_teach_the_same(shape):
    lines = rows(BASKETS)
    columns = {name: [line[name] for line in lines] for name in ("order_id", "item_id")}
    orders = {"rows": lines, "columns": columns, "arrow": pa.table(columns)}[shape]
    assert AffinityModel().fit(orders).recommend(["BIKE"], 2) == ["HELMET", "LOCK"]


@settings(deadline=None, max_examples=20)
@given(st.randoms(use_true_random=False), st.sampled_from(["rows", "arrow"]))
def test_the_order_of_the_rows_means_nothing_where_the_time_is_known(chance, shape):
    """Most orders of a day are of one moment where only days are written down."""
    lines = [{**line, "ts": line["ts"][:7] + "-01"} for line in regulars()]
    shuffled = lines.copy()
    chance.shuffle(shuffled)
    learnt = []
    for table in (lines, shuffled):
        model = AffinityModel().fit(table if shape == "rows" else pa.Table.from_pylist(table))
        reasons = [model.explain(["BREAD"], item, customer="ann") for item in ("MILK", "BEER", "TEA")]
        learnt.append((reasons, [model.recommend(["BREAD"], 5, customer=who) for who in ("ann", "bob", None)]))
    assert learnt[0] == learnt[1]


def test_orders_of_one_moment_follow_their_numbers():
    orders = [
        {"order_id": number, "item_id": "BIKE", "ts": "2026-01-01", "customer_id": f"C{number}"}
        for number in (10, 9, 100)
    ]
    history = read_history(orders)
    assert [history.customers[buyer] for buyer in history.buyers] == ["C9", "C10", "C100"]
    assert history.customers == ("C10", "C100", "C9")


def test_what_is_missing_is_named():
    with pytest.raises(KeyError, match="item_id"):
        AffinityModel().fit({"order_id": ["1"]})
    with pytest.raises(ValueError, match="differ in length"):
        AffinityModel().fit({"order_id": ["1"], "item_id": ["A", "B"]})
    with pytest.raises(NotFittedError):
        AffinityModel().recommend(["BIKE"], 3)


def test_nothing_learnt_is_nothing_suggested():
    assert AffinityModel().fit([]).recommend(["BIKE"], 3) == []


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=4), max_size=12),
    st.lists(st.sampled_from("ABCXY"), max_size=3),
    st.integers(0, 8),
)
def test_suggestions_are_known_new_distinct_and_not_too_many(baskets, basket, k):
    model = AffinityModel().fit(rows([" ".join(one) for one in baskets]))
    found = model.recommend(basket, k)
    assert len(found) == len(set(found)) <= k
    assert not set(found) & set(basket)
    assert set(found) <= {item for one in baskets for item in one}
    assert found == model.recommend(basket, k)
