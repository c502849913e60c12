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

    The dense columns are centred and the bias is measured in smaller units while searching. Neither moves the
    optimum (the bias is free of penalty), but 30 steps then come closer than 60 did.
    """
    names = sorted(set(labels))
    place = {name: number for number, name in enumerate(names)}
    truth = np.array([place[label] for label in labels])
    share = np.bincount(truth, minlength=len(names))
    sparse_columns, columns = rows.shape[1], rows.shape[1] + dense.shape[1]
    weight = strength * len(truth) / (len(names) * share[truth])
    middle = (weight @ dense) / weight.sum()
    problem = _Problem(
        rows=rows.astype(np.float32),
        columns=rows.T.tocsr().astype(np.float32),
        dense=(dense - middle).astype(np.float32),
        truth=truth,
        weight=weight.astype(np.float32)[:, None],
        bias_unit=1 / np.sqrt(1 + weight.sum() * (len(names) - 1) / len(names) ** 2),
        shape=(columns + 1, len(names)),
    )
    start = np.zeros((columns + 1) * len(names))
    options = {"maxiter": rounds, "ftol": 1e-9, "gtol": 1e-4}
    found = minimize(problem.loss_and_slope, start, jac=True, method="L-BFGS-B", options=options)
    weights = found.x.reshape(problem.shape)
    sparse_weights, dense_weights = weights[:sparse_columns], weights[sparse_columns:columns]
    bias = weights[columns] * problem.bias_unit - middle @ dense_weights
    parts = [part.astype(np.float32) for part in (sparse_weights, dense_weights, bias)]
    return Learnt(tuple(names), *parts)


@dataclass(frozen=True)
class _Problem:
    rows: csr_matrix
    columns: csr_matrix  # the rows turned, so that both products read memory in order
    dense: np.ndarray
    truth: np.ndarray
    weight: np.ndarray
    bias_unit: float
    shape: tuple[int, int]

    def loss_and_slope(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(self.shape)
        split = self.rows.shape[1]
        scores = self.rows @ weights[:split]
        scores += self.dense @ weights[split:-1]
        scores += weights[-1] * np.float32(self.bias_unit)
        scores -= scores.max(axis=1, keepdims=True)
        everyone = np.arange(len(self.truth))
        right = scores[everyone, self.truth]
        miss = np.exp(scores)
        total = miss.sum(axis=1, keepdims=True)
        loss = float((self.weight[:, 0] * (np.log(total[:, 0]) - right)).sum(dtype=np.float64))
        loss += 0.5 * float((flat.reshape(self.shape)[:-1] ** 2).sum())
        miss /= total
        miss[everyone, self.truth] -= 1
        miss *= self.weight
        slope = np.empty(self.shape)
        slope[:split] = self.columns @ miss
        slope[split:-1] = self.dense.T @ miss
        slope[:-1] += flat.reshape(self.shape)[:-1]
        slope[-1] = miss.sum(axis=0) * self.bias_unit
        return loss, slope.ravel()
