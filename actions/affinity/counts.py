"""Counts, exactly, how many orders held each pair of items."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

CHUNK = 512

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairCounts:
    """`together[k]` of `orders` orders held both `items[first[k]]` and `items[second[k]]`, first < second.

    Items are sorted and pairs in their order, so the same lines always give the same counts, in whatever order
    they come. `item_orders[i]` orders held `items[i]`.
    """

    items: tuple[str, ...]
    item_orders: Whole
    orders: int
    first: Whole
    second: Whole
    together: Whole


def count_pairs(lines: Iterable[tuple[str, str]], *, min_together: int = 1) -> PairCounts:
    """Count over (order, item) lines; an item counts once in an order, pairs below `min_together` are left out."""
    table, items = _incidence(lines)
    by_item = table.T.tocsr()
    first: list[Whole] = []
    second: list[Whole] = []
    together: list[Whole] = []
    for start in range(0, len(items), CHUNK):
        # X'X a few items at a time: the whole product of a large shop would not fit in memory
        part = (by_item[start : start + CHUNK] @ table).tocoo()
        kept = np.flatnonzero((part.data >= max(min_together, 1)) & (part.col > part.row + start))
        # one whole number for both: a single sort of what is kept
        pair = (part.row[kept].astype(np.int64) + start) * len(items) + part.col[kept]
        order = np.argsort(pair)
        first.append(pair[order] // len(items))
        second.append(pair[order] % len(items))
        together.append(part.data[kept][order].astype(np.int64))
    return PairCounts(
        items=items,
        item_orders=np.asarray(by_item.sum(axis=1), dtype=np.int64).ravel(),
        orders=table.shape[0],
        first=_joined(first),
        second=_joined(second),
        together=_joined(together),
    )


def _incidence(lines: Iterable[tuple[str, str]]) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """Orders by items, 1 where the order held the item; and the items in the order of the columns."""
    order_numbers: dict[str, int] = {}
    item_numbers: dict[str, int] = {}
    # machine numbers, not objects: millions of lines stay small
    rows = array("q")
    columns = array("q")
    for order, item in lines:
        rows.append(order_numbers.setdefault(order, len(order_numbers)))
        columns.append(item_numbers.setdefault(item, len(item_numbers)))
    items = tuple(sorted(item_numbers))
    place = np.empty(len(items), dtype=np.int64)
    place[[item_numbers[item] for item in items]] = np.arange(len(items))
    shape = (len(order_numbers), len(items))
    held = np.ones(len(rows), dtype=np.int32)
    at = (np.array(rows, dtype=np.int64), place[np.array(columns, dtype=np.int64)])
    table = sparse.coo_array((held, at), shape=shape).tocsr()
    table.sum_duplicates()
    table.data[:] = 1
    return table, items


def _joined(parts: list[Whole]) -> Whole:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
