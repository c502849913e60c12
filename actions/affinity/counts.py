"""Counts, exactly, how many orders held each pair of items."""

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
        rows = part.row.astype(np.int64) + start
        columns = part.col.astype(np.int64)
        kept = (columns > rows) & (part.data >= max(min_together, 1))
        order = np.lexsort((columns[kept], rows[kept]))
        first.append(rows[kept][order])
        second.append(columns[kept][order])
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
    rows: list[int] = []
    columns: list[int] = []
    for order, item in lines:
        rows.append(order_numbers.setdefault(order, len(order_numbers)))
        columns.append(item_numbers.setdefault(item, len(item_numbers)))
    items = tuple(sorted(item_numbers))
    place = np.empty(len(items), dtype=np.int64)
    place[[item_numbers[item] for item in items]] = np.arange(len(items))
    shape = (len(order_numbers), len(items))
    held = np.ones(len(rows), dtype=np.int32)
    at = (np.asarray(rows, dtype=np.int64), place[np.asarray(columns, dtype=np.int64)])
    table = sparse.coo_array((held, at), shape=shape).tocsr()
    table.sum_duplicates()
    table.data[:] = 1
    return table, items


def _joined(parts: list[Whole]) -> Whole:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
