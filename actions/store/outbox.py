"""Orders and events on their way to the shop: each waits here until it has arrived or is given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from actions.store.bulk import insert_new
from actions.store.tables import outbox

COLUMNS = outbox.c


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to deliver; `key` goes with it so that the shop takes it once."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, Any]
    attempts: int
    state: str = "waiting"
    error: str | None = None


def post(connection: Connection, *, topic: str, key: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Put something out for delivery; the same key again changes nothing."""
    row = {
        "topic": topic,
        "key": key,
        "payload": dict(payload),
        "state": "waiting",
        "attempts": 0,
        "next_at": now,
    }
    insert_new(connection, outbox, [row], ["key"])


def due(connection: Connection, now: datetime, limit: int = 20) -> tuple[Parcel, ...]:
    """What waits and may be tried now, oldest first; on PostgreSQL several relays never see the same parcel."""
    waiting = (COLUMNS.state == "waiting") & (COLUMNS.next_at <= now)
    query = select(outbox).where(waiting).order_by(COLUMNS.next_at, COLUMNS.id).limit(limit)
    return tuple(_parcel(row) for row in connection.execute(query.with_for_update(skip_locked=True)))


def sent(connection: Connection, parcel_id: int) -> None:
    """It has arrived."""
    arrived = {"state": "sent", "attempts": COLUMNS.attempts + 1, "error": None}
    connection.execute(outbox.update().where(COLUMNS.id == parcel_id).values(arrived))


def retry(connection: Connection, parcel_id: int, error: str, next_at: datetime) -> None:
    """It did not arrive; try again at `next_at`."""
    values = {"attempts": COLUMNS.attempts + 1, "error": error[:200], "next_at": next_at}
    connection.execute(outbox.update().where(COLUMNS.id == parcel_id).values(values))


def give_up(connection: Connection, parcel_id: int, error: str) -> None:
    """It will not be tried again by itself; the console shows it."""
    values = {"state": "dead", "attempts": COLUMNS.attempts + 1, "error": error[:200]}
    connection.execute(outbox.update().where(COLUMNS.id == parcel_id).values(values))


def counts(connection: Connection) -> dict[str, int]:
    """How many parcels are in each state."""
    query = select(COLUMNS.state, func.count()).group_by(COLUMNS.state)
    return dict(connection.execute(query).tuples().all())


def dead(connection: Connection) -> tuple[Parcel, ...]:
    """What was given up, oldest first."""
    query = select(outbox).where(COLUMNS.state == "dead").order_by(COLUMNS.id)
    return tuple(_parcel(row) for row in connection.execute(query))


def _parcel(row: Any) -> Parcel:
    return Parcel(row.id, row.topic, row.key, row.payload, row.attempts, row.state, row.error)
