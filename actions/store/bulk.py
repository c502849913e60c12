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


def add_up(connection: Connection, table: Table, row: Row, key: Iterable[str]) -> None:
    """Insert the row, or add its numbers to those of the row with this `key`."""
    statement = _insert(connection, table)
    sums = {name: table.c[name] + statement.excluded[name] for name in row if name not in set(key)}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=sums), row)


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
    take = _copy if connection.dialect.name == "postgresql" else _insert_many
    take(connection, table, names, _converted(rows, conversions), key)


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


def _converted(
    rows: Iterable[Sequence[Any]], conversions: Sequence[tuple[int, Any]]
) -> Iterator[list[Sequence[Any]]]:
    """The rows in parts, with the values of some places converted."""
    for part in batched(rows, 10 * CHUNK):
        if not conversions:
            yield list(part)
            continue
        columns: list[Iterable[Any]] = list(zip(*part, strict=True))
        for place, convert in conversions:
            columns[place] = map(convert, columns[place])
        yield list(zip(*columns, strict=True))


# in both statements the names are tables and columns of our own schema, never input
def _insert_many(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    parts: Iterable[list[Sequence[Any]]],
    key: Sequence[str],
) -> None:
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))}){_or_pass(key)}"  # noqa: S608
    for part in parts:
        connection.exec_driver_sql(sql, part)


def _copy(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    parts: Iterable[list[Sequence[Any]]],
    key: Sequence[str],
) -> None:
    """PostgreSQL takes a stream of rows several times faster than inserts; it lands in a table of its own first,
    because a stream cannot pass over what is there."""
    columns = ", ".join(names)
    empty = f"SELECT {columns} FROM {table.name} WITH NO DATA"  # noqa: S608
    moved = f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM incoming{_or_pass(key)}"  # noqa: S608
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS {empty}")
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as stream:
        for part in parts:
            for row in part:
                stream.write_row(row)
    connection.exec_driver_sql(moved)
    connection.exec_driver_sql("DROP TABLE incoming")


def _or_pass(key: Sequence[str]) -> str:
    return f" ON CONFLICT ({', '.join(key)}) DO NOTHING" if key else ""


def _insert(connection: Connection, table: Table) -> Any:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def _in_chunks(connection: Connection, statement: Any, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])
