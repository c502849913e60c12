"""A code of six digits joins a call to a chat of the web: the cart follows, and a no holds in both."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.offers.situation import Stage
from actions.store import carts, conversations
from actions.store.columns import metadata
from actions.store.engine import reading, writing
from bot.seals import utc_now
from tests.gateway.conftest import Build, Chat, Gateway, open_chat
from tests.gateway.shop import BIKE, HELMET, LOCK
from tests.gateway.test_messages import put_in_cart
from tests.gateway.voice.certificates import Chain
from tests.gateway.voice.conftest import ByVoice, caller, chats


async def code_of(chat: Chat) -> str:
    answer = await chat.client.post("/api/link", headers=chat.headers)
    assert answer.status_code == 201
    document = answer.json()
    assert document["valid_seconds"] == 600
    assert len(document["code"]) == 6
    return document["code"]


def cart(gateway: Gateway, conversation: str) -> dict[str, int]:
    with reading(gateway.database) as connection:
        return {line.sku: line.quantity for line in carts.lines(connection, conversation)}


def change(gateway: Gateway, conversation: str, **changes) -> None:
    with writing(gateway.database) as connection:
        state = conversations.get(connection, conversation)
        assert state
        conversations.save(connection, replace(state, **changes), utc_now())


@pytest.mark.parametrize("channel", ["phone", "cx", "es", "webhook"])
@pytest.mark.parametrize("said", ["Code {}", "mein Code ist {}", "{spaced}"])
async def test_a_spoken_code_moves_the_call_into_the_chat(
    by: ByVoice, chat: Chat, gateway: Gateway, channel: str, said: str
) -> None:
    someone = by(channel)
    await someone.says("hallo")
    code = await code_of(chat)
    if "{}" not in said:
        assert (await someone.says("Code")).endswith("Wie lautet der Code?")
    heard = await someone.says(said.format(code, spaced=" ".join(code)))
    assert heard.startswith("Verbunden.")
    await someone.says("noch einen Helm")
    assert gateway.engine.turns[-1]["metadata"]["conversation"] == chat.session
    assert gateway.engine.turns[-1]["channel"] == "voice"


async def test_alexa_reads_the_code_as_a_number(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    echo = by("alexa")
    await echo.calls()
    assert "Verbunden" in await echo.means("CodeIntent", code=await code_of(chat))
    await echo.says("hallo")
    assert gateway.engine.turns[-1]["metadata"]["conversation"] == chat.session


async def test_a_code_is_typed_on_a_phone(by: ByVoice, chat: Chat) -> None:
    phone = by("phone")
    await phone.calls()
    await phone.says("Code")
    assert phone.gather["numDigits"] == "6"
    assert "Verbunden" in await phone.presses(await code_of(chat))


async def test_the_cart_follows_and_what_lies_in_the_chat_stays(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    someone = by("phone")
    await someone.says("hallo")
    call = next(each for channel, each in chats(gateway) if channel == "phone")
    put_in_cart(gateway, chat.session, BIKE)
    put_in_cart(gateway, chat.session, LOCK, 2)
    put_in_cart(gateway, call, LOCK)
    put_in_cart(gateway, call, HELMET)
    await someone.says(f"Code {await code_of(chat)}")
    assert cart(gateway, chat.session) == {BIKE: 1, LOCK: 2, HELMET: 1}
    assert cart(gateway, call) == {}
    shown = (await chat.client.get("/api/cart", headers=chat.headers)).json()
    assert [line["sku"] for line in shown["lines"]] == [BIKE, LOCK, HELMET]


async def test_a_no_said_in_either_holds_in_both(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    someone = by("phone")
    await someone.says("hallo")
    call = next(each for channel, each in chats(gateway) if channel == "phone")
    change(gateway, chat.session, refusals=1, memory={"refused": [HELMET], "paused": ["cross"]})
    change(gateway, call, stage=Stage.INTENT, opted_out=True, refusals=2, memory={"refused": [LOCK, HELMET]})
    await someone.says(f"Code {await code_of(chat)}")
    with reading(gateway.database) as connection:
        state = conversations.get(connection, chat.session)
    assert state
    assert (state.opted_out, state.refusals) == (True, 2)
    assert state.stage is Stage.INTENT
    assert state.memory["refused"] == [HELMET, LOCK]
    assert state.memory["paused"] == ["cross"]


async def test_a_code_counts_once(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    first, second = by("phone"), by("phone")
    code = await code_of(chat)
    assert "Verbunden" in await first.says(f"Code {code}")
    assert "gilt nicht" in await second.says(f"Code {code}")
    await second.says("hallo")
    assert gateway.engine.turns[-1]["metadata"]["conversation"] != chat.session


async def test_the_same_request_with_a_code_again_is_answered_alike(by: ByVoice, chat: Chat) -> None:
    someone = by("webhook")
    document = someone.body(f"Code {await code_of(chat)}", "r1")
    before = await someone.post(someone.body("hallo", "r0"))
    first, again = await someone.post(document), await someone.post(document)
    assert first.content == again.content
    assert "Verbunden" in first.json()["speech"]
    # a request of before the move finds its answer, too
    assert (await someone.post(someone.body("hallo", "r0"))).content == before.content


async def test_a_new_code_takes_the_place_of_the_last(by: ByVoice, chat: Chat) -> None:
    old, new = await code_of(chat), await code_of(chat)
    someone = by("phone")
    assert "gilt nicht" in await someone.says(f"Code {old}")
    assert "Verbunden" in await someone.says(f"Code {new}")


async def test_a_code_is_void_after_ten_minutes(build: Build, voices: dict[str, str], chain: Chain) -> None:
    now = [timedelta(0)]
    gateway = build(clock=lambda: utc_now() + now[0], **voices)
    async with gateway.client() as client:
        code = await code_of(await open_chat(client))
        now[0] = timedelta(minutes=10, seconds=1)
        someone = caller(client, chain, "phone")
        assert "gilt nicht" in await someone.says(f"Code {code}")


async def test_codes_cannot_be_tried_out(by: ByVoice, chat: Chat) -> None:
    right = await code_of(chat)
    someone = by("phone")
    wrong = [str(number) for number in range(100_000, 100_006) if str(number) != right][:5]
    said = [await someone.says(f"Code {each}") for each in wrong]
    assert all("gilt nicht" in each for each in said)
    assert "zu viele Versuche" in await someone.says(f"Code {right}")


async def test_nor_by_calling_again_and_again(by: ByVoice, chat: Chat) -> None:
    right = await code_of(chat)
    for number in range(60):
        guess = str(200_000 + number)
        assert guess == right or "gilt nicht" in await by("phone").says(f"Code {guess}")
    assert "zu viele Versuche" in await by("phone").says(f"Code {right}")


async def test_a_code_needs_the_token_of_a_chat(client) -> None:
    assert (await client.post("/api/link")).status_code == 401


async def test_no_code_is_kept_in_so_many_digits(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    code = await code_of(chat)
    await by("phone").says("Code 100001")

    def kept() -> str:
        with reading(gateway.database) as connection:
            return "".join(str(row) for each in metadata.sorted_tables for row in connection.execute(select(each)))

    assert code not in kept()
    await by("phone").says(f"Code {code}")
    assert code not in kept()


async def test_the_chat_shows_what_was_said_on_the_phone_but_nothing_twice(by: ByVoice, chat: Chat) -> None:
    someone = by("phone")
    await someone.says(f"Code {await code_of(chat)}")
    await someone.says("habt ihr Helme?")
    await someone.says("noch mal")
    history = (await chat.client.get("/api/messages", headers=chat.headers)).json()["messages"]
    told = [line["text"] for line in history if line["from"] == "assistant" and line["type"] == "text"]
    assert told.count("Gehört: habt ihr Helme?") == 1


async def test_an_erased_chat_leaves_a_caller_who_begins_anew(by: ByVoice, chat: Chat, gateway: Gateway) -> None:
    someone = by("alexa")
    await someone.calls()
    await someone.means("CodeIntent", code=await code_of(chat))
    assert (await chat.client.delete("/api/session", headers=chat.headers)).status_code == 204
    assert "automatische Assistent" in await someone.calls()
    assert chat.session not in [each for _, each in chats(gateway)]
