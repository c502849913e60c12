"""What is remembered of a chat, and how it is forgotten."""

from dataclasses import replace

import pytest
from shopfloor import product
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from actions.offers.decision import Decision
from actions.offers.products import Money
from actions.offers.situation import Situation, Stage
from actions.store import carts, consents, conversations, handoffs, messages, offer_log, orders, replies
from actions.store.columns import metadata
from actions.store.digest_tables import review_steps, reviews

BELOW = (
    "messages",
    "action_replies",
    "offer_decisions",
    "offers",
    "handoffs",
    "consent_events",
    "cart_lines",
)


def fill(connection, chat, now) -> None:
    accepted = messages.accept(
        connection, conversation=chat, client_id="1", text="Hallo", payload=None, digest="d", now=now
    )
    messages.answer(connection, accepted.message_id, b"{}", now=now)
    replies.store(connection, chat, "m", "action_help", [{"type": "text", "text": "Gern"}], now)
    carts.put(connection, chat, product(), 1, now=now)
    situation = Situation(Stage.INTENT, anchor=product())
    decision = Decision((), (), "v1")
    offer_log.record(connection, conversation=chat, message="m", situation=situation, decision=decision, now=now)
    handoffs.open(connection, conversation=chat, reason="complaint", context={}, now=now)
    consents.record(
        connection, conversation=chat, state="service", text_version="1", language="de", channel="chat", now=now
    )


def rows_below(connection, chat) -> dict[str, int]:
    tables = {name: metadata.tables[name] for name in BELOW}
    count = {
        name: connection.scalar(select(func.count()).select_from(table).where(table.c.conversation == chat))
        for name, table in tables.items()
    }
    return {name: number for name, number in count.items() if number}


def test_a_new_conversation_knows_nothing_yet(connection, chat):
    found = conversations.get(connection, chat)
    assert found == conversations.Conversation(chat, "de", "chat")
    assert (found.stage, found.consent, found.memory) == (Stage.BROWSE, "service", {})


def test_everything_saved_is_there_again(connection, chat, now):
    known = conversations.Conversation(
        chat,
        language="en",
        stage=Stage.CHECKOUT,
        opted_out=True,
        refusals=2,
        negative_mood=True,
        handed_off=True,
        consent="personalised",
        customer="c-1",
        memory={"needs": {"max_price": 80_000}, "grün": ["ja"]},
    )
    conversations.save(connection, known, now)
    assert conversations.get(connection, chat) == known


def test_an_unknown_conversation_is_none(connection):
    assert conversations.get(connection, "nobody") is None


def test_an_id_is_given_once(connection, chat, now):
    with pytest.raises(IntegrityError), connection.begin_nested():
        conversations.create(connection, conversation_id=chat, language="de", channel="chat", now=now)


def test_saving_an_erased_conversation_is_an_error(connection, chat, now):
    erased = conversations.get(connection, chat)
    conversations.delete(connection, chat)
    with pytest.raises(LookupError):
        conversations.save(connection, erased, now)


def test_erasing_takes_everything_below_with_it_but_keeps_the_order(connection, chat, now):
    fill(connection, chat, now)
    lines = carts.lines(connection, chat)
    order = orders.place(connection, conversation=chat, key="k", lines=lines, shipping=Money(490), now=now)
    assert set(rows_below(connection, chat)) == {*BELOW} - {"offers"}
    conversations.delete(connection, chat)
    assert rows_below(connection, chat) == {}
    kept = orders.get(connection, order.id)
    assert (kept.conversation, kept.total) == (None, Money(10_490))


def test_erasing_the_content_lets_the_chat_go_on_with_the_ledger_of_consents(connection, chat, now):
    fill(connection, chat, now)
    conversations.save(connection, replace(conversations.get(connection, chat), memory={"a": 1}, customer="c"), now)
    conversations.erase_content(connection, chat)
    assert rows_below(connection, chat) == {"consent_events": 1}
    after = conversations.get(connection, chat)
    assert (after.memory, after.customer) == ({}, "c")
    conversations.forget_customer(connection, chat)
    assert conversations.get(connection, chat).customer is None


def test_erasing_the_content_takes_notes_about_it_and_keeps_the_verdict(connection, chat, now):
    judged = {"status": "done", "verdict": "bad", "causes": [], "flagged": False, "tags": [], "note": "said it"}
    connection.execute(reviews.insert(), {**judged, "conversation": chat, "changed_at": now})
    connection.execute(review_steps.insert(), {"conversation": chat, "at": now, "before": judged})
    conversations.erase_content(connection, chat)
    assert connection.execute(select(reviews.c.verdict, reviews.c.note)).one() == ("bad", "")
    assert connection.execute(select(review_steps)).all() == []


def test_the_message_being_answered_keeps_its_place_without_its_text(connection, chat, now):
    fill(connection, chat, now)
    asked = messages.accept(
        connection, conversation=chat, client_id="2", text="Lösch alles", payload={"i": 1}, digest="e", now=now
    )
    conversations.erase_content(connection, chat)
    (left,) = messages.history(connection, chat)
    assert (left.id, left.text, left.payload, left.state) == (asked.message_id, "", None, "received")
