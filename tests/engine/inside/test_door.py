"""Through the one door comes what was understood, done and said; everything else stays shut."""

import json
import urllib.request
from pathlib import Path

import pytest
from conftest import ACTIONS_KEY, Engine, call

LISTENS, LOOPBACK = "0A", "0100007F"


def test_it_listens_on_the_loopback_alone_wherever_the_gateway_does(engine: Engine) -> None:
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()]
    addresses = [row[1].split(":") for row in rows if row[3] == LISTENS]
    assert [address for address, port in addresses if int(port, 16) == engine.port] == [LOOPBACK]


def test_a_greeting_is_answered_in_the_shoppers_language(engine: Engine) -> None:
    status, german = engine.say("Hallo!")
    _, english = engine.say("hello", language="en")
    assert status == 200
    assert german["messages"] == [
        {"text": "Guten Tag!\n\nWas darf es sein?", "response": "utter_greet", "id": "greet.de"}
    ]
    assert english["messages"][0]["id"] == "greet.en"


def test_the_answer_says_what_was_understood_and_done(engine: Engine) -> None:
    _, answer = engine.say("guten morgen", message_id="mine")
    assert answer["message_id"] == "mine"
    assert answer["nlu"]["intent"] == answer["nlu"]["ranking"][0]["name"] == "greet"
    assert answer["nlu"]["confidence"] > 0.7
    assert answer["nlu"]["guard"] is None
    assert answer["nlu"]["entities"] == [{"entity": "language", "value": "de", "extractor": "LanguageSense"}]
    assert answer["actions"] == ["utter_greet"]
    assert len(answer["model"]) == 12


def test_the_language_follows_the_gateway_in_the_middle_of_a_chat(engine: Engine) -> None:
    first = engine.say("hallo", sender="two-tongues.0")[1]
    second = engine.say("hello", sender="two-tongues.0", language="en")[1]
    assert [first["messages"][0]["id"], second["messages"][0]["id"]] == ["greet.de", "greet.en"]


def test_on_the_phone_the_spoken_wording_is_chosen(engine: Engine) -> None:
    assert engine.say("hallo", channel="voice")[1]["messages"][0]["id"] == "greet.de.voice"


def test_small_talk_is_answered_by_the_intent_itself(engine: Engine) -> None:
    _, answer = engine.say("erzähl mir bitte einen witz")
    assert answer["nlu"]["intent"] == "chitchat/joke"
    assert answer["messages"][0]["response"] == "utter_chitchat/joke"
    assert engine.press("/chitchat/weather")[1]["messages"][0]["id"] == "weather.de"


def test_a_button_carries_intent_and_entities_to_the_action(engine: Engine) -> None:
    status, answer = engine.press('/add_to_cart{"sku": "A-1"}', sender="abc.3", message_id="press-1")
    asked = engine.actions.calls[-1]
    latest = asked["tracker"]["latest_message"]
    assert status == 200
    assert answer["messages"] == [{"custom": {"type": "text", "text": "erste Zeile\n\naction_add_to_cart"}}]
    assert latest["message_id"] == "press-1"
    assert latest["metadata"]["conversation"] == "abc"
    assert latest["metadata"]["channel"] == "web"
    assert [one["value"] for one in latest["entities"] if one["entity"] == "sku"] == ["A-1"]
    assert engine.actions.keys[-1] == ACTIONS_KEY
    assert "domain" not in asked


@pytest.mark.parametrize("typed", ["/add_to_cart", '/add_to_cart{"sku": "A-1"}', "  //add_to_cart"])
def test_a_typed_slash_carries_nothing(engine: Engine, typed: str) -> None:
    _, answer = engine.say(typed)
    assert answer["nlu"]["confidence"] < 1.0
    assert not [one for one in answer["nlu"]["entities"] if one["entity"] == "sku"]


@pytest.mark.parametrize("payload", ["/steal", "/restart", "/session_start", "hallo", "/greet{"])
def test_an_unknown_or_reserved_payload_is_refused(engine: Engine, payload: str) -> None:
    assert engine.press(payload)[0] == 400
    assert engine.press(payload)[1]["error"] == "BadPayload"


