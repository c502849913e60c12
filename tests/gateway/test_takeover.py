"""A person takes a chat over, answers and hands it back: what is recorded, and what the engine is not asked."""

import asyncio
import json
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse

from actions.store import audit_log, conversations, takeovers
from actions.store.engine import reading, writing
from actions.store.facts import write_facts
from actions.store.tables import message_originals
from bot.transcripts.speaking import Sent
from tests.gateway.conftest import Build, Chat, Gateway, open_chat
from tests.gateway.desk import FRAU_KELLER, TOLD, Desk, hire, listen, logged, takeovers_of


@pytest.fixture
def desk(gateway: Gateway) -> Desk:
    return hire(gateway)


async def test_while_a_person_has_the_chat_the_engine_is_not_asked_and_nothing_is_said(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    await chat.say("Guten Tag")
    assert desk.take(chat) is None
    first = await chat.post(id="m1", text="Mein Rad ist kaputt")
    again = await chat.post(id="m1", text="Mein Rad ist kaputt")
    assert first.content == again.content
    answer = first.json()
    assert (answer["messages"], answer["speaking"]) == ([], {"kind": "person", "name": "Frau Keller"})
    assert [turn["message"] for turn in gateway.engine.turns] == ["Guten Tag"]
    row = logged(gateway, chat)[-1]
    assert (row.text, row.state, row.answered_by, row.nlu) == ("Mein Rad ist kaputt", "answered", "nobody", None)


async def test_a_button_pressed_meanwhile_does_nothing_either(chat: Chat, gateway: Gateway, desk: Desk) -> None:
    desk.take(chat)
    payload = chat.opened["person"]["payload"]
    answer = (await chat.post(payload=payload)).json()
    assert answer["messages"] == []
    assert gateway.engine.turns == []


async def test_the_same_id_for_other_words_is_still_a_conflict(chat: Chat, desk: Desk) -> None:
    desk.take(chat)
    await chat.post(id="m1", text="eins")
    assert (await chat.post(id="m1", text="zwei")).status_code == 409


async def test_a_message_the_starting_engine_left_open_is_not_sent_to_it_once_a_person_has_the_chat(
    build: Build,
) -> None:
    gateway = build(engine_start=60.0)
    desk = hire(gateway)
    gateway.engine.fault_forever = lambda turn: JSONResponse({"detail": "starting"}, 503)
    async with gateway.client() as client:
        chat = await open_chat(client)
        await chat.post(id="m1", text="Hallo?")
        desk.take(chat)
        asked = len(gateway.engine.turns)
        again = await chat.post(id="m1", text="Hallo?")
    assert again.status_code == 200
    assert again.json()["messages"] == []
    assert len(gateway.engine.turns) == asked


async def test_a_fault_of_the_engine_is_not_told_once_somebody_took_over(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    def fail(turn: dict) -> JSONResponse:
        if takeovers_of(gateway, chat) is None:
            desk.take(chat)
        return JSONResponse({}, 500)

    gateway.engine.fault_forever = fail
    answer = await chat.say("Hallo")
    assert (answer["messages"], answer["speaking"]["name"]) == ([], "Frau Keller")
    assert logged(gateway, chat)[1].answered_by == "nobody"


async def test_an_answer_begun_before_the_takeover_stands_before_its_notice(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    gateway.engine.gate = asyncio.Event()
    waiting = asyncio.create_task(chat.say("Was kostet das?"))
    while not gateway.engine.turns:
        await asyncio.sleep(0)
    desk.take(chat)
    status, document, _ = await listen(chat)
    assert [line["from"] for line in document["messages"] if line["from"] != "assistant"] == []
    gateway.engine.gate.set()
    await waiting
    _, document, _ = await listen(chat, document["position"])
    assert [line["text"] for line in document["messages"]] == ["Was kostet das?", "Gehört: Was kostet das?", TOLD]
    assert status == 200


async def test_the_same_answer_sent_twice_is_there_once_and_other_words_are_not_lost_under_its_id(
    chat: Chat, desk: Desk
) -> None:
    desk.take(chat)
    assert desk.say(chat, "Ja.", "n1") is Sent.SAID
    assert desk.say(chat, "Ja.", "n1") is Sent.SAID
    assert desk.say(chat, "Nein.", "n1") is Sent.OTHER_WORDS
    _, document, _ = await listen(chat)
    said = [line["text"] for line in document["messages"] if line["from"] == FRAU_KELLER]
    assert said == ["Ja."]


async def test_of_two_at_once_one_gets_the_chat_and_the_other_hears_who_has_it(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    start, heard = Barrier(2), {}

    def take(who: str) -> None:
        start.wait()
        heard[who] = desk.take(chat, who)

    threads = [Thread(target=take, args=(who,)) for who in ("keller", "brandt")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [who for who, other in heard.items() if other is None]
    (loser,) = [who for who, other in heard.items() if other is not None]
    assert heard[loser].name == desk.people[winner].shown_as
    assert desk.say(chat, "Hallo", who=loser) is Sent.NOT_THEIRS
    assert desk.say(chat, "Hallo", who=winner) is Sent.SAID
    with reading(gateway.database) as connection:
        taken = [entry.who for entry in audit_log.every(connection) if entry.what == "taken_over"]
    assert taken == [winner]


async def test_taking_over_twice_tells_the_shopper_once(chat: Chat, desk: Desk) -> None:
    desk.take(chat)
    assert desk.take(chat) is None
    _, document, _ = await listen(chat)
    assert [line.get("text") for line in document["messages"]].count(TOLD) == 1


async def test_the_log_holds_placeholders_of_what_the_shopper_reads_in_full(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    desk.take(chat)
    words = "Rufen Sie mich an: 0171 2345678, oder schreiben Sie an keller@radhaus.example"
    desk.say(chat, words)
    _, document, _ = await listen(chat)
    assert document["messages"][-1]["text"] == words
    assert b"2345678" not in logged(gateway, chat)[-1].reply
    with writing(gateway.database) as connection:
        assert len(connection.execute(select(message_originals)).all()) == 1
        connection.execute(message_originals.delete())
    _, document, _ = await listen(chat)
    assert document["messages"][-1]["text"] == json.loads(logged(gateway, chat)[-1].reply)["messages"][0]["text"]
    assert "2345678" not in document["messages"][-1]["text"]


async def test_the_shops_own_number_in_a_persons_answer_is_kept_as_it_was_written(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    with writing(gateway.database) as connection:
        write_facts(connection, {"contact": {"phone": "+49 30 23125 014", "email": "hallo@radhaus.example"}})
    desk.take(chat)
    desk.say(chat, "Rufen Sie 030 23125014 an oder schreiben Sie an hallo@radhaus.example")
    assert b"030 23125014 an oder schreiben Sie an hallo@radhaus.example" in logged(gateway, chat)[-1].reply
    with reading(gateway.database) as connection:
        assert connection.execute(select(message_originals)).all() == []


async def test_a_question_the_assistant_had_asked_is_closed_so_that_a_later_yes_buys_nothing(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    with writing(gateway.database) as connection:
        memory = {"question": {"asked": "readback", "sku": "X"}, "shown": ["X"]}
        connection.execute(
            conversations.conversations.update().values(memory=memory, negative_mood=True, handed_off=True)
        )
    desk.take(chat)
    desk.back(chat)
    with reading(gateway.database) as connection:
        state = conversations.get(connection, chat.session)
    assert state is not None
    assert (state.memory["question"], state.memory["shown"]) == (None, ["X"])
    assert (state.negative_mood, state.handed_off) == (True, True)


async def test_what_a_person_wrote_goes_with_the_chat_when_it_is_erased(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    desk.take(chat)
    desk.say(chat, "Ihre Nummer 0171 2345678 habe ich notiert.")
    assert (await chat.client.delete("/api/session", headers=chat.headers)).status_code == 204
    with reading(gateway.database) as connection:
        assert takeovers.held(connection) == {}
        assert connection.execute(select(message_originals)).all() == []
