"""What is not in the contract does not get through the engine's door."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.envelope import BadEnvelopeError, read_envelope

GOOD: dict[str, Any] = {
    "sender": "c1.0",
    "message_id": "m1",
    "message": "hallo",
    "channel": "web",
    "language": "de",
    "metadata": {"page": "/helme"},
}


def body(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_a_good_message_keeps_its_metadata_and_knows_its_conversation() -> None:
    envelope = read_envelope(body())
    assert not envelope.payload
    assert envelope.for_rasa() == {
        "conversation": "c1",
        "page": "/helme",
        "message_id": "m1",
        "language": "de",
        "channel": "web",
    }


def test_metadata_cannot_overrule_the_envelope() -> None:
    seen = read_envelope(body(metadata={"language": "fr", "message_id": "x", "channel": "y"})).for_rasa()
    assert (seen["language"], seen["message_id"], seen["channel"]) == ("de", "m1", "web")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sender", ""),
        ("sender", None),
        ("sender", "a b"),
        ("sender", "x" * 129),
        ("message_id", 7),
        ("message", ""),
        ("message", " \n"),
        ("message", ["hallo"]),
        ("message", "x" * 2001),
        ("channel", "Web"),
        ("channel", "../x"),
        ("language", "fr"),
        ("metadata", "text"),
    ],
)
def test_a_breach_is_refused_by_the_name_of_the_field(field: str, value: Any) -> None:
    with pytest.raises(BadEnvelopeError) as refusal:
        read_envelope(body(**{field: value}))
    assert refusal.value.field == field


def test_a_lone_surrogate_is_not_sayable() -> None:
    with pytest.raises(BadEnvelopeError):
        read_envelope(b'{"sender":"a","message_id":"b","message":"\\ud800","channel":"web","language":"de"}')


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_payload_is_true_or_false_and_nothing_like_it(value: Any) -> None:
    with pytest.raises(BadEnvelopeError):
        read_envelope(body(metadata={"payload": value}))


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_body_whatever_breaks_the_reader(content: bytes) -> None:
    with pytest.raises(BadEnvelopeError):
        read_envelope(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    )
)
def test_no_json_whatever_breaks_the_reader(content: Any) -> None:
    with pytest.raises(BadEnvelopeError):
        read_envelope(json.dumps(content).encode())
