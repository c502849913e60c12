"""The audit log: entries can be added and neither changed nor taken out, and a change behind its back shows."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from actions.store import audit_log
from actions.store.console_tables import audit_log as table
from actions.store.engine import reading, writing
from bot.review.anchoring import AnchorFile


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


@pytest.fixture
def anchor(tmp_path):
    return AnchorFile(tmp_path / "home" / "audit-anchor")


def test_entries_cut_off_at_the_end_are_missed_although_the_chain_is_whole(written, anchor):
    assert anchor.advance(written) is None
    kept = anchor.read()
    unguard(written)
    with writing(written) as connection:
        connection.execute(text("DELETE FROM audit_log WHERE id = 3"))
    with reading(written) as connection:
        assert audit_log.first_broken(connection) is None
        assert not audit_log.holds(connection, kept)
    assert anchor.advance(written) == kept
    assert anchor.read() == kept


def test_a_log_written_anew_from_the_cut_on_is_not_the_old_one(written, anchor, now):
    anchor.advance(written)
    unguard(written)
    with writing(written) as connection:
        connection.execute(text("DELETE FROM audit_log WHERE id = 3"))
        for _ in range(2):
            audit_log.add(connection, who="ben", what="export", now=now)
    with reading(written) as connection:
        assert audit_log.first_broken(connection) is None
    assert anchor.advance(written).number == 3


def test_the_anchor_goes_with_the_log_and_an_empty_log_has_none(engine, anchor, now):
    assert anchor.advance(engine) is None
    assert anchor.read() is None
    with writing(engine) as connection:
        audit_log.add(connection, who="anna", what="export", now=now)
    anchor.advance(engine)
    with reading(engine) as connection:
        assert anchor.read() == audit_log.head(connection)
    assert anchor.file.stat().st_mode & 0o077 == 0
    unguard(engine)
    with writing(engine) as connection:
        connection.execute(table.delete())
    guard(engine)


def test_an_entry_of_another_process_written_down_meanwhile_is_no_cut(written, anchor, now, monkeypatch):
    # between reading the file and reading the log somebody adds an entry and writes it down
    anchor.advance(written)
    before = anchor.read()

    def read_and_be_overtaken(self):
        monkeypatch.undo()
        with writing(written) as connection:
            audit_log.add(connection, who="ben", what="export", now=now)
        anchor.advance(written)
        return before

    monkeypatch.setattr(AnchorFile, "read", read_and_be_overtaken)
    assert anchor.advance(written) is None
    assert anchor.read().number == 4


@pytest.mark.parametrize("said", ["", "3", "0:" + "a" * 64, "3:xyz", "3:" + "a" * 63])
def test_what_is_no_anchor_is_refused(said):
    with pytest.raises(ValueError, match="no anchor"):
        audit_log.Anchor.read(said)
