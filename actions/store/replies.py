"""What an action answered to a message, so that the same message again repeats the words and nothing else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.store.bulk import insert_new
from actions.store.tables import action_replies


def stored(connection: Connection, conversation: str, message: str) -> list[dict[str, Any]] | None:
    """What `message` was answered with, whichever action did; None where it has not been answered yet.

    A message understood in another way when it comes again (a new model, a restart) still has one effect.
    """
    columns = action_replies.c
    asked = (columns.conversation == conversation) & (columns.message == message)
    reply = connection.scalar(select(columns.reply).where(asked))
    return None if reply is None else list(reply)


def latest(connection: Connection, conversation: str) -> list[dict[str, Any]]:
    """The answer given last; empty where none was given yet."""
    columns = action_replies.c
    given = select(columns.reply).where(columns.conversation == conversation)
    return list(connection.scalar(given.order_by(columns.created_at.desc()).limit(1)) or [])


def store(
    connection: Connection,
    conversation: str,
    message: str,
    action: str,
    reply: list[dict[str, Any]],
    now: datetime,
    *,
    changes: Sequence[Sequence[str]] = (),
) -> None:
    """Keep the answer, and the `changes` of what is remembered (name, before, after); the first one stands."""
    row = {
        "conversation": conversation,
        "message": message,
        "action": action,
        "reply": reply,
        "changes": list(changes) or None,
        "created_at": now,
    }
    insert_new(connection, action_replies, [row], ["conversation", "message", "action"])


def changes_of(connection: Connection, conversation: str, messages: Sequence[str]) -> dict[str, list[list[str]]]:
    """What the answers to these messages changed of what is remembered, by message."""
    columns = action_replies.c
    query = select(columns.message, columns.changes).where(columns.conversation == conversation)
    rows = connection.execute(query.where(columns.message.in_(messages), columns.changes.is_not(None)))
    return dict(rows.tuples().all())
