"""The database itself: its schema, its transactions, its clock."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.exc import IntegrityError, StatementError

import actions.store.tables as schema
from actions.store import conversations
from actions.store.columns import metadata
from actions.store.engine import _prepare_sqlite, migrate, open_engine, reading, writing
from actions.store.tables import handoffs, outbox

WORDS = "digest_words"


def is_no_index_of_words(_object, name, *_) -> bool:
    """The full-text index is FTS5 with tables of its own here and a tsvector there, and so on no schema page."""
    return not (name or "").startswith(WORDS)


def test_migrations_build_exactly_the_tables_of_the_schema_page(empty_url):
    engine = open_engine(empty_url)
    migrate(engine)
    with reading(engine) as connection:
        options = {"compare_type": True, "include_object": is_no_index_of_words}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        tables = {name for name in inspect(connection).get_table_names() if not name.startswith(WORDS)}
        assert tables == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_migrating_again_changes_nothing(engine):
    migrate(engine)
    with reading(engine) as connection:
        assert conversations.get(connection, "nobody") is None


def check_constraints(engine) -> set[tuple[str, str]]:
    with reading(engine) as connection:
        tables = set(metadata.tables)
        return {
            (table, str(check["name"]))
            for table in tables
            for check in inspect(connection).get_check_constraints(table)
        }


def test_check_constraints_are_the_same_in_migrations_and_metadata(empty_url):
    migrated, created = open_engine(empty_url), create_engine("sqlite://")
    migrate(migrated)
    metadata.create_all(created)
    assert check_constraints(migrated) == check_constraints(created)
    assert ("offers", "ck_offers_state") in check_constraints(created)
    migrated.dispose()
    created.dispose()


def test_two_processes_may_migrate_at_once(empty_url):
    engines = [open_engine(empty_url) for _ in range(2)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(migrate, engines))
    with reading(engines[0]) as connection:
        found = [name for name in inspect(connection).get_table_names() if not name.startswith(WORDS)]
        assert len(found) == len(metadata.tables) + 1
    for engine in engines:
        engine.dispose()


class NewFile:
    """A file that others are opening too: the switch of its journal fails `busy` times, as SQLite lets it."""

    def __init__(self, busy: int, code: int) -> None:
        self.busy = busy
        self.code = code
        self.executed: list[str] = []

    def execute(self, statement: str) -> None:
        if "journal_mode" in statement and self.busy:
            self.busy -= 1
            locked = sqlite3.OperationalError("database is locked")
            locked.sqlite_errorcode = self.code
            raise locked
        self.executed.append(statement)


@pytest.fixture
def no_pause(monkeypatch):
    monkeypatch.setattr("actions.store.engine.BUSY_PAUSE", 0)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY])
def test_who_opens_a_new_file_while_others_do_waits_for_them(no_pause, code):
    file = NewFile(3, code)
    _prepare_sqlite(file, None)
    settings = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    assert file.executed == [f"PRAGMA {setting}" for setting in settings]


def test_but_not_for_ever_and_not_for_another_fault(no_pause, monkeypatch):
    with pytest.raises(sqlite3.OperationalError):
        _prepare_sqlite(NewFile(1, sqlite3.SQLITE_READONLY), None)
    monkeypatch.setattr("actions.store.engine.BUSY_SECONDS", -1)
    with pytest.raises(sqlite3.OperationalError):
        _prepare_sqlite(NewFile(1, sqlite3.SQLITE_BUSY), None)


def test_what_is_written_is_kept_when_the_block_ends_and_dropped_when_it_fails(engine, now):
    with writing(engine) as connection:
        conversations.create(connection, conversation_id="kept", language="de", channel="chat", now=now)
    with pytest.raises(LookupError), writing(engine) as connection:
        conversations.create(connection, conversation_id="dropped", language="de", channel="chat", now=now)
        raise LookupError
    with reading(engine) as connection:
        assert conversations.get(connection, "kept") is not None
        assert conversations.get(connection, "dropped") is None


def test_a_second_writer_waits_for_the_first_and_loses_nothing(engine, now):
    def open_conversations(start: int) -> None:
        for number in range(start, start + 10):
            with writing(engine) as connection:
                conversations.create(
                    connection, conversation_id=f"c{number}", language="de", channel="chat", now=now
                )

    threads = [threading.Thread(target=open_conversations, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert len(connection.execute(select(schema.conversations.c.id)).all()) == 30


def test_moments_come_back_in_utc_whatever_zone_they_had(connection, now):
    berlin = now.astimezone(timezone(timedelta(hours=2)))
    row = {"topic": "t", "key": "k", "payload": {}, "state": "waiting", "attempts": 0, "next_at": berlin}
    connection.execute(outbox.insert(), row)
    stored = connection.scalar(select(outbox.c.next_at))
    assert stored == now
    assert stored.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(connection):
    naive = datetime(2026, 3, 2, 10, 30)
    row = {"topic": "t", "key": "k", "payload": {}, "state": "waiting", "attempts": 0, "next_at": naive}
    with pytest.raises(StatementError, match="no time zone"):
        connection.execute(outbox.insert(), row)


def test_nothing_can_hang_below_a_conversation_that_does_not_exist(connection, now):
    row = {"reference": "R", "conversation": "nobody", "requested_at": now, "reason": "r", "context": {}}
    with pytest.raises(IntegrityError):
        connection.execute(handoffs.insert(), row)


def test_sqlite_commits_reach_the_disk_and_readers_do_not_block_writers(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'below' / 'core.db'}")
    with reading(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}
    engine.dispose()
