"""What is held about one conversation: all of it handed over, or all of it erased; and what has become too old."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from actions.store import callers
from actions.store import conversations as chats
from actions.store.columns import metadata
from actions.store.tables import cart_lines, consent_events, conversations, handoffs, orders, voice_callers
from bot.transcripts.transcript import read_transcript

BESIDE_THE_TALK = {
    "cart": cart_lines,
    "consents": consent_events,
    "handoffs": handoffs,
    "orders": orders,
    "callers": voice_callers,
}


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows named the conversation, and how many still do (never more than none)."""

    rows: int
    left: int


def export_subject(connection: Connection, conversation: str) -> dict[str, Any] | None:
    """Everything recorded under this id as one document; None where there is nothing."""
    transcript = read_transcript(connection, conversation)
    if transcript is None:
        return None
    beside = {
        name: [
            dict(row._mapping)
            for row in connection.execute(select(table).where(table.c.conversation == conversation))
        ]
        for name, table in BESIDE_THE_TALK.items()
    }
    return {**transcript.document(), **beside}


def erase_subject(connection: Connection, conversation: str) -> Erased:
    """Erase the conversation and everything below it; orders stay as the shop's records, without the link."""
    before = rows_naming(connection, conversation)
    chats.delete(connection, conversation)
    return Erased(before, rows_naming(connection, conversation))


def rows_naming(connection: Connection, conversation: str) -> int:
    """How many rows of any table hold this conversation's id."""
    return sum(_count(connection, table, conversation) for table in metadata.sorted_tables)


def _count(connection: Connection, table: Table, conversation: str) -> int:
    column = table.c.id if table is conversations else table.c.get("conversation")
    if column is None:
        return 0
    return connection.scalar(select(func.count()).where(column == conversation)) or 0


def forget_before(connection: Connection, moment: datetime) -> int:
    """Erase what was said in conversations last active before `moment`; returns how many. Decisions go with it."""
    old = connection.scalars(select(conversations.c.id).where(conversations.c.active_at < moment)).all()
    for conversation in old:
        chats.erase_content(connection, conversation)
        callers.forget(connection, conversation)
    return len(old)
