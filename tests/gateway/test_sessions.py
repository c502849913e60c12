"""Opening a chat: who speaks, in which language, about which product."""

import json

from sqlalchemy import select

from actions.store.engine import reading
from actions.store.tables import conversations, messages
from bot.seals import Seals, read_or_make_key
from tests.gateway.conftest import Chat, Gateway, open_chat
from tests.gateway.shop import BIKE


async def test_the_first_message_says_that_this_is_an_automated_assistant(client) -> None:
    german = await open_chat(client)
    english = await open_chat(client, language="en")
    assert "automatischer Assistent" in german.opened["messages"][0]["text"]
    assert "automated assistant" in english.opened["messages"][0]["text"]
    assert (german.opened["language"], english.opened["language"]) == ("de", "en")


async def test_the_log_keeps_the_disclosure(chat: Chat, gateway: Gateway) -> None:
    with reading(gateway.database) as connection:
        rows = connection.execute(select(messages.c.text, messages.c.reply, messages.c.state)).all()
    assert len(rows) == 1
    assert rows[0].text == ""
    assert "automatischer Assistent" in json.loads(rows[0].reply)["messages"][0]["text"]


async def test_a_chat_opened_on_a_product_page_knows_the_product(client, gateway: Gateway) -> None:
    chat = await open_chat(client, page={"url": "http://shop.test/p/x", "sku": BIKE})
    assert "Mountainbike Grat" in chat.opened["messages"][1]["text"]
    assert "649,00 €" in chat.opened["messages"][1]["text"]
    assert [choice["title"] for choice in chat.opened["messages"][2]["choices"]] == [
        "Ist es lieferbar?",
        "Was passt dazu?",
        "Gibt es das günstiger?",
    ]
    with reading(gateway.database) as connection:
        assert connection.scalar(select(conversations.c.memory))["page_sku"] == BIKE


async def test_an_unknown_page_opens_a_chat_like_any_other(client) -> None:
    chat = await open_chat(client, page={"sku": "NO-SUCH-THING"})
    assert [message["type"] for message in chat.opened["messages"]] == ["text", "choices"]


async def test_an_empty_body_opens_a_chat(client) -> None:
    answer = await client.post("/api/sessions")
    assert answer.status_code == 201
    assert set(answer.json()) == {"session", "token", "language", "messages", "person"}


async def test_ids_are_128_bits_and_the_token_does_not_open_another_chat(client) -> None:
    first, second = await open_chat(client), await open_chat(client)
    assert len(bytes.fromhex(first.session)) == 16
    forged = second.token.replace(second.token.split(".")[0], first.token.split(".")[0])
    answer = await client.get("/api/messages", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_erased_chat_leaves_nothing_and_its_token_no_longer_opens(chat: Chat, gateway: Gateway) -> None:
    await chat.say("mein Geheimnis 4711")
    erased = await chat.client.delete("/api/session", headers=chat.headers)
    assert erased.status_code == 204
    with reading(gateway.database) as connection:
        assert connection.execute(select(messages)).all() == []
        assert connection.execute(select(conversations)).all() == []
    assert (await chat.post(text="Hallo")).status_code == 401
    assert (await chat.client.get("/api/cart", headers=chat.headers)).status_code == 401
    assert (await chat.client.get("/api/messages", headers=chat.headers)).status_code == 401


def test_a_seal_opens_only_for_its_purpose_and_its_key() -> None:
    seals = Seals("a")
    sealed = seals.close("session", "x")
    assert seals.open("session", sealed) == "x"
    assert seals.open("checkout", sealed) is None
    assert Seals("b").open("session", sealed) is None
    assert seals.open("session", "") is None
    assert seals.open("session", "ü.\x00") is None


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path) -> None:
    file = tmp_path / "home" / "secret.key"
    key = read_or_make_key(file)
    assert len(key) >= 40
    assert read_or_make_key(file) == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["secret.key"]
