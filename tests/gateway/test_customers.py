"""Who a shopper is, and what may be made of it: nothing without consent, and never the address itself."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from actions.store import consents, conversations
from actions.store.columns import metadata
from actions.store.engine import reading, writing
from actions.store.tables import conversations as chats
from actions.store.tables import orders, past_order_lines
from bot.gateway.customers import proof_of
from bot.gateway.services import utc_now
from tests.gateway.conftest import API_KEY, Chat, Gateway, open_chat
from tests.gateway.shop import BIKE, HELMET, LOCK
from tests.gateway.test_checkout import form_of, link
from tests.gateway.test_messages import put_in_cart

KEY = {"X-Api-Key": API_KEY}
ADDRESS = "Kim.Muster@Example.org"


async def offered(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    asked = {"cart": [{"sku": BIKE}], "stage": "intent", **more}
    return (await client.post("/api/offers", json=asked, headers=KEY)).json()


def reasons(answer: dict[str, Any]) -> dict[str, str]:
    return {each["sku"]: each["reason"] for each in answer["withheld"]}


def bought_long_ago(gateway: Gateway, customer: str, sku: str) -> None:
    with writing(gateway.database) as connection:
        line = {"order_id": "O1", "ordered_at": utc_now(), "customer": customer, "sku": sku, "quantity": 1}
        connection.execute(past_order_lines.insert(), line)


def says_about_consent(gateway: Gateway, conversation: str, state: str) -> None:
    with writing(gateway.database) as connection:
        consents.record(
            connection,
            conversation=conversation,
            state=state,
            text_version="1",
            language="de",
            channel="web",
            now=utc_now(),
        )


async def orders_with_address(chat: Chat, gateway: Gateway, sku: str, address: str = ADDRESS) -> None:
    put_in_cart(gateway, chat.session, sku)
    form = form_of(await chat.client.get(await link(chat)))
    assert (await chat.client.post("/checkout", data={**form, "email": address})).status_code == 303


def vouched(customer: str) -> dict[str, str]:
    return {"id": customer, "proof": proof_of(customer, API_KEY)}


async def test_what_a_consenting_customer_has_is_not_offered_again(client, gateway: Gateway) -> None:
    bought_long_ago(gateway, "C1042", HELMET)
    answer = await offered(client, customer="C1042", consented=True)
    assert answer["offers"] == []
    assert reasons(answer)[HELMET] == "already_owned"


async def test_without_consent_the_same_cart_gets_the_same_offer_as_a_stranger(client, gateway: Gateway) -> None:
    bought_long_ago(gateway, "C1042", HELMET)
    stranger = await offered(client)
    known = await offered(client, customer="C1042")
    assert [each["sku"] for each in stranger["offers"]] == [HELMET]
    assert known == stranger
    assert {each["reason"]["code"] for each in known["offers"]} == {"curated"}


async def test_a_consent_given_in_the_chat_counts_at_the_till_until_it_is_withdrawn(
    client, gateway: Gateway
) -> None:
    bought_long_ago(gateway, "C1042", HELMET)
    chat = await open_chat(client, customer=vouched("C1042"))
    says_about_consent(gateway, chat.session, "personalised")
    assert reasons(await offered(client, customer="C1042"))[HELMET] == "already_owned"
    says_about_consent(gateway, chat.session, "service")
    assert (await offered(client, customer="C1042"))["offers"]
    # the shop's own note of a consent does not outweigh the shopper's no
    assert (await offered(client, customer="C1042", consented=True))["offers"]


async def test_a_chat_belongs_to_a_customer_only_if_the_shop_signed_it(client, gateway: Gateway) -> None:
    chat = await open_chat(client, customer=vouched("C1042"))
    with reading(gateway.database) as connection:
        found = conversations.get(connection, chat.session)
    assert found and found.customer == "C1042"
    for proof in ("", "0" * 64, proof_of("C1043", API_KEY), proof_of("C1042", "another key")):
        answer = await client.post("/api/sessions", json={"customer": {"id": "C1042", "proof": proof}})
        assert answer.status_code == (403 if proof else 422)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wrong", ["C1042", {}, {"id": "C1042"}, {"id": 7, "proof": "x"}, {"id": " ", "proof": "x"}]
)
async def test_a_malformed_customer_is_named(client, wrong: object) -> None:
    answer = await client.post("/api/sessions", json={"customer": wrong})
    assert answer.status_code == 422
    assert "customer" in answer.json()["detail"] or "id must" in answer.json()["detail"]


async def test_the_address_at_the_checkout_links_order_and_chat_and_is_kept_nowhere(
    chat: Chat, gateway: Gateway
) -> None:
    await orders_with_address(chat, gateway, HELMET)
    gateway.services.relay.deliver_due()
    with reading(gateway.database) as connection:
        customer = connection.scalar(select(orders.c.customer))
        everything = [
            str(row).casefold() for table in metadata.sorted_tables for row in connection.execute(select(table))
        ]
        known = conversations.get(connection, chat.session)
    assert customer and customer.startswith("mail-")
    assert known and known.customer == customer
    assert not [row for row in everything if "muster" in row or "example.org" in row]


async def test_the_same_address_is_the_same_customer_in_another_chat_however_it_is_typed(
    client, gateway: Gateway
) -> None:
    first, second = await open_chat(client), await open_chat(client)
    await orders_with_address(first, gateway, HELMET)
    await orders_with_address(second, gateway, LOCK, f"  {ADDRESS.upper()} ")
    with reading(gateway.database) as connection:
        assert len(set(connection.scalars(select(orders.c.customer)))) == 1
    assert (await offered(client, customer=ADDRESS))["offers"]
    says_about_consent(gateway, second.session, "personalised")
    assert reasons(await offered(client, customer=ADDRESS))[HELMET] == "already_owned"


async def test_who_types_no_address_or_nonsense_orders_all_the_same_and_stays_unknown(
    client, gateway: Gateway
) -> None:
    for typed in ("", "kim", "@", "a b@c.de"):
        await orders_with_address(await open_chat(client), gateway, HELMET, typed)
    with reading(gateway.database) as connection:
        assert list(connection.scalars(select(orders.c.customer))) == [None] * 4


async def test_who_the_shop_vouched_for_stays_who_they_are_at_the_checkout(client, gateway: Gateway) -> None:
    chat = await open_chat(client, customer=vouched("C1042"))
    put_in_cart(gateway, chat.session, LOCK)
    page = await client.get(await link(chat))
    assert 'name="email"' not in page.text
    await client.post("/checkout", data={**form_of(page), "email": ADDRESS})
    with reading(gateway.database) as connection:
        assert connection.scalar(select(orders.c.customer)) == "C1042"


async def test_erasing_the_chat_takes_the_customer_off_its_orders(chat: Chat, gateway: Gateway) -> None:
    await orders_with_address(chat, gateway, HELMET)
    await chat.client.delete("/api/session", headers=chat.headers)
    with reading(gateway.database) as connection:
        assert connection.execute(select(orders.c.customer, orders.c.conversation)).all() == [(None, None)]
        assert connection.execute(select(chats)).all() == []


async def test_after_erasing_no_row_of_any_table_holds_the_chats_id(chat: Chat, gateway: Gateway) -> None:
    await chat.say("Haben Sie Helme?")
    await orders_with_address(chat, gateway, HELMET)
    gateway.services.relay.deliver_due()
    await chat.client.delete("/api/session", headers=chat.headers)
    with reading(gateway.database) as connection:
        for table in metadata.sorted_tables:
            assert not [row for row in connection.execute(select(table)) if chat.session in str(row)], table.name
        assert len(connection.execute(select(orders)).all()) == 1
