"""What a model's answers were worth: hits, ranks, breadth of the shop, and profit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from actions.affinity.columns import numbers_of
from actions.affinity.evaluation.protocol import Asked, Trial

LISTED = 20
USUAL_PROFIT = 0.3
DRAWS = 400
DISCOUNT = 1.0 / np.log2(np.arange(2, 7))

Row = npt.NDArray[np.float64]


class Recommender(Protocol):
    """What can be measured."""

    def fit(self, orders: Any, items: Any = None, /) -> Any: ...

    def recommend(self, basket: Sequence[str], k: int, customer: str | None = None) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Answers:
    """One row for each question: hit at 1, 3 and 5, reciprocal rank, any of three in the basket, NDCG at 5 and
    the profit of shown items that were bought; `breadth` is the share of the shop shown among the first five and
    `popularity` how high in the order of sales the first three stand on average (1: the bestseller)."""

    rows: dict[str, Row]
    breadth: float
    popularity: float

    def means(self) -> dict[str, float]:
        """The mean of each measure."""
        found = {name: float(values.mean()) if len(values) else 0.0 for name, values in self.rows.items()}
        return {**found, "coverage5": self.breadth, "popularity3": self.popularity}


def answers(model: Recommender, trial: Trial, *, discover: bool = False) -> Answers:
    """Ask the fitted model everything. Short lists are filled with bestsellers, the same for every model.

    In discovery only known customers and items new to them are asked about, and what they bought before is
    taken out of every list.
    """
    sales = _by_sales(trial)
    asked = [one for one in trial.asked if one.novel and one.known] if discover else list(trial.asked)
    profit = profits(trial)
    rank = {item: 1.0 - place / len(sales) for place, item in enumerate(sales)}
    rows = []
    shown: set[str] = set()
    heights = []
    for one in asked:
        hidden = {*one.basket, *(one.known if discover else ())}
        found = model.recommend(list(one.basket), LISTED + (len(one.known) if discover else 0), one.customer)
        best = _filled((item for item in found if item not in hidden), sales, hidden)
        shown.update(best[:5])
        heights.append(float(np.mean([rank.get(item, 0.0) for item in best[:3]])))
        rows.append(_row(one, best, profit.get))
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 7)
    names = ("hit1", "hit3", "hit5", "mrr", "any3", "ndcg5", "profit3")
    measured = {name: table[:, place] for place, name in enumerate(names)}
    return Answers(measured, len(shown) / max(len(sales), 1), float(np.mean(heights)) if heights else 0.0)


def profits(trial: Trial) -> dict[str, float]:
    """Price minus cost where most items have a cost, else the usual share of the price."""
    items = trial.items
    names = [str(item) for item in items["item_id"]]
    nothing = [None] * len(names)
    price = np.nan_to_num(numbers_of(items.get("price", nothing)))
    cost = numbers_of(items.get("cost", nothing))
    real = len(cost) > 0 and float(np.isfinite(cost).mean()) > 0.5
    worth = np.where(np.isfinite(cost) & real, price - np.nan_to_num(cost), USUAL_PROFIT * price)
    return dict(zip(names, np.maximum(worth, 0.0).tolist(), strict=True))


def ahead(mine: Row, other: Row, seed: int = 1) -> tuple[float, float, float]:
    """(difference of the means, lower, upper): the paired difference with its 95 % interval by bootstrap."""
    difference = mine - other
    if not len(difference):
        return 0.0, 0.0, 0.0
    rng = np.random.default_rng(seed)
    means = [difference[rng.integers(0, len(difference), len(difference))].mean() for _ in range(DRAWS)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)


def _row(one: Asked, best: list[str], profit: Callable[[str, float], float]) -> tuple[float, ...]:
    rank = best.index(one.target) + 1 if one.target in best else 0
    right = [item in one.rest for item in best[:5]]
    gained = float((DISCOUNT[: len(right)] * right).sum()) / float(DISCOUNT[: min(5, len(one.rest))].sum())
    earned = sum(profit(item, 0.0) for item in best[:3] if item in one.rest)
    return (rank == 1, 0 < rank <= 3, 0 < rank <= 5, 1.0 / rank if rank else 0.0, any(right[:3]), gained, earned)


def _filled(found: Iterable[str], sales: list[str], hidden: set[str]) -> list[str]:
    best = list(found)[:LISTED]
    left_out = {*best, *hidden}
    for item in sales:
        if len(best) >= LISTED:
            break
        if item not in left_out:
            best.append(item)
    return best


def _by_sales(trial: Trial) -> list[str]:
    orders: dict[str, set[Any]] = {item: set() for item in trial.universe}
    for order, item in zip(trial.orders["order_id"], trial.orders["item_id"], strict=True):
        orders[str(item)].add(order)
    return sorted(orders, key=lambda item: (-len(orders[item]), item))
