"""Reads figures and number words, German and English: "1.200,50", "1.2k", "zweihundertfünfzig", "two hundred"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from actions.understanding.spelling import Token, fold

TEENS_DE = "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn"
TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"


def _counted(text: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + place * step for place, word in enumerate(text.split())}


UNITS_DE = _counted("ein zwei drei vier funf sechs sieben acht neun", 1)
SMALL_DE = UNITS_DE | _counted(TEENS_DE, 10) | {"eins": 1, "zwo": 2}
TENS_DE = _counted("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig", 20, 10)
HALVES = {"anderthalb": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5"}
SMALL_EN = _counted("one two three four five six seven eight nine", 1) | _counted(TEENS_EN, 10)
TENS_EN = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
TIMES = {"hundert": 100, "hundred": 100, "tausend": 1000, "thousand": 1000, "tsd": 1000, "grand": 1000}
ARTICLES = frozenset({"ein", "eine", "einen", "a", "an"})
FIGURE = re.compile(r"\d+(?:[.,']\d+)*")
LARGEST = Decimal(10_000_000)


def figure(text: str) -> Decimal | None:
    """The value of digits with German or English separators; three digits behind a separator are thousands."""
    if not FIGURE.fullmatch(text) or len(text) > 15 or not text.isascii():
        return None
    plain = text.replace("'", "")
    groups = re.split("[.,]", plain)
    if len(groups) == 1:
        return _bounded(Decimal(plain))
    last = groups[-1]
    same_mark = len({c for c in plain if c in ".,"}) == 1
    if len(last) == 3 and same_mark and groups[0] not in ("", "0") and len(groups[0]) <= 3:
        return _bounded(Decimal("".join(groups)))
    return _bounded(Decimal("".join(groups[:-1]) + "." + last))


def _bounded(value: Decimal) -> Decimal | None:
    return value if value <= LARGEST else None


@lru_cache(maxsize=4096)
def spelt(word: str) -> Decimal | None:
    """The value of one folded number word, compounds included; None for any other word."""
    if word in SMALL_EN or word in TENS_EN:
        return Decimal(SMALL_EN.get(word) or TENS_EN[word])
    if word in HALVES:
        return Decimal(HALVES[word])
    value = _german(word)
    return Decimal(value) if value and word != "ein" else None


def _german(word: str) -> int | None:
    half = HALVES.get(word.removesuffix("tausend")) if word.endswith("tausend") else None
    if half is not None:
        return int(Decimal(half) * 1000)
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(name)
        if found:
            many = _german(head) if head else 1
            rest = _german(tail.removeprefix("und")) if tail else 0
            return None if many is None or rest is None or many >= 1000 else many * factor + rest
    if word in SMALL_DE or word in TENS_DE:
        return SMALL_DE.get(word) or TENS_DE[word]
    for unit, value in UNITS_DE.items():
        tens = word.removeprefix(unit + "und")
        if tens in TENS_DE and tens != word:
            return TENS_DE[tens] + value
    return None


def merge_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every number as one token that carries its value."""
    merged: list[Token] = []
    position = 0
    while position < len(tokens):
        value, length = _number_at(tokens, position)
        if value is None:
            merged.append(tokens[position])
            position += 1
            continue
        typed = " ".join(token.typed for token in tokens[position : position + length])
        word = tokens[position].word if length == 1 else fold(typed)
        merged.append(replace(tokens[position], typed=typed, word=word, stem=word, number=value))
        position += length
    return merged


def _number_at(tokens: Sequence[Token], start: int) -> tuple[Decimal | None, int]:
    first = tokens[start]
    value = figure(first.word) or spelt(first.word)
    following = tokens[start + 1].word if start + 1 < len(tokens) else ""
    if first.word in ARTICLES and following in ("hundert", "hundred", "tausend", "thousand"):
        value = Decimal(1)
    elif first.word == "0":
        value = Decimal(0)
    if value is None:
        return None, 0
    return _extend(tokens, start, value)


def _extend(tokens: Sequence[Token], start: int, value: Decimal) -> tuple[Decimal, int]:
    """Go on over "hundred and fifty", "tausend", "twenty five"."""
    total, length = value, 1
    while start + length < len(tokens):
        token = tokens[start + length]
        joined = token.word == "and" and total >= 100 and start + length + 1 < len(tokens)
        small = spelt(tokens[start + length + 1].word if joined else token.word)
        is_words = not tokens[start].word[0].isdigit()
        if token.word in TIMES and total * TIMES[token.word] <= LARGEST:
            total *= TIMES[token.word]
            length += 1
        elif small is not None and is_words and _fits_below(total, small):
            total += small
            length += 2 if joined else 1
        else:
            break
    return total, length


def _fits_below(total: Decimal, small: Decimal) -> bool:
    """True where the second word continues the first: "twenty" + "five", "two hundred" + "fifty"."""
    if total % 100 == 0:
        return small < 100
    return total % 10 == 0 and total % 100 >= 20 and small < 10
