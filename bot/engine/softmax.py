"""Softmax regression with balanced classes, for rows that are partly sparse (n-grams) and partly dense (vectors).

The same objective as scikit-learn's LogisticRegression(class_weight="balanced"), which joins both parts into one
sparse matrix and then needs ten times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Learnt:
    """Labels in sorted order and float32 weights of the sparse columns, the dense columns and the bias."""

    labels: tuple[str, ...]
    sparse_weights: np.ndarray
    dense_weights: np.ndarray
    bias: np.ndarray


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def fit(rows: csr_matrix, dense: np.ndarray, labels: Sequence[str], strength: float, rounds: int) -> Learnt:
    """Minimise `strength` x weighted log loss + half the squared weights, in at most `rounds` steps of L-BFGS.

    Stopping early is part of the recipe: later steps change no ranking and cost minutes.
    """
    names = sorted(set(labels))
    place = {name: number for number, name in enumerate(names)}
    truth = np.array([place[label] for label in labels])
    share = np.bincount(truth, minlength=len(names))
    sparse_columns, columns = rows.shape[1], rows.shape[1] + dense.shape[1]
    problem = _Problem(
        rows=rows.astype(np.float32),
        columns=rows.T.tocsr().astype(np.float32),
        dense=dense.astype(np.float32),
        truth=truth,
        weight=(strength * len(truth) / (len(names) * share[truth])).astype(np.float32)[:, None],
        shape=(columns + 1, len(names)),
    )
    start = np.zeros((columns + 1) * len(names))
    options = {"maxiter": rounds, "ftol": 1e-9, "gtol": 1e-4}
    found = minimize(problem.loss_and_slope, start, jac=True, method="L-BFGS-B", options=options)
    weights = found.x.reshape(problem.shape).astype(np.float32)
    return Learnt(tuple(names), weights[:sparse_columns], weights[sparse_columns:columns], weights[columns])


@dataclass(frozen=True)
class _Problem:
    rows: csr_matrix
    columns: csr_matrix  # the rows turned, so that both products read memory in order
    dense: np.ndarray
    truth: np.ndarray
    weight: np.ndarray
    shape: tuple[int, int]

    def loss_and_slope(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(self.shape)
        split = self.rows.shape[1]
        scores = self.rows @ weights[:split] + self.dense @ weights[split:-1] + weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        everyone = np.arange(len(self.truth))
        right = scores[everyone, self.truth]
        raised = np.exp(scores)
        total = raised.sum(axis=1, keepdims=True)
        loss = float((self.weight[:, 0] * (np.log(total[:, 0]) - right)).sum(dtype=np.float64))
        loss += 0.5 * float((flat.reshape(self.shape)[:-1] ** 2).sum())
        miss = raised / total
        miss[everyone, self.truth] -= 1
        miss *= self.weight
        slope = np.empty(self.shape)
        slope[:split] = self.columns @ miss
        slope[split:-1] = self.dense.T @ miss
        slope[:-1] += flat.reshape(self.shape)[:-1]
        slope[-1] = miss.sum(axis=0)
        return loss, slope.ravel()