def test_not_into_the_cart_means_no(engine: Engine) -> None:
    _, answer = engine.say("leg das bitte nicht in den warenkorb")
    assert (answer["nlu"]["intent"], answer["nlu"]["guard"]) == ("deny", "negated")
    assert answer["actions"] == ["action_answer_no"]
    entities = {
        one["entity"]: one["value"] for one in engine.actions.calls[-1]["tracker"]["latest_message"]["entities"]
    }
    assert entities["meant"] == "add_to_cart"
    assert entities["guard"] == "negated"


@pytest.mark.parametrize(
    ("line", "action"), [("mein rad ist kaputt", "action_complain"), ("hilfe", "action_mumble")]
)
def test_a_failed_action_is_said_to_have_failed(engine: Engine, line: str, action: str) -> None:
    status, answer = engine.say(line, message_id="f1")
    assert (status, answer["error"], answer["failed"], answer["message_id"]) == (
        502,
        "ActionFailed",
        [action],
        "f1",
    )
    assert answer["messages"] == []
    assert "secret" not in json.dumps(answer)


def test_an_action_that_takes_too_long_has_failed(engine: Engine) -> None:
    status, answer = engine.press('/add_to_cart{"sku": "slow"}')
    assert (status, answer["failed"]) == (502, ["action_add_to_cart"])


def test_a_long_chat_sends_the_action_only_the_last_turns(engine: Engine) -> None:
    for _ in range(12):
        engine.press("/add_to_cart", sender="long.0")
    events = engine.actions.calls[-1]["tracker"]["events"]
    assert sum(event["event"] == "user" for event in events) <= 5
    assert engine.actions.calls[-1]["tracker"]["slots"]["language"] == "de"


@pytest.mark.parametrize("key", ["", "wrong", "engine-key-for-test"])
def test_without_the_key_nothing_is_said(engine: Engine, key: str) -> None:
    assert engine.post(b'{"sender": "x"}', key=key) == (403, {"error": "Forbidden"})
    assert engine.post(b"", key=key, path="ready") == (403, {"error": "Forbidden"})


def test_an_erased_conversation_is_forgotten_in_all_its_epochs_and_no_other_is(engine: Engine) -> None:
    for sender in ("gone.0", "gone.1", "gone.10.0", "stays.0"):
        engine.press("/add_to_cart", sender=sender)
    assert engine.forget("gone") == 204
    assert engine.forget("never-heard-of") == 204
    assert [engine.remembered(sender) for sender in ("gone.0", "gone.1")] == [1, 1]
    assert [engine.remembered(sender) for sender in ("gone.10.0", "stays.0")] == [2, 2]


def test_without_the_key_nothing_is_forgotten(engine: Engine) -> None:
    engine.press("/add_to_cart", sender="kept.0")
    assert engine.forget("kept", key="wrong") == 403
    assert engine.remembered("kept.0") == 2


def test_a_breach_of_the_contract_is_named(engine: Engine) -> None:
    assert engine.say("hallo", language="fr") == (400, {"error": "BadRequest", "field": "language"})
    assert engine.post(b"x" * 70_000) == (413, {"error": "TooLarge"})


@pytest.mark.parametrize(
    "path", ["", "status", "model", "version", "conversations/c1.0/tracker", "webhooks/rest/webhook"]
)
def test_no_other_route_answers(engine: Engine, path: str) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{engine.port}/{path}", headers={"X-Engine-Key": "x"})
    assert call(request)[0] == 404


def test_the_log_holds_no_word_of_a_shopper(engine: Engine) -> None:
    engine.say("mein rad ist kaputt, xylophon@example.com")
    engine.say("xylophon xylophon", language="fr")
    log = engine.log.read_text()
    assert "xylophon" not in log
    assert "action_complain" in log
    assert all(json.loads(line)["level"] for line in log.splitlines())
