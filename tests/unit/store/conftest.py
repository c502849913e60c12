"""Runs the store's tests on SQLite, and on PostgreSQL too where a server is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from actions.offers.situation import Situation, Stage
from actions.store import conversations
from actions.store.affinities import candidates
from actions.store.catalogue import read_snapshot
from actions.store.columns import metadata
from actions.store.engine import migrate, open_engine, reading, writing

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
DATABASES = ["sqlite", *(["postgresql"] if SERVERS else [])]
NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def pytest_terminal_summary(terminalreporter) -> None:
    server = SERVERS[-1].parent.parent.name if SERVERS else "none installed"
    terminalreporter.write_line(f"store tests ran on: {', '.join(DATABASES)} (PostgreSQL server: {server})")


class Server:
    """A throw-away PostgreSQL cluster on a unix socket; it never listens on the network."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tresen-pg-"))
        self.programs = SERVERS[-1].parent
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.run("initdb", "-D", self.data, "-U", "tresen", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-D", self.data, "-w", "-o", options, "-l", f"{self.folder}/log", "start")

    @property
    def data(self) -> str:
        return f"{self.folder}/data"

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments], user=self.user, cwd=self.folder, check=True, capture_output=True
        )

    def url(self, database: str) -> str:
        return f"postgresql://tresen@/{database}?host={self.folder}"

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def template_of_sqlite(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "core.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def postgresql(server: Server) -> Iterator[Engine]:
    run_sql(server.url("postgres"), "CREATE DATABASE core")
    opened = open_engine(server.url("core"))
    migrate(opened)
    yield opened
    opened.dispose()


def run_sql(url: str, statement: str) -> None:
    """Run a statement that may not stand in a transaction."""
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=DATABASES)
def empty_url(request, tmp_path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("server")
    run_sql(server.url("postgres"), "CREATE DATABASE empty TEMPLATE template0")
    yield server.url("empty")
    run_sql(server.url("postgres"), "DROP DATABASE empty WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def engine(request, tmp_path, template_of_sqlite) -> Iterator[Engine]:
    """A migrated, empty core database."""
    if request.param == "sqlite":
        shutil.copy(template_of_sqlite, tmp_path / "core.db")
        opened = open_engine(f"sqlite:///{tmp_path / 'core.db'}")
        yield opened
        opened.dispose()
        return
    opened = request.getfixturevalue("postgresql")
    yield opened
    with writing(opened) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def chat(connection: Connection, now: datetime) -> str:
    """The id of an open conversation."""
    return conversations.create(connection, conversation_id="a" * 32, language="de", channel="chat", now=now).id


@pytest.fixture
def ask(engine):
    """What comes up beside a product, of one kind or of all: `ask("BIKE", OfferKind.UP)`."""

    def ask(sku, kind=None, **known):
        with reading(engine) as connection:
            snapshot = read_snapshot(connection)
            situation = Situation(Stage.INTENT, anchor=snapshot.product(sku), **known)
            found = candidates(connection, snapshot, situation)
        return [candidate for candidate in found if kind is None or candidate.kind is kind]

    return ask


@pytest.fixture
def shop(engine):
    """Fill the shop in a transaction: `with shop() as connection`."""
    return lambda: writing(engine)
