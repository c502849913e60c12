"""Holding, releasing, erasing again, forgetting and showing consents from the command line."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from actions.offers.products import Money
from actions.store import audit_log, consents, conversations, handoffs, messages, orders
from actions.store.carts import CartLine
from actions.store.columns import metadata
from actions.store.engine import open_engine, reading, writing
from actions.store.tables import messages as message_rows
from bot.privacy.record import record
from bot.seals import house_seals
from bot.transcripts import originals
from bot.transcripts.originals import OriginalSeal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHAT, OTHER = "a" * 32, "b" * 32
SAID = "meine mail ist jo@example.org"
GOLDEN = Path(__file__).parent / "samples" / "privacy_export.json"


@pytest.fixture
def database(electronics, monkeypatch) -> Engine:
    monkeypatch.setenv("TRESEN_PORT", "1")
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    yield engine
    engine.dispose()


def talk(engine: Engine, home: Path, name: str, at: datetime, customer: str | None = None) -> None:
    """A chat in which an address was left, consent given and withdrawn, and something ordered."""
    with writing(engine) as connection:
        opened = conversations.create(connection, conversation_id=name, language="de", channel="web", now=at)
        conversations.save(connection, replace(opened, customer=customer), at)
        said = messages.accept(
            connection,
            conversation=name,
            client_id="m1",
            text="meine mail ist [E-Mail]",
            payload=None,
            digest="",
            now=at,
        )
        originals.keep(connection, said.message_id, SAID, OriginalSeal.of_house(house_seals(home, {})))
        messages.answer(connection, said.message_id, json.dumps({"messages": []}).encode(), now=at)
        for state, minutes in (("personalised", 1), ("service", 2)):
            consents.record(
                connection,
                conversation=name,
                state=state,
                text_version="2026-11-22",
                language="de",
                channel="web",
                now=at + timedelta(minutes=minutes),
            )
        handoffs.open(connection, conversation=name, reason="asked", context={"said": "x"}, now=at)
        orders.place(
            connection,
            conversation=name,
            key=f"key {name[0]}",
            lines=[CartLine("MOUSE", 1, Money(2000))],
            shipping=Money(490),
            now=at,
            customer=customer,
        )


def plain(value: object) -> object:
    """A document in which what is random has a name instead."""
    if isinstance(value, dict):
        random = {"id", "reference", "message"}
        return {key: "random" if key in random and each else plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def test_the_export_holds_everything_with_purposes_periods_and_recipients(electronics, database) -> None:
    talk(database, electronics.home, CHAT, NOW, customer="C-1")
    said = electronics("privacy", "export", CHAT)
    assert said.code == 0
    assert plain(said.document) == json.loads(GOLDEN.read_text("utf-8"))
    assert said.document["originals"] == [{"position": 0, "said": SAID}]


def test_handing_over_with_originals_is_written_down_and_an_export_of_nobody_is_not(electronics, database) -> None:
    talk(database, electronics.home, CHAT, NOW)
    assert electronics("privacy", "export", OTHER).code == 1
    assert electronics("privacy", "export", CHAT).code == 0
    with reading(database) as connection:
        written = [(each.what, each.subject, each.details) for each in audit_log.every(connection)]
        assert audit_log.first_broken(connection) is None
    assert written == [("exported", CHAT, {"format": "subject", "originals": 1})]


def test_a_held_conversation_is_named_refused_and_released(electronics, database) -> None:
    talk(database, electronics.home, CHAT, NOW)
    assert electronics("privacy", "hold", CHAT, "--reason", "dispute over R-1").code == 0
    (held,) = electronics.asked("privacy", "holds")
    assert (held["conversation"], held["reason"]) == (CHAT, "dispute over R-1")
    refused = electronics("privacy", "erase", CHAT)
    assert refused.code == 1
    assert refused.sentences == [
        f"Conversation {CHAT} is under a legal hold (dispute over R-1)."
        f" Release it first (tresen privacy release {CHAT})."
    ]
    assert electronics("privacy", "release", CHAT).code == 0
    assert electronics("privacy", "release", CHAT).code == 1
    assert electronics("privacy", "holds").err == ""
    assert electronics.asked("privacy", "erase", CHAT)["left"] == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_hold_needs_a_reason_and_a_conversation(electronics, database, reason: str) -> None:
    talk(database, electronics.home, CHAT, NOW)
    assert electronics("privacy", "hold", CHAT, "--reason", reason).sentences == ["A hold needs a reason."]
    assert electronics("privacy", "hold", "nobody", "--reason", "x").code == 1


def names(engine: Engine, *words: str) -> set[str]:
    with reading(engine) as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(word in str(row) for word in words)
        }


def copied(source: Path, target: Path) -> None:
    """A backup, or its restoration."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def test_all_of_a_customer_goes_and_stays_gone_after_a_backup(electronics, database, tmp_path) -> None:
    for name in (CHAT, OTHER):
        talk(database, electronics.home, name, NOW, customer="C-1")
    backup = tmp_path / "backup.db"
    copied(electronics.home / "core.db", backup)
    assert electronics.asked("privacy", "erase", CHAT, "--customer")["left"] == 0
    assert names(database, "C-1", CHAT, OTHER) == set()
    copied(backup, electronics.home / "core.db")
    assert names(database, "C-1", CHAT, OTHER) != set()
    assert electronics.asked("privacy", "reapply")["left"] == 0
    assert names(database, "C-1", CHAT, OTHER) == set()
    assert electronics.asked("privacy", "reapply") == {"listed": 3, "rows": 0, "left": 0}


