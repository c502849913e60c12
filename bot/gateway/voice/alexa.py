"""POST /voice/alexa: a custom skill's requests in, speech, card and reprompt out."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.gateway.bodies import Document, read_body
from bot.gateway.problems import invalid
from bot.gateway.services import Services, services_of
from bot.gateway.voice import ssml
from bot.gateway.voice.alexa_cards import card
from bot.gateway.voice.alexa_customers import customer_of_token
from bot.gateway.voice.alexa_model import skill
from bot.gateway.voice.alexa_requests import part
from bot.gateway.voice.commands import Act
from bot.gateway.voice.doors import LARGEST, NO_STORE, language_of, need_channel, spoken_text
from bot.gateway.voice.heard import Heard, hashed
from bot.gateway.voice.turns import NO, YES, Said

ACTS = {
    "AMAZON.RepeatIntent": Act.REPEAT,
    "AMAZON.PreviousIntent": Act.PREVIOUS,
    "AMAZON.StopIntent": Act.STOP,
    "AMAZON.CancelIntent": Act.STOP,
    "AMAZON.NavigateHomeIntent": Act.STOP,
    "AMAZON.FallbackIntent": Act.MISSED,
}
# what Amazon's own intents tell the assistant
LINES: Mapping[str, Mapping[str, str]] = {
    "AMAZON.YesIntent": YES,
    "AMAZON.NoIntent": NO,
    "AMAZON.HelpIntent": {"de": "hilfe", "en": "help"},
    "AMAZON.NextIntent": {"de": "weiter", "en": "next"},
    "AMAZON.MoreIntent": {"de": "mehr", "en": "more"},
}
SILENT: Document = {"version": "1.0", "response": {}}


async def answer(request: Request) -> Response:
    """One request of the skill."""
    services = services_of(request)
    need_channel(services.alexa.application)
    body = await read_body(request, LARGEST)
    document = await services.alexa.proved(request.headers, body)
    asked = part(document, "request")
    kind = asked.get("type")
    if kind not in {"LaunchRequest", "IntentRequest"}:
        # the session is over, or it is about something this skill does not do: nothing may be said
        return JSONResponse(SILENT, headers=NO_STORE)
    said = await services.voice.answer(_heard(services, document, asked))
    return JSONResponse(_response(said, elicits=kind == "IntentRequest"), headers=NO_STORE)


def _heard(services: Services, document: Document, asked: Mapping[str, Any]) -> Heard:
    session = part(document, "session")
    user = {**part(session, "user"), **part(part(part(document, "context"), "System"), "user")}
    user_id, request_id = user.get("userId"), asked.get("requestId")
    if not isinstance(user_id, str) or not isinstance(request_id, str) or not user_id or not request_id:
        raise invalid("the request names no user or has no id")
    language = language_of(asked.get("locale"))
    intent = part(asked, "intent")
    name = str(intent.get("name") or "")
    act = Act.LAUNCH if asked["type"] == "LaunchRequest" else ACTS.get(name, Act.SAY)
    return Heard(
        channel="alexa",
        caller=hashed(services.seals, "alexa", user_id),
        request=hashed(services.seals, "alexa.request", request_id),
        text=_line(name, part(intent, "slots"), language or "de") if act is Act.SAY else "",
        language=language,
        act=act,
        begins=session.get("new") is True,
        customer=customer_of_token(user.get("accessToken"), services.seals, services.api_key),
    )


def _line(intent: str, slots: Mapping[str, Any], language: str) -> str:
    own = LINES.get(intent)
    return own[language] if own else spoken_text(skill().line(intent, slots, language))


def _response(said: Said, *, elicits: bool) -> Document:
    speech = said.speech
    response: dict[str, Any] = {
        "outputSpeech": {"type": "SSML", "ssml": speech.ssml},
        "shouldEndSession": speech.ends,
    }
    if not speech.ends:
        again = ssml.document([(speech.reprompt, False)])
        response["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": again}}
        if elicits:
            response["directives"] = [_elicit()]
    shown = card(said.document, speech.language)
    if shown:
        response["card"] = shown
    return {"version": "1.0", "sessionAttributes": {}, "response": response}


def _elicit() -> dict[str, Any]:
    """Lets the shopper answer without one of the skill's carrier phrases."""
    intent, slot = skill().answer_intent
    return {
        "type": "Dialog.ElicitSlot",
        "slotToElicit": slot,
        "updatedIntent": {
            "name": intent,
            "confirmationStatus": "NONE",
            "slots": {slot: {"name": slot, "confirmationStatus": "NONE"}},
        },
    }
