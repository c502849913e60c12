"""What speaks for each item beside a basket, as one row of figures for each item worth considering."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actions.affinity import neighbours as pair
from actions.affinity.baskets import BasketMemory
from actions.affinity.columns import Whole
from actions.affinity.customers import Customers, Past, latest, profile
from actions.affinity.firsts import LATEST, FirstPurchases, learn_firsts
from actions.affinity.history import Floats, History
from actions.affinity.kinds import KindTable, learn_kinds
from actions.affinity.moments import Moments, learn_moments
from actions.affinity.neighbours import Neighbours, learn_neighbours
from actions.affinity.shelf import Shelf

BESTSELLERS = 60
FEW = 30
LIKE_ENOUGH = 0.5

GENERAL = (
    "cosine", "conditional", "reverse", "lift", "lately", "linear", "linear_log", "best_pair", "agreement", "alike",
    "baskets", "month", "week", "trend", "silent", "age", "same_kind", "kind", "price_step", "profile",
    "first", "first_log", "had", "first_had",
)  # fmt: skip
PERSONAL = (
    "bought", "often", "bought_lately", "steadily", "since", "beside", "share", "item_again", "phase",
    "phase_squared", "visits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """`items` worth considering; `general` has a row for each, `personal` one for each of `items[own]`."""

    items: Whole
    general: Floats
    own: Whole
    personal: Floats


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything learnt from a history, before any weight is given to it."""

    history: History
    shelf: Shelf
    neighbours: Neighbours
    baskets: BasketMemory
    customers: Customers
    moments: Moments
    kinds: KindTable
    firsts: FirstPurchases
    ever: npt.NDArray[np.bool_]
    by_sales: Whole
    bestsellers: Whole
    still: Floats

    def candidates(self, basket: list[int], customer: str | None) -> Candidates:
        """Every item that something speaks for, and the bestsellers; without what lies in the basket."""
        past = self.customers.past(customer)
        anchors = basket if not basket or self.ever[basket].any() else self.stand_ins(basket)
        targets, scores = self.neighbours.of(anchors)
        near, near_weight = self.baskets.beside(anchors)
        liked, liked_weight = self._liked(past)
        of_kind = self.kinds.bestsellers(anchors) if len(targets) < FEW else self.bestsellers[:0]
        place = np.full(len(self.still), -1, dtype=np.int64)
        for some in (targets, self.bestsellers, past.items, of_kind):
            place[some] = 0
        place[basket] = -1
        items = np.flatnonzero((place == 0) & self.shelf.sold)
        place.fill(-1)
        place[items] = np.arange(len(items))
        general = np.empty((len(items), len(GENERAL)), dtype=np.float32)
        _from_pairs(general, place[targets], scores, max(len(anchors), 1))
        general[:, 10] = np.log(1e-4 + _spread(place[near], near_weight, len(items)))
        general[:, 11:16] = self.still[items]
        general[:, 16:18] = self.kinds.beside(anchors, items)
        general[:, 18] = self._price_step(anchors, items)
        general[:, 19] = np.log(1e-3 + _spread(place[liked], liked_weight, len(items)))
        own, personal = self._personal(past, anchors, place[past.items])
        self._taken_first(general, anchors, past, items, own)
        return Candidates(items, general, own, personal)

    def stand_ins(self, anchors: list[int]) -> list[int]:
        """For each anchor nobody bought yet the likest item by title that somebody did, where there is one."""
        found: list[int] = []
        for anchor in anchors:
            targets, scores = self.neighbours.of([anchor])
            alike = np.where(self.ever[targets], scores[:, pair.ALIKE_COLUMN], 0.0)
            if not self.ever[anchor] and len(alike) and alike.max() >= LIKE_ENOUGH:
                found.append(int(targets[int(np.argmax(alike))]))
            else:
                found.append(anchor)
        return found

    def _taken_first(self, general: Floats, anchors: list[int], past: Past, items: Whole, own: Whole) -> None:
        """What is taken for the first time beside these things and that past; silent on what the customer has."""
        basket, had = self.firsts.beside(np.array(anchors, dtype=np.int64), latest(past, LATEST), items)
        had[own] = 0.0
        general[:, 20] = basket
        general[:, 21] = np.log(1e-3 + np.maximum(basket, 0.0))
        general[:, 22] = had
        general[:, 23] = np.log(1e-3 + np.maximum(basket + had, 0.0))

    def _liked(self, past: Past) -> tuple[Whole, Floats]:
        """What goes with the things this customer bought before."""
        return self.neighbours.near_of(*profile(past))

    def _price_step(self, anchors: list[int], items: Whole) -> Floats:
        price = self.shelf.price
        known = [price[anchor] for anchor in anchors if price[anchor] > 0]
        if not known:
            return np.zeros(len(items), dtype=np.float32)
        step = np.log(np.maximum(price[items], 0.01) / np.exp(np.log(known).mean()))
        return np.where(price[items] > 0, np.abs(step), 0.0).astype(np.float32)

    def _personal(self, past: Past, anchors: list[int], places: Whole) -> tuple[Whole, Floats]:
        there = np.flatnonzero(places >= 0)
        own = places[there]
        mine = past.items[there]
        personal = np.empty((len(own), len(PERSONAL)), dtype=np.float32)
        since, gap = past.since[there], self.moments.gap[mine]
        phase = np.log((since + 1.0) / (gap + 1.0))
        personal[:, 0] = 1.0
        personal[:, 1] = np.log(past.often[there])
        personal[:, 2] = np.log(0.01 + past.lately[there])
        personal[:, 3] = np.log(0.01 + past.steadily[there])
        personal[:, 4] = np.log1p(since)
        personal[:, 5] = self.customers.beside(past, anchors)[there]
        personal[:, 6] = np.log(past.often[there] / max(past.orders, 1))
        personal[:, 7] = np.log(0.01 + self.moments.again[mine])
        personal[:, 8] = phase
        personal[:, 9] = phase * phase
        personal[:, 10] = np.log1p(past.orders)
        return own, personal


