"""What of an answer can be chosen by a key, a chip or its name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.gateway.payloads import Choice, open_choice
from bot.gateway.voice.speakable import speakable
from bot.gateway.voice.speech import Options
from bot.seals import Seals

MOST = 9
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: how it is called, and the button it stands for."""

    title: str
    choice: Choice


def options_of(document: Document, seals: Seals, conversation: str) -> tuple[Option, ...]:
    """The options of an answer in the order of the keys 1 to 9; a card is chosen by its title."""
    found: dict[str, Option] = {}
    for title, sealed in _buttons(document):
        choice = open_choice(seals, conversation, sealed)
        if choice is not None:
            found.setdefault(sealed, Option(title, replace(choice, title=title)))
    return tuple(found.values())[:MOST]


def offered(options: tuple[Option, ...]) -> Options:
    """What a speech says of the options."""
    intents = {option.choice.intent for option in options}
    return Options(tuple(option.title for option in options), {"confirm", "deny"} <= intents)


def named(options: tuple[Option, ...], text: str, language: str) -> Choice | None:
    """The option called by exactly its title; None where that is nobody's or several ones' name."""
    wanted = _name(text, language)
    called = [option.choice for option in options if _name(option.title, language) == wanted]
    return called[0] if wanted and len(called) == 1 else None


def shows_more(options: tuple[Option, ...]) -> Choice | None:
    """The button that brings further products."""
    return next((option.choice for option in options if option.choice.entities.get("more")), None)


def _name(text: str, language: str) -> str:
    return speakable(text, language).casefold().strip(" .!?")


def _buttons(document: Document) -> Iterator[tuple[str, str]]:
    messages = document["messages"]
    for message in messages:
        if message["type"] in {"offer", "choices"}:
            yield from ((choice["title"], choice["payload"]) for choice in message["choices"])
    for message in messages:
        if message["type"] == "product_cards":
            cards = (card for card in message["cards"] if card["choices"])
            yield from ((card["title"], card["choices"][0]["payload"]) for card in cards)
