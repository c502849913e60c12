"""Past orders as numbers, in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from actions.affinity.columns import Whole, coded, columns_of, days_of, in_time, numbered
from actions.affinity.orders import spans

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class History:
    """`held[o, i]` is 1 where order `o` held `items[i]`; orders by time, `days[o]` when, `buyers[o]` whose.

    A buyer is a place in `customers`, -1 where nobody knows. Items are sorted and may include some never sold.
    """

    items: tuple[str, ...]
    held: sparse.csr_array
    days: npt.NDArray[np.float64]
    buyers: Whole
    customers: tuple[str, ...]

    @cached_property
    def by_item(self) -> sparse.csr_array:
        """Items by orders, the orders of each item in the order of time."""
        table = self.held.T.tocsr()
        table.sort_indices()
        # all of both tables is 1, so they can share one column of ones
        table.data = self.held.data
        return table

    @property
    def orders(self) -> int:
        return int(self.held.shape[0])

    @property
    def today(self) -> float:
        """The day of the newest order: what "recent" is counted from."""
        return float(self.days[-1]) if len(self.days) else 0.0

    def part(self, start: int, stop: int) -> "History":
        """The orders from place `start` to before `stop`; items and customers keep their numbers."""
        taken = slice(max(start, 0), stop)
        return History(self.items, self.held[taken], self.days[taken], self.buyers[taken], self.customers)

    def habits(self) -> Iterator[tuple[Whole, Whole, Whole]]:
        """(buyers, items, orders) of the lines of known buyers, sorted by buyer, item and time, some at a time."""
        known = np.flatnonzero(self.buyers >= 0)
        visits = known[np.argsort(self.buyers[known], kind="stable")]
        for begin, end in spans(self.buyers[visits], np.diff(self.held.indptr)[visits]):
            part = self.held[visits[begin:end]]
            if not part.nnz:
                continue
            orders = np.repeat(visits[begin:end], np.diff(part.indptr))
            buyers, items = self.buyers[orders], part.indices.astype(np.int64)
            order = np.argsort(buyers * len(self.items) + items, kind="stable")
            yield buyers[order], items[order], orders[order]

    def sizes(self) -> Floats:
        """How many different items each order held."""
        return np.diff(self.held.indptr).astype(np.float32)

    def decay(self, half_life: float) -> Floats:
        """The weight of each order: half of it gone after `half_life` days."""
        weights = np.power(0.5, (self.today - self.days) / half_life)
        return weights.astype(np.float32)


def read_history(orders: Any, also: tuple[str, ...] = ()) -> History:
    """Learn the numbers from order lines (`order_id`, `item_id`, where known `ts` and `customer_id`).

    Without a time orders are as old as they come; else the order of the rows means nothing.
    `also` are items that belong to the shop although nobody may have bought them yet.
    """
    lines = columns_of(orders, ("order_id", "item_id"), ("ts", "customer_id"))
    order, order_names = numbered(lines["order_id"])
    count = len(order_names)
    item, names = coded(lines["item_id"])
    good = (order >= 0) & (item >= 0)
    order = order[good]
    items = tuple(sorted({*names, *also}))
    item = _renumbered(item, names, items)[good]
    days = np.zeros(count)
    if lines["ts"] is not None:
        days[order] = days_of(lines["ts"])[good]
    buyers = np.full(count, -1, dtype=np.int64)
    customers: list[str] = []
    if lines["customer_id"] is not None:
        buyer, names = coded(lines["customer_id"])
        customers = sorted(names)
        buyers[order] = _renumbered(buyer, names, customers)[good]
    by_time = np.arange(count) if lines["ts"] is None else in_time(days, order_names)
    rank = np.empty_like(by_time)
    rank[by_time] = np.arange(len(by_time))
    shape = (count, len(items))
    ones = np.ones(len(item), dtype=np.float32)
    held = sparse.coo_array((ones, (rank[order].astype(np.int32), item.astype(np.int32))), shape=shape)
    table = held.tocsr()
    table.sum_duplicates()
    table.data[:] = 1.0
    return History(items, table, days[by_time], buyers[by_time], tuple(customers))


def _renumbered(codes: Whole, names: Sequence[str], wanted: Sequence[str]) -> Whole:
    """Places among the `wanted` names instead of among `names`; -1 stays."""
    place = {name: number for number, name in enumerate(wanted)}
    return np.array([*(place[name] for name in names), -1], dtype=np.int64)[codes]
