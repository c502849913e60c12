"""POST /voice/webhook: any voice platform that can sign a line of JSON."""

import hashlib
import hmac
import re
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.gateway.bodies import Document, client_id_field, language_field, object_of, read_body, text_field
from bot.gateway.problems import ProblemError, invalid
from bot.gateway.services import services_of
from bot.gateway.voice.commands import Act
from bot.gateway.voice.doors import LARGEST, NO_STORE, need_channel, spoken_text
from bot.gateway.voice.heard import Heard, hashed
from bot.gateway.voice.turns import Said

TOLERANCE = 150
LONGEST_SESSION = 500
LONGEST_TEXT = 1000
SECONDS = re.compile(r"\d{1,12}")
KEYS = re.compile(r"[0-9*#]{0,20}")


async def answer(request: Request) -> Response:
    """One turn of a caller."""
    services = services_of(request)
    secret = services.voice_keys.webhook
    need_channel(secret)
    body = await read_body(request, LARGEST)
    stamp, signature = request.headers.get("x-tresen-timestamp", ""), request.headers.get("x-tresen-signature", "")
    if not is_signed(secret, stamp, body, signature):
        raise ProblemError(401, "bad-signature", "sign the timestamp and the body with the secret of this shop")
    if not is_fresh(stamp, services.clock()):
        raise ProblemError(401, "stale-request", f"a request may be {TOLERANCE} seconds old")
    document = object_of(body)
    client_id, session = client_id_field(document), text_field(document, "session", limit=LONGEST_SESSION)
    if not session:
        raise invalid("session is missing")
    words, keys = spoken_text(text_field(document, "text", limit=LONGEST_TEXT)), _keys(document)
    heard = Heard(
        channel="voice",
        caller=hashed(services.seals, "webhook", session),
        request=hashed(services.seals, "webhook.request", f"{session}:{client_id}"),
        text=words,
        keys=keys,
        language=language_field(document),
        act=Act.SAY if words or keys else Act.LAUNCH,
    )
    return JSONResponse(_told(client_id, await services.voice.answer(heard)), headers=NO_STORE)


def is_signed(secret: str, stamp: str, body: bytes, signature: str) -> bool:
    """True where the signature is "sha256=" and the HMAC of "<timestamp>." and the body."""
    made = "sha256=" + hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made.encode(), signature.encode("utf-8", "replace"))


def is_fresh(stamp: str, now: datetime) -> bool:
    """True within the tolerance, to either side: clocks differ."""
    return bool(SECONDS.fullmatch(stamp)) and abs(now.timestamp() - int(stamp)) <= TOLERANCE


def _keys(document: Document) -> str:
    keys = text_field(document, "keys", limit=20) or ""
    if not KEYS.fullmatch(keys):
        raise invalid("keys may hold digits, * and #")
    return keys


def _told(client_id: str, said: Said) -> Document:
    speech = said.speech
    return {
        "id": client_id,
        "speech": speech.text,
        "ssml": speech.ssml,
        "reprompt": speech.reprompt,
        "end": speech.ends,
        "choices": list(speech.options.titles),
        "language": speech.language,
        "messages": said.document["messages"],
    }
