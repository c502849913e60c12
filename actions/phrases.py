"""The shop's sentences: reads data/responses as Rasa does and picks language and voice without chance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

VOICE = "voice"
GAPS = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording of a response; `buttons` are (title, payload) as written."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()


class UnknownPhraseError(KeyError):
    """A response that no file under data/responses defines."""


class Phrasebook:
    """All responses by (name, language, voice); German is the unconditional wording."""

    def __init__(self, phrases: Mapping[tuple[str, str, bool], Phrase]) -> None:
        self._phrases = phrases

    @classmethod
    def load(cls, folder: Path) -> "Phrasebook":
        """Read every YAML file of `folder`; raises FileNotFoundError where there is none."""
        files = sorted(folder.glob("*.yml"))
        if not files:
            raise FileNotFoundError(f"no responses in {folder}")
        phrases: dict[tuple[str, str, bool], Phrase] = {}
        for file in files:
            document = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
            for name, variations in document["responses"].items():
                for variation in variations:
                    phrases[(name, language_of(variation), variation.get("channel") == VOICE)] = _phrase(variation)
        return cls(phrases)

    def names(self) -> frozenset[str]:
        """Every response that exists."""
        return frozenset(name for name, _, _ in self._phrases)

    def find(self, name: str, language: str, *, voice: bool = False) -> Phrase:
        """Return the wording for `language`, the voice variant where asked for and written."""
        for key in ((name, language, voice), (name, language, False), (name, "de", False)):
            if key in self._phrases:
                return self._phrases[key]
        raise UnknownPhraseError(name)

    def say(self, name: str, language: str, *, voice: bool = False, **values: object) -> str:
        """Return the text with `values` filled in, without the gaps that empty ones leave; a missing value raises
        KeyError."""
        text = self.find(name, language, voice=voice).text.format_map(values)
        return GAPS.sub(" ", text).strip(" ")


def language_of(variation: Mapping[str, Any]) -> str:
    """The language a wording is written in: the one it is conditional on, else German."""
    for condition in variation.get("condition", ()):
        if condition["name"] == "language":
            return str(condition["value"])
    return "de"


def _phrase(variation: Mapping[str, Any]) -> Phrase:
    buttons = tuple((button["title"], button["payload"]) for button in variation.get("buttons", ()))
    return Phrase(
        " ".join(variation["text"].split()) if "\n" not in variation["text"] else variation["text"].strip(), buttons
    )
