"""Which sites' pages the chat serves: our own, those named, and nobody else."""

import httpx
import pytest

from actions.settings import misformed, read_settings
from bot.gateway.origins import read_origins
from tests.gateway.conftest import Build, Gateway, open_chat

SHOP = "https://shop.example"
OTHER = "https://elsewhere.example"
ASKING = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


@pytest.fixture
def embedded(build: Build) -> Gateway:
    return build(TRESEN_SHOP_ORIGINS=f"{SHOP} https://shop.example:8443")


async def test_a_page_of_the_shop_may_talk(embedded: Gateway) -> None:
    async with embedded.client() as client:
        asked = await client.options("/api/messages", headers={"Origin": SHOP, **ASKING})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == SHOP
        assert asked.headers["access-control-allow-headers"] == "Authorization, Content-Type, If-None-Match"
        opened = await client.post("/api/sessions", headers={"Origin": SHOP})
        assert opened.status_code == 201
        assert opened.headers["access-control-allow-origin"] == SHOP
        assert opened.headers["vary"] == "Origin"


async def test_an_error_can_be_read_by_the_shops_page_too(embedded: Gateway) -> None:
    async with embedded.client() as client:
        answer = await client.get("/api/cart", headers={"Origin": SHOP})
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-expose-headers"] == "ETag, Retry-After"


@pytest.mark.parametrize(
    "origin", [OTHER, "http://shop.example", "https://shop.example:9999", "https://shop.example.evil.test", "null"]
)
async def test_another_sites_page_is_turned_away(embedded: Gateway, origin: str) -> None:
    headers = {"Origin": origin}
    async with embedded.client() as client:
        chat = await open_chat(client)
        asked = await client.options("/api/messages", headers={**headers, **ASKING})
        told = await chat.client.post(
            "/api/messages", json={"id": "a", "text": "Hallo"}, headers={**headers, **chat.headers}
        )
    for answer in (asked, told):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:tresen:problem:foreign-origin"
        assert "access-control-allow-origin" not in answer.headers
    assert embedded.engine.turns == []


async def test_without_a_setting_only_our_own_pages_are_served(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/sessions", headers={"Origin": "http://shop.test"})).status_code == 201
    assert (await client.post("/api/sessions", headers={"Origin": SHOP})).status_code == 403
    assert (await client.post("/api/sessions")).status_code == 201


async def test_nobody_is_ever_allowed_in_general_or_with_cookies(embedded: Gateway) -> None:
    async with embedded.client() as client:
        for origin in (SHOP, OTHER):
            for path in ("/api/cart", "/widget/x/chat.js", "/widget.js", "/"):
                headers = (await client.get(path, headers={"Origin": origin})).headers
                assert headers.get("access-control-allow-origin") in (None, SHOP)
                assert "access-control-allow-credentials" not in headers


async def test_the_chats_modules_are_for_the_shops_pages_too(embedded: Gateway) -> None:
    address = f"/widget/{embedded.services.widget.version}/chat.js"
    async with embedded.client() as client:
        ours = await client.get(address, headers={"Origin": SHOP})
        theirs = await client.get(address, headers={"Origin": OTHER})
    assert ours.headers["access-control-allow-origin"] == SHOP
    assert "access-control-allow-origin" not in theirs.headers
    assert "Origin" in theirs.headers["vary"]


async def test_only_the_shops_pages_may_frame_the_chat_page_and_nobody_the_checkout(embedded: Gateway) -> None:
    async with embedded.client() as client:
        chat, home = (await client.get("/chat")).headers, (await client.get("/")).headers
    assert f"frame-ancestors 'self' {SHOP} https://shop.example:8443" in chat["content-security-policy"]
    assert "x-frame-options" not in chat
    assert "frame-ancestors 'none'" in home["content-security-policy"]
    assert home["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "value",
    ["*", "https://shop.example/", "https://*.example", "shop.example", "https://a.example;https://b.example"],
)
def test_what_is_no_origin_is_refused_at_the_start(value: str) -> None:
    (sentence,) = misformed(read_settings({"TRESEN_SHOP_ORIGINS": value}))
    assert sentence.startswith("TRESEN_SHOP_ORIGINS must be origins such as https://shop.example")


@pytest.mark.parametrize("value", ["", SHOP, f"{SHOP} {OTHER}", f"{SHOP}, {OTHER}:8443", "http://127.0.0.1:8081 "])
def test_origins_are_read_from_the_setting(value: str) -> None:
    settings = read_settings({"TRESEN_SHOP_ORIGINS": value})
    assert misformed(settings) == []
    assert read_origins(value) == tuple(value.replace(",", " ").split())
