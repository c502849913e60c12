"""A campaign reaches cart, checkout, pages and offers to other software, and leaves them by the clock."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.offers.campaigns import Campaign
from actions.store import campaigns, policy
from actions.store.engine import reading, writing
from actions.store.tables import offer_decisions, orders
from tests.gateway.conftest import Build, Gateway, open_chat
from tests.gateway.shop import BIKE, LOCK
from tests.gateway.test_checkout import form_of, link
from tests.gateway.test_expiry import Clock
from tests.gateway.test_messages import put_in_cart
from tests.gateway.test_offers_api import ask


@pytest.fixture
def clock() -> Clock:
    return Clock()


def tomorrow(gateway: Gateway, clock: Clock, **changes: object) -> None:
    """Apply a campaign that begins in an hour and lasts a day."""
    begins = clock.now + timedelta(hours=1)
    with writing(gateway.database) as connection:
        campaign = Campaign("day", begins, begins + timedelta(days=1), changes)
        campaigns.apply(connection, campaign, policy.own_limits(connection), clock.now)


async def test_cart_checkout_and_pages_tell_the_shipping_of_the_moment(build: Build, clock: Clock) -> None:
    gateway = build(clock=clock, TRESEN_CHECKOUT_HOURS="99")
    tomorrow(gateway, clock, free_shipping_from=0)
    told = []
    async with gateway.client() as client:
        chat = await open_chat(client)
        put_in_cart(gateway, chat.session, LOCK)
        for _ in range(3):
            cart = (await client.get("/api/cart", headers=chat.headers)).json()
            page = await client.get(await link(chat))
            words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
            told.append((cart["shipping"]["amount"], "Es fehlen noch 20,10 €" in words, "34,80 €" in words))
            foot = "Versand 4,90 €, ab 50,00 € versandkostenfrei." in words, "Der Versand ist frei." in words
            assert foot == ((True, False) if cart["shipping"]["amount"] else (False, True))
            clock.now += timedelta(hours=13)
    usual = (490, True, True)
    assert told == [usual, (0, False, False), usual]


async def test_who_clicks_when_the_campaign_has_ended_is_shown_the_new_sum_first(
    build: Build, clock: Clock
) -> None:
    gateway = build(clock=clock, TRESEN_CHECKOUT_HOURS="99")
    tomorrow(gateway, clock, shipping_cost=0)
    async with gateway.client() as client:
        chat = await open_chat(client)
        put_in_cart(gateway, chat.session, LOCK)
        clock.now += timedelta(hours=24)
        free = form_of(await client.get(await link(chat)))
        clock.now += timedelta(hours=1)
        late = await client.post("/checkout", data=free)
        assert late.status_code == 409
        assert "34,80" in late.text
        assert (await client.post("/checkout", data=form_of(late))).status_code == 303
    with reading(gateway.database) as connection:
        assert connection.scalars(select(orders.c.shipping)).all() == [490]


async def test_what_is_ordered_during_the_campaign_is_sent_for_its_price(build: Build, clock: Clock) -> None:
    gateway = build(clock=clock, TRESEN_CHECKOUT_HOURS="99")
    tomorrow(gateway, clock, shipping_cost=0)
    async with gateway.client() as client:
        chat = await open_chat(client)
        put_in_cart(gateway, chat.session, LOCK)
        clock.now += timedelta(hours=2)
        assert (await client.post("/checkout", data=form_of(await client.get(await link(chat))))).status_code == 303
    with reading(gateway.database) as connection:
        assert connection.scalars(select(orders.c.shipping)).all() == [0]


async def test_other_software_gets_the_decision_of_the_moment(build: Build, clock: Clock) -> None:
    gateway = build(clock=clock)
    tomorrow(gateway, clock, min_profit_cross=90_000)
    answers = []
    async with gateway.client() as client:
        for _ in range(3):
            answers.append((await ask(client, cart=[{"sku": BIKE}], stage="intent")).json())
            clock.now += timedelta(hours=13)
    before, during, after = answers
    assert (len(before["offers"]), during["offers"]) == (1, [])
    assert {row["reason"] for row in during["withheld"]} == {"margin"}
    assert after == before
    with reading(gateway.database) as connection:
        logged = connection.scalars(select(offer_decisions.c.policy_version)).all()
    assert set(logged) == {before["policy_version"], during["policy_version"]}
