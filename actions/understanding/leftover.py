"""Gathers the words no reader used: to search for them, or to say honestly that the shop has no such thing."""

from dataclasses import dataclass

from actions.understanding.lexicon import Lexicon
from actions.understanding.meanings import Kind
from actions.understanding.reading import Reading
from actions.understanding.spelling import Token

LEAST_FRONT = 5


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words to search for, words nothing in the shop holds (both as typed), and the category nearest to those."""

    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest_category: str | None = None


def read_leftover(reading: Reading, lexicon: Lexicon) -> Leftover:
    """Sort the unused words of a message."""
    left = [t for at, t in enumerate(reading.tokens) if at not in reading.used and lexicon.is_content(t)]
    strange = [token for token in left if lexicon.is_strange(token)]
    nearest = (category for token in strange if (category := _nearest(token, lexicon)))
    words = [token.word if token.repaired or token.part else token.typed for token in left]
    return Leftover(
        tuple(dict.fromkeys(words)), tuple(dict.fromkeys(t.typed for t in strange)), next(nearest, None)
    )


def _nearest(token: Token, lexicon: Lexicon) -> str | None:
    """The category of the known end of an unknown compound, else of its known front."""
    split = lexicon.repairer.split(token.word)
    if split:
        found = _category(split.head, lexicon)
        if found:
            return found
    for end in range(len(token.word) - 2, LEAST_FRONT - 1, -1):
        found = _category(token.word[:end], lexicon)
        if found:
            return found
    return None


def _category(word: str, lexicon: Lexicon) -> str | None:
    named = [meaning for meaning in lexicon.meanings.get(word, ()) if meaning.kind is Kind.CATEGORY]
    return max(named, key=lambda meaning: meaning.weight).name if named else None
