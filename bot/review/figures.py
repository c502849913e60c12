"""The merchant's figures: every number with what it is a part of and the conversations behind it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from actions.offers.products import Money
from actions.store.engine import reading
from actions.store.staff import Role
from actions.wording import written
from bot.reports.course import Point, course
from bot.reports.document import document
from bot.reports.facts import DIMENSIONS
from bot.reports.figures import Basis
from bot.reports.reading import read_facts
from bot.reports.rounding import half_up, percentage
from bot.reports.scope import Scope
from bot.reports.wording import BASIS
from bot.review.counted_in import worded_part, written_day, written_month
from bot.review.page import Page
from bot.review.visit import RefusedError, Visit

USUAL = timedelta(days=30)
LONGEST = timedelta(days=3 * 366)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SPLITS = ("", "new", "returning")
SHOPPERS = ("", "real")
# how the figures are put together on the page
GROUPS: Mapping[str, tuple[str, ...]] = {
    "sales": (
        *("order_rate", "checkout_completion", "average_order_value", "order_profit", "abandonment"),
        *("return_rate", "cancellation_rate", "cost_unknown"),
    ),
    "offers": (
        *("cross_rate", "added_profit", "added_revenue", "conversion"),
        *("take_rate", "decline_rate", "ignore_rate", "open_rate"),
    ),
    "savings": ("saved_sales", "saved_profit", "hesitated_and_left"),
    "service": (
        *("csat", "opt_out_rate", "complaint_rate", "handoff_rate", "takeover_rate"),
        *("fallback_rate", "error_rate", "review_backlog"),
    ),
    "speed": ("latency_p50", "latency_p95", "first_human_answer"),
    "customers": ("repeat_rate", "customer_revenue", "customer_value"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    scope: Scope
    first: str
    last: str
    by: str
    split: str
    shoppers: str


def show(visit: Visit) -> Response:
    """GET /figures: the figures of a period, sorted apart by one dimension."""
    asked = read_address(visit)
    with reading(visit.console.database) as connection:
        facts = read_facts(connection, asked.scope)
    whole = document(facts, asked.scope, by=asked.by, split=[asked.split] if asked.split else [])
    found = {figure["name"]: figure for figure in whole["figures"]}
    found |= {figure["name"]: figure for figure in whole["split"].get(asked.split, ())}
    points, written_as = course(facts.by_day, asked.scope), formats(visit, facts.currency, asked.by)
    offers = offers_chart(visit, whole["offers"]["groups"], written_as["worded_group"])
    return visit.render(
        "figures.html",
        200,
        asked=asked,
        whole=whole,
        groups={
            name: [found[each] for each in names if _is_told(each, whole, asked)] for name, names in GROUPS.items()
        },
        dimensions=DIMENSIONS,
        splits=SPLITS,
        shoppers=SHOPPERS,
        points=points,
        charts={"offers": offers, "course": course_chart(visit, points)},
        point_day=lambda point: point_day(visit, points, point),
        basis={basis.value: words[visit.language] for basis, words in BASIS.items()},
        counted=Basis.COUNTED.value,
        **written_as,
    )


def formats(visit: Visit, currency: str, by: str) -> dict[str, Callable[..., str]]:
    """How amounts, shares, months and the names of groups are written for people."""

    def money(cents: float | None) -> str:
        return "-" if cents is None else written(Money(int(half_up(cents)), currency), visit.language)

    def share(part: float | None) -> str:
        return "-" if part is None else f"{percentage(part)}".replace(".", "," if visit.language == "de" else ".")

    return {
        "money": money,
        "share": share,
        "month": lambda month: written_month(month, visit.language),
        "worded_group": lambda name: worded_part(visit, by, name),
    }


def read_address(visit: Visit) -> Asked:
    """The period, in days of the clock on the wall here, and how to sort apart; 400 where a value is none."""
    given = visit.request.query_params
    midnight = visit.console.clock().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    last = _day(given.get("to", "")) if given.get("to") else midnight
    first = _day(given.get("from", "")) if given.get("from") else last - USUAL
    by, split, shoppers = given.get("by") or DIMENSIONS[0], given.get("split", ""), given.get("shoppers", "")
    known = by in DIMENSIONS and split in SPLITS and shoppers in SHOPPERS
    if first > last or last - first > LONGEST or not known:
        raise RefusedError(400, "refused_value")
    scope = Scope(first, last + timedelta(days=1), real_only=shoppers == "real")
    return Asked(scope, f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}", by, split, shoppers)


def _day(text: str) -> datetime:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").astimezone() if DAY.fullmatch(text) else None
    except (ValueError, OverflowError):
        day = None
    if day is None or not 2000 <= day.year < 2200:
        raise RefusedError(400, "refused_value")
    return day


def _is_told(name: str, whole: Mapping[str, Any], asked: Asked) -> bool:
    """Of one part of the shoppers only those figures are shown that are theirs."""
    return not asked.split or any(figure["name"] == name for figure in whole["split"][asked.split])


def offers_chart(visit: Visit, groups: list[Any], worded: Callable[[str], str]) -> dict[str, Any]:
    """What became of offers, one bar for each group, in shares of those shown."""
    parts = ("take_rate", "decline_rate", "ignore_rate", "open_rate")
    shares = [{figure["name"]: figure for figure in group["figures"]} for group in groups]
    return {
        "kind": "parts",
        "language": visit.language,
        "labels": [worded(group["group"]) for group in groups],
        "series": [
            {
                "label": visit.words(f"part_{part}"),
                "values": [float(percentage(share[part]["value"] or 0)) for share in shares],
            }
            for part in parts
        ],
    }


def point_day(visit: Visit, points: tuple[Point, ...], point: Point) -> str:
    """The day of a point, with its year only where the points are of several."""
    return written_day(point.begins, visit.language, year=points[0].begins.year != points[-1].begins.year)


def course_chart(visit: Visit, points: tuple[Point, ...]) -> dict[str, Any]:
    """Average order value and checkout completion beside each other."""
    values = [None if point.order_value is None else float(half_up(point.order_value / 100, 2)) for point in points]
    completion = [None if point.completion is None else float(percentage(point.completion)) for point in points]
    return {
        "kind": "course",
        "language": visit.language,
        "labels": [point_day(visit, points, point) for point in points],
        "series": [
            {"label": visit.words("course_value"), "values": values},
            {"label": visit.words("course_completion"), "values": completion},
        ],
    }


PAGES = (Page("/figures", show, Role.VIEWER, title="nav_figures"),)
