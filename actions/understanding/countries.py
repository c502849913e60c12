"""Countries named in a question, and whether a shop's words about where it delivers hold them."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from babel import Locale

LANGUAGES = ("de", "en")
SENDS = re.compile(
    r"\b(?:liefer\w*|versend\w*|verschick\w*|schick\w*|send\w*|ship\w*|deliver\w*)\b.*\b(?:nach|in|to)\b",
    re.IGNORECASE,
)
COLLOQUIAL = {
    "usa": "US",
    "amerika": "US",
    "america": "US",
    "uk": "GB",
    "england": "GB",
    "britain": "GB",
    "holland": "NL",
}
# a text that speaks of more than single countries, or of what is left out, is quoted rather than judged
MORE_THAN_NAMES = re.compile(
    r"\b(?:eu|europ\w*|welt\w*|world\w*|international\w*|ausland|abroad|länder\w*|countries|everywhere|überall|"
    r"nicht|kein\w*|außer|ohne|not|no|except|without|only|nur|dach)\b",
    re.IGNORECASE,
)


class Whereto(StrEnum):
    """What a text says about one country."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


def asked_countries(text: str) -> frozenset[str]:
    """The ISO codes of the countries that a question for delivery names; empty where it asks something else."""
    return _named(text) if SENDS.search(text) else frozenset()


def delivers_to(country: str, texts: Sequence[str]) -> Whereto:
    """What the texts, one thing in several languages, say about a country; unclear beyond plain names."""
    if any(MORE_THAN_NAMES.search(text) for text in texts):
        return Whereto.UNCLEAR
    held = frozenset().union(*map(_named, texts))
    if country in held:
        return Whereto.YES
    return Whereto.NO if held else Whereto.UNCLEAR


def _named(text: str) -> frozenset[str]:
    return frozenset(_codes()[found.casefold()] for found in _pattern().findall(text))


@cache
def _codes() -> dict[str, str]:
    """Countries by their names in small letters, German ones also as "den Niederlanden"."""
    named = {
        name.casefold(): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return {f"{name}n": code for name, code in named.items() if name.endswith("e")} | named | COLLOQUIAL


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_codes(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
