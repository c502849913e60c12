"""Which kinds of products go together: what is left to say where a product itself is too new to have a history."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History
from actions.affinity.shelf import Shelf

SHRINK = 3.0
MOST = 60


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
    lines = (history.held @ of_kind).tocsr()
    both = _with_other(history, lines, shelf)
    lines.data[:] = 1.0
    orders = np.asarray(lines.sum(axis=0)).ravel()
    sold = np.asarray(history.held.sum(axis=0)).ravel()
    expected = np.outer(orders, sold) / max(history.orders, 1)
    rates = np.log((both + SHRINK) / (expected + SHRINK)).astype(np.float32)
    ranked = rates + popularity[None, :] + np.where(shelf.sold, 0.0, -1e6)[None, :]
    most = min(MOST, count)
    best = np.argpartition(-ranked, most - 1, axis=1)[:, :most]
    return KindTable(shelf.kind, rates, best.astype(np.int64))


def _with_other(history: History, lines: sparse.csr_array, shelf: Shelf) -> Floats:
    """Orders with the item and with a line of the kind that is not the item itself."""
    any_line = lines.copy()
    any_line.data[:] = 1.0
    both = (any_line.T @ history.held).toarray().astype(np.float32)
    # of its own kind an item needs a second line
    alone = lines.copy()
    alone.data = (lines.data == 1.0).astype(np.float32)
    only = (alone.T @ history.held).toarray()
    own = np.flatnonzero(shelf.kind >= 0)
    both[shelf.kind[own], own] -= only[shelf.kind[own], own]
    return np.asarray(both, dtype=np.float32)
