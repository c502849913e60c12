"""What was done in the console: entries are only added, and each holds the hash of the one before."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, select, text

from actions.store.console_tables import audit_log

START = "0" * 64
COLUMNS = audit_log.c
AT_ONCE = 1_000
APPEND_LOCK = 7_263_842
ANCHOR = re.compile(r"([1-9]\d{0,17}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry by its number and checksum; kept elsewhere it proves that it was there, with all before it."""

    number: int
    digest: str

    @classmethod
    def read(cls, text: str) -> "Anchor":
        """The anchor that `str` wrote; ValueError where the text is none."""
        found = ANCHOR.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text.strip()[:80]!r} is no anchor: NUMBER:CHECKSUM, as --verify prints it")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to what and when; `details` hold no personal data of shoppers."""

    id: int
    at: datetime
    who: str
    what: str
    subject: str
    details: Mapping[str, Any]
    previous: str
    digest: str


def add(
    connection: Connection,
    *,
    who: str,
    what: str,
    now: datetime,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write an entry after the last one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": APPEND_LOCK})
    last = head(connection)
    number, previous = (last.number + 1, last.digest) if last else (1, START)
    values: dict[str, Any] = {
        "id": number,
        "at": now.astimezone(UTC),
        "who": who[:80],
        "what": what,
        "subject": subject[:80],
        "details": dict(details or {}),
        "previous": previous,
    }
    connection.execute(audit_log.insert(), {**values, "digest": _digest(**values)})


def latest(connection: Connection, limit: int, before: int | None = None) -> tuple[Entry, ...]:
    """The newest entries, or those before one."""
    query = select(audit_log).order_by(COLUMNS.id.desc()).limit(limit)
    if before is not None:
        query = query.where(COLUMNS.id < before)
    return tuple(_entry(row) for row in connection.execute(query))


def every(connection: Connection) -> Iterator[Entry]:
    """All entries, oldest first."""
    after = 0
    while rows := connection.execute(_after(after)).all():
        yield from (_entry(row) for row in rows)
        after = rows[-1].id


def head(connection: Connection) -> Anchor | None:
    """The last entry."""
    last = connection.execute(select(COLUMNS.id, COLUMNS.digest).order_by(COLUMNS.id.desc()).limit(1)).first()
    return Anchor(last.id, last.digest) if last else None


def holds(connection: Connection, anchor: Anchor) -> bool:
    """Whether the entry is there as it was."""
    return connection.scalar(select(COLUMNS.digest).where(COLUMNS.id == anchor.number)) == anchor.digest


def first_broken(connection: Connection) -> int | None:
    """The number of the first entry that was changed, or after which one is missing; None where all is whole.

    Entries cut off at the end leave no gap, and a chain may be made anew: `holds` an anchor, and it was not.
    """
    number, previous = 1, START
    for entry in every(connection):
        values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "digest"}
        if (entry.id, entry.previous, entry.digest) != (number, previous, _digest(**values)):
            return number
        number, previous = number + 1, entry.digest
    return None


def _after(number: int) -> Select[Any]:
    return select(audit_log).where(COLUMNS.id > number).order_by(COLUMNS.id).limit(AT_ONCE)


def _digest(**values: Any) -> str:
    plain = {**values, "at": values["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _entry(row: Any) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__slots__})
