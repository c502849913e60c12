"""The chat API: sessions, messages, history and cart."""

import json
import re
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from actions.store import carts, conversations, messages, policy
from actions.store.engine import reading
from bot.gateway.bodies import (
    Document,
    client_id_field,
    language_field,
    page_field,
    read_object,
    shopper_text,
    text_field,
)
from bot.gateway.contract import cart_document
from bot.gateway.customers import vouched_customer
from bot.gateway.inbox import GONE
from bot.gateway.incoming import Incoming
from bot.gateway.listening import news, spoken_in, standing
from bot.gateway.lots import draw
from bot.gateway.payloads import open_choice
from bot.gateway.problems import invalid, unauthorised
from bot.gateway.services import Services, services_of
from bot.gateway.sessions import bearer, issue_token, open_session, person_choice
from bot.seals import new_conversation_id

NO_STORE = {"Cache-Control": "no-store"}
PAYLOAD_LIMIT = 4000
NDJSON = "application/x-ndjson"
# the last line then holds what the answer has beside its messages
CLOSED = re.compile(r"application/x-ndjson\s*;\s*end=true")


async def open_chat(request: Request) -> Response:
    """POST /api/sessions"""
    services = services_of(request)
    document = await read_object(request, optional=True)
    page_sku = page_field(document)
    given = language_field(document)
    customer = vouched_customer(document, services.seals, services.api_key)
    await services.limits.count_session(request.client.host if request.client else "")
    opened = await services.in_thread(_open, services, given, page_sku, customer)
    services.metrics.sessions.inc()
    return JSONResponse(opened, 201, headers=NO_STORE)


def _open(services: Services, given: str | None, page_sku: str, customer: str | None) -> Document:
    language = given or services.catalogue.snapshot().facts.language
    frame, now = services.inbox.frame(new_conversation_id(), language, ()), services.clock()
    limits = policy.limits(frame.snapshot, now)
    said = open_session(
        services.database,
        frame=frame,
        phrases=services.phrases,
        page_sku=page_sku,
        customer=customer,
        lots=draw(services.seals, limits, customer=customer, visit=frame.conversation),
        now=now,
    )
    token = issue_token(services.seals, frame.conversation)
    return {
        "session": frame.conversation,
        "token": token,
        "language": language,
        "messages": said,
        "person": person_choice(services.phrases, frame),
    }


async def send(request: Request) -> Response:
    """POST /api/messages"""
    services = services_of(request)
    conversation = bearer(request, services)
    incoming = read_message(services, conversation, await read_object(request))
    await services.limits.count_message(conversation, incoming.client_id)
    reply = await services.inbox.take(conversation, incoming)
    accepted = request.headers.get("accept", "")
    if NDJSON in accepted:
        lines = _lines(reply, closed=CLOSED.search(accepted) is not None)
        return StreamingResponse(lines, headers=NO_STORE, media_type=NDJSON)
    return Response(reply, headers=NO_STORE, media_type="application/json")


def read_message(services: Services, conversation: str, document: Document) -> Incoming:
    """Return the message of a body; 422 where it is none or its button was not issued in this chat."""
    client_id = client_id_field(document)
    language, page_sku = language_field(document), page_field(document)
    text, sealed = shopper_text(document), text_field(document, "payload", limit=PAYLOAD_LIMIT)
    if (text is None) == (sealed is None):
        raise invalid("send either text or payload")
    choice = open_choice(services.seals, conversation, sealed) if sealed is not None else None
    if sealed is not None and choice is None:
        raise invalid("this server did not issue that payload in this chat")
    return Incoming(client_id, choice.title if choice else text or "", choice, language, page_sku)


async def _lines(reply: bytes, *, closed: bool) -> AsyncIterator[bytes]:
    answer = json.loads(reply)
    said = answer.pop("messages")
    for line in (*said, {"type": "end", **answer}) if closed else said:
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


async def history(request: Request) -> Response:
    """GET /api/messages"""
    services = services_of(request)
    conversation = bearer(request, services)
    if "after" in request.query_params:
        return await news(request, services, conversation)
    return JSONResponse(await services.in_thread(_history, services, conversation), headers=NO_STORE)


def _history(services: Services, conversation_id: str) -> Document:
    with reading(services.database) as connection:
        conversation = conversations.get(connection, conversation_id)
        if conversation is None:
            raise unauthorised(GONE)
        logged = messages.history(connection, conversation_id)
        lines = [line for message in logged for line in spoken_in(connection, services, message)]
        stands = standing(connection, conversation_id, services.clock())
        cart = carts.lines(connection, conversation_id)
    frame = services.inbox.frame(conversation_id, conversation.language, cart)
    return {
        "messages": lines,
        **stands.document(),
        "cart": cart_document(frame),
        "language": conversation.language,
        "stage": str(conversation.stage),
        "person": person_choice(services.phrases, frame),
    }


async def cart(request: Request) -> Response:
    """GET /api/cart"""
    services = services_of(request)
    conversation = bearer(request, services)
    return JSONResponse(await services.in_thread(services.inbox.cart, conversation), headers=NO_STORE)


async def erase(request: Request) -> Response:
    """DELETE /api/session"""
    services = services_of(request)
    await services.inbox.erase(bearer(request, services))
    return Response(status_code=204)
