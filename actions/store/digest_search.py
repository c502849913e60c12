"""Finds conversations by their digests: any number of conditions, newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text

from actions.store.console_tables import staff
from actions.store.digest_keys import Place, Wanted, keys
from actions.store.digest_tables import conversation_digests, reviews
from actions.store.digests import Summary
from actions.store.tables import conversations

MOST_VALUES = 300
DAYS_BACK = (1, 8, 64)
D, R = conversation_digests.c, reviews.c


@dataclass(frozen=True, slots=True)
class Listed(Summary):
    """A conversation in the list, with its number and what its review says."""

    number: int
    status: str | None
    verdict: str | None
    flagged: bool | None
    tags: Sequence[str]
    assignee: str | None
    simulated: bool


def page(connection: Connection, wanted: Wanted, limit: int, before: Place | None = None) -> tuple[Listed, ...]:
    """The newest conversations that are so, or the next ones before a place."""
    newest = _latest if wanted.among_days else keys
    found = newest(connection, wanted, limit, before)
    query = _listed().where(D.id.in_(found)).order_by(D.active_at.desc(), D.id.desc())
    return tuple(_read(row) for row in connection.execute(query))


def _latest(connection: Connection, wanted: Wanted, limit: int, before: Place | None) -> Sequence[int]:
    """The same where the record is counted for it: that of the latest days first, until they fill the page."""
    newest = before.active_at if before else connection.scalar(select(func.max(D.active_at)))
    starts = [newest - timedelta(days=days) for days in DAYS_BACK] if newest else []
    for start in starts:
        latest = replace(wanted, since=max(start, wanted.since or start))
        found = connection.scalars(keys(connection, latest, limit, before)).all()
        if len(found) == limit:
            return found
    return connection.scalars(keys(connection, wanted, limit, before)).all()


def one(connection: Connection, conversation: str) -> Listed | None:
    """A conversation as it stands in the list."""
    row = connection.execute(_listed().where(D.conversation == conversation)).first()
    return None if row is None else _read(row)


def values_of(connection: Connection, kind: str) -> list[str]:
    """Every value a kind of facet has, found by leaping from one to the next."""
    leaps = text(
        "WITH RECURSIVE found(value) AS ("
        " SELECT min(value) FROM digest_facets WHERE kind = :kind UNION ALL"
        " SELECT (SELECT min(value) FROM digest_facets WHERE kind = :kind AND value > found.value)"
        " FROM found WHERE found.value IS NOT NULL"
        ") SELECT value FROM found WHERE value IS NOT NULL LIMIT :most"
    )
    return list(connection.scalars(leaps, {"kind": kind, "most": MOST_VALUES}))


def _listed() -> Select[Any]:
    own = [conversation_digests.c[field.name] for field in fields(Summary)]
    review = (R.status, R.verdict, R.flagged, R.tags, staff.c.shown_as.label("assignee"))
    joined = (
        conversation_digests.join(conversations, conversations.c.id == D.conversation)
        .outerjoin(reviews, R.conversation == D.conversation)
        .outerjoin(staff, staff.c.id == R.assignee)
    )
    return select(D.id.label("number"), *own, *review, conversations.c.simulated).select_from(joined)


def _read(row: Row[Any]) -> Listed:
    values: Mapping[str, Any] = {**row._mapping, "tags": row.tags or ()}
    return Listed(**values)
