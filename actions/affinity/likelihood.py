"""Weights under which the item a model would pick by its scores was really bought."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from actions.affinity.columns import Whole
from actions.affinity.history import Floats

SMALL_ORDERS_COUNT = 0.25
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One question laid out for learning; `stands_for` is the log of how many others a drawn row stands for."""

    general: Floats
    own: Whole
    personal: Floats
    right: Whole
    stands_for: Floats
    rest: int


def most_likely(
    samples: list[Sample],
    usual: Floats,
    near: Floats | None = None,
    firm: float = 1.0,
    fixed: Whole | None = None,
) -> Floats:
    """Minimise -log(chance that the pick is right), the chance of an item growing with exp(score).

    Not every item bought has to score high, as long as what scores high was bought: that is what a shopper who
    is shown three things sees. Without much to learn from, the weights stay near the `usual` ones, nearer the
    more `firm`. Order of the weights: general for all, general for items bought before, personal. The search
    starts `near` where given, and is then shorter. Weights at the places `fixed` stay the usual ones.
    """
    return _Likelihood(samples, usual, firm, fixed).best(near)


class _Likelihood:
    def __init__(self, samples: list[Sample], usual: Floats, firm: float, fixed: Whole | None) -> None:
        self.sizes = np.array([len(sample.general) for sample in samples])
        self.begins = (np.cumsum(self.sizes) - self.sizes).astype(np.int64)
        self.general = np.concatenate([sample.general for sample in samples])
        self.personal = np.concatenate([sample.personal for sample in samples])
        self.own = _shifted([sample.own for sample in samples], self.begins)
        self.right = _shifted([sample.right for sample in samples], self.begins)
        self.stands_for = np.concatenate([sample.stands_for for sample in samples])
        many = np.array([len(sample.right) for sample in samples])
        self.right_begins = (np.cumsum(many) - many).astype(np.int64)
        self.question = np.repeat(np.arange(len(samples)), many)
        worth = np.array([sample.rest for sample in samples], dtype=np.float64) ** -SMALL_ORDERS_COUNT
        self.worth = (worth / worth.sum()).astype(np.float32)
        self.width = self.general.shape[1]
        spread = _spread(self.general)
        self.scale = np.concatenate([spread, spread, _spread(self.personal)])
        self.middle = self.general.mean(axis=0)
        self.general = (self.general - self.middle) / spread
        self.personal = self.personal / self.scale[2 * self.width :]
        self.known = self.general[self.own]
        self.usual = self._centred(usual)
        self.prior = firm / len(samples)
        self.free = np.ones(len(usual))
        self.free[fixed if fixed is not None else []] = 0.0

    def best(self, near: Floats | None) -> Floats:
        start = self.usual if near is None else self._centred(near)
        rounds = ROUNDS if near is None else ROUNDS // 3
        found = optimize.minimize(
            self._loss, start.astype(np.float64), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
        )
        weights = np.asarray(found.x / self.scale, dtype=np.float32)
        # the middle was taken out of the figures: what it was worth goes into the constant of known items
        weights[2 * self.width] -= float(weights[self.width : 2 * self.width] @ self.middle)
        return weights

    def _centred(self, weights: Floats) -> Floats:
        """The same weights for figures without their middle and at their scale."""
        moved = weights.copy()
        moved[2 * self.width] += float(weights[self.width : 2 * self.width] @ self.middle)
        return np.asarray(moved * self.scale, dtype=np.float32)

    def _loss(self, weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        w = weights.astype(np.float32)
        new, known, personal = np.split(w, [self.width, 2 * self.width])
        scores = self.general @ new + self.stands_for
        scores[self.own] += self.known @ known + self.personal @ personal
        scores -= np.repeat(np.maximum.reduceat(scores, self.begins), self.sizes)
        chance = np.exp(scores)
        total = np.add.reduceat(chance, self.begins)
        hit = chance[self.right]
        hits = np.add.reduceat(hit, self.right_begins) + 1e-12
        loss = float((self.worth * (np.log(total) - np.log(hits))).sum())
        slope = chance * np.repeat(self.worth / total, self.sizes)
        slope[self.right] -= hit * (self.worth / hits)[self.question]
        own = slope[self.own]
        steps = np.concatenate([slope @ self.general, own @ self.known, own @ self.personal]).astype(np.float64)
        away = weights - self.usual
        return loss + 0.5 * self.prior * float(away @ away), (steps + self.prior * away) * self.free


def _shifted(places: list[Whole], begins: Whole) -> Whole:
    return np.concatenate([place + begin for place, begin in zip(places, begins, strict=True)])


def _spread(table: Floats) -> Floats:
    spread = table.std(axis=0) if len(table) else np.ones(table.shape[1])
    return np.where(spread > 1e-6, spread, 1.0).astype(np.float32)
