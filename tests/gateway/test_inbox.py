"""Once, whatever happens: copies, conflicts, a client that leaves, an engine that fails."""

import asyncio
import json

import httpx
import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from actions.store.engine import reading, writing
from actions.store.tables import messages
from bot.gateway.locks import ConversationLocks
from tests.gateway.conftest import Build, Chat, Gateway, open_chat
from tests.gateway.engine import envelope, text

HONEST = [{"type": "text", "text": "Das hat gerade nicht geklappt."}]


def logged(gateway: Gateway, words: str):
    with reading(gateway.database) as connection:
        return connection.execute(select(messages).where(messages.c.text == words)).one()


async def test_the_same_id_gives_the_same_bytes_and_no_second_turn(chat: Chat, gateway: Gateway) -> None:
    first = await chat.post(id="m", text="Nehme ich")
    gateway.engine.script = lambda turn: [text("etwas anderes")]
    second = await chat.post(id="m", text="Nehme ich")
    assert first.content == second.content
    assert len(gateway.engine.turns) == 1


async def test_fifty_copies_at_once_have_one_effect_and_one_answer(chat: Chat, gateway: Gateway) -> None:
    answers = await asyncio.gather(*(chat.post(id="m", text="Nehme ich") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(gateway.engine.turns) == 1


async def test_the_same_id_for_other_words_is_a_conflict(chat: Chat, gateway: Gateway) -> None:
    await chat.post(id="m", text="Nehme ich")
    answer = await chat.post(id="m", text="Nehme ich nicht")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:tresen:problem:id-already-used"
    assert len(gateway.engine.turns) == 1


async def test_the_message_is_in_the_log_before_the_engine_hears_it(chat: Chat, gateway: Gateway) -> None:
    seen = []

    def look(turn: dict) -> list[dict]:
        seen.append(logged(gateway, "Hallo").state)
        return [text("Guten Tag")]

    gateway.engine.script = look
    await chat.say("Hallo")
    assert seen == ["received"]
    row = logged(gateway, "Hallo")
    assert (row.state, row.model, row.actions, row.error) == ("answered", "abc123", ["action_x"], None)
    assert json.loads(row.reply)["messages"] == [{"type": "text", "text": "Guten Tag"}]


async def test_a_message_left_unanswered_by_a_crash_is_answered_under_its_old_id(
    chat: Chat, gateway: Gateway
) -> None:
    await chat.post(id="m", text="Nehme ich")
    with writing(gateway.database) as connection:
        crashed = messages.update().where(messages.c.client_id == "m")
        connection.execute(crashed.values(state="received", reply=None, answered_at=None))
    again = await chat.post(id="m", text="Nehme ich")
    assert again.status_code == 200
    assert len({turn["message_id"] for turn in gateway.engine.turns}) == 1
    assert logged(gateway, "Nehme ich").state == "answered"


async def test_a_client_that_leaves_does_not_cut_the_turn_in_half(chat: Chat, gateway: Gateway) -> None:
    gateway.engine.gate = asyncio.Event()
    request = asyncio.create_task(chat.post(id="m", text="Nehme ich"))
    while not gateway.engine.turns:
        await asyncio.sleep(0)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    gateway.engine.gate.set()
    await gateway.services.inbox.drain()
    assert logged(gateway, "Nehme ich").state == "answered"
    assert (await chat.post(id="m", text="Nehme ich")).status_code == 200
    assert len(gateway.engine.turns) == 1


async def test_one_conversation_has_one_turn_at_a_time_and_others_do_not_wait(client, gateway: Gateway) -> None:
    mine, theirs = await open_chat(client), await open_chat(client)
    gateway.engine.gate = asyncio.Event()
    running = [asyncio.create_task(mine.post(text=words)) for words in ("eins", "zwei")]
    other = asyncio.create_task(theirs.post(text="drei"))
    while len(gateway.engine.turns) < 2:
        await asyncio.sleep(0)
    assert sorted(turn["message"] for turn in gateway.engine.turns) == ["drei", "eins"]
    gateway.engine.gate.set()
    answers = await asyncio.gather(*running, other)
    assert [answer.status_code for answer in answers] == [200, 200, 200]


async def test_locks_live_only_while_they_are_used() -> None:
    locks = ConversationLocks()
    async with locks.holding("a"):
        assert len(locks) == 1
    assert len(locks) == 0


def wrong_echo(turn: dict) -> Response:
    return envelope({**turn, "message_id": "another"}, [text("für jemand anderen")])


FAULTS = {
    "engine_empty": lambda turn: envelope(turn, []),
    "engine_wrong_echo": wrong_echo,
    "engine_garbage": lambda turn: Response(b"<html>", media_type="text/html"),
    "engine_status_500": lambda turn: JSONResponse({"error": "x"}, 500),
    "engine_status_400": lambda turn: JSONResponse({"error": "BadPayload"}, 400),
    "engine_off_contract": lambda turn: envelope(turn, [{"custom": {"type": "nonsense"}}]),
}


@pytest.mark.parametrize("code", FAULTS)
async def test_a_useless_answer_becomes_an_honest_sentence_and_a_fault_in_the_log(
    chat: Chat, gateway: Gateway, code: str
) -> None:
    gateway.engine.fault_forever = FAULTS[code]
    answer = await chat.say("Nehme ich", id="m")
    assert answer["messages"] == HONEST
    row = logged(gateway, "Nehme ich")
    assert (row.state, row.error) == ("engine_error", code)
    gateway.engine.fault_forever = None
    assert (await chat.say("Nehme ich", id="m"))["messages"] == HONEST


@pytest.mark.parametrize("code", ["engine_empty", "engine_wrong_echo", "engine_garbage", "engine_status_500"])
async def test_one_useless_answer_is_asked_again_with_the_same_id(chat: Chat, gateway: Gateway, code: str) -> None:
    gateway.engine.faults = [FAULTS[code]]
    answer = await chat.say("Hallo")
    assert answer["messages"] == [{"type": "text", "text": "Gehört: Hallo"}]
    assert [turn["message_id"] for turn in gateway.engine.turns] == [gateway.engine.turns[0]["message_id"]] * 2


async def test_an_engine_that_restarts_is_waited_for(chat: Chat, gateway: Gateway) -> None:
    gateway.engine.faults = [lambda turn: JSONResponse({"error": "NotReady"}, 503)] * 20
    assert (await chat.say("Hallo"))["messages"] == [{"type": "text", "text": "Gehört: Hallo"}]
    assert len(gateway.engine.turns) == 21


class Down(httpx.AsyncBaseTransport):
    """Nobody listens on the engine's port."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)


class Hanging(httpx.AsyncBaseTransport):
    """The engine takes the message and never answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(("transport", "code"), [(Down(), "engine_unreachable"), (Hanging(), "engine_timeout")])
async def test_without_an_engine_the_shopper_hears_the_truth_in_time(
    build: Build, transport: httpx.AsyncBaseTransport, code: str
) -> None:
    gateway = build(transport=transport, TRESEN_ENGINE_TIMEOUT="0.05")
    async with gateway.client() as client:
        chat = await open_chat(client)
        assert (await chat.say("Hallo"))["messages"] == HONEST
    assert logged(gateway, "Hallo").error == code


async def test_while_the_engine_starts_the_message_is_kept_and_answered_under_its_id(build: Build) -> None:
    gateway = build(engine_start=60.0)
    gateway.engine.faults = [lambda turn: JSONResponse({"error": "NotReady"}, 503)] * 7
    async with gateway.client() as client:
        chat = await open_chat(client)
        for _ in range(7):
            early = await chat.post(id="m", text="Hallo")
            assert (early.status_code, early.headers["retry-after"]) == (503, "2")
            assert early.json()["type"] == "urn:tresen:problem:engine-starting"
        assert logged(gateway, "Hallo").state == "received"
        assert (await chat.say("Hallo", id="m"))["messages"] == [{"type": "text", "text": "Gehört: Hallo"}]
    assert len({turn["message_id"] for turn in gateway.engine.turns}) == 1


async def test_an_engine_that_was_there_and_left_is_not_called_starting(build: Build) -> None:
    gateway = build(engine_start=60.0, TRESEN_ENGINE_TIMEOUT="0.2")
    async with gateway.client() as client:
        chat = await open_chat(client)
        await chat.say("Hallo")
        gateway.engine.fault_forever = lambda turn: JSONResponse({"error": "NotReady"}, 503)
        assert (await chat.say("Noch da?"))["messages"] == HONEST
    assert logged(gateway, "Noch da?").error == "engine_status_503"


async def test_an_engine_that_never_starts_is_owned_up_to_in_the_end(build: Build) -> None:
    gateway = build(transport=Down(), engine_start=1e-9, TRESEN_ENGINE_TIMEOUT="0.05")
    async with gateway.client() as client:
        chat = await open_chat(client)
        assert (await chat.say("Hallo"))["messages"] == HONEST


async def test_after_five_failures_the_engine_is_left_alone(build: Build) -> None:
    gateway = build(transport=Hanging(), TRESEN_ENGINE_TIMEOUT="0.02")
    async with gateway.client() as client:
        chat = await open_chat(client)
        for number in range(6):
            await chat.say(f"Hallo {number}")
    errors = [logged(gateway, f"Hallo {number}").error for number in range(6)]
    assert errors == ["engine_timeout"] * 5 + ["circuit_open"]


async def test_erasing_in_the_middle_of_a_turn_waits_for_it_and_leaves_nothing(
    chat: Chat, gateway: Gateway
) -> None:
    gateway.engine.gate = asyncio.Event()
    turn = asyncio.create_task(chat.post(text="Hallo"))
    while not gateway.engine.turns:
        await asyncio.sleep(0)
    erase = asyncio.create_task(chat.client.delete("/api/session", headers=chat.headers))
    gateway.engine.gate.set()
    assert (await turn).status_code == 200
    assert (await erase).status_code == 204
    with reading(gateway.database) as connection:
        assert connection.execute(select(messages)).all() == []


async def test_an_action_that_erases_the_chat_is_still_heard(chat: Chat, gateway: Gateway) -> None:
    def erase(turn: dict) -> list[dict]:
        gateway.services.inbox._eraser.erase(chat.session)
        return [text("Alles ist gelöscht.")]

    gateway.engine.script = erase
    assert (await chat.say("Lösch alles"))["messages"] == [{"type": "text", "text": "Alles ist gelöscht."}]
