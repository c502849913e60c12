"""Only a signed button carries an intent; a typed slash is just a sign."""

import pytest

from bot.engine.parse import (
    BadPayloadError,
    parsed_payload,
    read_payload,
    response_selection,
    summary,
    without_command,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("/order", "order"), ("  //restart", "restart"), ("/ /greet", "greet"), ("/", "?"), ("und/oder", "und/oder")],
)
def test_a_typed_slash_commands_nothing(typed: str, read: str) -> None:
    assert without_command(typed) == read


def test_a_payload_names_intent_and_entities() -> None:
    intent, entities = read_payload('/add_to_cart{"sku": "A-1", "quantity": 2, "colour": ["rot", "blau"]}')
    assert intent == "add_to_cart"
    assert [(one["entity"], one["value"]) for one in entities] == [
        ("sku", "A-1"),
        ("quantity", 2),
        ("colour", "rot"),
        ("colour", "blau"),
    ]


@pytest.mark.parametrize(
    "text", ["greet", "/Greet", "/greet{", '/greet{"a": {"b": 1}}', "/greet[1]", '/greet{"a": null}', "/a/b/c", ""]
)
def test_a_malformed_payload_is_refused(text: str) -> None:
    with pytest.raises(BadPayloadError):
        read_payload(text)


def test_a_retrieval_intent_selects_its_own_answer() -> None:
    selected = response_selection("faq/shipping", 0.9)
    assert selected["all_retrieval_intents"] == ["faq"]
    assert selected["faq"]["response"]["utter_action"] == "utter_faq/shipping"
    assert response_selection("greet", 0.9) == {}


def test_the_summary_gives_the_full_intent_and_at_most_five_guesses() -> None:
    parse = parsed_payload("/faq/shipping", "faq/shipping", [])
    parse["intent_ranking"] = [{"name": f"i{n}", "confidence": 0.1234567} for n in range(9)]
    found = summary(parse)
    assert found["intent"] == "faq/shipping"
    assert [one["name"] for one in found["ranking"]] == ["i0", "i1", "i2", "i3", "i4"]
    assert found["ranking"][0]["confidence"] == 0.1235
    assert found["guard"] is None
