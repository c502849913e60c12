"""What each customer has bought: how often, how lately, and beside what."""

from dataclasses import dataclass

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History

SHORT_HALF_LIFE = 45.0
LONG_HALF_LIFE = 365.0
PROFILE = 30
LATEST_ORDERS = 60


@dataclass(frozen=True, slots=True)
class Past:
    """One customer's items, in order, each with how it was bought; `profile` are those that count most now."""

    items: Whole
    often: Floats
    lately: Floats
    steadily: Floats
    since: Floats
    orders: int
    visits: Whole


NOTHING: Whole = np.empty(0, dtype=np.int64)
NO_FIGURES: Floats = np.empty(0, dtype=np.float32)
NOBODY = Past(NOTHING, NO_FIGURES, NO_FIGURES, NO_FIGURES, NO_FIGURES, 0, NOTHING)


class Customers:
    """The past of every known customer, laid out flat."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.number = {name: place for place, name in enumerate(history.customers)}
        sizes = np.diff(history.held.indptr)
        known = np.flatnonzero(history.buyers >= 0)
        by_buyer = known[np.argsort(history.buyers[known], kind="stable")]
        self.visits: Whole = by_buyer
        self.visit_begins: Whole = np.searchsorted(history.buyers[by_buyer], np.arange(len(self.number) + 1))
        line_order = np.repeat(np.arange(history.orders), sizes)
        buyer = history.buyers[line_order]
        mine = np.flatnonzero(buyer >= 0)
        line_order, item = line_order[mine], history.held.indices[mine].astype(np.int64)
        key = buyer[mine] * max(len(history.items), 1) + item
        order = np.argsort(key, kind="stable")
        key, line_order = key[order], line_order[order]
        first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, dtype=np.int64)
        self.items: Whole = key[first] % max(len(history.items), 1)
        self.begins: Whole = np.searchsorted(
            key[first] // max(len(history.items), 1), np.arange(len(self.number) + 1)
        )
        last = np.r_[first[1:], len(key)][: len(first)] - 1
        self.often: Floats = np.diff(np.r_[first, len(key)]).astype(np.float32)[: len(first)]
        # lines of one customer and item keep the order of time
        self.since: Floats = (history.today - history.days[line_order[last]]).astype(np.float32)
        self.lately = _summed(history.decay(SHORT_HALF_LIFE)[line_order], first)
        self.steadily = _summed(history.decay(LONG_HALF_LIFE)[line_order], first)

    def past(self, customer: str | None) -> Past:
        """What this customer bought; nothing where nobody knows."""
        place = self.number.get(customer) if customer is not None else None
        if place is None:
            return NOBODY
        span = slice(int(self.begins[place]), int(self.begins[place + 1]))
        visits = self.visits[self.visit_begins[place] : self.visit_begins[place + 1]]
        return Past(
            self.items[span],
            self.often[span],
            self.lately[span],
            self.steadily[span],
            self.since[span],
            len(visits),
            visits[-LATEST_ORDERS:],
        )

    def beside(self, past: Past, anchors: list[int]) -> Floats:
        """For each of the customer's items the share of the own orders with an anchor that held it."""
        found = np.zeros(len(past.items), dtype=np.float32)
        if not len(past.items) or not anchors:
            return found
        held = self.history.held
        parts = [held.indices[held.indptr[visit] : held.indptr[visit + 1]] for visit in past.visits.tolist()]
        wanted = set(anchors)
        meeting = [part for part in parts if not wanted.isdisjoint(part.tolist())]
        if meeting:
            items = np.concatenate(meeting)
            np.add.at(found, np.searchsorted(past.items, items), 1.0)
            found /= len(meeting) + 1.0
        return found


def latest(past: Past, most: int) -> Whole:
    """The `most` items bought last."""
    return past.items[np.argsort(past.since, kind="stable")[:most]]


def profile(past: Past, most: int = PROFILE) -> tuple[Whole, Floats]:
    """The items that count most for a customer now, and their shares."""
    if not len(past.items):
        return past.items, past.often
    weight = past.lately + 0.3 * past.steadily
    best = np.argsort(-weight, kind="stable")[:most]
    return past.items[best], weight[best] / weight[best].sum()


def _summed(values: Floats, first: Whole) -> Floats:
    return np.add.reduceat(values, first).astype(np.float32) if len(first) else values[:0].astype(np.float32)
