"""POST /voice/dialogflow: fulfilment for Dialogflow CX and ES, each in its own shape, behind a header secret."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.gateway.bodies import object_of, read_body
from bot.gateway.problems import invalid, unauthorised
from bot.gateway.services import services_of
from bot.gateway.voice.commands import Act
from bot.gateway.voice.doors import LARGEST, NO_STORE, language_of, need_channel, spoken_text
from bot.gateway.voice.heard import Heard, hashed
from bot.gateway.voice.turns import Said
from bot.seals import Seals

Document = Mapping[str, Any]
WELCOME = "welcome"
NO_INPUT = "sys.no-input"


async def answer(request: Request) -> Response:
    """One turn of an agent."""
    services = services_of(request)
    secret = services.voice_keys.dialogflow
    need_channel(secret)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode("utf-8", "replace"), secret.encode())
    if scheme.lower() != "bearer" or not known:
        raise unauthorised("send the secret as Authorization: Bearer")
    body = await read_body(request, LARGEST)
    document = object_of(body)
    is_cx = "queryResult" not in document
    heard = (_heard_by_cx if is_cx else _heard_by_es)(document, body, services.seals)
    said = await services.voice.answer(heard)
    return JSONResponse(_to_cx(said, document) if is_cx else _to_es(said), headers=NO_STORE)


def _heard_by_cx(document: Document, body: bytes, seals: Seals) -> Heard:
    session = _text(_part(document, "sessionInfo"), "session")
    keys = spoken_text(document.get("dtmfDigits"))
    words = spoken_text(document.get("text")) or spoken_text(document.get("transcript"))
    act = Act.SAY if words or keys else Act.MISSED
    if _text(document, "triggerEvent").startswith(NO_INPUT):
        act = Act.SILENCE
    elif _text(_part(document, "fulfillmentInfo"), "tag").casefold() == WELCOME:
        act = Act.LAUNCH
    heard_id = _text(document, "detectIntentResponseId")
    return _heard(seals, session, heard_id, body, text=words, keys=keys, act=act, language=document)


def _heard_by_es(document: Document, body: bytes, seals: Seals) -> Heard:
    result = _part(document, "queryResult")
    words = spoken_text(result.get("queryText"))
    intent = _text(_part(result, "intent"), "displayName").casefold()
    is_welcome = WELCOME in intent or _text(result, "action") == "input.welcome"
    act = Act.LAUNCH if is_welcome else Act.SAY if words else Act.MISSED
    session, heard_id = _text(document, "session"), _text(document, "responseId")
    return _heard(seals, session, heard_id, body, text=words, keys="", act=act, language=result)


def _heard(
    seals: Seals, session: str, heard_id: str, body: bytes, *, text: str, keys: str, act: Act, language: Document
) -> Heard:
    if not session:
        raise invalid("the session is missing")
    return Heard(
        channel="dialogflow",
        caller=hashed(seals, "dialogflow", session),
        request=hashed(seals, "dialogflow.request", f"{session}:{heard_id or hashlib.sha256(body).hexdigest()}"),
        text="" if keys else text,
        keys=keys,
        language=language_of(language.get("languageCode")),
        act=act,
    )


def _to_cx(said: Said, document: Document) -> dict[str, Any]:
    speech = said.speech
    messages: list[dict[str, Any]] = [
        {"text": {"text": [speech.text]}},
        {"outputAudioText": {"ssml": speech.ssml}},
    ]
    rich = [*_cards(said.document), *_chips(said)]
    if rich:
        messages.append({"payload": {"richContent": [rich]}})
    answer: dict[str, Any] = {"fulfillmentResponse": {"messages": messages, "mergeBehavior": "REPLACE"}}
    page = _text(_part(document, "pageInfo"), "currentPage")
    if speech.ends and "/pages/" in page:
        answer["targetPage"] = f"{page.partition('/pages/')[0]}/pages/END_SESSION"
    return answer


def _cards(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "type": "info",
            "title": card["title"],
            "subtitle": card["price"]["text"],
            "actionLink": card["url"],
        }
        for message in document["messages"]
        if message["type"] in {"product_cards", "offer"}
        for card in message["cards"]
    ]


def _chips(said: Said) -> list[dict[str, Any]]:
    titles = said.speech.options.titles
    return [{"type": "chips", "options": [{"text": title} for title in titles]}] if titles else []


def _to_es(said: Said) -> dict[str, Any]:
    speech = said.speech
    messages: list[dict[str, Any]] = [{"text": {"text": [speech.text]}}]
    if speech.options.titles:
        replies = {"title": speech.reprompt, "quickReplies": list(speech.options.titles)}
        messages.append({"quickReplies": replies})
    return {"fulfillmentText": speech.text, "fulfillmentMessages": messages}


def _part(document: Document, name: str) -> Document:
    part = document.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(document: Document, name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""
