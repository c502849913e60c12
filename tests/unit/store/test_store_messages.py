"""The inbox: every message once, every answer once."""

import threading

import pytest

from actions.store import consents, conversations, handoffs, messages, replies
from actions.store.engine import reading, writing


@pytest.fixture
def accept(connection, chat, now):
    def accept(client_id="1", text="Hallo", digest="d1", payload=None):
        return messages.accept(
            connection,
            conversation=chat,
            client_id=client_id,
            text=text,
            payload=payload,
            digest=digest,
            now=now,
        )

    return accept


def test_messages_are_numbered_as_they_come(accept):
    assert [accept(str(number)).position for number in range(3)] == [0, 1, 2]


def test_the_same_message_again_is_recognised_before_and_after_its_answer(connection, accept, now):
    first = accept()
    assert accept() == messages.Accepted(first.message_id, 0, None, same=True)
    assert messages.answer(connection, first.message_id, '{"ü": 1}'.encode(), now=now)
    assert accept().reply == '{"ü": 1}'.encode()


def test_the_same_id_for_another_message_is_a_conflict(connection, chat, accept):
    first = accept()
    assert accept(text="Etwas anderes", digest="d2") == messages.Conflict(first.message_id)
    assert [message.text for message in messages.history(connection, chat)] == ["Hallo"]


def test_the_first_answer_stands(connection, chat, accept, now):
    first = accept()
    assert messages.answer(connection, first.message_id, b"one", now=now)
    assert not messages.answer(connection, first.message_id, b"two", now=now)
    assert messages.history(connection, chat)[0].reply == b"one"


def test_the_log_tells_what_the_engine_understood_and_did(connection, chat, accept, now):
    asked = accept(payload={"intent": "greet"})
    nlu = {"intent": "greet", "confidence": 0.98}
    messages.answer(connection, asked.message_id, b"{}", nlu, ["action_greet"], "sha", 120, now=now)
    (logged,) = messages.history(connection, chat)
    assert (logged.nlu, logged.actions, logged.model, logged.engine_ms) == (nlu, ["action_greet"], "sha", 120)
    assert (logged.state, logged.payload, logged.answered_at) == ("answered", {"intent": "greet"}, now)


def test_a_fault_of_the_engine_is_named_beside_the_honest_answer(connection, chat, accept, now):
    asked = accept()
    messages.answer(connection, asked.message_id, b"sorry", error="timeout", now=now)
    (logged,) = messages.history(connection, chat)
    assert (logged.state, logged.error, logged.nlu) == ("engine_error", "timeout", None)


def test_a_message_to_nobody_is_an_error(connection, now):
    with pytest.raises(LookupError):
        messages.accept(connection, conversation="nobody", client_id="1", text="", payload=None, digest="", now=now)


def test_messages_that_come_at_once_get_positions_without_gaps(engine, now):
    with writing(engine) as connection:
        conversations.create(connection, conversation_id="c", language="de", channel="chat", now=now)

    def send(start: int) -> None:
        for number in range(start, start + 5):
            with writing(engine) as connection:
                messages.accept(
                    connection, conversation="c", client_id=str(number), text="", payload=None, digest="", now=now
                )

    threads = [threading.Thread(target=send, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert [message.position for message in messages.history(connection, "c")] == list(range(15))


def test_an_action_repeats_its_stored_words(connection, chat, now):
    said = [{"type": "text", "text": "Gern geschehen"}]
    assert replies.stored(connection, chat, "m1") is None
    replies.store(connection, chat, "m1", "action_thank", said, now)
    replies.store(connection, chat, "m1", "action_thank", [{"type": "text", "text": "Anders"}], now)
    assert replies.stored(connection, chat, "m1") == said
    assert replies.stored(connection, chat, "m2") is None


def test_an_action_may_have_said_nothing(connection, chat, now):
    replies.store(connection, chat, "m1", "action_listen", [], now)
    assert replies.stored(connection, chat, "m1") == []


def test_one_reference_for_each_reason_to_hand_over(connection, chat, now):
    def open_for(reason: str) -> str:
        return handoffs.open(connection, conversation=chat, reason=reason, context={"said": "Hilfe"}, now=now)

    complaint = open_for("complaint")
    assert open_for("complaint") == complaint
    assert open_for("cancel_order") != complaint
    assert len(complaint) == 8
    assert not set(complaint) & set("01OIQBS5")


def test_a_consent_is_in_the_ledger_and_in_force(connection, chat, now):
    consents.record(
        connection,
        conversation=chat,
        state="personalised",
        text_version="2026-01",
        language="de",
        channel="chat",
        now=now,
    )
    assert conversations.get(connection, chat).consent == "personalised"
