"""What is learnt some customers, orders or pairs at a time is what a look at all of them gives."""

from collections import defaultdict
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest

from actions.affinity import AffinityModel
from actions.affinity.customers import Customers
from actions.affinity.history import History, read_history
from actions.affinity.moments import repeat_gaps

ITEMS = [
    {"item_id": f"I{n}", "title": f"thing {n % 5}", "category": f"kind {n % 3}", "price": n} for n in range(30)
]
PARTS = ("orders.LINES_AT_ONCE", "kinds.ORDERS_AT_ONCE", "neighbours.EDGES_AT_ONCE")


def sales(*, buyers: int = 12, orders: int = 300) -> list[dict[str, Any]]:
    """Three hundred orders, an hour to ten days apart; nobody knows who gave one in five."""
    chance, rows, day = Random(3), [], 0.0
    for number in range(orders):
        day += chance.choice([0.04, 1.0, 10.0])
        who = f"C{chance.randrange(buyers)}" if chance.random() < 0.8 else None
        for item in chance.sample(range(30), chance.randint(1, 5)):
            rows.append({"order_id": number, "item_id": f"I{item}", "ts": day * 86_400, "customer_id": who})
    return rows


def bought(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[float]]:
    """The days on which each customer bought each item."""
    found = defaultdict(list)
    for row in rows:
        if row["customer_id"]:
            found[row["customer_id"], row["item_id"]].append(row["ts"] / 86_400)
    return found


@pytest.fixture(params=[1, 7, 10**6])
def history(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setattr("actions.affinity.orders.LINES_AT_ONCE", request.param)
    return read_history(sales())


def test_every_customer_has_what_the_orders_say(history: History) -> None:
    customers, told = Customers(history), bought(sales())
    today = max(row["ts"] for row in sales()) / 86_400
    for name in history.customers:
        past = customers.past(name)
        mine = {item: days for (who, item), days in told.items() if who == name}
        assert [history.items[item] for item in past.items.tolist()] == sorted(mine)
        expected = [mine[item] for item in sorted(mine)]
        assert past.often.tolist() == [len(days) for days in expected]
        assert past.since == pytest.approx([today - max(days) for days in expected], abs=1e-3)
        for figure, half in ((past.lately, 45.0), (past.steadily, 365.0)):
            assert figure == pytest.approx(
                [sum(0.5 ** ((today - d) / half) for d in days) for days in expected], 1e-4
            )
    assert len(told) == len(customers.items) == customers.begins[-1]


def test_every_gap_between_two_purchases_is_found_once(history: History) -> None:
    items, gaps = repeat_gaps(history)
    expected = defaultdict(list)
    for (_, item), days in bought(sales()).items():
        expected[item] += [later - day for day, later in pairwise(sorted(days)) if later - day >= 1.0]
    assert len(items) == sum(map(len, expected.values())) > 100
    for item, days in expected.items():
        found = gaps[items == history.items.index(item)]
        assert sorted(found.tolist()) == pytest.approx(sorted(days), abs=1e-3)


def test_a_model_learnt_in_small_parts_is_the_same_model(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = AffinityModel().fit(sales(), ITEMS)
    for part in PARTS:
        monkeypatch.setattr(f"actions.affinity.{part}", 5)
    parts = AffinityModel().fit(sales(), ITEMS)
    (ours, plan), (theirs, other_plan) = whole._known(), parts._known()
    assert np.array_equal(ours.neighbours.scores, theirs.neighbours.scores)
    assert np.array_equal(ours.kinds.rates, theirs.kinds.rates)
    for weights, others in (
        (plan.weights.strangers, other_plan.weights.strangers),
        (plan.weights.regulars, other_plan.weights.regulars),
    ):
        assert np.array_equal(weights.flat(), others.flat())
    baskets = [[f"I{n}", f"I{n + 7}"] for n in range(20)]
    for basket in baskets:
        assert whole.recommend(basket, 5, customer="C3") == parts.recommend(basket, 5, customer="C3")


@pytest.mark.parametrize("who", [None, "ann"])
def test_orders_without_customers_or_without_items_are_no_habits(who: str | None) -> None:
    rows = [{"order_id": 1, "item_id": None, "ts": 0, "customer_id": who}]
    rows += [{"order_id": 2, "item_id": "I1", "ts": 0, "customer_id": None}]
    history = read_history(rows)
    assert list(history.habits()) == []
    assert len(repeat_gaps(history)[0]) == len(Customers(history).items) == 0
