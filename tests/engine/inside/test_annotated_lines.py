"""Rasa reads the lines that the console gives with marks as they were meant."""

import pytest
from rasa.shared.nlu.training_data.entities_parser import parse_training_example

# written by bot/transcripts/annotations.py; tests/review/test_marking.py holds the same line
LINE = 'gibbet dat och als [rote](value) [Helme]{"entity": "category", "value": "helmets"}'


def test_words_and_entities_are_those_that_were_marked() -> None:
    message = parse_training_example(LINE, "ask_availability")
    assert message.get("text") == "gibbet dat och als rote Helme"
    found = [(each["start"], each["end"], each["entity"], each["value"]) for each in message.get("entities")]
    assert found == [(19, 23, "value", "rote"), (24, 29, "category", "helmets")]


@pytest.mark.parametrize("value", ["rot/blau", "49,90 €", "O'Neill", "A&B +1: 50 %"])
def test_every_value_that_may_be_typed_is_read(value: str) -> None:
    message = parse_training_example(f'[x]{{"entity": "sku", "value": "{value}"}} ne', "greet")
    assert [each["value"] for each in message.get("entities")] == [value]
