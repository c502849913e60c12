"""Gathers the words no reader used: to search for them, or to say honestly that the shop has no such thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from actions.understanding.everyday import everyday_words, stop_words
from actions.understanding.lexicon import Lexicon
from actions.understanding.meanings import Kind
from actions.understanding.questions import asked_words
from actions.understanding.reading import ADJECTIVE_ENDINGS, ARTICLES, Reading
from actions.understanding.spelling import Token, stem_of
from actions.understanding.wordlists import words

LEAST_FRONT = 5
LED_IN = words("mit with inkl inklusive including samt")
JOINED = words("und and oder or sowie plus , /")
QUALITIES = frozenset({"waterproof", "washable"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words to search for, those of them that nothing in the shop holds, and the category nearest to those.

    `qualities` say what a product shall have or be ("mit Akku", "wasserdicht"), never `unknown`. All as typed.
    """

    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest_category: str | None = None
    qualities: tuple[str, ...] = ()


def read_leftover(reading: Reading, lexicon: Lexicon) -> Leftover:
    """Sort the unused words of a message."""
    unused = {at: t for at, t in enumerate(reading.tokens) if at not in reading.used}
    left = {at: t for at, t in unused.items() if lexicon.is_content(t)}
    qualities = {at: unused[at] for at in sorted(_qualities(reading, unused, lexicon))}
    left = {at: t for at, t in left.items() if at + 1 not in qualities or not _only_describes(reading, at)}
    strange = [token for at, token in left.items() if lexicon.is_strange(token) and at not in qualities]
    nearest = (category for token in strange if (category := _nearest(token, lexicon)))
    return Leftover(
        _typed({**left, **qualities}.values()),
        tuple(dict.fromkeys(t.typed for t in strange)),
        next(nearest, None),
        _typed(qualities.values()),
    )


def _typed(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.word if t.repaired or t.part else t.typed for t in tokens))


def _qualities(reading: Reading, unused: Mapping[int, Token], lexicon: Lexicon) -> frozenset[int]:
    """The places of unused words after "mit", and of those that ask for a general quality such as "wasserdicht"."""
    found = {
        at
        for at, token in unused.items()
        if asked_words().get(token.stem) in QUALITIES and lexicon.is_content(token)
    }
    led = False
    for at, token in enumerate(reading.tokens):
        if token.word in LED_IN:
            led = True
        elif led and at in unused and _says_something(token):
            found |= set() if _is_recorded(token, lexicon) or _only_describes(reading, at) else {at}
        elif token.word not in JOINED | ARTICLES and at not in reading.used:
            led = False
    return frozenset(found)


def _only_describes(reading: Reading, at: int) -> bool:
    """True for "integriertem" before "Laptopfach": what it describes is the wish."""
    following = reading.word(at + 1)
    described = len(following) > 2 and following.isalpha() and not _is_everyday(following)
    return reading.word(at).endswith(ADJECTIVE_ENDINGS) and described


def _is_everyday(word: str) -> bool:
    return word in _everyday() or stem_of(word) in _everyday()


def _says_something(token: Token) -> bool:
    """True for a noun or an adjective that everyday talk is not full of; "Akku" too, which rules know."""
    wordlike = token.number is None and len(token.word) > 2 and token.word.isalpha()
    return wordlike and not _is_everyday(token.word)


@cache
def _everyday() -> frozenset[str]:
    """Everyday words in every form: "gutem" is one as "gut" is."""
    known = everyday_words() | stop_words() | ARTICLES
    return known | {stem_of(word) for word in known if len(word) > LEAST_FRONT - 2}


def _is_recorded(token: Token, lexicon: Lexicon) -> bool:
    """True for a trait that the shop records as such: it is compared and asked for, not searched for as a word."""
    asked, traits = asked_words().get(token.stem), lexicon.records.attributes(())
    named = any(meaning.kind is Kind.ATTRIBUTE for meaning in lexicon.meanings.get(token.stem, ()))
    return named or any(asked in (trait, trait.rpartition("_")[0]) for trait in traits if asked)


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
