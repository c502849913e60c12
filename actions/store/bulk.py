"""Many rows at once: insert what is new, or bring what exists up to date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import batched
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


def insert_tuples(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[str] = (),
) -> None:
    """Insert hundreds of thousands of rows, each with the values of the columns `names`.

    With `key`, rows whose key columns are there already are passed over. Several times faster than
    `insert_new`, because each value goes to the driver as it is, after the one conversion its column needs;
    values of columns that need one (moments) must be hashable.
    """
    dialect = connection.dialect
    conversions = [
        (place, cache(convert))
        for place, name in enumerate(names)
        if (convert := table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    conflict = f" ON CONFLICT ({', '.join(key)}) DO NOTHING" if key else ""
    # the names are columns of our own schema, never input
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))}){conflict}"  # noqa: S608
    for part in batched(rows, 10 * CHUNK):
        columns: list[Iterable[Any]] = list(zip(*part, strict=True))
        for place, convert in conversions:
            columns[place] = map(convert, columns[place])
        connection.exec_driver_sql(sql, list(zip(*columns, strict=True)))


@contextmanager
def rebuilding_indexes(connection: Connection, table: Table) -> Iterator[None]:
    """Leave the table's indexes out while very many rows come in, and build them at the end, in half the time.

    For SQLite, whose writer is alone anyway; elsewhere others go on reading, and the indexes stay.
    """
    rebuilt = (
        sorted(table.indexes, key=lambda index: str(index.name)) if connection.dialect.name == "sqlite" else []
    )
    for index in rebuilt:
        index.drop(connection)
    yield
    for index in rebuilt:
        index.create(connection)


def _insert(connection: Connection, table: Table) -> Any:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def _in_chunks(connection: Connection, statement: Any, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])
