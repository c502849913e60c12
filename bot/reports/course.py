"""How the figures went over the period: by day, or by week where the period is long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reports.facts import Talks, grouped

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the week that begins on it; both values are None where there is nothing to be a part of."""

    begins: date
    talks: int
    orders: int
    order_value: float | None
    completion: float | None


def course(by_day: Mapping[str, Talks]) -> tuple[Point, ...]:
    """Average order value (in cents) beside checkout completion, oldest first; days without a talk are left out."""
    days = {date.fromisoformat(day): talks for day, talks in by_day.items()}
    long = bool(days) and max(days) - min(days) >= timedelta(days=MOST_DAYS)
    begins = {day: day - timedelta(days=day.weekday()) if long else day for day in days}
    groups = grouped(sorted(days), begins.__getitem__)
    return tuple(_point(first, [days[day] for day in group]) for first, group in groups.items())


def _point(begins: date, parts: list[Talks]) -> Point:
    talks = sum(parts, Talks())
    return Point(
        begins=begins,
        talks=talks.talks,
        orders=talks.orders,
        order_value=talks.revenue / talks.orders if talks.orders else None,
        completion=talks.bought / talks.at_checkout if talks.at_checkout else None,
    )
