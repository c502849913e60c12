"""Plays a dialogue that was taken out of the record, and compares every answer with the one given then."""

from collections.abc import Mapping
from typing import Any

from actions.services import Services
from bot.transcripts.as_tests import buttons, outcome
from tests.conversations.shopper import Shopper


def play(house: Services, dialogue: Mapping[str, Any]) -> list[str]:
    """What is not as it was, turn by turn; empty where the dialogue goes as recorded."""
    shopper = Shopper(house, language=dialogue["language"], channel=dialogue["channel"])
    found = []
    for number, turn in enumerate(dialogue["turns"]):
        take(shopper, turn)
        expected = {name: turn[name] for name in ("answers", "shown", "offered", "cart") if name in turn}
        told = outcome(shopper.messages, list(shopper.cart) if "cart" in turn else None)
        if told != expected:
            found.append(f"turn {number}: {told} instead of {expected}")
    return found


def take(shopper: Shopper, turn: Mapping[str, Any]) -> None:
    """Say the words, or press the button that had this title and place."""
    if "says" in turn:
        shopper.says(turn["says"], turn["intent"], guard=turn.get("guard", ""))
        return
    titled = [each for each in buttons(shopper.messages) if each["title"] == turn["presses"]]
    assert len(titled) > turn.get("number", 0), f"no button {turn['presses']!r}"
    button = titled[turn.get("number", 0)]["payload"]
    shopper.says("", button["intent"], **button.get("entities", {}))
