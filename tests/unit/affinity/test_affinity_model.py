"""The model on its own: learn from orders, suggest beside a basket."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.affinity import AffinityModel, NotFittedError

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
    baskets = ["BIKE BELL", "BIKE BELL", "BIKE LAMP"]
    days = ["2024-01-01T10:00:00", "2024-01-02T10:00:00", "2026-01-01T10:00:00"]
    model = AffinityModel(half_life_days=60).fit(rows(baskets, ts=days))
    assert model.recommend(["BIKE"], 1) == ["LAMP"]
    assert AffinityModel(half_life_days=1e9).fit(rows(baskets, ts=days)).recommend(["BIKE"], 1) == ["BELL"]


def test_what_a_customer_buys_again_and_again_comes_up_for_that_customer():
    baskets = ["MILK", "MILK", "MILK", "BREAD JAM", "BREAD JAM", "BREAD"]
    days = [f"2026-01-0{day}" for day in range(1, 7)]
    model = AffinityModel().fit(rows(baskets, ts=days, customer_id=["ann", "ann", "ann", "bob", "cleo", None]))
    assert model.repeat_share == 1.0
    assert model.recommend(["BREAD"], 1) == ["JAM"]
    assert "MILK" in model.recommend(["BREAD"], 2, customer="ann")
    assert model.recommend(["BREAD"], 1, customer="nobody") == ["JAM"]


def test_where_nobody_buys_again_the_own_history_is_silent():
    days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"]
    lines = rows(["BIKE", "HELMET", "BIKE BAG", "BIKE BAG"], ts=days, customer_id=["ann", "ann", None, None])
    model = AffinityModel().fit(lines)
    assert model.repeat_share == 0.0
    assert model.recommend(["BIKE"], 1, customer="ann") == ["BAG"]


@pytest.mark.parametrize("shape", ["rows", "columns", "arrow"])
def test_rows_columns_and_arrow_tables_teach_the_same(shape):
    lines = rows(BASKETS)
    columns = {name: [line[name] for line in lines] for name in ("order_id", "item_id")}
    orders = {"rows": lines, "columns": columns, "arrow": pa.table(columns)}[shape]
    assert AffinityModel().fit(orders).recommend(["BIKE"], 2) == ["HELMET", "LOCK"]


def test_what_is_missing_is_named():
    with pytest.raises(KeyError, match="item_id"):
        AffinityModel().fit({"order_id": ["1"]})
    with pytest.raises(ValueError, match="differ in length"):
        AffinityModel().fit({"order_id": ["1"], "item_id": ["A", "B"]})
    with pytest.raises(NotFittedError):
        AffinityModel().recommend(["BIKE"], 3)


def test_nothing_learnt_is_nothing_suggested():
    assert AffinityModel().fit([]).recommend(["BIKE"], 3) == []


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
