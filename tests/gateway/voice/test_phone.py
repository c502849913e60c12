"""Calls: keys, languages, the recogniser's settings, and what Twilio really sends."""

from xml.etree import ElementTree

import pytest

from tests.gateway.conftest import Build, Gateway
from tests.gateway.engine import text
from tests.gateway.shop import HELMET, LOCK
from tests.gateway.voice.callers import Phone, twilio_signature
from tests.gateway.voice.conftest import ByVoice, rows
from tests.gateway.voice.test_conformance import OFFER
from tests.gateway.voice.test_turns import cards


@pytest.fixture
def phone(by: ByVoice) -> Phone:
    made = by("phone")
    assert isinstance(made, Phone)
    return made


async def test_the_recogniser_listens_for_speech_and_keys_in_the_callers_language(by: ByVoice) -> None:
    for language, tongue in (("de", "de-DE"), ("en", "en-US")):
        phone = by("phone", language=language)
        assert isinstance(phone, Phone)
        await phone.calls()
        listening = phone.gather
        assert (listening["input"], listening["language"]) == ("speech dtmf", tongue)
        assert listening["actionOnEmptyResult"] == "true"
        assert listening["action"].startswith("http://shop.test/voice/phone?")


async def test_without_a_language_the_shops_own_is_spoken(phone: Phone) -> None:
    phone.address = "http://shop.test/voice/phone"
    assert "Guten Tag" in await phone.calls()
    assert phone.gather["language"] == "de-DE"


@pytest.mark.parametrize(("key", "word"), [("1", "ja"), ("2", "nein")])
async def test_one_is_yes_and_two_is_no_where_a_yes_or_no_is_asked(
    phone: Phone, gateway: Gateway, key: str, word: str
) -> None:
    gateway.engine.script = lambda turn: [{"custom": OFFER}]
    await phone.calls()
    assert "50 Euro mehr. Möchten Sie tauschen?" in await phone.says("hallo")
    assert phone.gather["numDigits"] == "1"
    assert phone.gather["hints"].startswith("ja, nein, ")
    assert (await phone.step()).startswith("Drücken Sie die 1 für Ja oder die 2 für Nein.")
    await phone.presses(key)
    assert gateway.engine.turns[-1]["message"] == word
    assert gateway.engine.turns[-1]["metadata"]["payload"] is False


async def test_a_key_chooses_where_there_are_several(phone: Phone, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [cards(HELMET, LOCK)]
    await phone.calls()
    await phone.says("was habt ihr?")
    assert phone.gather["hints"] == "Helm Fichte, Bügelschloss Eiche"
    await phone.presses("2")
    assert gateway.engine.turns[-1]["message"] == f'/choose_option{{"sku": "{LOCK}"}}'
    assert rows(gateway)[-1] == "Bügelschloss Eiche"


@pytest.mark.parametrize("keys", ["9", "0", "*", "12"])
async def test_a_key_that_means_nothing_is_asked_about(phone: Phone, gateway: Gateway, keys: str) -> None:
    gateway.engine.script = lambda turn: [cards(HELMET, LOCK)]
    await phone.calls()
    await phone.says("was habt ihr?")
    assert (await phone.presses(keys)).startswith("Das habe ich nicht verstanden.")
    assert len(gateway.engine.turns) == 1


async def test_a_call_that_changed_its_language_is_heard_in_it(phone: Phone, gateway: Gateway) -> None:
    await phone.calls()
    phone.address = phone.address.replace("language=de", "language=en")
    await phone.says("english please")
    assert phone.gather["language"] == "en-US"
    assert "language=en" in phone.gather["action"]


async def test_the_end_of_a_call_is_no_turn(phone: Phone, gateway: Gateway) -> None:
    answer = await phone.post({**phone.form(), "CallStatus": "completed"})
    assert ElementTree.fromstring(answer.content).tag == "Response"
    assert len(ElementTree.fromstring(answer.content)) == 0
    assert rows(gateway) == []


async def test_a_form_with_every_field_twilio_sends_is_read(phone: Phone, gateway: Gateway) -> None:
    fields = {f"Field{number}": "" if number % 2 else f"wert {number} äöü & =" for number in range(60)}
    await phone.step(**fields)
    assert len(rows(gateway)) == 1


async def test_a_standard_port_in_the_address_makes_no_difference(build: Build, voices: dict[str, str]) -> None:
    gateway = build(**{**voices, "TRESEN_PUBLIC_URL": "https://shop.test"})
    async with gateway.client() as client:
        phone = Phone(client)
        form = phone.form()
        for signed, status in (
            ("https://shop.test/voice/phone?language=de", 200),
            ("https://shop.test:443/voice/phone?language=de", 200),
            ("https://shop.test:8443/voice/phone?language=de", 403),
        ):
            assert (await phone.post(form, signature=twilio_signature(signed, form))).status_code == status


async def test_what_is_said_is_escaped(phone: Phone, gateway: Gateway) -> None:
    gateway.engine.script = lambda turn: [text("A < B & C > D </Say><Hangup/>")]
    await phone.calls()
    await phone.says("hallo")
    assert phone.last is not None
    tree = ElementTree.fromstring(phone.last.content)
    assert [each.tag for each in tree.iter()] == ["Response", "Gather", "Say"]


async def test_a_call_without_its_id_is_refused(phone: Phone, gateway: Gateway) -> None:
    form = {name: value for name, value in phone.form().items() if name != "CallSid"}
    assert (await phone.post(form)).status_code == 422
    assert rows(gateway) == []
