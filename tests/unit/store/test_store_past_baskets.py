"""Reading the order history in large parts gives what a look at each line gives."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from shopfloor import stock_up

from actions.affinity.switching import UNKNOWN
from actions.store import past_baskets
from actions.store.bulk import insert_tuples
from actions.store.engine import reading, writing
from actions.store.past_baskets import read_baskets
from actions.store.tables import past_order_lines

COLUMNS = ("order_id", "sku", "ordered_at", "customer", "quantity", "price")
ARTICLES = {f"{family}-{colour}": family for family in ("BIKE", "HELMET", "LOCK", "PUMP") for colour in "rb"}
KNOWN = {sku: family for sku, family in ARTICLES.items() if sku != "PUMP-b"}


@pytest.fixture
def history(engine, now):
    """Lines of a hundred orders; some name unknown articles, nobody, or a customer on one line only."""
    chance = Random(11)
    rows = []
    for number in range(100):
        who = chance.choice([None, "", "ann", "bea", "cem"])
        when = now - timedelta(hours=chance.randrange(50))
        for sku in chance.sample([*ARTICLES, "GONE"], chance.randint(1, 4)):
            rows.append((f"O{number:03}", sku, when, who if chance.random() < 0.7 else None, 1, 100))
    chance.shuffle(rows)
    with writing(engine) as connection:
        stock_up(connection, *({"sku": s, "family": f, "category": f[0]} for s, f in KNOWN.items()))
        insert_tuples(connection, past_order_lines, COLUMNS, rows)
    return rows


def one_by_one(rows):
    """The same, a line at a time: (items, customer, moment) of each order with a known product."""
    orders = defaultdict(list)
    for order, sku, when, who, *_ in rows:
        orders[order].append((KNOWN.get(sku), when, who))
    return [
        ({f for f, *_ in lines if f}, max((w for *_, w in lines if w is not None), default=None), lines[0][1])
        for _, lines in sorted(orders.items())
        if any(family for family, *_ in lines)
    ]


@pytest.mark.parametrize("at_once", [1, 7, 50_000])
def test_orders_read_in_parts_are_those_of_the_lines(engine, history, monkeypatch, at_once):
    monkeypatch.setattr(past_baskets, "READ_AT_ONCE", at_once)
    with reading(engine) as connection:
        past = read_baskets(connection)
    expected = one_by_one(history)
    assert 80 < len(expected) < 100
    starts, names = past.orders.starts.tolist(), past.orders.names
    held = [past.orders.items[a:b].tolist() for a, b in pairwise(starts)]
    assert [{names[item] for item in items} for items in held] == [items for items, *_ in expected]
    assert all(items == sorted(items) for items in held)
    assert past.lines == sum(sku in KNOWN for _, sku, *_ in history)
    number = {None: UNKNOWN, "": UNKNOWN}
    for customer, (_, who, _) in zip(past.customers.tolist(), expected, strict=True):
        assert number.setdefault(who, customer) == customer
    assert len(set(number.values())) == 4
    moments = [when for *_, when in expected]
    assert sorted(set(past.moments.tolist())) == [
        past.moments.tolist()[moments.index(when)] for when in sorted(set(moments))
    ]
    assert past.needs.tolist() == [0, 1, 2, 3]


def test_names_nobody_bought_are_left_out_and_a_shop_without_orders_has_none(engine, history):
    with writing(engine) as connection:
        stock_up(connection, {"sku": "BELL"})
    with reading(engine) as connection:
        assert read_baskets(connection).orders.names == ("BIKE", "HELMET", "LOCK", "PUMP")
    with writing(engine) as connection:
        connection.execute(past_order_lines.delete())
        past = read_baskets(connection)
    assert (len(past.orders), past.orders.names, past.lines) == (0, (), 0)
    assert (len(past.customers), len(past.moments), len(past.needs)) == (0, 0, 0)


def test_a_history_without_customers_needs_no_moments(engine, history):
    with writing(engine) as connection:
        connection.execute(past_order_lines.update().values(customer=None))
        past = read_baskets(connection)
    assert set(past.customers.tolist()) == {UNKNOWN}
    assert len(past.moments) == len(past.orders)
