"""What each customer has bought: how often, how lately, and beside what."""

from dataclasses import dataclass

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History
from actions.affinity.orders import Small

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
NO_PLACES: Small = np.empty(0, dtype=np.int32)
NO_FIGURES: Floats = np.empty(0, dtype=np.float32)
NOBODY = Past(NOTHING, NO_FIGURES, NO_FIGURES, NO_FIGURES, NO_FIGURES, 0, NOTHING)


class Customers:
    """The past of every known customer, laid out flat."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.number = {name: place for place, name in enumerate(history.customers)}
        known = np.flatnonzero(history.buyers >= 0)
        by_buyer = known[np.argsort(history.buyers[known], kind="stable")]
        self.visits: Whole = by_buyer
        self.visit_begins: Whole = np.searchsorted(history.buyers[by_buyer], np.arange(len(self.number) + 1))
        decays = history.decay(SHORT_HALF_LIFE), history.decay(LONG_HALF_LIFE)
        self.begins: Whole = np.zeros(len(self.number) + 1, dtype=np.int64)
        items, columns = [NO_PLACES], [[NO_FIGURES] for _ in range(4)]
        for buyers, places, *figures in (_bought(history, *lines, *decays) for lines in history.habits()):
            np.add.at(self.begins, buyers + 1, 1)
            items.append(places)
            for column, part in zip(columns, figures, strict=True):
                column.append(part)
        np.cumsum(self.begins, out=self.begins)
        self.items: Small = _joined(items)
        self.often, self.since, self.lately, self.steadily = map(_joined, columns)

    def past(self, customer: str | None) -> Past:
        """What this customer bought; nothing where nobody knows."""
        place = self.number.get(customer) if customer is not None else None
        if place is None:
            return NOBODY
        span = slice(int(self.begins[place]), int(self.begins[place + 1]))
        visits = self.visits[self.visit_begins[place] : self.visit_begins[place + 1]]
        return Past(
            self.items[span].astype(np.int64),
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


def _bought(
    history: History, buyers: Whole, items: Whole, orders: Whole, lately: Floats, steadily: Floats
) -> tuple[Whole, Small, Floats, Floats, Floats, Floats]:
    """(buyer, item, often, since, lately, steadily) of each item of some buyers, of their sorted lines."""
    first = np.flatnonzero(np.append(True, (np.diff(buyers) != 0) | (np.diff(items) != 0)))
    # lines of one customer and item keep the order of time
    last = np.append(first[1:], len(items)) - 1
    return (
        buyers[first],
        items[first].astype(np.int32),
        (last - first + 1).astype(np.float32),
        (history.today - history.days[orders[last]]).astype(np.float32),
        np.add.reduceat(lately[orders], first).astype(np.float32),
        np.add.reduceat(steadily[orders], first).astype(np.float32),
    )


def _joined[Column: (Small, Floats)](parts: list[Column]) -> Column:
    """All parts as one; they are let go, so that only one column at a time is there twice."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole
