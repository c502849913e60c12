"""Who speaks in which chat: callers known by a keyed hash, and codes that move a call into a chat of the web."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from actions.store.tables import link_codes, voice_callers


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller's hash, the conversation they are in, since when, and the one they moved from."""

    caller: str
    conversation: str
    since: datetime
    came_from: str | None = None


def find(connection: Connection, caller: str) -> Caller | None:
    """The conversation of a caller; None for a stranger, also after the conversation was erased."""
    row = connection.execute(select(voice_callers).where(voice_callers.c.caller == caller)).first()
    return Caller(row.caller, row.conversation, row.since, row.came_from) if row else None


def keep(
    connection: Connection, caller: str, conversation: str, now: datetime, *, came_from: str | None = None
) -> None:
    """Put a caller into a conversation; IntegrityError where somebody else did so at the same moment."""
    connection.execute(voice_callers.delete().where(voice_callers.c.caller == caller))
    row = {"caller": caller, "conversation": conversation, "since": now, "came_from": came_from}
    connection.execute(voice_callers.insert(), row)


def forget(connection: Connection, conversation: str) -> None:
    """Nobody calls in this conversation any more."""
    connection.execute(voice_callers.delete().where(voice_callers.c.conversation == conversation))


def issue_code(connection: Connection, conversation: str, code: str, *, now: datetime, until: datetime) -> bool:
    """Keep the hash of a conversation's code in place of any before; False where another chat has that code."""
    connection.execute(link_codes.delete().where(link_codes.c.valid_until <= now))
    connection.execute(link_codes.delete().where(link_codes.c.conversation == conversation))
    if connection.scalar(select(link_codes.c.conversation).where(link_codes.c.code == code)) is not None:
        return False
    connection.execute(link_codes.insert(), {"conversation": conversation, "code": code, "valid_until": until})
    return True


def redeem_code(connection: Connection, code: str, now: datetime) -> str | None:
    """The conversation a code leads to, once: the code is gone afterwards. None where it is wrong or too old."""
    valid = (link_codes.c.code == code) & (link_codes.c.valid_until > now)
    conversation = connection.scalar(select(link_codes.c.conversation).where(valid))
    if conversation is None:
        return None
    taken = connection.execute(link_codes.delete().where(link_codes.c.code == code)).rowcount
    return str(conversation) if taken == 1 else None
