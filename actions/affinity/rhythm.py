"""When an item is bought again, and whether it is rising or has gone stale; silent without enough behind it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from actions.affinity.history import History
from actions.affinity.moments import repeat_gaps

MIN_GAPS = 8
MIN_ORDERS = 10
RECENT, BEFORE = 30.0, 90.0
RISING = 1.5
SURE = 3.0
SILENCE = 4.6
# a night, a Sunday or the days after a rush of orders are no silence yet
QUIET_DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Customers bought the item again after `median` days; half of the `count` times between `low` and `high`."""

    median: float
    low: float
    high: float
    count: int

    @property
    def regular(self) -> bool:
        """Whether the times lie close enough for a reminder to make sense."""
        return self.high - self.low <= self.median


class Course(StrEnum):
    """Where an item is going."""

    RISING = "rising"
    STALE = "stale"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Trend:
    """Orders with the item in the last 30 days and in the 90 before, and days since the last; what they show."""

    course: Course
    recent: int
    before: int
    silent_days: float


def intervals(history: History, *, fewest: int = MIN_GAPS) -> dict[str, Interval]:
    """The interval of each item that was bought again at least `fewest` times."""
    items, gaps = repeat_gaps(history)
    order = np.argsort(items, kind="stable")
    items, gaps = items[order], gaps[order]
    numbers, begins = np.unique(items, return_index=True)
    found = {}
    for number, days in zip(numbers.tolist(), np.split(gaps, begins[1:]), strict=True):
        if len(days) >= fewest:
            low, median, high = (float(each) for each in np.quantile(days, [0.25, 0.5, 0.75]))
            found[history.items[number]] = Interval(median, low, high, len(days))
    return found


def trends(history: History, *, fewest: int = MIN_ORDERS) -> dict[str, Trend]:
    """The trend of each item with at least `fewest` orders, seen from the newest order of all.

    Rising: at least ten recent orders, half as many again as the time before leads to expect, and more than
    chance explains. Stale: none for a week and so long that at the rate before it could hardly be chance (1 in
    100). One with fewer orders has no trend: two sales on consecutive days would be a rate too.
    """
    found = {}
    by_item = history.by_item
    age = history.today - history.days
    span = float(age.max()) if len(age) else 0.0
    for number, item in enumerate(history.items):
        ages = age[by_item.indices[by_item.indptr[number] : by_item.indptr[number + 1]]]
        if len(ages) >= max(fewest, 1):
            found[item] = _trend(ages, span)
    return found


def _trend(ages: np.ndarray[tuple[int], np.dtype[np.float64]], span: float) -> Trend:
    recent = int((ages < RECENT).sum())
    before = int(((ages >= RECENT) & (ages < RECENT + BEFORE)).sum())
    seen = min(BEFORE, span - RECENT)
    silent, first = float(ages.min()), float(ages.max())
    course = Course.STEADY
    if seen > RECENT:
        expected = before * RECENT / seen
        surprise = (recent - expected) / np.sqrt(max(expected, 1.0))
        if recent >= MIN_ORDERS and recent >= RISING * expected and surprise >= SURE:
            course = Course.RISING
    if silent >= QUIET_DAYS and first > silent and len(ages) / (first - silent) * silent >= SILENCE:
        course = Course.STALE
    return Trend(course, recent, before, silent)
