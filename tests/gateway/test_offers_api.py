"""Offers for other software: the chat's policy behind a key."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from actions.store.engine import reading
from actions.store.tables import offer_decisions
from tests.gateway.conftest import API_KEY, Gateway
from tests.gateway.shop import BIKE, HELMET

KEY = {"X-Api-Key": API_KEY}


async def ask(client: httpx.AsyncClient, **document: Any) -> httpx.Response:
    return await client.post("/api/offers", json=document, headers=KEY)


async def test_after_the_yes_the_helmet_is_offered_with_its_reason(client, gateway: Gateway) -> None:
    answer = (await ask(client, cart=[{"sku": BIKE, "quantity": 1}], stage="intent")).json()
    (offer,) = answer["offers"]
    assert (offer["kind"], offer["sku"], offer["anchor"]) == ("cross", HELMET, BIKE)
    assert offer["price"] == {"amount": 7990, "currency": "EUR", "text": "79,90 €"}
    assert offer["reason"]["code"] == "curated"
    assert offer["reason"]["text"] == "Damit fahren Sie von Anfang an sicher."
    assert len(answer["policy_version"]) == 12
    with reading(gateway.database) as connection:
        assert connection.scalar(select(func.count()).select_from(offer_decisions)) == 1


async def test_before_the_yes_the_order_comes_first(client) -> None:
    answer = (await ask(client, cart=[{"sku": BIKE}], stage="consider", language="en")).json()
    assert answer["offers"] == []
    assert {"sku": HELMET, "kind": "cross", "reason": "order_first"}.items() <= answer["withheld"][0].items()


async def test_opting_out_ends_offers(client) -> None:
    answer = (await ask(client, cart=[{"sku": BIKE}], stage="intent", opted_out=True)).json()
    assert answer["offers"] == []
    assert {each["reason"] for each in answer["withheld"]} == {"opted_out"}


async def test_a_refused_product_stays_refused(client) -> None:
    answer = (await ask(client, cart=[{"sku": BIKE}], stage="intent", refused=[HELMET])).json()
    assert answer["offers"] == []


async def test_english_asks_get_english_reasons(client) -> None:
    answer = (await ask(client, cart=[{"sku": BIKE}], stage="intent", language="en")).json()
    assert answer["offers"][0]["reason"]["text"] == "Ride safely from day one."
    assert answer["offers"][0]["price"]["text"] == "€79.90"


@pytest.mark.parametrize("key", [None, "", "wrong", "the-shops-kex"])
async def test_without_the_key_nothing_is_told(client, key: str | None) -> None:
    headers = {} if key is None else {"X-Api-Key": key}
    answer = await client.post("/api/offers", json={"cart": []}, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"cart": [{"sku": "NO-SUCH"}]}, "NO-SUCH"),
        ({"cart": "x"}, "cart"),
        ({"cart": ["x"]}, "cart"),
        ({"cart": [{"sku": BIKE, "quantity": 0}]}, "quantity"),
        ({"cart": [{"sku": BIKE, "quantity": True}]}, "quantity"),
        ({"cart": [{"sku": BIKE, "quantity": 1.5}]}, "quantity"),
        ({"cart": [{"sku": BIKE}] * 101}, "cart"),
        ({"stage": "later"}, "stage"),
        ({"placement": "moon"}, "placement"),
        ({"kind": "side"}, "kind"),
        ({"hesitation": "boredom"}, "hesitation"),
        ({"needs": []}, "needs"),
        ({"needs": {"max_price": 900}}, "max_price"),
        ({"needs": {"max_price": {"amount": -1}}}, "max_price"),
        ({"needs": {"attributes": {"a": 1}}}, "attribute"),
        ({"refused": [1]}, "refused"),
        ({"opted_out": "yes"}, "opted_out"),
        ({"anchor": "NO-SUCH"}, "NO-SUCH"),
        ({"language": "fr"}, "language"),
        ({"customer": 1}, "customer"),
    ],
)
async def test_what_is_wrong_is_named(client, document: dict[str, Any], named: str) -> None:
    answer = await ask(client, **document)
    assert answer.status_code == 422
    assert named in answer.json()["detail"]
