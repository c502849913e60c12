"""Somebody who speaks with the shop over one of the platforms, as the platform itself would send it."""

import base64
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import httpx

from bot.gateway.voice.alexa_model import skill
from tests.gateway.voice.certificates import Chain

SHOP = "http://shop.test"
TOKEN, SECRET, HOOK, SKILL = "twilio-token", "dialogflow-secret", "webhook-secret", "amzn1.ask.skill.test"
CERTIFICATE = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"
LOCALES = {"de": "de-DE", "en": "en-US"}


@dataclass
class Caller:
    """One caller; `says` returns what is heard."""

    client: httpx.AsyncClient
    language: str = "de"
    who: str = field(default_factory=lambda: uuid.uuid4().hex)
    last: httpx.Response | None = None
    heard: str = ""

    async def calls(self) -> str:
        """Begin without saying anything."""
        raise AssertionError

    async def says(self, text: str) -> str:
        """Say a line."""
        raise AssertionError

    def kept(self, response: httpx.Response) -> httpx.Response:
        self.last = response
        return response


def twilio_signature(address: str, form: dict[str, str], token: str = TOKEN) -> str:
    """As Twilio documents it."""
    fields = "".join(f"{name}{form[name]}" for name in sorted(form))
    made = hmac.new(token.encode(), f"{address}{fields}".encode(), hashlib.sha1).digest()
    return base64.b64encode(made).decode()


@dataclass
class Phone(Caller):
    """A call; where it goes on is what the last answer said."""

    address: str = ""

    def __post_init__(self) -> None:
        self.address = self.address or f"{SHOP}/voice/phone?language={self.language}"

    def form(self, **fields: str) -> dict[str, str]:
        number = {"From": "+4930123456", "Caller": "+4930123456", "To": "+4930999", "FromCity": ""}
        return {"CallSid": f"CA{self.who}", "AccountSid": "AC1", "CallStatus": "in-progress", **number, **fields}

    async def post(
        self, form: dict[str, str], *, signature: str | None = None, address: str = ""
    ) -> httpx.Response:
        to = address or self.address
        signed = twilio_signature(to, form) if signature is None else signature
        headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
        return self.kept(await self.client.post(to, content=urlencode(form), headers=headers))

    async def step(self, **fields: str) -> str:
        answer = await self.post(self.form(**fields))
        assert answer.status_code == 200, answer.text
        tree = ElementTree.fromstring(answer.content)
        gather = tree.find("Gather")
        if gather is not None:
            self.address = gather.attrib["action"]
        self.heard = "".join(tree.itertext())
        return self.heard

    @property
    def gather(self) -> dict[str, str]:
        assert self.last is not None
        found = ElementTree.fromstring(self.last.content).find("Gather")
        return dict(found.attrib) if found is not None else {}

    async def calls(self) -> str:
        return await self.step()

    async def says(self, text: str) -> str:
        return await self.step(SpeechResult=text, Confidence="0.91")

    async def presses(self, keys: str) -> str:
        return await self.step(Digits=keys)

    @property
    def turn(self) -> int:
        return int(dict(parse_qsl(urlsplit(self.address).query)).get("turn", "0"))


@dataclass
class Dialogflow(Caller):
    """A session of an agent, CX or ES."""

    es: bool = False
    secret: str = SECRET

    def body(self, text: str, *, tag: str = "shop", request: str = "") -> dict[str, Any]:
        heard, code = request or uuid.uuid4().hex, LOCALES[self.language].lower()
        if self.es:
            intent = "Default Welcome Intent" if tag == "welcome" else "Default Fallback Intent"
            result = {"queryText": text, "languageCode": code, "intent": {"displayName": intent}}
            return {"responseId": heard, "session": f"projects/p/agent/sessions/{self.who}", "queryResult": result}
        agent = "projects/p/locations/l/agents/a"
        return {
            "detectIntentResponseId": heard,
            "languageCode": code,
            "text": text,
            "fulfillmentInfo": {"tag": tag},
            "sessionInfo": {"session": f"{agent}/sessions/{self.who}"},
            "pageInfo": {"currentPage": f"{agent}/flows/f/pages/p"},
        }

    async def post(self, body: dict[str, Any], **headers: str) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.kept(await self.client.post(f"{SHOP}/voice/dialogflow", json=body, headers=sent))

    async def _heard(self, body: dict[str, Any]) -> str:
        answer = await self.post(body)
        assert answer.status_code == 200, answer.text
        document = answer.json()
        if self.es:
            self.heard = document["fulfillmentText"]
        else:
            self.heard = document["fulfillmentResponse"]["messages"][0]["text"]["text"][0]
        return self.heard

    async def calls(self) -> str:
        return await self._heard(self.body("", tag="welcome"))

    async def says(self, text: str) -> str:
        return await self._heard(self.body(text))


