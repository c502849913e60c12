"""Past baskets most like the one at hand, and what else lay in them."""

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History

LATEST = 1_000
NEAREST = 300
HALF_LIFE = 90.0


class BasketMemory:
    """The latest baskets of each item; likeness weighs rare items more, recent baskets more, crowded ones less."""

    def __init__(self, history: History) -> None:
        held = history.held
        self.orders = held
        by_item = history.by_item
        self.begins: Whole = by_item.indptr.astype(np.int64)
        self.rows = by_item.indices
        sold = np.diff(by_item.indptr)
        self.rarity: Floats = np.log(max(history.orders, 1) / np.maximum(sold, 1)).astype(np.float32)
        self.worth: Floats = (history.decay(HALF_LIFE) / np.sqrt(np.maximum(history.sizes(), 1.0))).astype(
            np.float32
        )

    def beside(self, anchors: list[int]) -> tuple[Whole, Floats]:
        """(items, weights) out of the nearest baskets; an item may come several times."""
        spans = [self.rows[max(self.begins[a], self.begins[a + 1] - LATEST) : self.begins[a + 1]] for a in anchors]
        if not spans:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        rarity = np.repeat(self.rarity[anchors], [len(span) for span in spans])
        rows = np.concatenate(spans)
        if len(spans) > 1:
            rows, inverse = np.unique(rows, return_inverse=True)
            rarity = np.bincount(inverse, rarity, minlength=len(rows)).astype(np.float32)
        like = rarity * self.worth[rows]
        if len(rows) > NEAREST:
            near = np.argpartition(-like, NEAREST)[:NEAREST]
            rows, like = rows[near], like[near]
        begins, sizes = self.orders.indptr[rows], np.diff(self.orders.indptr)[rows]
        ends = np.cumsum(sizes)
        places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
        total = float(like.sum())
        return self.orders.indices[places], np.repeat(like / total if total > 0 else like, sizes).astype(np.float32)
