"""Many rows at once: insert what is new, or bring what exists up to date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
CHUNK = 5_000


def insert_new(connection: Connection, table: Table, rows: Sequence[Row], key: Iterable[str]) -> None:
    """Insert the rows whose `key` columns are not in `table` yet; the others stay as they are."""
    statement = _insert(connection, table).on_conflict_do_nothing(index_elements=list(key))
    _in_chunks(connection, statement, rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], key: Iterable[str]) -> None:
    """Insert the rows, or overwrite the columns they name where their `key` exists; all rows name the same."""
    if not rows:
        return
    statement = _insert(connection, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in set(key)}
    _in_chunks(connection, statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows)


def _insert(connection: Connection, table: Table) -> Any:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def _in_chunks(connection: Connection, statement: Any, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])
