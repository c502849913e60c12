"""The linear item model: each item explained by all the others at once, in closed form."""

import numpy as np
from scipy import linalg, sparse

from actions.affinity.columns import Whole
from actions.affinity.history import Floats

MOST_ITEMS = 4_000
OF_MANY = 2_500
PENALTY = 200.0


class LinearModel:
    """Weights B of the least-squares fit X ~ X B with a ridge penalty and a zero diagonal, after Steck (2019).

    `held` is orders by items, 1 where the order held the item. Of more than `most` items only the `OF_MANY`
    best-selling take part.
    """

    def __init__(self, held: sparse.csr_array, *, most: int = MOST_ITEMS, penalty: float = PENALTY) -> None:
        sold = np.asarray(held.sum(axis=0)).ravel()
        # the cost grows with the cube; what sells less is left to the counts
        taking_part = most if np.count_nonzero(sold) <= most else min(most, OF_MANY)
        chosen = np.argsort(-sold, kind="stable")[:taking_part]
        self.inside: Whole = np.sort(chosen[sold[chosen] > 0])
        self.place: Whole = np.full(len(sold), -1, dtype=np.int64)
        self.place[self.inside] = np.arange(len(self.inside))
        self.weights = self._solved(held[:, self.inside], penalty)

    def pairs(self, anchors: Whole, targets: Whole) -> Floats:
        """The weight of each anchor for each target, 0 where either takes no part."""
        rows, columns = self.place[anchors], self.place[targets]
        known = (rows >= 0) & (columns >= 0)
        found = np.zeros(len(rows), dtype=np.float32)
        found[known] = self.weights[rows[known], columns[known]]
        return found

    def strongest(self, most: int) -> tuple[Whole, Whole]:
        """(anchors, targets) of the `most` highest weights of each anchor."""
        count = len(self.inside)
        if not count:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        most = min(most, count)
        places = np.argpartition(-self.weights, most - 1, axis=1)[:, :most]
        return np.repeat(self.inside, most), self.inside[places.ravel()]

    @staticmethod
    def _solved(held: sparse.csr_array, penalty: float) -> Floats:
        count = held.shape[1]
        if not count:
            return np.zeros((0, 0), dtype=np.float32)
        gram = np.asarray((held.T @ held).toarray(), dtype=np.float32)
        gram[np.diag_indices(count)] += penalty
        factor, _ = linalg.lapack.spotrf(gram, lower=1, overwrite_a=1)
        inverse, _ = linalg.lapack.spotri(factor, lower=1, overwrite_c=1)
        inverse = np.tril(inverse)
        inverse += np.tril(inverse, -1).T
        inverse /= -np.diag(inverse)[None, :]
        inverse[np.diag_indices(count)] = 0.0
        return np.ascontiguousarray(inverse, dtype=np.float32)