@dataclass
class Webhook(Caller):
    """A platform of one's own."""

    secret: str = HOOK

    def body(self, text: str | None, request: str = "", **more: Any) -> dict[str, Any]:
        document = {"id": request or uuid.uuid4().hex, "session": self.who, "language": self.language, **more}
        return document if text is None else {**document, "text": text}

    def headers(self, body: bytes, *, age: float = 0, secret: str = "") -> dict[str, str]:
        stamp = str(int(datetime.now(UTC).timestamp() - age))
        signed = hmac.new((secret or self.secret).encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        return {"X-Tresen-Timestamp": stamp, "X-Tresen-Signature": f"sha256={signed.hexdigest()}"}

    async def post(
        self, document: dict[str, Any], headers: dict[str, str] | None = None, *, age: float = 0
    ) -> httpx.Response:
        body = json.dumps(document).encode()
        sent = self.headers(body, age=age) if headers is None else headers
        return self.kept(await self.client.post(f"{SHOP}/voice/webhook", content=body, headers=sent))

    async def _heard(self, document: dict[str, Any]) -> str:
        answer = await self.post(document)
        assert answer.status_code == 200, answer.text
        self.heard = answer.json()["speech"]
        return self.heard

    async def calls(self) -> str:
        return await self._heard(self.body(None))

    async def says(self, text: str) -> str:
        return await self._heard(self.body(text))


@dataclass
class Echo(Caller):
    """A device with the skill on it."""

    chain: Chain | None = None
    started: bool = False
    token: str = ""

    def request(self, kind: str, *, age: float = 0, skill_id: str = SKILL, **fields: Any) -> dict[str, Any]:
        moment = datetime.fromtimestamp(datetime.now(UTC).timestamp() - age, UTC)
        user: dict[str, Any] = {"userId": f"amzn1.ask.account.{self.who}"}
        if self.token:
            user["accessToken"] = self.token
        application = {"applicationId": skill_id}
        return {
            "version": "1.0",
            "session": {
                "new": not self.started,
                "sessionId": "amzn1.echo-api.session.1",
                "application": application,
                "attributes": {},
                "user": user,
            },
            "context": {"System": {"application": application, "user": user, "device": {"deviceId": "d1"}}},
            "request": {
                "type": kind,
                "requestId": f"amzn1.echo-api.request.{uuid.uuid4().hex}",
                "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "locale": LOCALES[self.language],
                **fields,
            },
        }

    def intent(self, name: str, **slots: str) -> dict[str, Any]:
        values = {key: {"name": key, "value": value, "confirmationStatus": "NONE"} for key, value in slots.items()}
        return {"name": name, "confirmationStatus": "NONE", "slots": values}

    async def post(
        self,
        document: dict[str, Any],
        *,
        chain: Chain | None = None,
        address: str = CERTIFICATE,
        body: bytes | None = None,
        **headers: str,
    ) -> httpx.Response:
        signed = json.dumps(document).encode()
        by = chain or self.chain
        assert by is not None
        sent = {
            "SignatureCertChainUrl": address,
            "Signature-256": base64.b64encode(by.sign(signed)).decode(),
            "Content-Type": "application/json; charset=utf-8",
            **headers,
        }
        content = signed if body is None else body
        return self.kept(await self.client.post(f"{SHOP}/voice/alexa", content=content, headers=sent))

    async def sends(self, document: dict[str, Any]) -> dict[str, Any]:
        answer = await self.post(document)
        assert answer.status_code == 200, answer.text
        self.started = True
        response: dict[str, Any] = answer.json()["response"]
        marked = response.get("outputSpeech", {}).get("ssml", "")
        sentences = ElementTree.fromstring(marked).iter("s") if marked else ()
        self.heard = " ".join("".join(sentence.itertext()) for sentence in sentences)
        return response

    async def calls(self) -> str:
        await self.sends(self.request("LaunchRequest"))
        return self.heard

    async def means(self, name: str, **slots: str) -> str:
        """What Alexa makes of one of the skill's intents."""
        await self.sends(self.request("IntentRequest", intent=self.intent(name, **slots)))
        return self.heard

    async def says(self, text: str) -> str:
        """A free answer, as it comes after a question."""
        name, slot = skill().answer_intent
        return await self.means(name, **{slot: text})
