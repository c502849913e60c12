"""The models every other one has to beat: what sells, single measures of pairs, similar baskets, own history."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from actions.affinity.baskets import BasketMemory
from actions.affinity.customers import Customers
from actions.affinity.history import Floats, History, read_history
from actions.affinity.linear import LinearModel
from actions.affinity.surprise import log_likelihood_ratio

Row = npt.NDArray[np.floating[Any]]
Score = Callable[[Floats, Floats, Floats, float], Row]


class Peer:
    """Scores every item for a basket and gives the highest."""

    def fit(self, orders: Any, _items: Any = None) -> "Peer":
        """Learn from order lines; the catalogue is not looked at."""
        self.history: History = read_history(orders)
        self.numbers = {item: place for place, item in enumerate(self.history.items)}
        self.learn()
        return self

    def learn(self) -> None:
        """Count what the scores need."""

    def scores(self, _basket: list[int], _customer: str | None) -> Row:
        """The score of each item; 0 says nothing."""
        return np.zeros(len(self.numbers), dtype=np.float32)

    def recommend(self, basket: Sequence[str], k: int, customer: str | None = None) -> list[str]:
        inside = [self.numbers[item] for item in basket if item in self.numbers]
        scores = np.array(self.scores(inside, customer), dtype=np.float64)
        scores[inside] = 0.0
        best = np.argsort(-scores, kind="stable")[:k]
        return [self.history.items[place] for place in best.tolist() if scores[place] > 0]


class Popularity(Peer):
    """What sells, older orders counting less."""

    def __init__(self, half_life: float = 1e6) -> None:
        self.half_life = half_life

    def learn(self) -> None:
        self.sales: Floats = np.asarray(self.history.held.T @ self.history.decay(self.half_life))

    def scores(self, _basket: list[int], _customer: str | None) -> Row:
        return self.sales


class Pairs(Peer):
    """One measure of pair counts, summed over the basket; decayed and crowd-corrected where asked."""

    def __init__(self, measure: Score, *, half_life: float = 1e6, crowd: float = 0.0, fewest: int = 1) -> None:
        self.measure, self.half_life, self.crowd, self.fewest = measure, half_life, crowd, fewest

    def learn(self) -> None:
        held = self.history.held
        weights = self.history.decay(self.half_life) / np.maximum(self.history.sizes() - 1, 1) ** self.crowd
        weighted = (sparse.diags_array(weights.astype(np.float32)) @ held).tocsr()
        both = (held.T @ weighted).tocoo()
        sold = np.asarray(held.T @ weights)
        rows, columns = both.coords
        score = self.measure(both.data, sold[rows], sold[columns], float(weights.sum()))
        often = (held.T @ held).tocsr()[rows, columns] >= self.fewest if self.fewest > 1 else True
        kept = (rows != columns) & often
        at = (np.asarray(score)[kept], (rows[kept], columns[kept]))
        self.table = sparse.coo_array(at, shape=both.shape).tocsr()

    def scores(self, basket: list[int], _customer: str | None) -> Row:
        return np.asarray(self.table[basket].sum(axis=0)).ravel() if basket else np.zeros(len(self.numbers))


class Linear(Peer):
    """EASE: the linear item model in closed form."""

    def learn(self) -> None:
        self.model = LinearModel(self.history.held, most=16_000)
        self.inside = self.model.inside

    def scores(self, basket: list[int], _customer: str | None) -> Row:
        found = np.zeros(len(self.numbers), dtype=np.float32)
        found[self.inside] = self.model.weights[self.model.place[basket]].sum(axis=0)
        return np.maximum(found, 0.0)


class SimilarBaskets(Peer):
    """Basket kNN with rarity, size and recency."""

    def learn(self) -> None:
        self.memory = BasketMemory(self.history)

    def scores(self, basket: list[int], _customer: str | None) -> Row:
        items, weights = self.memory.beside(basket)
        return np.bincount(items, weights, minlength=len(self.numbers)).astype(np.float32)


class OwnHistory(Peer):
    """What the customer bought, lately and often, before what sells."""

    def learn(self) -> None:
        self.customers = Customers(self.history)
        sales = np.asarray(self.history.held.T @ self.history.decay(60.0))
        self.sales = 1e-3 * sales / max(float(sales.sum()), 1e-9)

    def scores(self, _basket: list[int], customer: str | None) -> Row:
        past = self.customers.past(customer)
        found = self.sales.copy()
        found[past.items] += past.lately
        return np.asarray(found)


class Rules(Peer):
    """Association rules of one and two items by confidence, as frequent-pattern mining finds them (length 3)."""

    def __init__(self, support: float = 0.0005, confidence: float = 0.02) -> None:
        self.support, self.confidence = support, confidence

    def learn(self) -> None:
        self.by_item = self.history.held.T.tocsr()
        self.by_item.sort_indices()
        self.fewest = max(2.0, self.support * self.history.orders)

    def scores(self, basket: list[int], _customer: str | None) -> Row:
        best = np.zeros(len(self.numbers))
        orders = [self.by_item.indices[self.by_item.indptr[i] : self.by_item.indptr[i + 1]] for i in basket]
        pairs = [np.intersect1d(a, b, assume_unique=True) for a, b in combinations(orders, 2)]
        for antecedent in (*orders, *pairs):
            if len(antecedent) >= self.fewest:
                together = np.asarray(self.history.held[antecedent].sum(axis=0)).ravel()
                sure = together / len(antecedent)
                best = np.maximum(best, np.where((together >= self.fewest) & (sure >= self.confidence), sure, 0.0))
        return best


def peers() -> dict[str, Peer]:
    """All of them by name, tuned as measurements on visible data suggested."""
    return {
        "popularity": Popularity(),
        "popularity, 30 days": Popularity(30.0),
        "raw lift": Pairs(_lift),
        "lift, shrunk": Pairs(_shrunk_lift),
        "log-likelihood ratio": Pairs(_surprise),
        "confidence": Pairs(_confidence),
        "confidence, tuned": Pairs(_confidence, half_life=120.0, crowd=0.5),
        "cosine": Pairs(_cosine),
        "asymmetric cosine, tuned": Pairs(_asymmetric, half_life=120.0, crowd=0.5),
        "rules (length 3)": Rules(),
        "EASE": Linear(),
        "similar baskets (kNN)": SimilarBaskets(),
        "own history": OwnHistory(),
    }


def _confidence(both: Floats, anchor: Floats, _target: Floats, _orders: float) -> Row:
    return both / anchor


def _cosine(both: Floats, anchor: Floats, target: Floats, _orders: float) -> Row:
    return both / np.sqrt(anchor * target)


def _lift(both: Floats, anchor: Floats, target: Floats, orders: float) -> Row:
    return both * orders / (anchor * target)


def _shrunk_lift(both: Floats, anchor: Floats, target: Floats, orders: float) -> Row:
    return np.asarray(both * orders / (anchor * target) * both / (both + 200.0))


def _surprise(both: Floats, anchor: Floats, target: Floats, orders: float) -> Row:
    """Signed: what is bought together more rarely than by chance is no suggestion."""
    sure = log_likelihood_ratio(both, anchor, target, orders)
    return np.where(both * orders > anchor * target, sure, 0.0)


def _asymmetric(both: Floats, anchor: Floats, target: Floats, _orders: float) -> Row:
    return np.asarray(both / (np.sqrt(anchor) * target**0.3) * both / (both + 5.0))
