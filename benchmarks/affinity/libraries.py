"""Peers out of public libraries: implicit (cosine, TF-IDF, BM25, ALS) and mlxtend (FP-growth rules)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender
from mlxtend.frequent_patterns import association_rules, fpgrowth
from scipy import sparse

from actions.affinity.history import read_history

NEIGHBOURS = 200
FACTORS = 128


class Implicit:
    """An item model of implicit, asked with the basket as if it were a user."""

    def __init__(self, model: Any, *, folds_in: bool = False) -> None:
        self.model, self.folds_in = model, folds_in

    def fit(self, orders: Any, _items: Any = None) -> None:
        history = read_history(orders)
        self.items = history.items
        self.numbers = {item: place for place, item in enumerate(history.items)}
        self.model.fit(sparse.csr_matrix(history.held), show_progress=False)

    def recommend(self, basket: Sequence[str], k: int, customer: str | None = None) -> list[str]:  # noqa: ARG002
        inside = [self.numbers[item] for item in basket if item in self.numbers]
        row = sparse.csr_matrix(
            (np.ones(len(inside), np.float32), ([0] * len(inside), inside)), shape=(1, len(self.items))
        )
        more = {"recalculate_user": True} if self.folds_in else {}
        found, scores = self.model.recommend(0, row, N=k, filter_already_liked_items=True, **more)
        good = [
            place for place, score in zip(found, scores, strict=True) if place >= 0 and (self.folds_in or score > 0)
        ]
        return [self.items[place] for place in good]


class FrequentPatterns:
    """Rules of up to three items by confidence, mined with FP-growth."""

    def __init__(self, support: float = 0.01, confidence: float = 0.02) -> None:
        self.support, self.confidence = support, confidence

    def fit(self, orders: Any, _items: Any = None) -> None:
        history = read_history(orders)
        table = pd.DataFrame.sparse.from_spmatrix(sparse.csr_matrix(history.held).astype(bool))
        table.columns = list(history.items)
        frequent = fpgrowth(table, min_support=self.support, use_colnames=True, max_len=3)
        self.rules: dict[frozenset[str], list[tuple[float, str]]] = {}
        if not len(frequent):
            return
        rules = association_rules(frequent, metric="confidence", min_threshold=self.confidence)
        for left, right, sure in zip(rules["antecedents"], rules["consequents"], rules["confidence"], strict=True):
            if len(right) == 1:
                self.rules.setdefault(frozenset(left), []).append((float(sure), next(iter(right))))

    def recommend(self, basket: Sequence[str], k: int, customer: str | None = None) -> list[str]:  # noqa: ARG002
        best: dict[str, float] = {}
        inside = set(basket)
        for left, rules in self._matching(inside):
            for sure, item in rules:
                if item not in inside and left <= inside:
                    best[item] = max(best.get(item, 0.0), sure)
        return sorted(best, key=lambda item: (-best[item], item))[:k]

    def _matching(self, inside: set[str]) -> list[tuple[frozenset[str], list[tuple[float, str]]]]:
        lefts = [frozenset({item}) for item in inside]
        lefts += [frozenset({one, other}) for one in inside for other in inside if one < other]
        return [(left, self.rules[left]) for left in lefts if left in self.rules]


def library_peers() -> dict[str, Any]:
    """All of them by name, with the settings their authors ship or measurements suggested."""
    return {
        "implicit cosine": Implicit(CosineRecommender(K=NEIGHBOURS, num_threads=1)),
        "implicit TF-IDF": Implicit(TFIDFRecommender(K=NEIGHBOURS, num_threads=1)),
        "implicit BM25": Implicit(BM25Recommender(K=NEIGHBOURS, num_threads=1)),
        "implicit ALS": Implicit(
            AlternatingLeastSquares(factors=FACTORS, num_threads=1, random_state=1, use_gpu=False), folds_in=True
        ),
        "FP-growth rules (mlxtend)": FrequentPatterns(),
    }
