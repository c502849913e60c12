"""Why an item was suggested: every score as a sum of parts, and the counts a sentence may cite."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from actions.affinity.customers import Past
from actions.affinity.features import GENERAL, PERSONAL, Candidates, Knowledge
from actions.affinity.history import History
from actions.affinity.learning import Weights

MIN_TOGETHER = 5
MIN_LIFT = 1.0
MIN_OWN = 2


class Part(StrEnum):
    """What can speak for an item."""

    PAIRS = "bought together"
    BASKETS = "similar baskets"
    OWN = "bought before"
    TASTE = "goes with what was bought before"
    FIRSTS = "taken for the first time beside both"
    SALES = "sells now"
    KIND = "its kind goes with"
    PRICE = "price"
    PROFIT = "profit"


PARTS = {
    Part.PAIRS: GENERAL[:10],
    Part.BASKETS: ("baskets",),
    Part.FIRSTS: ("first", "first_log", "had", "first_had"),
    Part.SALES: ("month", "week", "trend", "silent", "age"),
    Part.KIND: ("same_kind", "kind"),
    Part.PRICE: ("price_step",),
    Part.TASTE: ("profile",),
}


@dataclass(frozen=True, slots=True)
class Together:
    """`together` of the `anchor_orders` orders with the anchor held the item too, out of `orders` in all."""

    anchor: str
    together: int
    anchor_orders: int
    item_orders: int
    orders: int

    @property
    def lift(self) -> float:
        """How much oftener than by chance."""
        expected = self.anchor_orders * self.item_orders
        return self.together * self.orders / expected if expected else 0.0

    @property
    def may_be_said(self) -> bool:
        """Enough orders, and more than chance brings: below that nothing is claimed to a shopper."""
        return self.together >= MIN_TOGETHER and self.lift > MIN_LIFT


@dataclass(frozen=True, slots=True)
class Own:
    """The customer bought the item in `times` orders, last `days_ago` days before the newest order."""

    times: int
    days_ago: float

    @property
    def may_be_said(self) -> bool:
        return self.times >= MIN_OWN


@dataclass(frozen=True, slots=True)
class Reasons:
    """`parts` add up to `score`; they are worth something only beside those of other items."""

    item: str
    score: float
    parts: dict[Part, float]
    together: tuple[Together, ...]
    own: Own | None

    @property
    def sayable(self) -> tuple[Together, ...]:
        """The pairs with enough behind them to be told, the surest first."""
        good = [pair for pair in self.together if pair.may_be_said]
        return tuple(sorted(good, key=lambda pair: -pair.together / pair.anchor_orders))


def reasons(
    knowledge: Knowledge,
    weights: Weights,
    found: Candidates,
    place: int,
    anchors: list[int],
    past: Past,
    profit: float,
) -> Reasons:
    """The reasons for the candidate at `place`; `profit` is what profit added to its score."""
    item = int(found.items[place])
    parts = _parts(weights, found, place)
    parts[Part.PROFIT] = profit
    history = knowledge.history
    mine = np.flatnonzero(past.items == item)
    own = Own(int(past.often[mine[0]]), float(past.since[mine[0]])) if len(mine) else None
    pairs = tuple(together(history, anchor, item) for anchor in anchors)
    return Reasons(history.items[item], sum(parts.values()), parts, pairs, own)


def together(history: History, anchor: int, item: int) -> Together:
    """Count two items in all orders."""
    with_anchor, with_item = (_orders_with(history, one) for one in (anchor, item))
    both = np.intersect1d(with_anchor, with_item, assume_unique=True)
    return Together(history.items[anchor], len(both), len(with_anchor), len(with_item), history.orders)


def _parts(weights: Weights, found: Candidates, place: int) -> dict[Part, float]:
    at = np.flatnonzero(found.own == place)
    general = weights.new + weights.known if len(at) else weights.new
    worth = dict(zip(GENERAL, (general * found.general[place]).tolist(), strict=True))
    parts = {part: sum(worth[name] for name in names) for part, names in PARTS.items()}
    figures = found.personal[at[0]] if len(at) else np.zeros(len(PERSONAL), dtype=np.float32)
    parts[Part.OWN] = float(figures @ weights.personal)
    return parts


def _orders_with(history: History, item: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    by_item = history.by_item
    return np.asarray(by_item.indices[by_item.indptr[item] : by_item.indptr[item + 1]], dtype=np.int64)
