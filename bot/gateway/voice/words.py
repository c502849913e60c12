"""The sentences of the voice frame in one language, with prices in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.offers.products import Money
from actions.phrases import Phrasebook
from actions.wording import listed, spoken
from bot.gateway.voice.speakable import speakable

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Words:
    """Says responses by name; values of the contract's Money shape become prices in words."""

    phrases: Phrasebook
    language: str

    def __call__(self, name: str, **values: object) -> str:
        """The sentence, for a voice where there is a wording of its own."""
        said = {key: self.price(value) if isinstance(value, Mapping) else value for key, value in values.items()}
        return self.phrases.say(name, self.language, voice=True, **said)

    def price(self, money: Mapping[str, Any]) -> str:
        """ "79 Euro 90"; what is less than nothing is said without its sign."""
        return spoken(Money(int(money["amount"]), str(money["currency"])), self.language)

    def title(self, text: str) -> str:
        """A product's title or a button's as one hears it; an endless one ends at a word."""
        said = speakable(text, self.language).rstrip("?!. ")
        if len(said) <= LONGEST_TITLE:
            return said
        return said[:LONGEST_TITLE].rpartition(" ")[0].rstrip(",") or said[:LONGEST_TITLE]

    def listed(self, items: Sequence[str]) -> str:
        """ "A, B und C"."""
        return listed(items, self.language)
