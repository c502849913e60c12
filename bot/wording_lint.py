"""Checks the shop's sentences: no pressure, no claims without data, both languages, speakable voice variants."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from actions.offers.pressure import Pressure, pressure_in
from actions.phrases import language_of

DU = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer)\b", re.IGNORECASE)
UNSPEAKABLE = re.compile(r"https?:|www\.|[*_#`<>|]|→|×|€|\$")
PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: file, response and what is wrong with it."""

    file: str
    response: str
    problem: str


def lint(folder: Path) -> list[Finding]:
    """Return every finding under `folder`; an empty list is a pass."""
    found: list[Finding] = []
    homes: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        responses = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["responses"]
        for name, variations in responses.items():
            if name in homes:
                found.append(Finding(file.name, name, f"is also defined in {homes[name]}"))
            homes[name] = file.name
            found += [Finding(file.name, name, problem) for problem in _problems(name, variations)]
    return found


def problems_of(sentence: str, language: str) -> Iterator[Pressure]:
    """What is wrong with a sentence of the shop's own that is shown and spoken: the kind of fault and the words."""
    yield from pressure_in(sentence)
    if language == "de" and (familiar := DU.search(sentence)):
        yield Pressure("familiar address", familiar[0])
    if written := UNSPEAKABLE.search(sentence):
        yield Pressure("cannot be spoken", written[0])


def _problems(name: str, variations: list[dict[str, Any]]) -> Iterator[str]:
    keys = Counter((language_of(v), v.get("channel", "")) for v in variations)
    yield from (f"has {count} wordings for {key}" for key, count in keys.items() if count > 1)
    for channel in sorted({channel for _, channel in keys}):
        missing = {"de", "en"} - {language for language, c in keys if c == channel}
        yield from (
            f"lacks the {language} wording{f' for {channel}' if channel else ''}" for language in sorted(missing)
        )
    values = {frozenset(_values(v["text"])) for v in variations if not v.get("channel")}
    if len(values) > 1:
        yield "uses different values in German and English"
    voiced = {language_of(v) for v in variations if v.get("channel") == "voice"}
    for variation in variations:
        yield from _wording_problems(name, variation)
        # without a wording for voice, the usual one is what a voice says
        if (
            not variation.get("channel")
            and language_of(variation) not in voiced
            and _unspeakable(variation["text"])
        ):
            yield f"needs a {language_of(variation)} wording for voice: this one cannot be spoken"


def _wording_problems(name: str, variation: dict[str, Any]) -> Iterator[str]:
    text, language = variation["text"], language_of(variation)
    if not text.strip():
        yield f"is empty in {language}"
    if f".{language}" not in variation.get("id", ""):
        yield f"has an id that does not name its language: {variation.get('id')}"
    yield from map(str, pressure_in(text))
    if language == "de" and not name.startswith("utter_choice") and DU.search(text):
        yield "says du where the shop says Sie"
    if variation.get("channel") == "voice" and _unspeakable(text):
        yield "cannot be spoken as written"


def _unspeakable(text: str) -> bool:
    return bool(UNSPEAKABLE.search(PLACEHOLDER.sub("", text)))


def _values(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}
