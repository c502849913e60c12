"""What is held about a person can be handed over, erased and forgotten, and what was offered is counted."""

import json
from datetime import UTC, datetime, timedelta

from actions.store import carts, consents, conversations, messages
from actions.store.catalogue import live_product
from actions.store.engine import open_engine, reading, writing
from bot.transcripts.fatigue import read_fatigue
from bot.transcripts.privacy import erase_subject, export_subject, forget_before, rows_naming

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MARK = "Zwetschgenmus-4711"


def talk(connection, name: str, at: datetime) -> None:
    conversations.create(connection, conversation_id=name, language="de", channel="web", now=at)
    taken = messages.accept(
        connection, conversation=name, client_id="m1", text=MARK, payload=None, digest="d", now=at
    )
    messages.answer(connection, taken.message_id, json.dumps({"messages": []}).encode(), now=at)
    product = live_product(connection, "MOUSE")
    assert product
    carts.put(connection, name, product, 1, now=at)
    consents.record(
        connection, conversation=name, state="service", text_version="1", language="de", channel="web", now=at
    )


def test_everything_held_is_handed_over_in_one_document(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "a" * 32, NOW)
    with reading(engine) as connection:
        document = export_subject(connection, "a" * 32)
    assert document
    assert [turn["said"] for turn in document["turns"]] == [MARK]
    assert [line["sku"] for line in document["cart"]] == ["MOUSE"]
    assert len(document["consents"]) == 1


def test_after_erasing_no_row_names_the_conversation_and_its_words_are_gone(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "b" * 32, NOW)
        talk(connection, "c" * 32, NOW)
    with writing(engine) as connection:
        erased = erase_subject(connection, "b" * 32)
    assert erased.rows == 4
    assert erased.left == 0
    with reading(engine) as connection:
        assert export_subject(connection, "b" * 32) is None
        assert rows_naming(connection, "c" * 32) == 4


def test_what_was_said_long_ago_is_forgotten_and_what_was_said_lately_is_not(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "d" * 32, NOW - timedelta(days=91))
        talk(connection, "e" * 32, NOW - timedelta(days=1))
        assert forget_before(connection, NOW - timedelta(days=90)) == 1
        assert messages.history(connection, "d" * 32) == ()
        assert len(messages.history(connection, "e" * 32)) == 1


def test_fatigue_counts_conversations_by_what_they_were_offered(electronics) -> None:
    engine = open_engine(f"sqlite:///{electronics.home / 'core.db'}")
    with writing(engine) as connection:
        talk(connection, "f" * 32, NOW)
        counted = read_fatigue(connection, NOW - timedelta(days=1))
        none = read_fatigue(connection, NOW + timedelta(days=1))
    assert counted.conversations == 1
    assert counted.without_offer == 1
    assert counted.answers == {}
    assert none.conversations == 0
