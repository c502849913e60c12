"""How the figures went over the period: by day, or by week where the period is long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reports.behind import CONVERSATIONS, link
from bot.reports.facts import Talks, grouped
from bot.reports.scope import Scope

MOST_DAYS = 31
ORDER_VALUE, COMPLETION = "average_order_value", "checkout_completion"


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the week that begins on it; both values are None where there is nothing to be a part of.

    `ways` are the query strings of the lists of conversations behind the four numbers.
    """

    begins: date
    talks: int
    orders: int
    order_value: float | None
    completion: float | None
    ways: Mapping[str, str]


def course(by_day: Mapping[str, Talks], scope: Scope) -> tuple[Point, ...]:
    """Average order value (in cents) beside checkout completion, oldest first; days without a talk are left out."""
    days = {date.fromisoformat(day): talks for day, talks in by_day.items()}
    long = bool(days) and max(days) - min(days) >= timedelta(days=MOST_DAYS)
    begins = {day: day - timedelta(days=day.weekday()) if long else day for day in days}
    groups = grouped(sorted(days), begins.__getitem__)
    span = "week" if long else "day"
    return tuple(
        _point(first, [days[day] for day in group], _ways(scope, span, first.isoformat()))
        for first, group in groups.items()
    )


def week_of(first: str) -> tuple[str, ...]:
    """The seven days of the week that begins on a day; none where it is no day."""
    try:
        day = date.fromisoformat(first)
        return tuple((day + timedelta(days=later)).isoformat() for later in range(7))
    except (ValueError, OverflowError):
        return ()


def _ways(scope: Scope, span: str, begins: str) -> Mapping[str, str]:
    figures = {"talks": CONVERSATIONS, "orders": ORDER_VALUE, "value": ORDER_VALUE, "completion": COMPLETION}
    return {number: link(scope, figure, span, begins) for number, figure in figures.items()}


def _point(begins: date, parts: list[Talks], ways: Mapping[str, str]) -> Point:
    talks = sum(parts, Talks())
    return Point(
        begins=begins,
        talks=talks.talks,
        orders=talks.orders,
        order_value=talks.revenue / talks.orders if talks.orders else None,
        completion=talks.bought / talks.at_checkout if talks.at_checkout else None,
        ways=ways,
    )
