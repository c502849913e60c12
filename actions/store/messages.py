"""The inbox and log of messages: written before the engine is asked, completed with the answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from actions.store.tables import conversations, messages

COLUMNS = messages.c


class By(StrEnum):
    """Who answered: the assistant, one of the staff, the house with a notice who speaks from here on, or nobody,
    because a person has the conversation and reads it."""

    ASSISTANT = "assistant"
    PERSON = "person"
    NOTICE = "notice"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message in the inbox; `same` marks one that came before, `reply` what it was answered with."""

    message_id: str
    position: int
    reply: bytes | None = None
    same: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """The client used an id again for another message; nothing was written."""

    message_id: str


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """One message with its answer, as stored; `reply` is the body sent to the client."""

    id: str
    client_id: str
    position: int
    received_at: datetime
    text: str
    payload: Mapping[str, Any] | None
    state: str
    reply: bytes | None
    answered_at: datetime | None
    nlu: Mapping[str, Any] | None
    actions: Sequence[Any] | None
    model: str | None
    engine_ms: int | None
    error: str | None
    answered_by: str


def accept(
    connection: Connection,
    *,
    conversation: str,
    client_id: str,
    text: str,
    payload: Mapping[str, Any] | None,
    digest: str,
    now: datetime,
) -> Accepted | Conflict:
    """Take a message in, once for each `client_id`; LookupError where the conversation does not exist."""
    # PostgreSQL: one message of a conversation at a time, so that positions have neither gaps nor doubles
    held = select(conversations.c.id).where(conversations.c.id == conversation).with_for_update()
    if connection.scalar(held) is None:
        raise LookupError(f"conversation {conversation} does not exist")
    known = (COLUMNS.conversation == conversation) & (COLUMNS.client_id == client_id)
    row = connection.execute(select(messages).where(known)).first()
    if row is not None:
        # a message of before the digests were keyed, or one forgotten since, has none to compare
        if row.digest and row.digest != digest:
            return Conflict(row.id)
        return Accepted(row.id, row.position, row.reply, same=True)
    last = connection.scalar(select(func.max(COLUMNS.position)).where(COLUMNS.conversation == conversation))
    accepted = Accepted(uuid.uuid4().hex, 0 if last is None else last + 1)
    values = {
        "id": accepted.message_id,
        "conversation": conversation,
        "client_id": client_id,
        "position": accepted.position,
        "received_at": now,
        "text": text,
        "payload": None if payload is None else dict(payload),
        "digest": digest,
        "state": "received",
    }
    connection.execute(messages.insert(), values)
    return accepted


def answer(
    connection: Connection,
    message_id: str,
    reply: bytes,
    nlu: Mapping[str, Any] | None = None,
    actions: Sequence[Any] | None = None,
    model: str | None = None,
    engine_ms: int | None = None,
    error: str | None = None,
    *,
    now: datetime,
    by: By = By.ASSISTANT,
) -> bool:
    """Store the answer; the first one stands, and False tells that there was one already.

    `error` names a fault of the engine; the reply then is the honest sentence the shopper got instead.
    """
    values = {
        "reply": reply,
        "answered_at": now,
        "state": "engine_error" if error else "answered",
        "nlu": None if nlu is None else dict(nlu),
        "actions": None if actions is None else list(actions),
        "model": model,
        "engine_ms": engine_ms,
        "error": error[:80] if error else None,
        "answered_by": by.value,
    }
    open_one = (COLUMNS.id == message_id) & (COLUMNS.state == "received")
    return connection.execute(messages.update().where(open_one).values(values)).rowcount == 1


def is_closed(connection: Connection, message_id: str) -> bool:
    """True where the message has had its answer; False while it waits, or where nobody took it in."""
    state = connection.scalar(select(COLUMNS.state).where(COLUMNS.id == message_id))
    return state is not None and state != "received"


def reply_to(connection: Connection, conversation: str, client_id: str) -> bytes | None:
    """What a client's message was answered with; None while it waits, and where it is not known."""
    known = (COLUMNS.conversation == conversation) & (COLUMNS.client_id == client_id)
    reply: bytes | None = connection.scalar(select(COLUMNS.reply).where(known))
    return reply


def last_reply(connection: Connection, conversation: str) -> bytes | None:
    """The latest answer the assistant gave in a conversation."""
    of_assistant = COLUMNS.reply.is_not(None) & (COLUMNS.answered_by == By.ASSISTANT)
    answered = (COLUMNS.conversation == conversation) & of_assistant
    query = select(COLUMNS.reply).where(answered).order_by(COLUMNS.position.desc()).limit(1)
    reply: bytes | None = connection.scalar(query)
    return reply


def through(connection: Connection, conversation: str, lost_before: datetime) -> int:
    """The position up to which every message has its answer, or was received so long ago that none will come."""
    open_one = (COLUMNS.state == "received") & (COLUMNS.received_at >= lost_before)
    mine = COLUMNS.conversation == conversation
    first = connection.scalar(select(func.min(COLUMNS.position)).where(mine, open_one))
    last = connection.scalar(select(func.max(COLUMNS.position)).where(mine))
    return -1 if last is None else last if first is None else first - 1


def history(
    connection: Connection, conversation: str, *, from_position: int = 0, before: int | None = None
) -> tuple[LoggedMessage, ...]:
    """The messages of a conversation in the order they came, all of them or those between two positions."""
    wanted = [COLUMNS[name] for name in LoggedMessage.__slots__]
    query = select(*wanted).where(COLUMNS.conversation == conversation, COLUMNS.position >= from_position)
    if before is not None:
        query = query.where(COLUMNS.position < before)
    query = query.order_by(COLUMNS.position)
    return tuple(LoggedMessage(*row) for row in connection.execute(query).tuples())
