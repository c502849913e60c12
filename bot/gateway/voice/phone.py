"""POST /voice/phone: calls as Twilio and its likenesses send them, signed forms in, TwiML out."""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.bodies import read_body
from bot.gateway.problems import ProblemError, bad_request, invalid
from bot.gateway.services import Services, services_of
from bot.gateway.voice.commands import Act
from bot.gateway.voice.doors import LARGEST, NO_STORE, language_of, need_channel, spoken_text
from bot.gateway.voice.heard import Heard, hashed
from bot.gateway.voice.speech import Speech
from bot.gateway.voice.turns import NO, YES
from bot.gateway.voice.words import Words

MOST_FIELDS = 200
RECOGNISED = {"de": "de-DE", "en": "en-US"}
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
STANDARD_PORTS = {"https": 443, "http": 80}
MOST_TURNS = 10_000
Pairs = Sequence[tuple[str, str]]


async def answer(request: Request) -> Response:
    """One step of a call."""
    services = services_of(request)
    token = services.voice_keys.phone
    need_channel(token)
    pairs = _pairs(await read_body(request, LARGEST))
    signed = request.headers.get("x-twilio-signature", "")
    if not is_signed(token, _public_address(services, request), pairs, signed):
        raise ProblemError(403, "bad-signature", "this call was not signed with the token of this shop")
    form = dict(pairs)
    if form.get("CallStatus") in OVER:
        return _twiml(Element("Response"))
    heard, turn = _heard(services, form, request.query_params)
    said = await services.voice.answer(heard)
    return _twiml(_response(services, said.speech, heard, turn))


def is_signed(token: str, address: str, pairs: Pairs, signature: str) -> bool:
    """True where the signature was made with the token over our public address and these fields."""
    fields = "".join(f"{name}{value}" for name, value in sorted(set(pairs)))
    given = signature.encode("utf-8", "replace")
    made = [
        base64.b64encode(hmac.new(token.encode(), f"{each}{fields}".encode(), hashlib.sha1).digest())
        for each in _with_and_without_port(address)
    ]
    # both are compared in full, whichever fits
    return sum(hmac.compare_digest(each, given) for each in made) > 0


def _with_and_without_port(address: str) -> Iterator[str]:
    """Some signers write the standard port and some leave any port out."""
    yield address
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.port is not None:
        yield urlunsplit(parts._replace(netloc=host))
    else:
        yield urlunsplit(parts._replace(netloc=f"{host}:{STANDARD_PORTS.get(parts.scheme, 443)}"))


def _public_address(services: Services, request: Request) -> str:
    """Where the platform called us, by our own setting: headers of a proxy can be written by anybody."""
    query = request.scope["query_string"].decode("ascii", "replace")
    return f"{services.public_url}{request.url.path}{'?' if query else ''}{query}"


def _pairs(body: bytes) -> Pairs:
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise bad_request("the form cannot be read") from error


def _heard(services: Services, form: Mapping[str, str], query: Mapping[str, str]) -> tuple[Heard, int]:
    call, count = form.get("CallSid", ""), query.get("turn", "0")
    if not call:
        raise invalid("CallSid is missing")
    turn = min(int(count), MOST_TURNS) if count.isdecimal() and len(count) < 6 else 0
    keys, words = spoken_text(form.get("Digits")), spoken_text(form.get("SpeechResult"))
    act = Act.SAY if keys or words else Act.LAUNCH if turn == 0 else Act.SILENCE
    step = f"{call}:{turn}:{act}:{keys}:{words}"
    heard = Heard(
        channel="phone",
        caller=hashed(services.seals, "phone", call),
        request=hashed(services.seals, "phone.request", step),
        text="" if keys else words,
        keys=keys,
        language=language_of(query.get("language")),
        act=act,
    )
    return heard, turn


def _response(services: Services, speech: Speech, heard: Heard, turn: int) -> Element:
    response = Element("Response")
    tongue = RECOGNISED[speech.language]
    text = speech.text
    if heard.act is Act.SILENCE and speech.options.yes_no:
        text = f"{Words(services.phrases, speech.language)('utter_voice_keys')} {text}"
    if speech.ends:
        SubElement(response, "Say", language=tongue).text = text
        SubElement(response, "Hangup")
        return response
    # the language of the answer goes along, so that a call that changed it is also heard in it
    onward = urlencode({"language": speech.language, "turn": turn + 1})
    listening = {
        "action": f"{services.public_url}/voice/phone?{onward}",
        "actionOnEmptyResult": "true",
        "input": "speech dtmf",
        "language": tongue,
        "method": "POST",
        "speechTimeout": "auto",
        "timeout": "6",
    }
    hints = _hints(speech)
    if hints:
        listening["hints"] = hints
    if speech.keys:
        listening["numDigits"] = str(speech.keys)
    gather = SubElement(response, "Gather", listening)
    SubElement(gather, "Say", language=tongue).text = text
    return response


def _hints(speech: Speech) -> str:
    """What is likely to be said now."""
    yes_no = [YES[speech.language], NO[speech.language]] if speech.options.yes_no else []
    return ", ".join([*yes_no, *(title.replace(",", " ")[:100] for title in speech.options.titles)])


def _twiml(response: Element) -> Response:
    document = b'<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="utf-8")
    return Response(document, headers=NO_STORE, media_type="text/xml; charset=utf-8")
