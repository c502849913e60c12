"""Whatever is sent: an answer below 500, problem documents for what is wrong, and no turn for it."""

import json
import uuid
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gateway.conftest import Build, Chat, Gateway, open_chat

PROBLEM = "application/problem+json"
FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["id", "text", "payload", "language", "page", "cart", "stage", "needs", "kind", "refused"])


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    document = answer.json()
    assert set(document) == {"type", "title", "status", "detail"}
    assert document["status"] == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"id": "a", "text": "\xc3"}', 400),
        (b"[" * 8000 + b"]" * 8000, 400),
        (b'{"id": 1' + b"0" * 5000 + b"}", 400),
        (b"[]", 422),
        (b'"x"', 422),
        (b"null", 422),
        (b"{}", 422),
        (b'{"id": "a"}', 422),
        (b'{"text": "Hallo"}', 422),
        (b'{"id": "", "text": "Hallo"}', 422),
        (b'{"id": "a b", "text": "Hallo"}', 422),
        (b'{"id": 7, "text": "Hallo"}', 422),
        (b'{"id": "a", "text": 7}', 422),
        (b'{"id": "a", "text": ["x"]}', 422),
        (b'{"id": "a", "text": "   "}', 422),
        (b'{"id": "a", "text": "\\u0007"}', 422),
        (b'{"id": "a", "text": "\\ud800"}', 422),
        (b'{"id": "a", "text": "a\\u0000b"}', 422),
        (b'{"id": "\\ud800", "text": "Hallo"}', 422),
        (b'{"id": "a", "text": "Hallo", "payload": "x"}', 422),
        (b'{"id": "a", "payload": {"intent": "confirm"}}', 422),
        (b'{"id": "a", "text": "Hallo", "language": "fr"}', 422),
        (b'{"id": "a", "text": "Hallo", "language": 1}', 422),
        (b'{"id": "a", "text": "Hallo", "page": "x"}', 422),
        (b'{"id": "a", "text": "Hallo", "page": {"sku": 1}}', 422),
        (json.dumps({"id": "a", "text": "x" * 1001}).encode(), 422),
        (json.dumps({"id": "a" * 81, "text": "x"}).encode(), 422),
        (json.dumps({"id": "a", "text": "x" * 17_000}).encode(), 413),
    ],
)
async def test_bad_messages_are_named_and_never_become_a_turn(
    chat: Chat, gateway: Gateway, body: bytes, status: int
) -> None:
    answer = await chat.client.post("/api/messages", content=body, headers=chat.headers)
    assert_problem(answer, status)
    assert gateway.engine.turns == []


async def test_text_too_long_says_how_long_it_may_be(chat: Chat) -> None:
    answer = await chat.post(text="x" * 1001)
    assert answer.json()["detail"] == "text may hold 1000 characters, this one has 1001"
    assert (await chat.post(text="x" * 1000)).status_code == 200


async def test_a_body_without_a_declared_length_is_cut_off(chat: Chat) -> None:
    async def endless():
        for _ in range(100):
            yield b"x" * 1000

    answer = await chat.client.post("/api/messages", content=endless(), headers=chat.headers)
    assert_problem(answer, 413)


async def test_odd_but_readable_text_is_answered(chat: Chat) -> None:
    for words in ("🚲" * 500, "Z̷͎a̶l̴g̵o̸", "\u202eRTL", "a\u200bb", "Zeile\nzwei", "\x0bTab\x1f", "日本語", "ﷺ"):
        assert (await chat.post(text=words)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 422), (b'{"language": "xx"}', 422), (b'{"page": 1}', 422), (b"x" * 20_000, 413)],
)
async def test_bad_sessions_are_refused(client: httpx.AsyncClient, body: bytes, status: int) -> None:
    assert_problem(await client.post("/api/sessions", content=body), status)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer ä".encode(), "Bearer " + "x" * 5000]
)
async def test_a_token_that_is_not_ours_opens_nothing(client: httpx.AsyncClient, header: Any) -> None:
    headers = {"Authorization": header} if header else {}
    assert_problem(await client.post("/api/messages", json={"id": "a", "text": "x"}, headers=headers), 401)
    assert_problem(await client.get("/api/messages", headers=headers), 401)
    assert_problem(await client.get("/api/cart", headers=headers), 401)
    assert_problem(await client.delete("/api/session", headers=headers), 401)


async def test_unknown_paths_and_methods_are_problems_too(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/api/nothing"), 404)
    assert_problem(await client.put("/api/messages"), 405)
    assert_problem(await client.get("/static/../app.py"), 404)
    assert_problem(await client.get("/static/%2e%2e/%2e%2e/gateway/app.py"), 404)
    assert_problem(await client.get("/static/%00"), 404)
    assert_problem(await client.get("/img/..%2flogo.svg"), 404)
    assert_problem(await client.get("/p/NO-SUCH"), 404)


@FUZZ
@given(document=st.dictionaries(FIELDS, JSON, max_size=6) | JSON, raw=st.binary(max_size=60))
async def test_no_document_breaks_the_gateway(build: Build, document: Any, raw: bytes) -> None:
    gateway = build()
    async with gateway.client() as client:
        chat = await open_chat(client)
        key = {"X-Api-Key": "the-shops-key"}
        body = json.dumps(document).encode()
        for content in (body, raw):
            for path, headers in (("/api/messages", chat.headers), ("/api/sessions", {}), ("/api/offers", key)):
                answer = await client.post(path, content=content, headers=headers)
                assert answer.status_code < 500, answer.text
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == PROBLEM


@FUZZ
@given(words=st.text(min_size=1, max_size=1100))
async def test_any_text_is_answered_or_refused(build: Build, words: str) -> None:
    gateway = build()
    async with gateway.client() as client:
        chat = await open_chat(client)
        body = json.dumps({"id": uuid.uuid4().hex, "text": words})
        answer = await client.post("/api/messages", content=body, headers=chat.headers)
        assert answer.status_code in {200, 422}
        assert len(gateway.engine.turns) == (1 if answer.status_code == 200 else 0)


@FUZZ
@given(token=st.text(max_size=60), order=st.text(max_size=60), sku=st.text(min_size=1, max_size=40))
async def test_no_link_breaks_the_pages(build: Build, token: str, order: str, sku: str) -> None:
    gateway = build()
    async with gateway.client() as client:
        values = {"token": token.encode("utf-8", "replace"), "order": order.encode("utf-8", "replace")}
        for answer in (
            await client.get("/checkout", params=values),
            await client.post("/checkout", data=values),
            await client.get("/", params={"category": values["token"], "lang": values["order"]}),
            await client.get("/p/" + quote(sku, safe="", errors="replace")),
        ):
            assert answer.status_code < 500
