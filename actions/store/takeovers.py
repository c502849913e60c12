"""Conversations that one of the staff has taken over, and those whose shoppers wait for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, select

from actions.store.tables import conversations, handoffs, staff
from actions.store.takeover_tables import takeovers

COLUMNS = takeovers.c


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who has a conversation, as the shopper is told, and since when; `said_at` is their last sign of life.

    `asked_at` is since when the shopper had been waiting, None where nobody had been asked for.
    """

    id: int
    conversation: str
    staff: int | None
    name: str
    asked_at: datetime | None
    since: datetime
    answered_at: datetime | None
    said_at: datetime


def active(connection: Connection, conversation: str) -> Takeover | None:
    """Who has the conversation now."""
    row = connection.execute(_held().where(COLUMNS.conversation == conversation)).first()
    return None if row is None else _takeover(row)


def begin(connection: Connection, conversation: str, person: int, now: datetime) -> Takeover | None:
    """Take the conversation over; returns who has it already, None where from now on this person has.

    LookupError where there is no such conversation.
    """
    # PostgreSQL: of two at once the second waits here, and then sees the first
    held = select(conversations.c.id).where(conversations.c.id == conversation).with_for_update()
    if connection.scalar(held) is None:
        raise LookupError(f"conversation {conversation} does not exist")
    known = active(connection, conversation)
    if known is not None:
        return known
    row = {"conversation": conversation, "staff": person, "since": now, "said_at": now}
    connection.execute(takeovers.insert(), {**row, "asked_at": waiting_since(connection, conversation)})
    return None


def spoke(connection: Connection, takeover: Takeover, now: datetime) -> None:
    """Note that the person has just said something."""
    answered_at = func.coalesce(COLUMNS.answered_at, now)
    mine = takeovers.update().where(COLUMNS.id == takeover.id)
    connection.execute(mine.values(said_at=now, answered_at=answered_at))


def end(connection: Connection, takeover: Takeover, now: datetime) -> bool:
    """Give the conversation back; False where somebody else already has."""
    mine = takeovers.update().where(COLUMNS.id == takeover.id, COLUMNS.ended_at.is_(None))
    return connection.execute(mine.values(ended_at=now)).rowcount == 1


def fallen_silent(connection: Connection, before: datetime) -> tuple[Takeover, ...]:
    """Those in which the person has said nothing since then."""
    rows = connection.execute(_held().where(COLUMNS.said_at < before).order_by(COLUMNS.said_at))
    return tuple(_takeover(row) for row in rows)


def held(connection: Connection) -> Mapping[str, Takeover]:
    """Every conversation that somebody has now."""
    return {row.conversation: _takeover(row) for row in connection.execute(_held())}


def waiting_since(connection: Connection, conversation: str) -> datetime | None:
    """Since when the shopper has been waiting for a person; None where nobody waits."""
    moment: datetime | None = connection.scalar(_waiting().where(handoffs.c.conversation == conversation))
    return moment


def waiting(connection: Connection, among: Sequence[str]) -> Mapping[str, datetime]:
    """Those of these conversations whose shoppers wait for a person, with the moment they asked."""
    found = _waiting().add_columns(handoffs.c.conversation).where(handoffs.c.conversation.in_(among))
    return {name: asked_at for asked_at, name in connection.execute(found).tuples()}


def _takeover(row: Row[Any]) -> Takeover:
    return Takeover(**row._mapping)


def _held() -> Select[Any]:
    columns = (COLUMNS.id, COLUMNS.conversation, COLUMNS.staff, func.coalesce(staff.c.shown_as, "").label("name"))
    moments = (COLUMNS.asked_at, COLUMNS.since, COLUMNS.answered_at, COLUMNS.said_at)
    return select(*columns, *moments).outerjoin_from(takeovers, staff).where(COLUMNS.ended_at.is_(None))


def _waiting() -> Select[Any]:
    """When somebody asked for a person and nobody has taken over since."""
    asked_at = func.coalesce(handoffs.c.asked_again_at, handoffs.c.requested_at)
    served = exists().where(and_(COLUMNS.conversation == handoffs.c.conversation, COLUMNS.since >= asked_at))
    return select(func.min(asked_at)).where(~served).group_by(handoffs.c.conversation)