def learn(history: History, shelf: Shelf) -> Knowledge:
    """Learn all there is to know, without weighing it."""
    moments = learn_moments(history)
    ever = np.asarray(history.held.sum(axis=0)).ravel() > 0
    sellers = np.flatnonzero(shelf.sold & ever)
    by_sales = sellers[np.argsort(-moments.month[sellers], kind="stable")]
    still = [
        moments.month,
        moments.week,
        moments.month - moments.always,
        np.log1p(moments.silent),
        np.log1p(moments.age),
    ]
    return Knowledge(
        history=history,
        shelf=shelf,
        neighbours=learn_neighbours(history, shelf),
        baskets=BasketMemory(history),
        customers=Customers(history),
        moments=moments,
        kinds=learn_kinds(history, shelf, moments.month),
        firsts=learn_firsts(history),
        ever=ever,
        by_sales=by_sales,
        bestsellers=by_sales[:BESTSELLERS],
        still=np.stack(still, axis=1).astype(np.float32),
    )


def _from_pairs(general: Floats, places: Whole, scores: Floats, anchors: int) -> None:
    """Fill the first columns: for each candidate what its pairs with the anchors say, together and at best."""
    summed = np.zeros((len(general), scores.shape[1]), dtype=np.float32)
    best = np.zeros((len(general), 2), dtype=np.float32)
    met = np.zeros(len(general), dtype=np.float32)
    order = np.argsort(places, kind="stable")[np.count_nonzero(places < 0) :]
    if len(order):
        places, scores = places[order], scores[order]
        first = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
        place = places[first]
        summed[place] = np.add.reduceat(scores, first, axis=0)
        best[place] = np.maximum.reduceat(scores[:, (pair.COSINE, pair.ALIKE_COLUMN)], first, axis=0)
        met[place] = np.diff(np.r_[first, len(places)])
    summed /= anchors
    general[:, 0] = np.log(1e-4 + summed[:, pair.COSINE])
    general[:, 1] = np.log(1e-5 + summed[:, pair.CONDITIONAL])
    general[:, 2] = np.log(1e-4 + summed[:, pair.REVERSE])
    general[:, 3] = summed[:, pair.LIFT]
    general[:, 4] = np.log(1e-5 + summed[:, pair.LATELY])
    general[:, 5] = summed[:, pair.LINEAR] * anchors
    general[:, 6] = np.log(1e-3 + np.maximum(summed[:, pair.LINEAR], 0.0))
    general[:, 7] = np.log(1e-4 + best[:, 0])
    general[:, 8] = met / anchors
    general[:, 9] = best[:, 1]


def _spread(places: Whole, weights: Floats, count: int) -> Floats:
    """The sum of the weights found for each place; a place of -1 counts nowhere."""
    # one place more, at the front, takes what counts nowhere
    return np.bincount(places + 1, weights, minlength=count + 1)[1:].astype(np.float32)
