"""A person takes a chat over, answers and hands it back: what the shopper gets, and what the engine does not."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse

from actions.store import audit_log, conversations, handoffs, staff, takeovers
from actions.store.engine import reading, writing
from actions.store.staff import Person, Role
from actions.store.tables import message_originals, messages
from bot.review.freshness import _hand_back_silent as hand_back_silent
from bot.seals import utc_now
from bot.transcripts.speaking import Sent
from tests.gateway.conftest import Build, Chat, Gateway, open_chat

TOLD = "Sie sprechen jetzt mit Frau Keller. Der automatische Assistent antwortet solange nicht."
FRAU_KELLER = {"kind": "person", "name": "Frau Keller"}
BACK = "Frau Keller hat das Gespräch beendet. Jetzt antwortet wieder der automatische Assistent."


@dataclass
class Desk:
    """The staff's side of a chat."""

    gateway: Gateway
    people: dict[str, Person]

    def take(self, chat: Chat, who: str = "keller") -> takeovers.Takeover | None:
        with writing(self.gateway.database) as connection:
            now = self.gateway.services.clock()
            return self.gateway.services.speaking.take_over(connection, chat.session, self.people[who].id, who, now)

    def say(self, chat: Chat, words: str, sent_as: str = "n1", who: str = "keller") -> Sent:
        with writing(self.gateway.database) as connection:
            conversation = conversations.get(connection, chat.session)
            assert conversation
            return self.gateway.services.speaking.say(
                connection, conversation, self.people[who].id, sent_as, words, self.gateway.services.clock()
            )

    def back(self, chat: Chat, who: str = "keller") -> bool:
        with writing(self.gateway.database) as connection:
            taken = takeovers.active(connection, chat.session)
            assert taken
            return self.gateway.services.speaking.hand_back(connection, taken, who, self.gateway.services.clock())


def hire(gateway: Gateway) -> Desk:
    with writing(gateway.database) as connection:
        people = {
            name: staff.add(connection, name=name, shown_as=shown, role=Role.REVIEWER, password="-", language="de")
            for name, shown in (("keller", "Frau Keller"), ("brandt", "Herr Brandt"))
        }
    return Desk(gateway, {name: person for name, person in people.items() if person})


@pytest.fixture
def desk(gateway: Gateway) -> Desk:
    return hire(gateway)


async def listen(chat: Chat, after: int = -1, tag: str = "") -> tuple[int, dict, str]:
    headers = {**chat.headers, **({"If-None-Match": tag} if tag else {})}
    answer = await chat.client.get("/api/messages", params={"after": after}, headers=headers)
    return answer.status_code, answer.json() if answer.content else {}, answer.headers.get("etag", "")


def logged(gateway: Gateway, chat: Chat) -> list:
    with reading(gateway.database) as connection:
        mine = select(messages).where(messages.c.conversation == chat.session).order_by(messages.c.position)
        return list(connection.execute(mine))


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


def takeovers_of(gateway: Gateway, chat: Chat) -> takeovers.Takeover | None:
    with reading(gateway.database) as connection:
        return takeovers.active(connection, chat.session)


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


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now


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


async def test_what_a_person_wrote_goes_with_the_chat_when_it_is_erased(
    chat: Chat, gateway: Gateway, desk: Desk
) -> None:
    desk.take(chat)
    desk.say(chat, "Ihre Nummer 0171 2345678 habe ich notiert.")
    assert (await chat.client.delete("/api/session", headers=chat.headers)).status_code == 204
    with reading(gateway.database) as connection:
        assert takeovers.held(connection) == {}
        assert connection.execute(select(message_originals)).all() == []
