"""Orders and events on their way to the shop: each waits here until it has arrived or is given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from actions.store.bulk import insert_new
from actions.store.tables import outbox

COLUMNS = outbox.c
OPEN = ("waiting", "going")
ON_THE_WAY = timedelta(seconds=30)


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
    """What may be tried now, oldest first; also what was on its way when its carrier died."""
    ready = COLUMNS.state.in_(OPEN) & (COLUMNS.next_at <= now)
    query = select(outbox).where(ready).order_by(COLUMNS.next_at, COLUMNS.id).limit(limit)
    return tuple(_parcel(row) for row in connection.execute(query))


def take(connection: Connection, parcel_id: int, now: datetime) -> bool:
    """Carry it off, so that nobody else does and nobody calls it back; False where it is not there any more.

    A carrier who says nothing for `ON_THE_WAY` has died, and the parcel is due again.
    """
    ready = (COLUMNS.id == parcel_id) & COLUMNS.state.in_(OPEN) & (COLUMNS.next_at <= now)
    going = {"state": "going", "next_at": now + ON_THE_WAY}
    return connection.execute(outbox.update().where(ready).values(going)).rowcount == 1


def call_back(connection: Connection, key: str) -> int | None:
    """Keep a waiting parcel from leaving; returns how often it was tried before.

    None where it is on its way, has arrived, was given up or never was.
    """
    waiting = (COLUMNS.key == key) & (COLUMNS.state == "waiting")
    attempts = connection.scalar(select(COLUMNS.attempts).where(waiting))
    called = connection.execute(outbox.update().where(waiting).values(state="withdrawn")).rowcount == 1
    return attempts if called else None


def withdraw(connection: Connection, parcel_id: int, reason: str) -> None:
    """It is not wanted any more and will not be tried again."""
    values = {"state": "withdrawn", "error": reason[:200]}
    connection.execute(outbox.update().where(COLUMNS.id == parcel_id).values(values))


def sent(connection: Connection, parcel_id: int) -> None:
    """It has arrived."""
    arrived = {"state": "sent", "attempts": COLUMNS.attempts + 1, "error": None}
    connection.execute(outbox.update().where(COLUMNS.id == parcel_id).values(arrived))


def retry(connection: Connection, parcel_id: int, error: str, next_at: datetime) -> None:
    """It did not arrive; try again at `next_at`."""
    values = {"state": "waiting", "attempts": COLUMNS.attempts + 1, "error": error[:200], "next_at": next_at}
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
