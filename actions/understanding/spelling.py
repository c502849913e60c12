"""Folds German and English spelling so that umlauts, endings and punctuation never hide a word."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

RUN = re.compile(
    r"(?:\d+(?:[.,]\d+|'\d{3})*|[^\W\d_]+(?:['’`´][^\W\d_]{1,2}(?![^\W\d_]))?)+|[^\w\s]",
)
PIECE = re.compile(r"\d+(?:[.,]\d+|'\d{3})*|[^\W\d_]+(?:['’`´][^\W\d_]{1,2})?")
SPELT_OUT = re.compile(r"(?<![aeoqu])(ae|oe|ue)")
SHORT_SPELT_OUT = {"oel": "ol"}
ENDINGS = ("ern", "em", "en", "er", "es", "e")
LEAST_STEM = 3
LONG = 6
MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a message.

    `typed` is what the shopper wrote, `word` its folded form, `stem` the form without endings; `number` is set
    for figures and number words. `glued` is True where no space parts it from the token before, `part` where
    it is a modifier split off a compound, and `repaired` where a typing error was put right.
    """

    typed: str
    word: str
    stem: str
    number: Decimal | None = None
    glued: bool = False
    part: bool = False
    repaired: bool = False


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; "ä", "ae" and "a" become one, "ß" and "ss" too."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if len(plain) < 4:
        return SHORT_SPELT_OUT.get(plain, plain)
    return SPELT_OUT.sub(lambda match: match.group()[0], plain)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without the endings of number, case and gender; the same for both languages."""
    if len(word) <= LEAST_STEM or not word.isalpha():
        return word
    bare = word
    if bare.endswith("ies") and len(bare) > 4:
        return bare[:-2]
    if bare.endswith("s") and not bare.endswith("ss"):
        bare = bare[:-1]
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= LEAST_STEM:
            bare = bare[: -len(ending)]
            break
    else:
        if bare.endswith(("ln", "rn")) and len(bare) > 4:
            bare = bare[:-1]
    if bare.endswith("s") and not bare.endswith("ss") and len(bare) > LONG:
        bare = bare[:-1]
    return bare[:-1] + "i" if bare.endswith("y") and len(bare) > LEAST_STEM else bare


def stem_of(text: str) -> str:
    """Fold and stem one word; "men's" loses its s."""
    return make(text).stem


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The words, figures and signs of a text, each with whether it touches the one before."""
    end = -1
    plain = text[:MAX_CHARACTERS]
    for match in RUN.finditer(plain if plain.isascii() else unicodedata.normalize("NFKC", plain)):
        yield match.group(), match.start() == end
        end = match.end()


@lru_cache(maxsize=65536)
def make(typed: str, *, glued: bool = False) -> Token:
    """A token of one run; "men's" loses its s, "don't" becomes one word."""
    word = fold(_without_apostrophe(typed))
    return Token(typed, word, stem(word), glued=glued)


def _without_apostrophe(typed: str) -> str:
    if typed.isalnum():
        return typed
    head, mark, tail = re.sub("[’`´]", "'", typed).partition("'")
    if not mark or not head[-1:].isalpha():
        return typed
    return head + tail if tail.casefold() == "t" else head


def tokenise(text: str, keep: Callable[[str], bool]) -> list[Token]:
    """Tokens of a text; a run of letters and digits ("28zoll", "mp3") stays whole only where `keep` knows it."""
    tokens: list[Token] = []
    for run, glued in runs(text):
        pieces = PIECE.findall(run)
        if len(pieces) < 2 or keep(fold(run)):
            tokens.append(make(run, glued=glued))
            continue
        for position, piece in enumerate(pieces):
            tokens.append(make(piece, glued=glued or position > 0))
    return tokens
