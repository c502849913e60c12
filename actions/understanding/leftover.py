"""Gathers the words no reader used: to search for them, or to say honestly that the shop has no such thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.understanding.fulltext import TextIndex
from actions.understanding.meanings import Kind, Meaning
from actions.understanding.reading import Reading
from actions.understanding.repair import Repairer
from actions.understanding.spelling import Token

LEAST_FRONT = 5


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words to search for, words nothing in the shop holds (both as typed), and the category nearest to those."""

    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest_category: str | None = None


def read_leftover(
    reading: Reading, repairer: Repairer, text: TextIndex, meanings: Mapping[str, tuple[Meaning, ...]]
) -> Leftover:
    """Sort the unused words of a message."""
    words: dict[str, None] = {}
    unknown: dict[str, Token] = {}
    for at, token in enumerate(reading.tokens):
        if at in reading.used or not _is_content(token, repairer):
            continue
        words[token.word if token.repaired or token.part else token.typed] = None
        held = text.knows(token.stem) or token.stem in meanings or repairer.heads(token.stem)
        if not held:
            unknown[token.typed] = token
    nearest = (category for token in unknown.values() if (category := _nearest(token, repairer, meanings)))
    return Leftover(tuple(words), tuple(unknown), next(nearest, None))


def _is_content(token: Token, repairer: Repairer) -> bool:
    if token.number is not None or len(token.word) < 2 or not token.word.isalnum():
        return False
    return not repairer.is_everyday(token) and any(c.isalpha() for c in token.word)


def _nearest(token: Token, repairer: Repairer, meanings: Mapping[str, tuple[Meaning, ...]]) -> str | None:
    """The category of the known end of an unknown compound, else of its known front."""
    split = repairer.split(token.word)
    if split:
        found = _category(split.head, meanings)
        if found:
            return found
    for end in range(len(token.word) - 2, LEAST_FRONT - 1, -1):
        found = _category(token.word[:end], meanings)
        if found:
            return found
    return None


def _category(word: str, meanings: Mapping[str, tuple[Meaning, ...]]) -> str | None:
    named = [meaning for meaning in meanings.get(word, ()) if meaning.kind is Kind.CATEGORY]
    return max(named, key=lambda meaning: meaning.weight).name if named else None
