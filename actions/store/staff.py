"""The people who may use the console, and their sessions."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, select

from actions.store.console_tables import ROLES, staff, staff_sessions

COLUMNS = staff.c


class Role(IntEnum):
    """What somebody may do; each may what those before may."""

    VIEWER = 0
    REVIEWER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """As it is stored and typed."""
        return ROLES[self]


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; `password` is an argon2id hash."""

    id: int
    name: str
    shown_as: str
    role: Role
    password: str
    language: str
    active: bool


def role_of(word: str) -> Role:
    """The role of this name; ValueError where there is none."""
    return Role(ROLES.index(word))


def every(connection: Connection) -> tuple[Person, ...]:
    """Everybody, by name; those who may not sign in any more too."""
    return tuple(_person(row) for row in connection.execute(select(staff).order_by(COLUMNS.name)))


def anybody(connection: Connection) -> bool:
    """Whether there is somebody who may sign in."""
    return connection.scalar(select(COLUMNS.id).where(COLUMNS.active).limit(1)) is not None


def named(connection: Connection, name: str) -> Person | None:
    """Who has this name, in whatever case it is written."""
    row = connection.execute(select(staff).where(COLUMNS.name == name.strip().lower())).first()
    return None if row is None else _person(row)


def add(
    connection: Connection, *, name: str, shown_as: str, role: Role, password: str, language: str
) -> Person | None:
    """Let somebody in, also one who was removed before; None where the name is taken."""
    known = named(connection, name)
    if known is not None and known.active:
        return None
    values: dict[str, Any] = {
        "name": name.strip().lower(),
        "shown_as": shown_as,
        "role": role.word,
        "password": password,
        "language": language,
        "active": True,
    }
    if known is None:
        connection.execute(staff.insert(), values)
    else:
        connection.execute(staff.update().where(COLUMNS.id == known.id).values(values))
    return named(connection, name)


def set_password(connection: Connection, person: int, password: str) -> None:
    """Change a password; every session opened with the old one ends."""
    connection.execute(staff.update().where(COLUMNS.id == person).values(password=password))
    close_all(connection, person)


def rehash(connection: Connection, person: int, password: str) -> None:
    """Keep the same password under a hash of today's strength."""
    connection.execute(staff.update().where(COLUMNS.id == person).values(password=password))


def set_role(connection: Connection, person: int, role: Role) -> None:
    """Change what somebody may do, from the next request on."""
    connection.execute(staff.update().where(COLUMNS.id == person).values(role=role.word))


def set_language(connection: Connection, person: int, language: str) -> None:
    """Change the language somebody reads the console in."""
    connection.execute(staff.update().where(COLUMNS.id == person).values(language=language))


def remove(connection: Connection, person: int) -> None:
    """Somebody may not sign in any more; what they reviewed keeps their name."""
    connection.execute(staff.update().where(COLUMNS.id == person).values(active=False, password=""))
    close_all(connection, person)


def open_session(connection: Connection, key: str, person: int, now: datetime) -> None:
    """Keep that somebody has signed in; `key` is the hash of what their browser keeps."""
    connection.execute(staff_sessions.insert(), {"key": key, "staff": person, "opened_at": now})


def of_session(connection: Connection, key: str, opened_after: datetime) -> Person | None:
    """Whose session this is; None where it has ended, is too old, or its owner was removed."""
    wanted = (staff_sessions.c.key == key) & (staff_sessions.c.opened_at > opened_after) & COLUMNS.active
    row = connection.execute(select(staff).join(staff_sessions).where(wanted)).first()
    return None if row is None else _person(row)


def close_session(connection: Connection, key: str) -> None:
    """End one session."""
    connection.execute(staff_sessions.delete().where(staff_sessions.c.key == key))


def close_all(connection: Connection, person: int) -> None:
    """End every session of somebody."""
    connection.execute(staff_sessions.delete().where(staff_sessions.c.staff == person))


def close_old(connection: Connection, opened_before: datetime) -> None:
    """Forget sessions that are too old to be used."""
    connection.execute(staff_sessions.delete().where(staff_sessions.c.opened_at <= opened_before))


def _person(row: Any) -> Person:
    return Person(row.id, row.name, row.shown_as, role_of(row.role), row.password, row.language, row.active)
