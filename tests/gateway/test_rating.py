"""A shopper rates the advice: the latest word counts, and nothing but one to five stars is taken."""

import pytest
from sqlalchemy import select

from actions.store import conversations as talks
from actions.store.engine import reading, writing
from actions.store.tables import conversations
from bot.gateway.services import utc_now
from tests.gateway.conftest import Gateway, open_chat


def stars(gateway: Gateway, chat: str) -> int | None:
    with reading(gateway.database) as connection:
        return connection.scalar(select(conversations.c.rating).where(conversations.c.id == chat))


async def test_the_latest_rating_of_a_chat_counts(client, gateway: Gateway) -> None:
    chat = await open_chat(client)
    for given in (2, 5):
        answer = await client.post("/api/rating", json={"rating": given}, headers=chat.headers)
        assert (answer.status_code, answer.json()) == (200, {"rating": given})
    assert stars(gateway, chat.session) == 5


async def test_a_turn_that_ends_after_the_rating_does_not_undo_it(client, gateway: Gateway) -> None:
    chat = await open_chat(client)
    with reading(gateway.database) as connection:
        before = talks.get(connection, chat.session)
    assert before is not None
    await client.post("/api/rating", json={"rating": 4}, headers=chat.headers)
    with writing(gateway.database) as connection:
        talks.save(connection, before, utc_now())
    assert stars(gateway, chat.session) == 4


@pytest.mark.parametrize("given", [0, 6, 4.5, "4", True, None])
async def test_what_is_no_rating_is_refused_and_changes_nothing(client, gateway: Gateway, given) -> None:
    chat = await open_chat(client)
    await client.post("/api/rating", json={"rating": 3}, headers=chat.headers)
    answer = await client.post("/api/rating", json={"rating": given}, headers=chat.headers)
    assert (answer.status_code, stars(gateway, chat.session)) == (422, 3)


async def test_only_who_has_the_chat_can_rate_it(client) -> None:
    assert (await client.post("/api/rating", json={"rating": 5})).status_code == 401
    chat = await open_chat(client)
    assert (await client.delete("/api/session", headers=chat.headers)).status_code == 204
    assert (await client.post("/api/rating", json={"rating": 5}, headers=chat.headers)).status_code == 401
