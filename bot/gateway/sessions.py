"""Opens chats: an unguessable id, a signed token, and a first message that says who is speaking."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from starlette.requests import Request

from actions.offers.lots import NO_LOTS, Lots
from actions.offers.situation import Stage
from actions.phrases import Phrasebook
from actions.store import conversations, messages
from actions.store.engine import writing
from actions.wording import money_document
from bot.gateway.contract import Frame, Message, body, render
from bot.gateway.payloads import Choice, seal_choice
from bot.gateway.problems import ProblemError, unauthorised
from bot.gateway.services import Services
from bot.seals import Seals

EXPIRED = "this chat was opened too long ago; open a new one with POST /api/sessions"
FIRST = "welcome"
TOKEN = "session"  # noqa: S105  the seal's purpose, not a secret
PERSON = ("utter_gateway_choice_person", "human_handoff")
STARTERS = (
    ("utter_gateway_choice_advice", "ask_recommendation"),
    ("utter_gateway_choice_shipping", "faq/shipping"),
    PERSON,
)
PRODUCT_STARTERS = (
    ("utter_gateway_choice_available", "ask_availability"),
    ("utter_gateway_choice_accessories", "ask_accessories"),
    ("utter_gateway_choice_cheaper", "ask_cheaper"),
)


def issue_token(seals: Seals, conversation: str) -> str:
    """The bearer token of a conversation."""
    return seals.close_dated(TOKEN, conversation)


def bearer(request: Request, services: Services) -> str:
    """Return the conversation of the request's token; 401 where there is none, it is not ours or too old."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    opened = services.seals.open_dated(TOKEN, token.strip()) if scheme.lower() == "bearer" else None
    if opened is None:
        raise unauthorised("send the token of POST /api/sessions as Authorization: Bearer")
    if opened.age > services.session_age:
        raise ProblemError(401, "session-expired", EXPIRED, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    return str(opened.value)


def welcome(phrases: Phrasebook, frame: Frame, page_sku: str) -> list[Message]:
    """The first messages: the disclosure, the product the shopper looks at, and where to begin."""
    language = frame.language
    said: list[Message] = [{"text": phrases.say("utter_greeting_disclosure", language)}]
    product = frame.snapshot.product(page_sku)
    if product:
        price = money_document(product.price, language)["text"]
        name = frame.names.title(product)
        said.append({"text": phrases.say("utter_gateway_product_page", language, product=name, price=price)})
    buttons = [
        {
            "title": phrases.say(name, language),
            "payload": {"intent": intent, "entities": {"sku": page_sku} if product else {}},
        }
        for name, intent in (PRODUCT_STARTERS if product else STARTERS)
    ]
    return render([*said, {"custom": {"type": "choices", "choices": buttons}}], frame)


def person_choice(phrases: Phrasebook, frame: Frame) -> dict[str, str]:
    """The button that asks for a person; it counts at any time in this conversation."""
    name, intent = PERSON
    title = phrases.say(name, frame.language)
    return {"title": title, "payload": seal_choice(frame.seals, frame.conversation, Choice(title, intent))}


def open_session(
    database: Engine,
    *,
    frame: Frame,
    phrases: Phrasebook,
    page_sku: str,
    customer: str | None = None,
    lots: Lots = NO_LOTS,
    now: datetime,
) -> list[Message]:
    """Begin the conversation of `frame` with the `lots` of its shopper and log its first messages; returns them."""
    said = welcome(phrases, frame, page_sku)
    with writing(database) as connection:
        conversation = conversations.create(
            connection,
            conversation_id=frame.conversation,
            language=frame.language,
            channel="web",
            now=now,
            lots=lots,
        )
        known = {"page_sku": page_sku} if frame.snapshot.product(page_sku) else {}
        if known or customer:
            conversations.save(connection, replace(conversation, memory=known, customer=customer), now)
        log_welcome(connection, frame, said, now)
    return said


def log_welcome(connection: Connection, frame: Frame, said: list[Message], now: datetime) -> None:
    """Keep the first messages as the answer to an empty message, so that the log proves the disclosure."""
    accepted = messages.accept(
        connection, conversation=frame.conversation, client_id=FIRST, text="", payload=None, digest=FIRST, now=now
    )
    reply = body(FIRST, said, Stage.BROWSE, frame)
    messages.answer(
        connection,
        accepted.message_id,
        reply,
        nlu=None,
        actions=None,
        model=None,
        engine_ms=None,
        error=None,
        now=now,
    )
