"""What simulated shoppers can say, from a file of its own that trains nothing."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from actions.folders import DATA
from actions.phrases import Phrasebook
from bot.demo.people import LANGUAGES

FILE = DATA / "demo" / "shoppers.yml"
# the house's own buttons, by what pressing them means
BUTTONS = {
    "take": ("utter_choice_take",),
    "yes": ("utter_choice_yes_add", "utter_choice_yes"),
    "no": ("utter_choice_no",),
    "decline": ("utter_choice_decline",),
    "accept": ("utter_choice_accept_cross", "utter_choice_accept_up", "utter_choice_accept_down"),
    "checkout": ("utter_choice_checkout",),
    "look": ("utter_choice_look",),
    "other": (
        *("utter_choice_more", "utter_choice_view_cart", "utter_choice_fitting", "utter_choice_cheaper"),
        *("utter_choice_too_expensive", "utter_choice_compare", "utter_choice_later", "utter_choice_human"),
        *("utter_choice_resume_offers", "utter_choice_switch_language"),
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The lines of one language by occasion, and what the house's buttons mean by their titles."""

    lines: Mapping[str, Sequence[str]]
    buttons: Mapping[str, str]

    def line(self, occasion: str, chance: random.Random) -> str:
        """One line for an occasion, with a made-up address where it leaves one."""
        line = chance.choice(self.lines["searches" if occasion == "search" else occasion])
        number = chance.randint(1_000_000, 9_999_999)
        return line.format(email=f"kunde{number}@example.org", phone=f"0171 {number}")


def read_words(phrases: Phrasebook, file: Path = FILE) -> dict[str, Words]:
    """The words of every language."""
    content: Mapping[str, Mapping[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    return {
        language: Words(
            {occasion: [str(line) for line in lines] for occasion, lines in content[language].items()},
            {phrases.say(name, language): meaning for meaning, names in BUTTONS.items() for name in names},
        )
        for language in LANGUAGES
    }
