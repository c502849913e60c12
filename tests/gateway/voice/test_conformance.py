"""Amazon's, Twilio's and Google's own classes take what we answer, and the tests send what they would send."""

from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest

from bot.gateway.voice.alexa_model import SkillModel, skill
from tests.gateway.conftest import Build, Gateway
from tests.gateway.engine import text
from tests.gateway.shop import BIKE, HELMET, LOCK
from tests.gateway.test_messages import put_in_cart
from tests.gateway.voice.callers import TOKEN, Dialogflow, Echo, Phone, twilio_signature
from tests.gateway.voice.certificates import Chain
from tests.gateway.voice.conftest import ByVoice, chats
from tests.gateway.voice.judge import Judge
from tests.gateway.voice.test_turns import cards

pytestmark = pytest.mark.platforms

YES_NO = [
    {"title": "Ja, gern", "payload": {"intent": "confirm", "entities": {"offer": "o1"}}},
    {"title": "Nein & danke", "payload": {"intent": "deny", "entities": {}}},
]
OFFER = {
    "type": "offer",
    "id": "o1",
    "kind": "up",
    "anchor": LOCK,
    "cards": [{"sku": HELMET}],
    "price_difference": {"amount": 5000, "currency": "EUR"},
    "reason": {"code": "next_tier", "text": "x", "evidence": {}},
    "choices": YES_NO,
}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "a text": [text("Größe <M> & „Ähnliches“ für 79,90 €?")],
    "cards": [text("Das habe ich (Räder):"), cards(BIKE, HELMET, LOCK)],
    "an offer": [text("Liegt im Warenkorb."), {"custom": OFFER}],
    "a cart": [text("Ihr Warenkorb (79,90 €):"), {"custom": {"type": "cart"}}],
    "a person": [{"custom": {"type": "handoff", "reference": "AB12"}}],
    "a comparison": [
        {
            "custom": {
                "type": "comparison",
                "skus": [BIKE, HELMET],
                "rows": [{"attribute": "Gänge", "values": ["18", "3"]}],
            }
        }
    ],
}


@pytest.fixture
def answering(gateway: Gateway):
    """Sets what the engine answers."""

    def sets(name: str) -> None:
        put_in_cart(gateway, chats(gateway)[0][1], HELMET)
        gateway.engine.script = lambda turn: ANSWERS[name]

    return sets


@pytest.mark.parametrize("answer", ANSWERS)
async def test_amazons_classes_read_our_responses_without_loss(
    by: ByVoice, judge: Judge, answering, answer: str
) -> None:
    echo = by("alexa")
    assert isinstance(echo, Echo)
    await echo.calls()
    answering(answer)
    for document in (
        echo.request("IntentRequest", intent=echo.intent("AnswerIntent", query="hallo")),
        echo.request("IntentRequest", intent=echo.intent("AMAZON.RepeatIntent")),
        echo.request("IntentRequest", intent=echo.intent("AMAZON.StopIntent")),
        echo.request("SessionEndedRequest", reason="USER_INITIATED"),
    ):
        assert judge.says("alexa_request", document=document)["type"] == document["request"]["type"]
        response = (await echo.post(document)).json()
        verdict = judge.says("alexa_response", document=response)
        assert verdict["ok"], verdict
        assert _without_empty(verdict["again"]) == _without_empty(response)


def _without_empty(document: Any) -> Any:
    """The document without fields that hold nothing: the SDK writes every field it knows."""
    if isinstance(document, dict):
        kept = {name: _without_empty(value) for name, value in document.items()}
        return {name: value for name, value in kept.items() if value not in (None, {}, [])}
    return [_without_empty(each) for each in document] if isinstance(document, list) else document


def test_amazons_classes_refuse_what_is_wrong(judge: Judge) -> None:
    wrong = {"version": "1.0", "response": {"outputSpeech": {"type": "Speech"}}}
    assert not judge.says("alexa_response", document=wrong)["ok"]


@pytest.mark.parametrize("locale", skill().locales)
def test_amazons_classes_read_the_interaction_model_without_loss(judge: Judge, locale: str) -> None:
    document = SkillModel.load().document(locale)
    verdict = judge.says("alexa_model", document=document)
    assert verdict["ok"], verdict
    names = [intent["name"] for intent in document["interactionModel"]["languageModel"]["intents"]]
    assert verdict["intents"] == names
    assert _without_empty(verdict["again"]) == _without_empty(document)


async def test_twilios_validator_signs_as_the_tests_do_and_takes_umlauts(by: ByVoice, judge: Judge) -> None:
    phone = by("phone")
    assert isinstance(phone, Phone)
    form = phone.form(SpeechResult="ich suche Laufschuhe für Größe 42")
    ours = twilio_signature(phone.address, form)
    verdict = judge.says("twilio_signature", token=TOKEN, address=phone.address, form=form, signature=ours)
    assert verdict == {"ok": True, "signature": ours, "valid": True}
    assert (await phone.post(form, signature=verdict["signature"])).status_code == 200
    changed = {**form, "SpeechResult": "ja"}
    verdict = judge.says("twilio_signature", token=TOKEN, address=phone.address, form=changed, signature=ours)
    assert verdict["valid"] is False


@pytest.mark.parametrize("answer", ANSWERS)
async def test_twilios_library_builds_the_same_twiml(by: ByVoice, judge: Judge, answering, answer: str) -> None:
    phone = by("phone")
    assert isinstance(phone, Phone)
    await phone.calls()
    answering(answer)
    for step in ({"SpeechResult": "hallo"}, {}, {"SpeechResult": "tschüss"}):
        await phone.step(**step)
        assert phone.last is not None
        ours = phone.last.text
        verdict = judge.says("twiml", xml=ours)
        assert verdict["ok"], verdict
        assert _canonical(verdict["xml"]) == _canonical(ours)


def _canonical(xml: str) -> str:
    return canonicalize(xml)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("kind", ["cx", "es"])
async def test_googles_protobufs_read_our_responses_without_loss(
    by: ByVoice, judge: Judge, answering, kind: str, answer: str
) -> None:
    agent = by(kind)
    assert isinstance(agent, Dialogflow)
    await agent.calls()
    answering(answer)
    for line in ("hallo", "noch mal", "stopp"):
        asked = agent.body(line)
        assert judge.says("dialogflow", kind=f"{kind} request", document=asked)["again"] == asked
        response = (await agent.post(asked)).json()
        verdict = judge.says("dialogflow", kind=f"{kind} response", document=response)
        assert verdict["ok"], verdict
        assert verdict["again"] == response


def test_googles_protobufs_refuse_what_is_wrong(judge: Judge) -> None:
    wrong = {"fulfillmentResponse": {"mesages": []}}
    assert not judge.says("dialogflow", kind="cx response", document=wrong)["ok"]


async def test_no_drawing_goes_to_alexa_which_shows_none(
    build: Build, voices: dict[str, str], chain: Chain, judge: Judge
) -> None:
    gateway = build(**{**voices, "TRESEN_PUBLIC_URL": "https://shop.test"})
    gateway.engine.script = lambda turn: [cards(HELMET)]
    async with gateway.client() as client:
        echo = Echo(client, chain=chain)
        response = await echo.sends(echo.request("IntentRequest", intent=echo.intent("SearchIntent", query="Helm")))
    assert response["card"]["type"] == "Standard"
    assert ".svg" not in str(response)
    assert judge.says("alexa_response", document={"version": "1.0", "response": response})["ok"]
