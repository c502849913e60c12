"""Suggests what goes with a basket, learnt from past orders alone: no database, no dialogue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from actions.affinity.columns import columns_of

CHUNK = 512
SECONDS_A_DAY = 86_400.0

Weights = npt.NDArray[np.float64]


class NotFittedError(RuntimeError):
    """`recommend` was called before `fit`."""


class AffinityModel:
    """Asymmetric cosine over weighted pair counts, filled up with what sells at the time.

    An order counts less the older it is (`half_life_days`) and the more it holds (a pair among many was not
    chosen together so much as alongside). A pair's count is divided by anchor^0.5 x target^`popularity`: a small
    exponent lets bestsellers lead, a large one lets rare pairs lead. With a customer, what that person has bought
    competes with what the basket suggests, by the share of bought items that were bought before (`repeat_share`,
    counted in the orders): much among groceries, next to nothing among bicycles.
    """

    def __init__(
        self,
        *,
        half_life_days: float = 120.0,
        popularity: float = 0.3,
        neighbours: int = 300,
    ) -> None:
        self.half_life_days = half_life_days
        self.popularity = popularity
        self.repeat_share = 0.0
        self.neighbours = neighbours
        self._items: list[str] = []
        self._numbers: dict[str, int] = {}
        self._pairs: sparse.csr_array | None = None
        self._selling: Weights = np.empty(0)
        self._allowed: npt.NDArray[np.bool_] = np.empty(0, dtype=bool)
        self._bought: dict[str, dict[int, float]] = {}

    def fit(self, orders: Any, items: Any = None) -> "AffinityModel":
        """Learn from order lines: `order_id`, `item_id`, and where known `ts` and `customer_id`.

        With `items` (a table with `item_id`) only these are ever recommended. Fitting again starts anew.
        """
        lines = columns_of(orders, ("order_id", "item_id"), ("ts", "customer_id"))
        held, ages = self._count(lines)
        self._selling = np.asarray(sparse.diags_array(ages).tocsr().dot(held).sum(axis=0)).ravel()
        sizes = np.asarray(held.sum(axis=1)).ravel()
        crowd = 1.0 / np.sqrt(np.maximum(sizes - 1.0, 1.0))
        self._pairs = self._related(held, ages * crowd)
        self._remember_customers(lines, ages)
        known = None if items is None else {str(item) for item in columns_of(items, ("item_id",))["item_id"]}
        self._allowed = np.array([known is None or item in known for item in self._items], dtype=bool)
        return self

    def recommend(self, basket: Sequence[str], k: int, customer: str | None = None) -> list[str]:
        """Up to `k` items, the best first, none of them in the basket; unknown items and customers do no harm."""
        if self._pairs is None:
            raise NotFittedError("fit the model before asking it")
        inside = [self._numbers[item] for item in basket if item in self._numbers]
        scores = np.asarray(self._pairs[inside].sum(axis=0)).ravel() if inside else np.zeros(len(self._items))
        scores = _shares(scores)
        if customer is not None:
            own = np.zeros(len(self._items))
            for number, weight in self._bought.get(customer, {}).items():
                own[number] = weight
            scores = scores + self.repeat_share * _shares(own)
        # far below every real score: only fills the list up
        scores = scores + 1e-9 * _shares(self._selling)
        scores[inside] = -1.0
        scores[~self._allowed] = -1.0
        best = np.lexsort((np.arange(len(scores)), -scores))[: max(k, 0)]
        return [self._items[number] for number in best.tolist() if scores[number] > 0]

    def _count(self, lines: dict[str, list[Any]]) -> tuple[sparse.csr_array, Weights]:
        """Orders by items (1 where held), and the weight of each order by its age."""
        self._items = sorted({str(item) for item in lines["item_id"]})
        self._numbers = {item: number for number, item in enumerate(self._items)}
        orders: dict[Any, int] = {}
        rows = [orders.setdefault(order, len(orders)) for order in lines["order_id"]]
        columns = [self._numbers[str(item)] for item in lines["item_id"]]
        shape = (len(orders), len(self._items))
        held = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
        held.sum_duplicates()
        held.data[:] = 1.0
        days = np.zeros(len(orders))
        for row, moment in zip(rows, lines["ts"], strict=True):
            days[row] = _day(moment)
        newest = days.max(initial=0.0)
        return held, np.power(0.5, (newest - days) / self.half_life_days)

    def _related(self, held: sparse.csr_array, weights: Weights) -> sparse.csr_array:
        """The strongest neighbours of each item; rows are anchors."""
        weighted = sparse.diags_array(weights).tocsr().dot(held)
        sold = np.maximum(np.asarray(weighted.sum(axis=0)).ravel(), 1e-12)
        by_item = held.T.tocsr()
        parts = []
        for start in range(0, held.shape[1], CHUNK):
            part = (by_item[start : start + CHUNK] @ weighted).tocoo()
            rows, columns, data = part.row + start, part.col, part.data
            kept = rows != columns
            rows, columns, data = rows[kept], columns[kept], data[kept]
            data = data / (np.sqrt(sold[rows]) * np.power(sold[columns], self.popularity))
            order = np.lexsort((columns, -data, rows))
            rows, columns, data = rows[order], columns[order], data[order]
            begins = np.searchsorted(rows, rows, side="left")
            strong = np.arange(len(rows)) - begins < self.neighbours
            shape = (min(CHUNK, held.shape[1] - start), held.shape[1])
            at = (rows[strong] - start, columns[strong])
            parts.append(sparse.coo_array((data[strong], at), shape=shape).tocsr())
        return sparse.vstack(parts, format="csr") if parts else sparse.csr_array((0, 0))

    def _remember_customers(self, lines: dict[str, list[Any]], ages: Weights) -> None:
        """What each customer has bought, the recent weighing more, and how often it had been bought before."""
        orders: dict[Any, int] = {}
        rows = [orders.setdefault(order, len(orders)) for order in lines["order_id"]]
        self._bought = {}
        since: dict[tuple[str, int], int] = {}
        regulars: dict[str, int] = {}
        again = chances = 0
        for line in np.argsort(ages[rows], kind="stable").tolist():
            if lines["customer_id"][line] is None:
                continue
            customer, row = str(lines["customer_id"][line]), rows[line]
            number = self._numbers[str(lines["item_id"][line])]
            if regulars.setdefault(customer, row) != row:
                chances += 1
                again += since.get((customer, number), row) != row
            since.setdefault((customer, number), row)
            mine = self._bought.setdefault(customer, {})
            mine[number] = mine.get(number, 0.0) + float(ages[row])
        self.repeat_share = again / chances if chances else 0.0


def _shares(scores: Weights) -> Weights:
    total = float(scores.sum())
    return scores / total if total > 0 else scores


def _day(moment: Any) -> float:
    """A moment (datetime, ISO text or seconds) in days; unknown ones count as equally old."""
    if moment is None:
        return 0.0
    if isinstance(moment, int | float):
        return float(moment) / SECONDS_A_DAY
    known = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return known.timestamp() / SECONDS_A_DAY
