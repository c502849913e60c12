"""What customers take for the first time, told by the basket and by what they had bought before, both at once."""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History

SPEAKING = 1_500
TARGETS = 4_000
LATEST = 50
ORDERS = 30_000
HALF_LIFE = 180.0
RETURNING, OTHERS = 1.5, 0.5
CROWD = 0.75
BASKETS = (1, 2, 3)
PENALTIES = (5.0, 30.0)


@dataclass(frozen=True, slots=True)
class FirstPurchases:
    """Weights of what lies in a basket, and of what the customer has, for each item the customer has not.

    `rows[i]` and `columns[i]` are the places of item `i` in the tables, -1 where it takes no part.
    """

    rows: Whole
    columns: Whole
    basket: Floats
    past: Floats

    def beside(self, anchors: Whole, had: Whole, items: Whole) -> tuple[Floats, Floats]:
        """For each of `items` what the basket says and what the customer's items, the latest `LATEST`, say."""
        return self._summed(self.basket, anchors, items), self._summed(self.past, had, items)

    def _summed(self, table: Floats, speaking: Whole, items: Whole) -> Floats:
        rows = self.rows[speaking]
        # a column of -1 finds the 0 put at the end
        return np.append(table[rows[rows >= 0]].sum(axis=0), np.float32(0))[self.columns[items]]


@dataclass(frozen=True, slots=True)
class Firsts:
    """Orders by items: what each held, what of it was new to the customer, what the customer had before."""

    held: sparse.csr_array
    new: sparse.csr_array
    had: sparse.csr_array


@dataclass(frozen=True, slots=True)
class Odds:
    """How much each order counts, times the chance that, with some of its items drawn as basket, a certain one is
    `drawn`, a certain `pair` is, one is drawn and another left `across`, a certain one is `left`; `whole`: times 1.
    """

    drawn: Floats
    pair: Floats
    across: Floats
    left: Floats
    whole: Floats


def learn_firsts(history: History) -> FirstPurchases:
    """The least-squares weights under which basket and past tell what of the rest of an order was new.

    Every way to draw one to three items of an order as its basket is reckoned in, without drawing any.
    """
    count = len(history.items)
    nowhere = np.full(count, -1, dtype=np.int64)
    recent = history.part(history.orders - ORDERS, history.orders)
    if not len(recent.days) or not (recent.buyers >= 0).any():
        nothing = np.zeros((0, 0), dtype=np.float32)
        return FirstPurchases(nowhere, nowhere, nothing, nothing)
    firsts = first_lines(recent)
    sold = np.asarray(recent.held.sum(axis=0)).ravel()
    by_sales = np.argsort(-sold, kind="stable")[: np.count_nonzero(sold)]
    speaking, targets = np.sort(by_sales[:SPEAKING]), np.sort(by_sales[:TARGETS])
    rows, columns = nowhere.copy(), nowhere.copy()
    rows[speaking], columns[targets] = np.arange(len(speaking)), np.arange(len(targets))
    solved = _solved(firsts, _odds(recent, firsts), speaking, targets)
    return FirstPurchases(rows, columns, solved[: len(speaking)], solved[len(speaking) :])


def first_lines(history: History) -> Firsts:
    """Go through the orders in time and note what each customer already had; nobody's orders are all new."""
    latest: dict[int, Whole] = {}
    ever: dict[int, set[int]] = {}
    had: list[Whole] = []
    lines = history.held.indices.astype(np.int64)
    new = np.ones(history.held.nnz, dtype=np.float32)
    nothing = np.empty(0, dtype=np.int64)
    for order, buyer in enumerate(history.buyers.tolist()):
        span = slice(history.held.indptr[order], history.held.indptr[order + 1])
        items = lines[span]
        before = latest.get(buyer, nothing) if buyer >= 0 else nothing
        had.append(before)
        if buyer >= 0:
            known = ever.setdefault(buyer, set())
            new[span] = [item not in known for item in items.tolist()]
            known.update(items.tolist())
            latest[buyer] = np.concatenate([before[~np.isin(before, items)], items])[-LATEST:]
    begins = np.cumsum([0, *(len(one) for one in had)])
    places = np.concatenate([nothing, *had])
    shape = history.held.shape
    past = sparse.csr_array((np.ones(len(places), dtype=np.float32), places, begins), shape=shape)
    first = sparse.csr_array((new, history.held.indices, history.held.indptr), shape=shape)
    return Firsts(history.held, first, past)


def _odds(history: History, firsts: Firsts) -> Odds:
    size = history.sizes().astype(np.float64)
    returning = np.diff(firsts.had.indptr) > 0
    worth = history.decay(HALF_LIFE) * np.where(returning, RETURNING, OTHERS) / len(BASKETS)
    found = np.zeros((5, len(size)))
    for drawn in BASKETS:
        left = size - drawn
        counts = np.where(left > 0, worth / np.maximum(left, 1.0) ** CROWD, 0.0)
        pairs = np.maximum(size * (size - 1.0), 1.0)
        found[0] += counts * drawn / np.maximum(size, 1.0)
        found[1] += counts * drawn * (drawn - 1.0) / pairs
        found[2] += counts * drawn * np.maximum(left, 0.0) / pairs
        found[3] += counts * np.maximum(left, 0.0) / np.maximum(size, 1.0)
        found[4] += counts
    return Odds(*found.astype(np.float32))


def _solved(firsts: Firsts, odds: Odds, speaking: Whole, targets: Whole) -> Floats:
    """Solve (A'A + penalty) W = A'Y, A the drawn baskets beside the pasts, Y what was left and new."""
    held, had = firsts.held[:, speaking].tocsr(), firsts.had[:, speaking].tocsr()
    new = firsts.new[:, targets].tocsr()
    count = len(speaking)
    left = np.zeros((2 * count, 2 * count), dtype=np.float32)
    left[:count, :count] = _product(held, odds.pair, held)
    left[np.arange(count), np.arange(count)] = held.T @ odds.drawn + PENALTIES[0]
    # the factor reads the lower half only
    left[count:, :count] = _product(had, odds.drawn, held)
    left[count:, count:] = _product(had, odds.whole, had)
    left[np.arange(count, 2 * count), np.arange(count, 2 * count)] += PENALTIES[1]
    right = np.empty((2 * count, len(targets)), dtype=np.float32, order="F")
    right[:count] = _product(held, odds.across, new)
    # nothing is drawn and left at once
    right[np.arange(count), np.searchsorted(targets, speaking)] = 0.0
    right[count:] = _product(had, odds.left, new)
    factor, _ = linalg.lapack.spotrf(left, lower=1)
    solved, _ = linalg.lapack.spotrs(factor, right, lower=1, overwrite_b=1)
    return np.ascontiguousarray(solved, dtype=np.float32)


def _product(one: sparse.csr_array, weights: Floats, other: sparse.csr_array) -> Floats:
    return np.asarray((one.T @ (sparse.diags_array(weights) @ other)).toarray(), dtype=np.float32)
