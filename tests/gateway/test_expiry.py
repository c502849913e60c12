"""A chat's token and a link to the checkout do not last for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from actions.store.engine import reading
from actions.store.tables import orders
from tests.gateway.conftest import Build, open_chat
from tests.gateway.shop import BIKE
from tests.gateway.test_checkout import form_of, link
from tests.gateway.test_messages import put_in_cart


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_a_chat_is_open_for_its_days_and_then_asks_for_a_new_one(build: Build) -> None:
    clock = Clock()
    gateway = build(clock=clock, TRESEN_SESSION_DAYS="7")
    async with gateway.client() as client:
        chat = await open_chat(client)
        clock.now += timedelta(days=7)
        assert (await chat.post(text="Hallo")).status_code == 200
        clock.now += timedelta(seconds=1)
        refused = await chat.post(text="Hallo")
        assert refused.status_code == 401
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert refused.json()["type"] == "urn:tresen:problem:session-expired"
        assert "POST /api/sessions" in refused.json()["detail"]
        for method, path in (("GET", "/api/messages"), ("GET", "/api/cart"), ("DELETE", "/api/session")):
            assert (await client.request(method, path, headers=chat.headers)).status_code == 401
        assert (await (await open_chat(client)).post(text="Hallo")).status_code == 200
    assert len(gateway.engine.turns) == 2


@pytest.mark.parametrize(("hours", "status"), [(1.9, 200), (2.1, 410)])
async def test_a_link_to_the_checkout_is_good_for_its_hours(build: Build, hours: float, status: int) -> None:
    clock = Clock()
    gateway = build(clock=clock, TRESEN_CHECKOUT_HOURS="2")
    async with gateway.client() as client:
        chat = await open_chat(client)
        put_in_cart(gateway, chat.session, BIKE)
        address = await link(chat)
        clock.now += timedelta(hours=hours)
        assert (await client.get(address)).status_code == status
        assert (await client.get(await link(chat))).status_code == 200


async def test_a_form_left_open_too_long_orders_nothing_and_says_so(build: Build) -> None:
    clock = Clock()
    gateway = build(clock=clock)
    async with gateway.client() as client:
        chat = await open_chat(client)
        put_in_cart(gateway, chat.session, BIKE)
        form = form_of(await client.get(await link(chat)))
        clock.now += timedelta(hours=25)
        late = await client.post("/checkout", data=form)
        assert late.status_code == 410
        assert "Es wurde nichts bestellt" in late.text
        with reading(gateway.database) as connection:
            assert connection.scalar(select(func.count()).select_from(orders)) == 0
        fresh = form_of(await client.get(await link(chat)))
        assert (await client.post("/checkout", data=fresh)).status_code == 303
