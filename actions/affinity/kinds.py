"""Which kinds of products go together: what is left to say where a product itself is too new to have a history."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History
from actions.affinity.shelf import Shelf

SHRINK = 3.0
MOST = 60
ORDERS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class KindTable:
    """`rates[c, i]`: log of how much more often than usual orders with kind `c` held item `i`, besides itself."""

    kind: Whole
    rates: Floats
    best: Whole

    def beside(self, anchors: list[int], items: Whole) -> Floats:
        """Two columns: whether an anchor is of the item's kind, and the mean rate of the anchors' kinds."""
        found = np.zeros((len(items), 2), dtype=np.float32)
        kinds = [int(self.kind[anchor]) for anchor in anchors if self.kind[anchor] >= 0]
        if kinds:
            found[:, 0] = np.isin(self.kind[items], kinds)
            found[:, 1] = self.rates[np.ix_(kinds, items)].mean(axis=0)
        return found

    def bestsellers(self, anchors: list[int]) -> Whole:
        """What sells most beside the kinds of the anchors."""
        kinds = sorted({int(self.kind[anchor]) for anchor in anchors if self.kind[anchor] >= 0})
        return self.best[kinds].ravel() if kinds else self.kind[:0]


def learn_kinds(history: History, shelf: Shelf, popularity: Floats) -> KindTable:
    """Count kinds against items; an order does not speak for an item by holding that item alone of its kind."""
    count = len(history.items)
    if not shelf.kinds:
        nothing = np.zeros((0, count), dtype=np.float32)
        return KindTable(shelf.kind, nothing, np.zeros((0, 0), dtype=np.int64))
    known = np.flatnonzero(shelf.kind >= 0)
    of_kind = sparse.coo_array(
        (np.ones(len(known), dtype=np.float32), (known, shelf.kind[known])), shape=(count, shelf.kinds)
    ).tocsr()
    both, orders = _with_other(history, of_kind, shelf)
    sold = np.asarray(history.held.sum(axis=0)).ravel()
    expected = np.outer(orders, sold) / max(history.orders, 1)
    rates = np.log((both + SHRINK) / (expected + SHRINK)).astype(np.float32)
    ranked = rates + popularity[None, :] + np.where(shelf.sold, 0.0, -1e6)[None, :]
    most = min(MOST, count)
    best = np.argpartition(-ranked, most - 1, axis=1)[:, :most]
    return KindTable(shelf.kind, rates, best.astype(np.int64))


def _with_other(history: History, of_kind: sparse.csr_array, shelf: Shelf) -> tuple[Floats, Floats]:
    """Orders with the item and with a line of the kind that is not the item itself; and orders with the kind."""
    both = np.zeros((shelf.kinds, len(history.items)), dtype=np.float32)
    only = np.zeros(len(history.items), dtype=np.float32)
    orders = np.zeros(shelf.kinds, dtype=np.float32)
    own = np.flatnonzero(shelf.kind >= 0)
    # some orders at a time: the kinds of all of them are as large as the history
    for start in range(0, history.orders, ORDERS_AT_ONCE):
        held = history.held[start : start + ORDERS_AT_ONCE]
        lines = (held @ of_kind).tocsr()
        # of its own kind an item needs a second line
        alone = sparse.csr_array((lines.data == 1.0, lines.indices, lines.indptr), shape=lines.shape)
        only[own] += (alone.astype(np.float32).T @ held).toarray()[shelf.kind[own], own]
        lines.data[:] = 1.0
        both += (lines.T @ held).toarray()
        orders += np.asarray(lines.sum(axis=0)).ravel()
    both[shelf.kind[own], own] -= only[own]
    return both, orders
