"""What `tresen affinity rhythm` tells: when models are bought again, and which sell more or no longer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from actions.affinity.history import History, read_history
from actions.affinity.rhythm import MIN_GAPS, MIN_ORDERS, Course, Interval, Trend, intervals, trends
from actions.staff_words import line, worded
from actions.store.catalogue import CatalogueSnapshot
from actions.store.history import order_lines
from bot.gateway.bodies import Document

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rhythm_document(connection: Connection, snapshot: CatalogueSnapshot, language: str) -> Document:
    """Every model on sale with its orders, when it is bought again and its trend, the most ordered first.

    `again` and `trend` are null where too little is behind them. Nobody who bought is in it.
    """
    history = read_history(order_lines(connection), tuple(snapshot.families))
    again, moving = intervals(history, fewest=1), trends(history)
    ordered = np.diff(history.by_item.indptr).tolist()
    models = [
        {
            "family": family,
            "title": members[0].title.of(language),
            "orders": count,
            "repeats": again[family].count if family in again else 0,
            "again": _again_document(again.get(family)),
            "trend": _trend_document(moving.get(family)),
        }
        for family, count in zip(history.items, ordered, strict=True)
        if (members := snapshot.variants(family))
    ]
    return {
        "seen_from": _seen_from(history),
        "simulated": snapshot.facts.simulated_orders,
        "models": sorted(models, key=lambda model: (-model["orders"], model["family"])),
    }


def told_of_one(document: Document, language: str) -> Iterator[str]:
    """The only model: when it is bought again and where it is going, or what is lacking to say so."""
    (model,) = document["models"]
    yield model["title"]
    again, trend = model["again"], model["trend"]
    if again:
        yield line("rhythm_again" if again["median_days"] > 1 else "rhythm_daily", language, **again, **model)
        yield line("rhythm_regular" if again["regular"] else "rhythm_irregular", language)
    else:
        yield line("rhythm_few_repeats", language, repeats=model["repeats"], least=MIN_GAPS)
    if trend:
        yield line(f"rhythm_{trend['course']}", language, **trend)
    else:
        yield line("rhythm_few_orders", language, orders=model["orders"], least=MIN_ORDERS)
    yield from _basis(document, language)


def told_of_all(document: Document, most: int, language: str) -> Iterator[str]:
    """The models with enough behind them as a table, what changes first, then how many have too little."""
    known = (model for model in document["models"] if model["again"] or model["trend"])
    enough = sorted(known, key=lambda model: not model["trend"] or model["trend"]["course"] == Course.STEADY)
    if enough:
        yield line("rhythm_head", language)
    for model in enough[:most]:
        again = line("rhythm_row_again", language, **model["again"], **model) if model["again"] else ""
        course = worded("course", model["trend"]["course"], language) if model["trend"] else ""
        yield f"{model['orders']:>6}  {again:<32}  {course:<12}  {model['title']}".rstrip()
    if len(enough) > most:
        yield line("rhythm_more", language, count=len(enough) - most)
    yield line("rhythm_too_little", language, count=len(document["models"]) - len(enough), least=MIN_ORDERS)
    yield from _basis(document, language)


def _basis(document: Document, language: str) -> Iterator[str]:
    if document["seen_from"]:
        known = "rhythm_basis_simulated" if document["simulated"] else "rhythm_basis"
        yield line(known, language, day=document["seen_from"])


def _again_document(found: Interval | None) -> Document | None:
    if found is None or found.count < MIN_GAPS:
        return None
    days = {"median_days": found.median, "low_days": found.low, "high_days": found.high}
    return {**{name: round(value) for name, value in days.items()}, "regular": found.regular}


def _trend_document(found: Trend | None) -> Document | None:
    if found is None:
        return None
    days = int(found.silent_days)
    return {"course": found.course.value, "recent": found.recent, "before": found.before, "silent_days": days}


def _seen_from(history: History) -> str | None:
    """The day of the newest order, from which "recent" is counted; None without orders."""
    return (EPOCH + timedelta(days=history.today)).date().isoformat() if history.orders else None
