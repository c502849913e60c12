"""Opens the core database: SQLite in WAL mode by default, PostgreSQL by URL."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY_SECONDS = 20
BUSY_PAUSE = 0.01
# the rest of an error code of SQLite's says what kind of busy it is
PRIMARY_CODE = 0xFF
MIGRATION_LOCK = 7_263_841


def open_engine(url: str) -> Engine:
    """Open `url`; SQLite gets WAL, foreign keys and a 20 s wait for locks, and each commit reaches the disk.

    The folder of a SQLite file is made where it is missing. `postgres://` and `postgresql://` mean psycopg.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    if address.drivername in {"postgres", "postgresql"}:
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
    return create_engine(address, pool_pre_ping=True, hide_parameters=True)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: it holds SQLite's write lock from the start, so it never fails half-way
    for a lock; it commits at the end and rolls back on an exception."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads see one state of the database; nothing it does is kept."""
    with engine.connect() as connection:
        yield connection


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; several processes may do so at once."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        command.upgrade(migration_config(connection), "head")


def migration_config(connection: Connection) -> Config:
    """Alembic's settings for `connection`, without an alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _open_sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        Path(address.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # the driver must not open transactions of its own: `writing` decides how they begin
    connection.isolation_level = None
    _write_ahead(connection)
    # what is deleted is overwritten, so that erasing is more than forgetting where it lies
    for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for locks where two open a new file at once, so this does."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > give_up:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
