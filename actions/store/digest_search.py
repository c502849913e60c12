"""Finds conversations by their digests: any number of conditions, newest first, a page at a time.

A condition that few conversations meet is answered by its own index, and its answers are then sorted. One that
many meet is asked of each conversation while walking back in time, which soon fills a page; the rarest of several
is asked first, of a list made once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, column, exists, func, or_, select, table, text

from actions.store.console_tables import staff
from actions.store.digest_tables import conversation_digests, digest_facets, reviews
from actions.store.digests import Summary, folded
from actions.store.tables import conversations

FEW = 1_000
MANY = 50_000
MOST_WORDS = 8
MOST_VALUES = 300
D, F, R = conversation_digests.c, digest_facets.c, reviews.c
WORDS = table("digest_words", column("rowid"), column("digest"), column("words"), column("digest_words"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the moment and the number of its last conversation."""

    active_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What conversations have to be like; `facets` are (kind, value), all of them, `below` is a confidence."""

    facets: tuple[tuple[str, str], ...] = ()
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    below: float | None = None


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
    query = _listed().where(*_conditions(connection, wanted))
    if before is not None:
        earlier = and_(D.active_at == before.active_at, D.id < before.number)
        query = query.where(D.active_at <= before.active_at, or_(D.active_at < before.active_at, earlier))
    query = query.order_by(D.active_at.desc(), D.id.desc()).limit(limit)
    return tuple(_read(row) for row in connection.execute(query))


def one(connection: Connection, conversation: str) -> Listed | None:
    """A conversation as it stands in the list."""
    row = connection.execute(_listed().where(D.conversation == conversation)).first()
    return None if row is None else _read(row)


def count(connection: Connection, wanted: Wanted, limit: int) -> int:
    """How many there are, counted up to a limit."""
    some = select(D.id).where(*_conditions(connection, wanted)).limit(limit).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


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


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a digest has to be like: the rarest condition by its answers, the others as questions."""
    answers = [select(F.digest).where(F.kind == kind, F.value == value) for kind, value in wanted.facets]
    questions: list[ColumnElement[bool]] = [
        exists().where(F.kind == kind, F.value == value, F.digest == D.id) for kind, value in wanted.facets
    ]
    if folded(wanted.words):
        answers.append(_having_words(connection, wanted.words))
        questions.append(_among(answers[-1]))
    if wanted.below is not None:
        answers.append(select(D.id).where(D.confidence < wanted.below))
        questions.append(D.confidence < wanted.below)
    if answers:
        sizes = [_size(connection, answer) for answer in answers]
        rarest = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[rarest] < FEW:
            questions[rarest] = D.id.in_(list(connection.scalars(answers[rarest])))
        elif sizes[rarest] < MANY:
            # asked first, because the database asks in this order
            questions = [_among(answers[rarest]), *questions[:rarest], *questions[rarest + 1 :]]
    span = [moment <= D.active_at for moment in (wanted.since,) if moment is not None]
    return [*span, *(D.active_at < moment for moment in (wanted.until,) if moment is not None), *questions]


def _having_words(connection: Connection, words: str) -> Select[Any]:
    wanted = folded(words)[:MOST_WORDS]
    if connection.dialect.name == "postgresql":
        all_of = " & ".join(f"{word}:*" for word in wanted)
        return select(WORDS.c.digest).where(WORDS.c.words.op("@@")(func.to_tsquery("simple", all_of)))
    all_of = " ".join(f'"{word}"*' for word in wanted)
    return select(WORDS.c.rowid).where(WORDS.c.digest_words.op("MATCH")(all_of))


def _among(answer: Select[Any]) -> ColumnElement[bool]:
    """Whether a digest is one of these; the sum keeps the database from looking them up one by one and sorting."""
    return (D.id + 0).in_(answer)


def _size(connection: Connection, answer: Select[Any]) -> int:
    """How many there are, counted up to MANY."""
    return connection.scalar(select(func.count()).select_from(answer.limit(MANY).subquery())) or 0


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
