"""What is too old becomes anonymous, what must be kept stays, and what was erased can be erased again."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from actions.offers.products import Money
from actions.store import callers, consents, conversations, handoffs, messages, orders, sign_ins, staff
from actions.store.carts import CartLine
from actions.store.columns import metadata
from actions.store.console_tables import sign_in_failures, staff_sessions
from actions.store.console_tables import staff as staff_table
from actions.store.digest_tables import review_steps, reviews
from actions.store.engine import reading, writing
from actions.store.tables import conversations as chats
from actions.store.tables import message_originals, past_order_lines, privacy_holds, retention_runs
from bot.privacy import holds
from bot.privacy.erase_list import EraseList, What
from bot.privacy.erasing import Erased, erase_customer, erase_subject, reapply
from bot.privacy.holds import HeldError, Hold
from bot.privacy.periods import Periods
from bot.privacy.retention import Forgotten, run, run_daily
from bot.seals import Seals
from bot.transcripts import digesting, originals
from bot.transcripts.originals import OriginalSeal

MARK = "Zwetschgenmus"
SEAL = OriginalSeal.of_house(Seals("only for tests"))
OLD, NEW = "a" * 32, "b" * 32
REPLY = json.dumps({"messages": [{"type": "text", "text": MARK}]}).encode()
READING = {
    "intent": "search_product",
    "confidence": 0.9,
    "ranking": [{"name": "search_product", "confidence": 0.9}],
    "entities": [{"entity": "x", "value": MARK}],
    "guard": None,
}


def talk(engine: Engine, name: str, at: datetime, customer: str | None = None) -> str:
    """A conversation in which a person said the mark in every place where words are kept."""
    with writing(engine) as connection:
        opened = conversations.create(connection, conversation_id=name, language="de", channel="web", now=at)
        conversations.save(connection, replace(opened, customer=customer, memory={"needs": MARK}), at)
        taken = messages.accept(
            connection,
            conversation=name,
            client_id=MARK,
            text=MARK,
            payload={"intent": "search_product", "title": MARK},
            digest="d",
            now=at,
        )
        originals.keep(connection, taken.message_id, MARK, SEAL)
        messages.answer(connection, taken.message_id, REPLY, READING, now=at)
        handoffs.open(connection, conversation=name, reason="asked", context={"said": MARK}, now=at)
        callers.keep(connection, f"caller {name[0]}", name, at)
        callers.issue_code(connection, name, f"code {name[0]}", now=at, until=at + timedelta(minutes=10))
        consents.record(
            connection,
            conversation=name,
            state="personalised",
            text_version="1",
            language="de",
            channel="web",
            now=at,
        )
        orders.place(
            connection,
            conversation=name,
            key=f"key {name[0]}",
            lines=[CartLine("LOCK", 1, Money(2000))],
            shipping=Money(0),
            now=at,
            customer=customer,
        )
        past = {"order_id": f"P-{name[0]}", "ordered_at": at, "customer": customer, "sku": "LOCK", "quantity": 1}
        connection.execute(past_order_lines.insert(), past)
    return taken.message_id


def tables_with(engine: Engine, *words: str) -> set[str]:
    with reading(engine) as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(word in str(row) for word in words)
        }


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


def test_an_old_conversation_loses_its_words_and_its_customer_and_keeps_its_figures(
    engine: Engine, logs: Path, now: datetime
) -> None:
    message = talk(engine, OLD, now - timedelta(days=91), customer="C-OLD")
    talk(engine, NEW, now - timedelta(days=2), customer="C-NEW")
    assert run(engine, logs, Periods(), now) == Forgotten(1, 1, 1, 0, 0, dry_run=False)
    with reading(engine) as connection:
        (kept,) = messages.history(connection, OLD)
        state = conversations.get(connection, OLD)
        assert connection.scalars(select(message_originals.c.message)).all() != [message]
    assert (kept.text, kept.payload, kept.reply, kept.client_id) == ("", None, None, message)
    assert kept.nlu == {name: READING[name] for name in ("intent", "confidence", "ranking", "guard")}
    assert (state.customer, state.memory) == (None, {})
    # a history that was imported is the merchant's own
    assert tables_with(engine, "C-OLD") == {"past_order_lines"}
    assert tables_with(engine, "C-NEW") == {"past_order_lines", "orders", "conversations"}


def test_nothing_of_what_an_old_conversation_said_is_left_anywhere(
    engine: Engine, logs: Path, now: datetime
) -> None:
    before = now - timedelta(days=91)
    talk(engine, OLD, before)
    digesting.rebuild(engine, now)
    with writing(engine) as connection:
        noted = {"conversation": OLD, "status": "done", "note": MARK, "causes": [], "tags": [], "flagged": False}
        connection.execute(reviews.insert(), {**noted, "changed_at": before})
        step = {"conversation": OLD, "at": before, "before": {"note": MARK}}
        connection.execute(review_steps.insert(), step)
    told = {"messages", "handoffs", "conversations", "conversation_digests", "reviews", "review_steps"}
    assert told <= tables_with(engine, MARK)
    run(engine, logs, Periods(), now)
    assert tables_with(engine, MARK) == set()
    assert "consent_events" in tables_with(engine, OLD)


def test_a_dry_run_counts_the_same_and_changes_nothing(engine: Engine, logs: Path, now: datetime) -> None:
    talk(engine, OLD, now - timedelta(days=91))
    before = tables_with(engine, MARK, OLD)
    counted = run(engine, logs, Periods(), now, dry_run=True)
    assert counted == Forgotten(1, 1, 1, 0, 0, dry_run=True)
    assert tables_with(engine, MARK, OLD) == before
    assert replace(run(engine, logs, Periods(), now), dry_run=True) == counted


def test_who_came_back_after_being_forgotten_is_forgotten_again(engine: Engine, logs: Path, now: datetime) -> None:
    talk(engine, OLD, now - timedelta(days=91))
    run(engine, logs, Periods(), now)
    assert run(engine, logs, Periods(), now).conversations == 0
    with writing(engine) as connection:
        state = conversations.get(connection, OLD)
        conversations.save(connection, replace(state, memory={"needs": MARK}), now + timedelta(days=1))
    assert run(engine, logs, Periods(), now + timedelta(days=100)).conversations == 1
    assert tables_with(engine, MARK) == set()


def test_a_sealed_original_goes_before_the_rest(engine: Engine, logs: Path, now: datetime) -> None:
    message = talk(engine, OLD, now - timedelta(days=31))
    assert run(engine, logs, Periods(), now) == Forgotten(0, 1, 1, 0, 0, dry_run=False)
    with reading(engine) as connection:
        assert originals.reveal(connection, message, SEAL) is None
        assert messages.history(connection, OLD)[0].text == MARK


def held(engine: Engine, name: str, now: datetime) -> None:
    with writing(engine) as connection:
        assert holds.place(connection, Hold(name, "dispute", "kim", now))


def test_a_held_conversation_is_passed_over_until_it_is_released(engine: Engine, logs: Path, now: datetime) -> None:
    message = talk(engine, OLD, now - timedelta(days=91))
    held(engine, OLD, now)
    assert run(engine, logs, Periods(), now) == Forgotten(0, 0, 1, 0, 1, dry_run=False)
    with writing(engine) as connection:
        assert originals.reveal(connection, message, SEAL) == MARK
        assert holds.release(connection, OLD)
        assert not holds.release(connection, OLD)
    assert run(engine, logs, Periods(), now).conversations == 1


def test_what_is_held_cannot_be_erased_and_the_reason_is_named(engine: Engine, now: datetime) -> None:
    talk(engine, OLD, now, customer="C-1")
    talk(engine, NEW, now, customer="C-1")
    held(engine, OLD, now)
    with writing(engine) as connection, pytest.raises(HeldError, match="dispute"):
        erase_subject(connection, OLD)
    with writing(engine) as connection, pytest.raises(HeldError):
        erase_customer(connection, "C-1")
    with reading(engine) as connection:
        assert len(connection.scalars(select(chats.c.id)).all()) == 2
        assert [hold.conversation for hold in holds.every(connection)] == [OLD]


def test_a_hold_needs_a_conversation_and_a_new_reason_takes_the_place_of_the_old(
    engine: Engine, now: datetime
) -> None:
    talk(engine, OLD, now)
    with writing(engine) as connection:
        assert not holds.place(connection, Hold("nobody", "dispute", "kim", now))
        for reason in ("dispute", "court order"):
            holds.place(connection, Hold(OLD, reason, "kim", now))
        assert [hold.reason for hold in holds.every(connection)] == ["court order"]
        assert len(connection.execute(select(privacy_holds)).all()) == 1


def test_erasing_a_customer_leaves_their_name_nowhere(engine: Engine, now: datetime) -> None:
    talk(engine, OLD, now, customer="C-1")
    talk(engine, NEW, now, customer="C-2")
    with writing(engine) as connection:
        erased = erase_customer(connection, "C-1")
    assert (erased.left, tables_with(engine, "C-1", OLD)) == (0, set())
    assert {"orders", "past_order_lines", "conversations"} == tables_with(engine, "C-2")
    with reading(engine) as connection:
        assert len(connection.execute(select(metadata.tables["orders"])).all()) == 2


@pytest.fixture
def erased(tmp_path: Path) -> EraseList:
    return EraseList(tmp_path / "erased.jsonl", lambda text: Seals("s").fingerprint("erased", text))


def test_the_list_names_nobody_and_reads_back_what_was_written(erased: EraseList, now: datetime) -> None:
    assert erased.read() == ()
    erased.add(What.CONVERSATION, OLD, now)
    erased.add(What.CUSTOMER, "C-1", now)
    assert OLD not in erased.file.read_text() and "C-1" not in erased.file.read_text()
    assert [(entry.what, entry.at) for entry in erased.read()] == [(What.CONVERSATION, now), (What.CUSTOMER, now)]
    assert erased.file.stat().st_mode & 0o777 == 0o600


def test_what_a_restored_backup_brought_back_is_erased_again(
    engine: Engine, erased: EraseList, now: datetime
) -> None:
    talk(engine, OLD, now - timedelta(days=2), customer="C-1")
    talk(engine, NEW, now - timedelta(days=2), customer="C-2")
    erased.add(What.CONVERSATION, OLD, now)
    erased.add(What.CUSTOMER, "C-2", now)
    with writing(engine) as connection:
        first = reapply(connection, erased)
    assert (first.rows > 10, first.left) == (True, 0)
    # of a customer who asked for one chat only, the rest stays
    assert tables_with(engine, OLD, NEW, "C-1", "C-2") == {"past_order_lines"}
    assert tables_with(engine, OLD, NEW, "C-2") == set()
    with writing(engine) as connection:
        assert reapply(connection, erased) == Erased(0, 0)


def test_what_was_said_after_an_erasure_in_the_chat_stays(engine: Engine, erased: EraseList, now: datetime) -> None:
    talk(engine, OLD, now - timedelta(days=2))
    talk(engine, NEW, now + timedelta(days=2))
    for name in (OLD, NEW):
        erased.add(What.CONTENT, name, now)
    with writing(engine) as connection:
        assert reapply(connection, erased) == Erased(1, 0)
        assert messages.history(connection, OLD) == ()
        assert len(messages.history(connection, NEW)) == 1
        assert conversations.get(connection, OLD) is not None


def test_retention_runs_once_a_day_and_says_what_it_did(engine: Engine, logs: Path, now: datetime) -> None:
    talk(engine, OLD, now - timedelta(days=91))
    assert run_daily(engine, logs, Periods(), now) == Forgotten(1, 1, 1, 0, 0, dry_run=False)
    assert run_daily(engine, logs, Periods(), now + timedelta(hours=1)) is None
    assert run_daily(engine, logs, Periods(), now + timedelta(days=1)) is not None
    with reading(engine) as connection:
        results = connection.execute(select(retention_runs).order_by(retention_runs.c.day)).all()
    assert [(row.day, row.result["conversations"]) for row in results] == [
        (now.date().isoformat(), 1),
        ((now + timedelta(days=1)).date().isoformat(), 0),
    ]


def test_old_sessions_of_staff_and_failed_sign_ins_go_with_it(engine: Engine, logs: Path, now: datetime) -> None:
    with writing(engine) as connection:
        person = {"name": "kim", "shown_as": "Kim", "role": "viewer", "password": "x", "language": "de"}
        connection.execute(staff_table.insert(), {"id": 1, "active": True, **person})
        for key, hours in (("old", 25), ("new", 2)):
            staff.open_session(connection, key, 1, now - timedelta(hours=hours))
            sign_ins.try_in(connection, [key], now - timedelta(hours=hours - 2))
    run(engine, logs, Periods(), now)
    with reading(engine) as connection:
        assert connection.scalars(select(staff_sessions.c.key)).all() == ["new"]
        assert connection.scalars(select(sign_in_failures.c.subject)).all() == ["new"]


def test_every_period_stands_on_its_own(engine: Engine, logs: Path, now: datetime) -> None:
    talk(engine, OLD, now - timedelta(days=10))
    short = Periods(transcript_days=5, original_days=40)
    assert run(engine, logs, short, now).conversations == 1
