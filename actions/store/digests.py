"""Digests of conversations, kept so that a list of very many can be read, filtered and searched at once."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select, text

from actions.store.bulk import insert_tuples, upsert
from actions.store.digest_tables import conversation_digests, digest_facets
from actions.store.moments import microseconds
from actions.store.tables import conversations, messages, orders

COLUMNS = conversation_digests.c
# facets of the record; those of a review are written with the review
RECORDED = (
    *("channel", "language", "intent", "action", "outcome", "offer", "sku", "refusal"),
    *("reason", "policy", "model", "mark", "shoppers"),
)
NAMES_OF_FACETS = tuple(column.name for column in digest_facets.c)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in one line.

    `offers` are [kind, state, number of products] in the order they were made, `confidence` the lowest of any typed
    message.
    """

    conversation: str
    started_at: datetime
    active_at: datetime
    channel: str
    language: str
    first_words: str
    turns: int
    outcome: str
    offers: Sequence[Sequence[Any]]
    confidence: float | None
    fallbacks: int
    repeats: int
    errors: int
    handed_off: bool


@dataclass(frozen=True, slots=True)
class Digest(Summary):
    """The same as it is written: `facets` are what it can be filtered by, `words` what it can be found by."""

    fingerprint: str
    facets: frozenset[tuple[str, str]]
    words: str


def known(connection: Connection, conversation_ids: Sequence[str]) -> dict[str, str]:
    """The fingerprints of the digests there are of these conversations."""
    query = select(COLUMNS.conversation, COLUMNS.fingerprint).where(COLUMNS.conversation.in_(conversation_ids))
    return dict(connection.execute(query).tuples().all())


def settled(connection: Connection, names: Sequence[str]) -> frozenset[str]:
    """Those of these conversations that were made anonymous since anybody was active: their digests know more than
    the record does by now."""
    chats = conversations.c
    query = select(chats.id).select_from(conversations.join(conversation_digests))
    query = query.where(chats.id.in_(names), chats.forgotten_at >= chats.active_at)
    return frozenset(connection.scalars(query))


def write(connection: Connection, digests: Sequence[Digest], now: datetime) -> None:
    """Put these in the place of what was there; facets of reviews stay."""
    if not digests:
        return
    rows = [_row(digest, now) for digest in digests]
    upsert(connection, conversation_digests, rows, ["conversation"])
    names = [digest.conversation for digest in digests]
    query = select(COLUMNS.conversation, COLUMNS.id).where(COLUMNS.conversation.in_(names))
    numbers: Mapping[str, int] = dict(connection.execute(query).tuples().all())
    replace_facets(connection, {numbers[digest.conversation]: digest.facets for digest in digests}, kinds=RECORDED)
    date_facets(connection, names)
    _replace_words(connection, {numbers[digest.conversation]: digest.words for digest in digests})


def replace_facets(
    connection: Connection, facets: Mapping[int, Collection[tuple[str, str]]], kinds: Sequence[str]
) -> None:
    """Give digests, by their numbers, these facets of these kinds and no others; ValueError for another kind."""
    unknown = {kind for found in facets.values() for kind, _ in found} - set(kinds)
    if unknown:
        raise ValueError(f"facets of {', '.join(sorted(unknown))} would never be taken away again")
    columns = digest_facets.c
    connection.execute(delete(digest_facets).where(columns.digest.in_(list(facets)), columns.kind.in_(kinds)))
    query = select(COLUMNS.id, COLUMNS.active_at).where(COLUMNS.id.in_(list(facets)))
    moments = {row.id: microseconds(row.active_at) for row in connection.execute(query)}
    rows = [
        (kind, value[:160], moments[number], number) for number, found in facets.items() for kind, value in found
    ]
    insert_tuples(connection, digest_facets, NAMES_OF_FACETS, rows, key=NAMES_OF_FACETS)


def date_facets(connection: Connection, names: Sequence[str]) -> None:
    """Let the facets of these conversations have the moments of their digests."""
    query = select(COLUMNS.id, COLUMNS.active_at).where(COLUMNS.conversation.in_(list(names)))
    rows = [{"number": row.id, "moment": microseconds(row.active_at)} for row in connection.execute(query)]
    columns = digest_facets.c
    moment: BindParameter[int] = bindparam("moment")
    others = (columns.digest == bindparam("number")) & (columns.active_us != moment)
    if rows:
        connection.execute(digest_facets.update().where(others).values(active_us=moment), rows)


def forget_words(connection: Connection, names: Sequence[str]) -> None:
    """Nothing that was said in these conversations is in their digests any more; what became of them stays."""
    theirs = COLUMNS.conversation.in_(list(names))
    numbers = connection.scalars(select(COLUMNS.id).where(theirs)).all()
    _replace_words(connection, dict.fromkeys(numbers, ""))
    connection.execute(conversation_digests.update().where(theirs).values(first_words="", fingerprint=""))


def number_of(connection: Connection, conversation: str) -> int | None:
    """The number of a conversation's digest."""
    number: int | None = connection.scalar(select(COLUMNS.id).where(COLUMNS.conversation == conversation))
    return number


def last_read(connection: Connection) -> datetime | None:
    """When a digest was last written."""
    moment: datetime | None = connection.scalar(select(func.max(COLUMNS.read_at)))
    return moment


def without_digest(connection: Connection) -> list[str]:
    """Conversations nobody has read yet, the latest first."""
    joined = conversations.outerjoin(conversation_digests)
    query = select(conversations.c.id).select_from(joined).where(COLUMNS.id.is_(None))
    return list(connection.scalars(query.order_by(conversations.c.active_at.desc())))


def every_conversation(connection: Connection) -> list[str]:
    """All there are, the latest first."""
    return list(connection.scalars(select(conversations.c.id).order_by(conversations.c.active_at.desc())))


def changed_since(connection: Connection, moment: datetime) -> list[str]:
    """Conversations in which something was said, done or ordered since then."""
    queries = (
        select(conversations.c.id).where(conversations.c.active_at >= moment),
        select(messages.c.conversation).where(messages.c.received_at >= moment),
        select(orders.c.conversation).where(
            orders.c.conversation.is_not(None), (orders.c.created_at >= moment) | (orders.c.placed_at >= moment)
        ),
    )
    return sorted({name for query in queries for name in connection.scalars(query)})


def folded(words: str) -> list[str]:
    """Words as they are compared: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _row(digest: Digest, now: datetime) -> dict[str, Any]:
    row = {name: value for name, value in asdict(digest).items() if name not in ("facets", "words")}
    return {**row, "offers": [list(each) for each in digest.offers], "read_at": now}


# the index is no table of the schema page: it is another kind of thing on each database
def _replace_words(connection: Connection, words: Mapping[int, str]) -> None:
    wanted = [{"id": number, "words": " ".join(folded(said))} for number, said in words.items()]
    if not wanted:
        return
    is_postgresql = connection.dialect.name == "postgresql"
    key = "digest" if is_postgresql else "rowid"
    connection.execute(text(f"DELETE FROM digest_words WHERE {key} = :id"), wanted)  # noqa: S608  one of two names
    insert = (
        "INSERT INTO digest_words (digest, words) VALUES (:id, to_tsvector('simple', :words))"
        if is_postgresql
        else "INSERT INTO digest_words (rowid, words) VALUES (:id, :words)"
    )
    filled = [row for row in wanted if row["words"]]
    if filled:
        connection.execute(text(insert), filled)
