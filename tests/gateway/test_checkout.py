"""From the chat's link to one order: what is said before the button, and what a second click does."""

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import func, select

from actions.offers.situation import Stage
from actions.store import conversations
from actions.store.engine import reading, writing
from actions.store.tables import cart_lines, orders, outbox, products, shop_orders
from tests.gateway.conftest import Chat, Gateway
from tests.gateway.shop import BIKE, LOCK
from tests.gateway.test_messages import put_in_cart


async def link(chat: Chat) -> str:
    return (await chat.client.get("/api/cart", headers=chat.headers)).json()["checkout_url"]


def form_of(page: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'name="(token|order)" value="([^"]+)"', page.text))


def count(gateway: Gateway, table) -> int:
    with reading(gateway.database) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


async def test_the_page_says_everything_before_the_button(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, LOCK)
    page = await chat.client.get(await link(chat))
    assert page.status_code == 200
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    for told in ("Bügelschloss Eiche", "1 × 29,90 €", "Versand 4,90 €", "Gesamtsumme inkl. MwSt. 34,80 €"):
        assert told in words
    assert "Es fehlen noch 20,10 € bis zum kostenlosen Versand." in words
    assert "Zahlungspflichtig bestellen" in words.split("Gesamtsumme")[1]
    english = await chat.client.get(await link(chat) + "&lang=en")
    assert "Order with obligation to pay" in english.text


async def test_looking_at_the_page_changes_nothing(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    await chat.client.get(await link(chat))
    assert (count(gateway, orders), count(gateway, cart_lines)) == (0, 1)


async def test_the_click_makes_an_order_and_the_relay_takes_it_to_the_shop(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, LOCK, 2)
    form = form_of(await chat.client.get(await link(chat)))
    clicked = await chat.client.post("/checkout", data=form)
    assert clicked.status_code == 303
    confirmation = clicked.headers["location"]
    waiting = await chat.client.get(confirmation)
    assert "wird gerade übermittelt" in waiting.text
    assert gateway.services.relay.deliver_due() == 1
    done = await chat.client.get(confirmation)
    with reading(gateway.database) as connection:
        number = connection.scalar(select(shop_orders.c.number))
        assert connection.scalar(select(products.c.stock).where(products.c.sku == LOCK)) == 0
        conversation = conversations.get(connection, chat.session)
    assert f"Ihre Bestellnummer ist {number}." in done.text
    assert conversation and conversation.stage is Stage.ORDERED
    assert (await chat.client.get("/api/cart", headers=chat.headers)).json()["lines"] == []
    assert gateway.services.relay.deliver_due() == 0


async def test_a_double_click_is_one_order(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    form = form_of(await chat.client.get(await link(chat)))
    clicks = await asyncio.gather(*(chat.client.post("/checkout", data=form) for _ in range(5)))
    assert {click.status_code for click in clicks} == {303}
    assert len({click.headers["location"] for click in clicks}) == 1
    assert (count(gateway, orders), count(gateway, outbox)) == (1, 1)


async def test_the_same_goods_can_be_ordered_again_later(chat: Chat, gateway: Gateway) -> None:
    for expected in (1, 2):
        put_in_cart(gateway, chat.session, BIKE)
        form = form_of(await chat.client.get(await link(chat)))
        assert (await chat.client.post("/checkout", data=form)).status_code == 303
        assert count(gateway, orders) == expected


async def test_a_cart_that_changed_meanwhile_is_shown_again_instead_of_ordered(
    chat: Chat, gateway: Gateway
) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    form = form_of(await chat.client.get(await link(chat)))
    put_in_cart(gateway, chat.session, LOCK)
    answer = await chat.client.post("/checkout", data=form)
    assert answer.status_code == 409
    assert "es wurde nichts bestellt" in answer.text
    assert count(gateway, orders) == 0


async def test_a_changed_price_is_told_and_charged_as_told(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, LOCK)
    with writing(gateway.database) as connection:
        connection.execute(products.update().where(products.c.sku == LOCK).values(price=3490))
    page = await chat.client.get(await link(chat))
    assert "Der Preis hat sich geändert, vorher 29,90 €." in page.text
    await chat.client.post("/checkout", data=form_of(page))
    with reading(gateway.database) as connection:
        assert connection.scalar(select(orders.c.total)) == 3490 + 490


async def test_what_is_not_there_cannot_be_ordered(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, LOCK, 3)
    page = await chat.client.get(await link(chat))
    assert "Davon sind nur noch 2 da." in page.text
    assert "Zahlungspflichtig bestellen" not in page.text


async def test_sold_out_between_click_and_delivery_is_admitted(chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, LOCK)
    form = form_of(await chat.client.get(await link(chat)))
    clicked = await chat.client.post("/checkout", data=form)
    with writing(gateway.database) as connection:
        connection.execute(products.update().where(products.c.sku == LOCK).values(stock=0))
    gateway.services.relay.deliver_due()
    page = await chat.client.get(clicked.headers["location"])
    assert "Bestellung nicht ausgeführt" in page.text
    assert count(gateway, shop_orders) == 0


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://shop.test.evil"}],
)
async def test_another_site_cannot_order(chat: Chat, gateway: Gateway, headers: dict[str, str]) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    form = form_of(await chat.client.get(await link(chat)))
    answer = await chat.client.post("/checkout", data=form, headers=headers)
    assert answer.status_code == 403
    assert count(gateway, orders) == 0
    own = await chat.client.post("/checkout", data=form, headers={"Origin": "http://shop.test"})
    assert own.status_code == 303


async def test_a_form_without_its_key_or_with_another_carts_key_orders_nothing(
    chat: Chat, client, gateway: Gateway
) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    form = form_of(await chat.client.get(await link(chat)))
    for broken in (
        {},
        {"token": form["token"]},
        {"order": form["order"]},
        {**form, "order": "x"},
        {**form, "token": chat.token},
    ):
        assert (await client.post("/checkout", data=broken)).status_code == 403
    assert count(gateway, orders) == 0


async def test_links_that_are_not_ours_show_nothing(client, chat: Chat, gateway: Gateway) -> None:
    put_in_cart(gateway, chat.session, BIKE)
    token = parse_qs(urlsplit(await link(chat)).query)["token"][0]
    for address in (
        "/checkout",
        "/checkout?token=x",
        f"/checkout?token={chat.token}",
        f"/checkout?token={token}&order=x",
    ):
        assert (await client.get(address)).status_code == 404
    await chat.client.delete("/api/session", headers=chat.headers)
    assert (await client.get(f"/checkout?token={token}")).status_code == 404