def test_erasing_again_stops_at_a_hold_and_erases_nothing(electronics, database) -> None:
    for name in (CHAT, OTHER):
        talk(database, electronics.home, name, NOW)
        electronics("privacy", "erase", name)
        talk(database, electronics.home, name, NOW)
    electronics("privacy", "hold", OTHER, "--reason", "dispute")
    said = electronics("privacy", "reapply")
    assert (said.code, said.sentences[-1].endswith("(dispute). Nothing was erased.")) == (1, True)
    assert "messages" in names(database, CHAT)


def test_the_ledger_shows_each_consent_and_what_is_in_force(electronics, database) -> None:
    talk(database, electronics.home, CHAT, NOW)
    told = electronics.asked("consent", "show", CHAT)
    assert (told["state"], [event["state"] for event in told["events"]]) == (
        "service",
        ["personalised", "service"],
    )
    assert told["events"][0]["purposes"] == {
        "dev.ucp.consent.analytics": False,
        "dev.ucp.consent.preferences": True,
        "dev.ucp.consent.marketing": False,
        "dev.ucp.consent.sale_or_sharing": False,
    }
    assert not any(told["purposes"].values())
    said = electronics("consent", "show", CHAT).sentences
    assert said[0] == "In force: service (no purpose beyond serving the shopper)."
    assert said[1].startswith("2026-11-22 12:01:00  personalised")
    assert electronics("consent", "show", "nobody").code == 1


def test_retention_by_command_counts_first_and_forgets_then(electronics, database) -> None:
    talk(database, electronics.home, CHAT, datetime.now(UTC) - timedelta(days=40))
    first = electronics.asked("retention", "run", "--dry-run", "--days", 30)
    assert (first["conversations"], first["originals"], first["dry_run"]) == (1, 1, True)
    with reading(database) as connection:
        assert connection.scalars(select(message_rows.c.text)).all() == ["meine mail ist [E-Mail]"]
    assert electronics("retention", "run", "--days", 30).sentences == [
        "Made anonymous: 1 conversation (silent for 30 days)."
        " Forgotten: 1 sealed original, 0 codes, 0 log lines. Held: 0."
    ]
    assert electronics.asked("retention", "run")["conversations"] == 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_record_of_processing_is_printed(electronics, language: str) -> None:
    assert electronics("privacy", "record", "--lang", language).out == record(language)
