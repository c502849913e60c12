"""Past orders as numbers, small enough for tens of millions of lines: which items lay in which order."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

LINES_AT_ONCE = 500_000
Small = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Orders:
    """Order k held `names[i]` for i in `items[starts[k] : starts[k + 1]]`, each once, rising.

    Names are sorted, so the same lines always give the same numbers. Four bytes for a line, eight for an order.
    """

    starts: Whole
    items: Small
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts) - 1


def orders_of(sizes: Whole, items: Small, names: Sequence[str]) -> Orders:
    """Orders laid out flat: so many lines each, `items` as places in `names`, which are sorted.

    An item counts once in an order; names that nobody bought fall away.
    """
    bought = np.bincount(items, minlength=len(names)) > 0
    place = (np.cumsum(bought) - 1).astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return _sorted(starts, place[items], [name for name, was in zip(names, bought.tolist(), strict=True) if was])


def any_orders(lines: Iterable[tuple[str, str]]) -> Orders:
    """(order, item) lines as they come; an item counts once in an order."""
    order_numbers: dict[str, int] = {}
    item_numbers: dict[str, int] = {}
    rows, columns = array("i"), array("i")
    for order, item in lines:
        rows.append(order_numbers.setdefault(order, len(order_numbers)))
        columns.append(item_numbers.setdefault(item, len(item_numbers)))
    shape = (len(order_numbers), len(item_numbers))
    at = (np.frombuffer(rows, np.int32), np.frombuffer(columns, np.int32))
    table = sparse.coo_array((np.ones(len(rows), np.int8), at), shape=shape).tocsr()
    return _sorted(table.indptr, table.indices, list(item_numbers))


def table_of(orders: Orders) -> sparse.csr_array:
    """Orders by items, 1 where the order held the item."""
    held = np.ones(len(orders.items), np.int32)
    shape = (len(orders), len(orders.names))
    return sparse.csr_array((held, orders.items, _short(orders.starts)), shape=shape)


def spans(owners: Whole, sizes: Whole) -> Iterator[tuple[int, int]]:
    """(begin, end) of some orders at a time, those of one owner together; `sizes` are their lines.

    The lines of a large shop side by side would take several times the room of its history.
    """
    if len(owners):
        part = np.cumsum(sizes) // LINES_AT_ONCE
        new = np.flatnonzero(np.append(True, np.diff(owners) != 0))
        begins = new[np.append(True, np.diff(part[new]) != 0)]
        yield from pairwise([*begins.tolist(), len(owners)])


def _sorted(starts: npt.NDArray[np.integer], items: Small, names: list[str]) -> Orders:
    """Items numbered in the order of their names, and rising inside an order."""
    known = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    place = np.empty(len(names), dtype=np.int32)
    place[known] = np.arange(len(names), dtype=np.int32)
    shape = (len(starts) - 1, len(names))
    table = sparse.csr_array((np.ones(len(items), np.int8), place[items], _short(starts)), shape=shape)
    # C sorts each order; the ones are of no account
    table.has_canonical_format = False
    table.sum_duplicates()
    return Orders(
        table.indptr.astype(np.int64),
        table.indices.astype(np.int32, copy=False),
        tuple(names[at] for at in known.tolist()),
    )


def _short(starts: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    """Four bytes where that is enough: with starts of eight, scipy copies the items to eight bytes too."""
    return starts.astype(np.int32) if starts[-1] <= np.iinfo(np.int32).max else starts
