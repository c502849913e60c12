"""The audit log: entries can be added and neither changed nor taken out, and a change behind its back shows."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from actions.store import audit_log
from actions.store.console_tables import audit_log as table
from actions.store.engine import reading, writing


@pytest.fixture
def written(engine, now):
    """A log of three entries, whose guards are taken off at the end."""
    with writing(engine) as connection:
        for number in range(3):
            audit_log.add(
                connection,
                who="anna",
                what="export",
                subject=f"Übersicht {number}",
                details={"rows": number},
                now=now,
            )
    yield engine
    unguard(engine)
    with writing(engine) as connection:
        connection.execute(table.delete())
    guard(engine)


def unguard(engine) -> None:
    """What only somebody with the whole database in hand could do."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_log_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_log_no_delete"))


def guard(engine) -> None:
    """On PostgreSQL the next test meets the same database."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_log ENABLE TRIGGER USER"))


def test_entries_come_back_as_they_were_written(written, now):
    with reading(written) as connection:
        entries = audit_log.latest(connection, 2)
        older = audit_log.latest(connection, 2, before=entries[-1].id)
    assert [(e.id, e.at, e.who, e.what, e.subject, e.details) for e in (*entries, *older)] == [
        (number + 1, now, "anna", "export", f"Übersicht {number}", {"rows": number}) for number in (2, 1, 0)
    ]


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET who = 'ben'", "DELETE FROM audit_log"])
def test_the_database_itself_refuses_a_change(written, statement):
    with pytest.raises(DatabaseError, match="final"), writing(written) as connection:
        connection.execute(text(statement))
    with reading(written) as connection:
        assert audit_log.first_broken(connection) is None


def test_an_entry_is_not_replaced_by_another(written):
    if written.dialect.name == "postgresql":
        statement = (
            "INSERT INTO audit_log SELECT * FROM audit_log WHERE id = 1 ON CONFLICT (id) DO UPDATE SET who = 'b'"
        )
    else:
        statement = "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log WHERE id = 1"
    with pytest.raises(DatabaseError, match="final"), writing(written) as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_log SET who = 'ben' WHERE id = 2", 2),
        ("UPDATE audit_log SET subject = 'x' WHERE id = 1", 1),
        ("UPDATE audit_log SET digest = previous || 'x' WHERE id = 3", 3),
        ("DELETE FROM audit_log WHERE id = 2", 2),
        ("DELETE FROM audit_log WHERE id = 1", 1),
    ],
)
def test_a_change_behind_its_back_shows_in_the_chain(written, statement, found):
    unguard(written)
    with writing(written) as connection:
        connection.execute(text(statement.replace("previous || 'x'", "substr(previous, 1, 60) || 'x'")))
    with reading(written) as connection:
        assert audit_log.first_broken(connection) == found
