"""Conversations in progress, as a list that keeps itself up to date, and the count of those who wait."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from actions.store.engine import reading
from actions.store.staff import Role
from bot.review.conversations import formats
from bot.review.numbers import whole
from bot.review.page import Page
from bot.review.visit import HEADERS, RefusedError, Visit
from bot.transcripts.live import Talk, count_waiting, in_progress

MINUTES = (10, 30, 120)
USUAL = 30
AT_ONCE = 100


def show(visit: Visit) -> Response:
    """GET /live: what goes on now; `paused` shows it as it is and asks no more."""
    return visit.render("live.html", **_listed(visit), paused="paused" in visit.request.query_params)


def show_rows(visit: Visit) -> Response:
    """GET /live/rows: the same list again for a page that is open, nothing where it is as `seen`."""
    listed, seen = _listed(visit), visit.request.query_params.get("seen", "")
    if listed["seen"] == seen:
        return Response(status_code=204, headers=HEADERS)
    before = whole(seen.partition(".")[0])
    grew = before is not None and listed["waiting"] > before
    return visit.render("live_rows.html", **listed | {"news": grew}, paused=False)


def show_waiting(visit: Visit) -> Response:
    """GET /live/waiting: how many wait, for the navigation of every page."""
    with reading(visit.console.database) as connection:
        waiting = count_waiting(connection, visit.console.clock(), timedelta(minutes=USUAL))
    return visit.render("live_waiting.html", waiting=waiting)


def waited(visit: Visit, since: datetime) -> str:
    """For how long somebody has been waiting, in words."""
    minutes = int((visit.console.clock() - since).total_seconds() // 60)
    return visit.words("live_minutes", count=minutes) if minutes else visit.words("live_just_now")


def _listed(visit: Visit) -> dict[str, Any]:
    asked = visit.request.query_params.get("minutes", str(USUAL))
    if asked not in map(str, MINUTES):
        raise RefusedError(400, "refused_value")
    with reading(visit.console.database) as connection:
        talks = in_progress(connection, visit.console.clock(), timedelta(minutes=int(asked)))
    rows = [(talk, waited(visit, talk.waiting_since) if talk.waiting_since else "") for talk in talks]
    waiting = sum(talk.waiting_since is not None for talk in talks)
    return {
        "rows": rows[:AT_ONCE],
        "left_out": max(0, len(rows) - AT_ONCE),
        "waiting": waiting,
        "minutes": int(asked),
        "choices": MINUTES,
        "seen": f"{waiting}.{_fingerprint(rows)}",
        "news": False,
        **formats(visit),
    }


def _fingerprint(rows: Sequence[tuple[Talk, str]]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


PAGES = (
    Page("/live", show, Role.REVIEWER, title="nav_live"),
    Page("/live/rows", show_rows, Role.REVIEWER, polled=True),
    Page("/live/waiting", show_waiting, Role.REVIEWER, polled=True),
)
