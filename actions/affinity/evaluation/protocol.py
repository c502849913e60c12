"""Splits orders in time and asks about the later ones: a few items as basket, one other item to be found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from actions.affinity.columns import Whole, coded, columns_of, days_of, in_time, is_missing, listed

LEARN, UNTIL = 0.8, 0.9
MIN_ORDERS = 5
SIZES = (1, 2, 3)
SEED = 7

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `rest` are the further items of that order, the target among them; `known` what the customer
    had bought before."""

    basket: tuple[str, ...]
    target: str
    rest: frozenset[str]
    customer: str | None
    known: frozenset[str]

    @property
    def novel(self) -> bool:
        return self.target not in self.known


@dataclass(frozen=True, slots=True)
class Trial:
    """What models learn from and are asked; `covered` is the share of later lines that could be found.

    `earlier` orders taught, and `later` ones are asked about.
    """

    orders: Columns
    items: Columns
    universe: tuple[str, ...]
    asked: tuple[Asked, ...]
    covered: float
    earlier: int
    later: int


def trial(orders: Any, items: Any = None, *, part: str = "test", most: int = 2000) -> Trial:
    """Learn from the first 80 % and ask about the next 10 ("valid"), or from 90 % and about the last 10 ("test").

    Items sold in fewer than five orders of the learning part take no part. For baskets of one, two and three
    items each, up to `most` orders are drawn.
    """
    lines = columns_of(orders, ("order_id", "item_id"), ("ts", "customer_id", "qty", "price"))
    order, names = coded(lines["order_id"])
    place = _in_time(order, lines["ts"], np.array(names, dtype=str))
    edges = (LEARN, UNTIL) if part == "valid" else (UNTIL, 1.0)
    start, stop = (int(edge * len(names)) for edge in edges)
    early, late = np.flatnonzero(place[order] < start), (place[order] >= start) & (place[order] < stop)
    item_ids = np.array([str(item) for item in listed(lines["item_id"])], dtype=object)
    universe = _often(item_ids[early], order[early])
    inside = np.array([item in universe for item in item_ids.tolist()], dtype=bool)
    kept = early[inside[early]]
    columns = {name: _taken(column, kept) for name, column in lines.items() if column is not None}
    asked = _questions(columns, order, item_ids, np.flatnonzero(late & inside), lines["customer_id"], most)
    covered = float(inside[late].mean()) if late.any() else 0.0
    return Trial(columns, _items(items, universe), tuple(sorted(universe)), asked, covered, start, stop - start)


def _in_time(order: Whole, moments: Any, names: npt.NDArray[np.str_]) -> Whole:
    """The place of each order in time; where no time is known, as they came."""
    place = np.arange(len(names))
    if moments is not None:
        days = np.full(len(names), np.inf)
        np.minimum.at(days, order, days_of(moments))
        place[in_time(days, names)] = np.arange(len(names))
    return place


def _often(items: Any, orders: Whole) -> frozenset[str]:
    pairs = {(item, order) for item, order in zip(items.tolist(), orders.tolist(), strict=True)}
    counted: dict[str, int] = {}
    for item, _ in pairs:
        counted[item] = counted.get(item, 0) + 1
    return frozenset(item for item, count in counted.items() if count >= MIN_ORDERS)


def _taken(column: Any, kept: Whole) -> list[Any]:
    values = listed(column)
    return [values[place] for place in kept.tolist()]


def _items(items: Any, universe: frozenset[str]) -> Columns:
    if items is None:
        return {"item_id": sorted(universe)}
    optional = ("title", "category", "subcategory", "brand", "price", "cost")
    table = columns_of(items, ("item_id",), optional)
    names = [str(item) for item in listed(table["item_id"])]
    kept = np.array([place for place, name in enumerate(names) if name in universe], dtype=np.int64)
    return {name: _taken(column, kept) for name, column in table.items() if column is not None}


def _questions(
    learnt: Columns, order: Whole, item_ids: Any, late: Whole, customers: Any, most: int
) -> tuple[Asked, ...]:
    known: dict[str, set[str]] = {}
    for buyer, item in zip(learnt.get("customer_id", []), learnt["item_id"], strict=False):
        if not is_missing(buyer):
            known.setdefault(str(buyer), set()).add(str(item))
    who = [None] * len(item_ids) if customers is None else listed(customers)
    baskets: dict[int, dict[str, Any]] = {}
    for line in late.tolist():
        baskets.setdefault(int(order[line]), {})[item_ids[line]] = who[line]
    rng = np.random.default_rng(SEED)
    asked = []
    for size in SIZES:
        usable = [basket for basket in baskets.values() if len(basket) > size]
        for place in rng.permutation(len(usable))[:most].tolist():
            items = rng.permutation(np.array(list(usable[place]), dtype=object)).tolist()
            buyer = next(iter(usable[place].values()))
            customer = None if is_missing(buyer) else str(buyer)
            asked.append(_asked(items, size, customer, known))
    return tuple(asked)


def _asked(items: Sequence[str], size: int, customer: str | None, known: dict[str, set[str]]) -> Asked:
    before: Iterable[str] = known.get(customer, ()) if customer is not None else ()
    return Asked(tuple(items[:size]), items[size], frozenset(items[size:]), customer, frozenset(before))
