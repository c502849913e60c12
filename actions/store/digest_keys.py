"""Which digests meet every condition, newest first: an index in the order of the list answers one facet at once.

Of several facets the rarest leads and the others are asked of what it names. Words that few conversations hold are
taken from their index; of common ones the latest conversations are asked, which soon fills a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, column, exists, func, or_, select, table

from actions.store.digest_tables import conversation_digests, digest_facets
from actions.store.digests import folded
from actions.store.moments import microseconds

FEW = 1_000
MANY = 50_000
# so many of the latest are asked for words before the index is
LATEST = 2_000
MOST_WORDS = 8
D, F = conversation_digests.c, digest_facets.c
WORDS = table("digest_words", column("rowid"), column("digest"), column("words"), column("digest_words"))
Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the moment and the number of its last conversation."""

    active_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What conversations have to be like; `facets` are (kind, value), all of them, `below` is a confidence, and
    `among` selects the ids of those that come into question in the record itself, of what was active since then;
    `among_days` where that is the less to count the later it begins."""

    facets: tuple[tuple[str, str], ...] = ()
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    below: float | None = None
    among: Callable[[Connection, datetime | None], Select[tuple[str]]] | None = None
    among_days: bool = False


def keys(connection: Connection, wanted: Wanted, limit: int, before: Place | None) -> Select[Any]:
    """The numbers of the newest digests that are so, or of the next ones before a place."""
    span = _span(wanted, before)
    asks_for_words = bool(folded(wanted.words))
    chosen = _chosen(connection, wanted)
    if asks_for_words and not wanted.facets and not chosen and connection.dialect.name == "postgresql":
        return _having_words(connection, wanted.words, [*span, *_below(wanted)], limit)
    few = _named_by_few(connection, wanted)
    if few is not None or chosen or not wanted.facets:
        conditions = [*span, *_below(wanted), *(_has(facet) for facet in wanted.facets), *chosen]
        conditions += [] if few is None else [D.id.in_(few)]
        return _latest([*conditions, *_among(connection, D.id, wanted.words)]).limit(limit)
    return _led_by_a_facet(connection, wanted, before).limit(limit)


def _latest(conditions: Conditions) -> Select[Any]:
    return select(D.id).where(*conditions).order_by(D.active_at.desc(), D.id.desc())


def _named_by_few(connection: Connection, wanted: Wanted) -> Sequence[int] | None:
    """Those that words or a confidence name, where they are few: everything else is asked of these."""
    answers = [_with_words(connection, wanted.words)] if folded(wanted.words) else []
    answers += [select(D.id).where(*_below(wanted))] if wanted.below is not None else []
    return next((few for answer in answers if (few := _few(connection, answer)) is not None), None)


def _chosen(connection: Connection, wanted: Wanted) -> Conditions:
    """Whether it is among those that come into question; these are read once where they are few."""
    if wanted.among is None:
        return []
    answer = select(D.id).where(D.conversation.in_(wanted.among(connection, wanted.since)))
    few = _few(connection, answer)
    return [D.id.in_(answer if few is None else few)]


def _led_by_a_facet(connection: Connection, wanted: Wanted, before: Place | None) -> Select[Any]:
    """One facet names digests in the order of the list; everything else is asked of these."""
    first, *others = _rarest_first(connection, wanted.facets)
    conditions: Conditions = [F.kind == first[0], F.value == first[1], *_span_of_facet(wanted, before)]
    for kind, value in others:
        other = digest_facets.alias()
        same = and_(other.c.active_us == F.active_us, other.c.digest == F.digest)
        conditions.append(exists().where(other.c.kind == kind, other.c.value == value, same))
    conditions += _among(connection, F.digest, wanted.words)
    query = select(F.digest)
    if wanted.below is not None:
        query = query.join(conversation_digests, F.digest == D.id)
        conditions += _below(wanted)
    return query.where(*conditions).order_by(F.active_us.desc(), F.digest.desc())


def _has(facet: tuple[str, str]) -> ColumnElement[bool]:
    """Asks one digest at a time; of an EXISTS PostgreSQL would first make a list of all that have the facet, and
    without the empty string it would look for the digest among these."""
    theirs = select(F.digest).where(F.digest == D.id, F.kind + "" == facet[0], F.value == facet[1])
    return theirs.limit(1).scalar_subquery().is_not(None)


def _rarest_first(connection: Connection, facets: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if len(facets) == 1:
        return list(facets)
    return sorted(facets, key=lambda facet: _size(connection, facet))


def _size(connection: Connection, facet: tuple[str, str]) -> int:
    """How many have it, counted up to MANY."""
    some = select(F.digest).where(F.kind == facet[0], F.value == facet[1]).limit(MANY)
    return connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def _span(wanted: Wanted, before: Place | None) -> Conditions:
    found = [D.active_at >= wanted.since] if wanted.since else []
    found += [D.active_at < wanted.until] if wanted.until else []
    if before is not None:
        earlier = and_(D.active_at == before.active_at, D.id < before.number)
        found += [D.active_at <= before.active_at, or_(D.active_at < before.active_at, earlier)]
    return found


def _span_of_facet(wanted: Wanted, before: Place | None) -> Conditions:
    found = [F.active_us >= microseconds(wanted.since)] if wanted.since else []
    found += [F.active_us < microseconds(wanted.until)] if wanted.until else []
    if before is not None:
        moment = microseconds(before.active_at)
        earlier = and_(F.active_us == moment, F.digest < before.number)
        found += [F.active_us <= moment, or_(F.active_us < moment, earlier)]
    return found


def _below(wanted: Wanted) -> Conditions:
    return [] if wanted.below is None else [D.confidence < wanted.below]


def _having_words(connection: Connection, words: str, conditions: Conditions, limit: int) -> Select[Any]:
    """On PostgreSQL: of the latest, where these fill the page; else what the index names, sorted."""
    latest = select(D.id, D.active_at).where(*conditions).order_by(D.active_at.desc(), D.id.desc())
    seen = latest.limit(LATEST).subquery()
    fitting = select(seen.c.id).where(_holds(seen.c.id, words))
    found = connection.scalars(fitting.order_by(seen.c.active_at.desc(), seen.c.id.desc()).limit(limit)).all()
    if len(found) == limit:
        return select(D.id).where(D.id.in_(found))
    answer = _with_words(connection, words)
    few = _few(connection, answer)
    named = answer.cte("named").prefix_with("MATERIALIZED")
    among = D.id.in_(select(named.c.digest)) if few is None else D.id.in_(few)
    return _latest([*conditions, among]).limit(limit)


def _among(connection: Connection, digest: ColumnElement[Any], words: str) -> Conditions:
    """Whether a digest has the words; on SQLite by a list of those that have, which is made once."""
    if not folded(words):
        return []
    if connection.dialect.name == "postgresql":
        return [_holds(digest, words)]
    # the sum keeps SQLite from looking them up one by one and sorting
    return [(digest + 0).in_(_with_words(connection, words))]


def _few(connection: Connection, answer: Select[Any]) -> Sequence[int] | None:
    """The answers themselves where they are few."""
    found = connection.scalars(answer.limit(FEW)).all()
    return found if len(found) < FEW else None


def _holds(digest: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Asks PostgreSQL one digest at a time."""
    return select(WORDS.c.words.op("@@")(_query(words))).where(WORDS.c.digest == digest).scalar_subquery()


def _with_words(connection: Connection, words: str) -> Select[Any]:
    if connection.dialect.name == "postgresql":
        return select(WORDS.c.digest).where(WORDS.c.words.op("@@")(_query(words)))
    all_of = " ".join(f'"{word}"*' for word in folded(words)[:MOST_WORDS])
    return select(WORDS.c.rowid).where(WORDS.c.digest_words.op("MATCH")(all_of))


def _query(words: str) -> ColumnElement[Any]:
    return func.to_tsquery("simple", " & ".join(f"{word}:*" for word in folded(words)[:MOST_WORDS]))
