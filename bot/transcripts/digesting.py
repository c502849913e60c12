"""Keeps the digests beside the record: reads conversations that changed and writes what is new about them."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select
from sqlalchemy.exc import SQLAlchemyError

from actions.store import digests, reviews
from actions.store.engine import reading, writing
from actions.store.tables import cart_lines, conversations, handoffs, messages, offer_decisions, offers, orders
from bot.transcripts.digest import Written, digest_of

AT_ONCE = 100
log = logging.getLogger(__name__)
# an answer, or the loss of one, is written down some time after the message it belongs to
OVERLAP = timedelta(minutes=3)
START = datetime(1970, 1, 1, tzinfo=UTC)
WANTED: dict[Table, tuple[Sequence[str], Sequence[str]]] = {
    messages: (
        ("text", "payload", "received_at", "state", "reply", "nlu", "actions", "model", "error", "answered_by"),
        ("position",),
    ),
    offer_decisions: (("policy_version", "withheld", "hesitation"), ("decided_at", "id")),
    offers: (("kind", "state", "sku", "anchor", "decision", "reason"), ("shown_at", "decision", "id")),
    orders: (("state", "number", "lines"), ("created_at",)),
    handoffs: (("reference",), ("requested_at",)),
    cart_lines: (("sku",), ("position",)),
}


def refresh(database: Engine, now: datetime, since: datetime | None = None) -> int:
    """Bring digests up to date with what changed since a moment, or since the last was written; returns how many
    were written."""
    with reading(database) as connection:
        moment = since or digests.last_read(connection) or START
        names = digests.changed_since(connection, moment - OVERLAP if moment > START else moment)
    return write_digests(database, names, now)


def catch_up(database: Engine, now: datetime) -> int:
    """Write the digests of conversations that have none, the latest first; returns how many."""
    with reading(database) as connection:
        names = digests.without_digest(connection)
    return write_digests(database, names, now)


def rebuild(database: Engine, now: datetime) -> int:
    """Read every conversation again; returns how many digests were written because something was new."""
    with reading(database) as connection:
        names = digests.every_conversation(connection)
    written = write_digests(database, names, now)
    for some in batched(names, AT_ONCE):
        with writing(database) as connection:
            reviews.write_facets(connection, some)
    return written


def write_digests(database: Engine, names: Sequence[str], now: datetime) -> int:
    """Read these conversations and write the digests that differ; in parts, so that nobody waits long.

    The digest of a conversation that was made anonymous stays as it was.
    """
    written = 0
    for some in batched(names, AT_ONCE):
        with reading(database) as connection:
            known, settled = digests.known(connection, some), digests.settled(connection, some)
            made = [digest_of(one, now) for one in read(connection, [name for name in some if name not in settled])]
        changed = [digest for digest in made if known.get(digest.conversation) != digest.fingerprint]
        written += _write(database, changed, now)
    return written


def _write(database: Engine, changed: Sequence[digests.Digest], now: datetime) -> int:
    """Write them together; where that fails each by itself, so that one never keeps the others out of the list."""
    try:
        if changed:
            with writing(database) as connection:
                there = _still_there(connection, changed)
                digests.write(connection, there, now)
                reviews.write_facets(connection, [digest.conversation for digest in there])
    except SQLAlchemyError:
        if len(changed) == 1:
            log.exception("a digest could not be written conversation=%s", changed[0].conversation)
            return 0
        return sum(_write(database, [one], now) for one in changed)
    return len(changed)


def read(connection: Connection, names: Sequence[str]) -> Iterator[Written]:
    """What the record holds of these conversations."""
    chats = connection.execute(select(conversations).where(conversations.c.id.in_(names))).all()
    parts: list[Callable[[str], Sequence[Row[Any]]]] = [_rows(connection, table, names) for table in WANTED]
    for chat in chats:
        yield Written(chat, *(part(chat.id) for part in parts))


def _rows(connection: Connection, table: Table, names: Sequence[str]) -> Callable[[str], Sequence[Row[Any]]]:
    columns, order = WANTED[table]
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    query = select(table.c.conversation, *(table.c[name] for name in columns))
    rows = connection.execute(
        query.where(table.c.conversation.in_(names)).order_by(*(table.c[name] for name in order))
    )
    for row in rows:
        found[row.conversation].append(row)
    return lambda name: found[name]


def _still_there(connection: Connection, made: Sequence[digests.Digest]) -> list[digests.Digest]:
    """Without those that were erased while they were read; on PostgreSQL they cannot be before this is written."""
    query = select(conversations.c.id).where(conversations.c.id.in_([digest.conversation for digest in made]))
    left = set(connection.scalars(query.with_for_update(key_share=True)))
    return [digest for digest in made if digest.conversation in left]
