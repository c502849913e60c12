"""Erasing reaches the engine's memory, and the record even where the engine cannot be reached."""

import httpx
import pytest
from sqlalchemy import select

from actions.store.engine import reading
from actions.store.tables import conversations
from tests.gateway.conftest import API_KEY, Build, Chat, Gateway, open_chat

KEY = {"X-Api-Key": API_KEY}


def chats(gateway: Gateway) -> list[str]:
    with reading(gateway.database) as connection:
        return list(connection.scalars(select(conversations.c.id)))


async def test_a_deleted_chat_is_forgotten_by_the_engine_too(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Hallo")
    assert gateway.engine.forgotten == []
    assert (await chat.client.delete("/api/session", headers=chat.headers)).status_code == 204
    assert gateway.engine.forgotten == [chat.session]


async def test_a_wish_in_the_chat_to_erase_is_followed_by_the_engine(chat: Chat, gateway: Gateway) -> None:
    gateway.engine.script = lambda _: [
        {"custom": {"type": "text", "text": "Gelöscht.", "response": "utter_erased"}}
    ]
    answer = await chat.say("ja")
    assert answer["messages"] == [{"type": "text", "text": "Gelöscht."}]
    assert gateway.engine.forgotten == [chat.session]


async def test_the_shops_staff_erases_a_chat_with_the_shops_key_only(chat: Chat, client, gateway: Gateway) -> None:
    address = f"/api/sessions/{chat.session}"
    for headers in ({}, {"X-Api-Key": "wrong"}, chat.headers):
        assert (await client.delete(address, headers=headers)).status_code == 401
    assert (chats(gateway), gateway.engine.forgotten) == ([chat.session], [])
    assert (await client.delete(address, headers=KEY)).status_code == 204
    assert (chats(gateway), gateway.engine.forgotten) == ([], [chat.session])
    assert (await client.delete("/api/sessions/no-such-chat", headers=KEY)).status_code == 204


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout])
async def test_an_engine_that_is_down_or_stuck_does_not_keep_the_record_from_being_erased(
    build: Build, error: type[httpx.TransportError], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_request: httpx.Request) -> httpx.Response:
        raise error("no")

    gateway = build(transport=httpx.MockTransport(fails))
    async with gateway.client() as client:
        chat = await open_chat(client)
        assert (await client.delete("/api/session", headers=chat.headers)).status_code == 204
    assert chats(gateway) == []
    assert "was not told to forget" in caplog.text
