"""When the house closes, and when a caller is slow or gone: no turn is cut in half, nobody waits for ever."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select

from actions.store.engine import reading
from actions.store.tables import messages
from bot.gateway import bodies
from bot.gateway.services import Services
from tests.gateway.conftest import Chat, Gateway, open_chat
from tests.gateway.test_bad_input import assert_problem


def state_of(gateway: Gateway, words: str) -> str:
    with reading(gateway.database) as connection:
        return str(connection.scalar(select(messages.c.state).where(messages.c.text == words)))


async def test_closing_waits_until_the_last_answer_is_stored(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored_at_closing: list[str] = []

    async def close(_services: Services) -> None:
        stored_at_closing.append(state_of(gateway, "Nehme ich"))

    monkeypatch.setattr(Services, "close", close)
    gateway.engine.gate = asyncio.Event()
    async with gateway.client() as client:
        lifespan = gateway.app.router.lifespan_context(gateway.app)
        await lifespan.__aenter__()
        chat = await open_chat(client)
        request = asyncio.create_task(chat.post(id="m", text="Nehme ich"))
        while not gateway.engine.turns:
            await asyncio.sleep(0)
        # the server has let the connection go, the turn goes on
        request.cancel()
        closing = asyncio.create_task(lifespan.__aexit__(None, None, None))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not closing.done()
        gateway.engine.gate.set()
        await closing
    assert stored_at_closing == ["answered"]


async def test_a_body_that_never_ends_is_given_up(
    chat: Chat, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.01)

    async def trickle():
        yield b'{"id": "m", '
        await asyncio.Event().wait()

    # a gateway that waits for the rest would wait for ever
    async with asyncio.timeout(10):
        answer = await chat.client.post("/api/messages", content=trickle(), headers=chat.headers)
    assert_problem(answer, 408)
    assert answer.json()["type"] == "urn:tresen:problem:body-too-slow"
    assert gateway.engine.turns == []


async def test_a_caller_who_leaves_before_the_end_of_the_body_is_no_fault_of_ours(
    chat: Chat, gateway: Gateway
) -> None:
    arrives: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"id": "m", "te', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return arrives.pop(0)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    headers = [(name.lower().encode(), value.encode()) for name, value in chat.headers.items()]
    request = {"type": "http", "method": "POST", "path": "/api/messages", "raw_path": b"/api/messages"}
    caller = {"query_string": b"", "headers": headers, "client": ("127.0.0.1", 50000), "http_version": "1.1"}
    await gateway.app({**request, **caller}, receive, send)
    assert sent[0]["status"] == 400
    assert json.loads(sent[1]["body"])["detail"] == "the connection was closed before the body was complete"
    assert gateway.engine.turns == []
