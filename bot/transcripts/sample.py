"""Which conversations are worth a look: flagged ones first, a fair sample of each week, then the latest."""

import hashlib
import heapq
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from actions.store import digest_search
from actions.store.digest_keys import Wanted
from actions.store.digest_search import Listed
from actions.store.digest_tables import conversation_digests

SAMPLE = 20
FLAGGED = 50
COLUMNS = conversation_digests.c


def week_before(now: datetime) -> tuple[datetime, datetime]:
    """The last whole week, Monday to Monday: it is over, so what was held in it no longer grows."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(days=7), monday


def sample_of_week(connection: Connection, now: datetime, size: int = SAMPLE) -> list[str]:
    """The same conversations whenever asked in a week, and none likelier than another, so that a review is not
    only of what went wrong."""
    since, until = week_before(now)
    held = (COLUMNS.started_at >= since) & (COLUMNS.started_at < until) & (COLUMNS.turns > 0)
    names = connection.scalars(select(COLUMNS.conversation).where(held))
    return heapq.nsmallest(size, names, key=lambda name: _lot(since, name))


def queue(connection: Connection, now: datetime, latest: int = 50) -> dict[str, list[Listed]]:
    """What waits for a verdict: "flagged", this week's "sample", and the "latest"."""
    open_ones = Wanted(facets=(("status", "open"),))
    flagged = Wanted(facets=(("status", "open"), ("status", "flagged")))
    found = {
        "flagged": list(digest_search.page(connection, flagged, FLAGGED)),
        "sample": [
            row
            for name in sample_of_week(connection, now)
            if (row := digest_search.one(connection, name)) is not None and row.status != "done"
        ],
        "latest": [row for row in digest_search.page(connection, open_ones, latest) if row.turns],
    }
    seen: set[str] = set()
    for part, rows in found.items():
        found[part] = [row for row in rows if row.conversation not in seen]
        seen |= {row.conversation for row in rows}
    return found


def next_one(connection: Connection, now: datetime, *, after: str, reader: str) -> str | None:
    """The conversation to read after this one; those assigned to somebody else are left to them."""
    waiting = [row for part in queue(connection, now).values() for row in part]
    mine = [row.conversation for row in waiting if row.assignee in (None, reader)]
    if after in mine:
        at = mine.index(after)
        mine = mine[at + 1 :] + mine[:at]
    return next((name for name in mine if name != after), None)


def _lot(week: datetime, name: str) -> bytes:
    return hashlib.sha256(f"{week.date()}:{name}".encode()).digest()
