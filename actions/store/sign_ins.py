"""How often signing in failed, by name and by address, and how long to wait before the next try."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from actions.store.bulk import upsert
from actions.store.console_tables import sign_in_failures

FREE = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)
COLUMNS = sign_in_failures.c


def try_in(connection: Connection, subjects: Iterable[str], now: datetime) -> timedelta | None:
    """Count a try before it is judged, so that many at once are not free; returns how long to wait instead."""
    wanted = list(subjects)
    known = {row.subject: row for row in connection.execute(_of(wanted))}
    closed: list[datetime] = [
        row.closed_until for row in known.values() if row.closed_until and row.closed_until > now
    ]
    if closed:
        return max(closed) - now
    for subject in wanted:
        row = known.get(subject)
        failures = row.failures + 1 if row and now - row.last_at < FORGOTTEN else 1
        values = {"subject": subject, "failures": failures, "last_at": now, "closed_until": _closed(failures, now)}
        upsert(connection, sign_in_failures, [values], ["subject"])
    return None


def succeeded(connection: Connection, *, account: str, address: str) -> None:
    """The try just counted was none: the account starts anew, the address has that one back."""
    connection.execute(sign_in_failures.delete().where(COLUMNS.subject == account))
    given_back = {"failures": COLUMNS.failures - 1, "closed_until": None}
    connection.execute(sign_in_failures.update().where(COLUMNS.subject == address).values(given_back))


def forget(connection: Connection, now: datetime) -> None:
    """Drop what no longer counts."""
    connection.execute(sign_in_failures.delete().where(COLUMNS.last_at < now - FORGOTTEN))


def _closed(failures: int, now: datetime) -> datetime | None:
    if failures < FREE:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** min(failures - FREE, 10)
    return now + min(LONGEST_WAIT, doubled)


def _of(subjects: list[str]) -> Select[Any]:
    # locked, so that two tries at once are counted one after the other
    return select(sign_in_failures).where(COLUMNS.subject.in_(subjects)).with_for_update()
