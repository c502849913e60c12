"""Who waits for a person or writes with one: what they hear, when, and that silence hands back to the assistant."""

from datetime import timedelta

import pytest

from actions.store import audit_log, handoffs, takeovers
from actions.store.engine import reading, writing
from bot.review.freshness import _hand_back_silent as hand_back_silent
from bot.transcripts.speaking import Sent
from tests.gateway.conftest import Build, Chat, Gateway, open_chat
from tests.gateway.desk import BACK, TOLD, Desk, Hands, hire, listen, logged, takeovers_of


@pytest.fixture
def desk(gateway: Gateway) -> Desk:
    return hire(gateway)


async def test_the_shopper_hears_who_speaks_reads_the_answer_and_hears_when_the_assistant_is_back(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    _, document, _ = await listen(chat)
    assert (document["speaking"], document["waiting"]) == ({"kind": "assistant"}, False)
    at = document["position"]
    desk.take(chat)
    assert desk.say(chat, "Ich schaue gleich nach.") is Sent.SAID
    _, document, _ = await listen(chat, at)
    notice, answer = document["messages"]
    assert (notice["from"], notice["text"]) == ({"kind": "notice"}, TOLD)
    assert notice["speaking"] == {"kind": "person", "name": "Frau Keller"}
    assert (answer["from"], answer["text"]) == (
        {"kind": "person", "name": "Frau Keller"},
        "Ich schaue gleich nach.",
    )
    assert document["speaking"] == {"kind": "person", "name": "Frau Keller"}
    assert desk.back(chat)
    _, document, _ = await listen(chat, document["position"])
    assert [(line["text"], line["speaking"]) for line in document["messages"]] == [(BACK, {"kind": "assistant"})]
    assert document["speaking"] == {"kind": "assistant"}
    answer = await chat.say("Danke")
    assert answer["messages"] == [{"type": "text", "text": "Gehört: Danke"}]
    assert "speaking" not in answer
    history = (await chat.client.get("/api/messages", headers=chat.headers)).json()
    texts = [line["text"] for line in history["messages"] if line["type"] == "text"][1:]
    assert texts == [TOLD, "Ich schaue gleich nach.", BACK, "Danke", "Gehört: Danke"]
    assert len({line["id"] for line in history["messages"] if isinstance(line["from"], dict)}) == 3


async def test_who_listens_gets_304_until_something_is_new(chat: Chat, desk: Desk) -> None:
    _, document, tag = await listen(chat)
    assert (await listen(chat, document["position"], tag))[0] == 304
    desk.take(chat)
    status, document, taken = await listen(chat, document["position"], tag)
    assert (status, len(document["messages"])) == (200, 1)
    assert (await listen(chat, document["position"], taken))[0] == 304
    assert (await listen(chat, document["position"]))[1]["messages"] == []


@pytest.mark.parametrize("after", ["", "x", "1.5", "--1", "99999999999", "٣"])
async def test_a_position_that_is_none_is_refused(chat: Chat, after: str) -> None:
    answer = await chat.client.get("/api/messages", params={"after": after}, headers=chat.headers)
    assert answer.status_code == 422


async def test_listening_needs_the_token_of_the_chat(chat: Chat) -> None:
    assert (await chat.client.get("/api/messages?after=0")).status_code == 401


async def test_listening_writes_nothing(chat: Chat, gateway: Gateway, desk: Desk) -> None:
    desk.take(chat)
    before = logged(gateway, chat)
    await listen(chat)
    assert logged(gateway, chat) == before


async def test_a_person_silent_for_fifteen_minutes_hands_back_and_the_shopper_is_told(build: Build) -> None:
    clock = Hands()
    gateway = build(clock=clock)
    desk = hire(gateway)
    async with gateway.client() as client:
        chat = await open_chat(client)
        desk.take(chat)
        clock.now += timedelta(minutes=14)
        desk.say(chat, "Einen Moment noch.")
        clock.now += timedelta(minutes=15)
        hand_back_silent(gateway.services.console)
        assert (await chat.say("Hallo?"))["messages"] == []
        clock.now += timedelta(seconds=1)
        hand_back_silent(gateway.services.console)
        _, document, _ = await listen(chat)
    assert document["speaking"] == {"kind": "assistant"}
    assert document["messages"][-1]["text"].startswith(
        "Frau Keller ist gerade nicht mehr am Platz. Jetzt antwortet"
    )
    with reading(gateway.database) as connection:
        assert [e.who for e in audit_log.every(connection) if e.what == "handed_back"] == ["tresen"]


async def test_the_first_message_after_that_silence_is_answered_by_the_assistant(build: Build) -> None:
    clock = Hands()
    gateway = build(clock=clock)
    desk = hire(gateway)
    async with gateway.client() as client:
        chat = await open_chat(client)
        desk.take(chat)
        clock.now += timedelta(minutes=15, seconds=1)
        assert (await chat.say("Hallo?"))["messages"] == [{"type": "text", "text": "Gehört: Hallo?"}]
        assert [turn["message"] for turn in gateway.engine.turns] == ["Hallo?"]


async def test_who_asked_for_a_person_waits_until_one_comes_and_again_after_asking_again(build: Build) -> None:
    clock = Hands()
    gateway = build(clock=clock)
    desk = hire(gateway)
    async with gateway.client() as client:
        chat = await open_chat(client)
        with writing(gateway.database) as connection:
            about = {"conversation": chat.session, "reason": "asked", "context": {}}
            handoffs.open(connection, **about, now=clock.now)
        asked_at = clock.now
        assert (await listen(chat))[1]["waiting"] is True
        clock.now += timedelta(minutes=2)
        desk.take(chat)
        taken = takeovers_of(gateway, chat)
        assert taken and taken.asked_at == asked_at
        assert (await listen(chat))[1]["waiting"] is False
        desk.back(chat)
        assert (await listen(chat))[1]["waiting"] is False
        clock.now += timedelta(minutes=2)
        with writing(gateway.database) as connection:
            handoffs.open(connection, **about, now=clock.now)
        assert (await listen(chat))[1]["waiting"] is True
        with reading(gateway.database) as connection:
            assert takeovers.waiting_since(connection, chat.session) == clock.now
        clock.now += timedelta(minutes=31)
        assert (await listen(chat))[1]["waiting"] is False
