"""Legal holds: conversations that must be kept for now, so that neither retention nor erasing touches them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from actions.store.bulk import upsert
from actions.store.tables import conversations, privacy_holds


class HeldError(Exception):
    """Erasing was asked for, but somebody must keep the conversation; `reason` says what for."""

    def __init__(self, conversation: str, reason: str) -> None:
        super().__init__(f"Conversation {conversation} is under a legal hold ({reason}).")
        self.conversation = conversation
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Hold:
    """Which conversation is kept, why, by whose word and since when."""

    conversation: str
    reason: str
    placed_by: str
    placed_at: datetime


def place(connection: Connection, hold: Hold) -> bool:
    """Keep the conversation from now on, or change the reason; False where there is no such conversation."""
    known = select(conversations.c.id).where(conversations.c.id == hold.conversation)
    if connection.scalar(known) is None:
        return False
    row = {name: getattr(hold, name) for name in Hold.__slots__}
    upsert(connection, privacy_holds, [row], ["conversation"])
    return True


def release(connection: Connection, conversation: str) -> bool:
    """Let retention and erasing do their work again; False where there was no hold."""
    gone = privacy_holds.delete().where(privacy_holds.c.conversation == conversation)
    return connection.execute(gone).rowcount == 1


def every(connection: Connection) -> tuple[Hold, ...]:
    """All holds, oldest first."""
    rows = connection.execute(select(privacy_holds).order_by(privacy_holds.c.placed_at))
    return tuple(Hold(**row._mapping) for row in rows)


def refuse_if_held(connection: Connection, conversation: str) -> None:
    """Raise HeldError where the conversation must be kept."""
    reason = connection.scalar(select(privacy_holds.c.reason).where(privacy_holds.c.conversation == conversation))
    if reason is not None:
        raise HeldError(conversation, reason)
