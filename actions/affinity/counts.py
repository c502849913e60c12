"""Counts, exactly, how many orders held each pair of items."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from actions.affinity.orders import Orders, Small, Whole, any_orders, table_of

CHUNK = 512
WORTH_DROPPING = 0.1
ROWS = 1_000_000


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
    return count_orders(any_orders(lines), min_together)


def count_orders(orders: Orders, min_together: int = 1) -> PairCounts:
    """The same over orders that are numbers already; memory grows with the lines and the pairs that are kept."""
    table = table_of(orders)
    by_item = _transposed(table)
    parts: list[tuple[Small, Small, Small]] = []
    for start in range(0, len(orders.names), CHUNK):
        # X'X a few items at a time: the whole product of a large shop would not fit in memory
        table = _without_columns_below(start, table, by_item)
        product = by_item[start : start + CHUNK] @ table
        parts.append(_later_pairs(product, start, max(min_together, 1)))
    return PairCounts(
        items=orders.names,
        item_orders=np.diff(by_item.indptr).astype(np.int64),
        orders=len(orders),
        first=_joined([first for first, _, _ in parts]),
        second=_joined([second for _, second, _ in parts]),
        together=_joined([together for _, _, together in parts]),
    )


def _transposed(table: sparse.csr_array) -> sparse.csr_array:
    """Items by orders. All that is held is 1, so both tables can share one column of ones."""
    turned = table.T.tocsr()
    turned.data = table.data
    return turned


def _without_columns_below(start: int, table: sparse.csr_array, by_item: sparse.csr_array) -> sparse.csr_array:
    """The table without items that are done with, once these are enough to be worth the copy.

    Each pair is wanted once, beside the earlier of its items; so nobody asks for the columns before `start` again.
    """
    left = by_item.nnz - int(by_item.indptr[start])
    if table.nnz - left < WORTH_DROPPING * by_item.nnz:
        return table
    indptr = np.zeros_like(table.indptr)
    indices = np.empty(left, dtype=table.indices.dtype)
    for row in range(0, table.shape[0], ROWS):
        bounds = table.indptr[row : row + ROWS + 1]
        columns = table.indices[bounds[0] : bounds[-1]]
        wanted = columns >= start
        before = np.concatenate([[0], np.cumsum(wanted, dtype=indptr.dtype)])
        indptr[row + 1 : row + len(bounds)] = indptr[row] + before[bounds[1:] - bounds[0]]
        indices[indptr[row] : indptr[row + len(bounds) - 1]] = columns[wanted]
    return sparse.csr_array((table.data[:left], indices, indptr), shape=table.shape)


def _later_pairs(product: sparse.csr_array, start: int, least: int) -> tuple[Small, Small, Small]:
    """(first, second, together) of the rows from `start` on, in order, pairs with an earlier item left out."""
    product.sort_indices()
    rows = np.repeat(np.arange(start, start + product.shape[0], dtype=np.int32), np.diff(product.indptr))
    kept = (product.indices > rows) & (product.data >= least)
    return rows[kept], product.indices[kept], product.data[kept]


def _joined(parts: list[Small]) -> Whole:
    return np.concatenate(parts).astype(np.int64) if parts else np.empty(0, dtype=np.int64)
