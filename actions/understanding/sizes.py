"""Reads sizes ("gr. L", "Größe 42", "in XL", "36-39") against the sizes a catalogue records."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from actions.understanding.meanings import Kind
from actions.understanding.numerals import figure
from actions.understanding.prices import is_money
from actions.understanding.reading import Reading
from actions.understanding.spelling import fold
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "size_cue": (
        "größe|groesse|gr|size|sz|konfektionsgröße|schuhgröße|rahmengröße|rahmenhöhe|rh|kleidergröße|ringgröße|eu|sizes|größen",
        "rahmengröße|frame|shoe|ring size|größe",
        "größe|size von|of|ist|is|wäre|:",
    ),
    "size_not": ("davon|stück|stk|mal|x|paar|pair|pairs|pieces|of",),
}
DENIED = words("nicht not kein keine keinen")
LETTERS = re.compile(r"(?:\d?x{0,4}[sl]|\dxl|m)")
WORDS = {
    "small": "s",
    "medium": "m",
    "large": "l",
    "klein": "s",
    "mittel": "m",
    "gross": "l",
    "xlarge": "xl",
    "xsmall": "xs",
}
ENGLISH_WORDS = frozenset({"small", "medium", "large"})
SURE_LETTERS = re.compile(r"\d?x{1,4}[sl]")
UNIVERSAL = words("onesize universal einheitsgrosse unisize os einheit onesizefitsall uni")
NOISE = re.compile(r"\b(?:size|grosse|gr|eu|de|zoll|inch|cm|years?|jahre)\b|[\"″\s.]")
SPAN = re.compile(r"(\d+(?:[.,]\d+)?)(?:-|–|bis|to)(\d+(?:[.,]\d+)?)")
PARTS = re.compile(r"[/|,;](?!\d)|/")


@lru_cache(maxsize=8192)
def core(size: str) -> str:
    """The size itself: "EU 42" and "42" are one, "Large" and "l", "2XL" and "XXL" too."""
    bare = NOISE.sub("", fold(size).replace(",", "."))
    bare = WORDS.get(bare, bare)
    repeated = re.fullmatch(r"(\d)x([sl])", bare)
    return "x" * int(repeated.group(1)) + repeated.group(2) if repeated else bare


def is_universal(recorded: str) -> bool:
    """True for "One Size" and its like."""
    return fold(recorded).replace(" ", "").replace("-", "") in UNIVERSAL


@lru_cache(maxsize=16384)
def size_fits(recorded: str, asked: str) -> bool:
    """True where a recorded size serves an asked one; "36-39" serves 38, "S/M" serves M, "one size" everybody."""
    there, wanted = core(recorded), core(asked)
    if there == wanted or is_universal(recorded):
        return True
    span, number = SPAN.fullmatch(there), figure(wanted)
    if span and number is not None:
        low, high = (Decimal(figure(edge) or 0) for edge in span.groups())
        return low <= number <= high
    return "/" in recorded and wanted in (core(part) for part in PARTS.split(recorded))


def fitting(recorded: Iterable[str], asked: str) -> tuple[str, ...]:
    """The recorded sizes that serve an asked one, the exact one first, universal ones where nothing else does."""
    hits = [size for size in recorded if size and size_fits(size, asked)]
    special = [size for size in hits if not is_universal(size)]
    return tuple(sorted(special or hits, key=lambda size: (core(size) != core(asked), size)))


def read_sizes(reading: Reading, known: Iterable[str], everywhere: Iterable[str]) -> tuple[str, ...]:
    """The sizes asked for, as recorded where `known` (in the category meant) or the whole catalogue has them."""
    sizes, whole = tuple(known), tuple(everywhere)
    asked: list[str] = []
    for at in range(len(reading)):
        if at in reading.used or reading.word(at - 1) in DENIED:
            continue
        found = _recorded_phrase(reading, at, sizes or whole) or _size_at(reading, at, sizes, whole, bool(asked))
        if found:
            length, size = found
            asked.extend(fitting(sizes or whole, size) or (size.upper(),))
            reading.use(at, at + length)
    return tuple(dict.fromkeys(asked))


def _recorded_phrase(reading: Reading, at: int, known: tuple[str, ...]) -> tuple[int, str] | None:
    for mention in reading.named(Kind.SIZE):
        length = mention.end - mention.start
        if mention.start == at and length > 1 and mention.of(Kind.SIZE)[0].name in known:
            return length, mention.of(Kind.SIZE)[0].name
    return None


def _size_at(
    reading: Reading, at: int, known: tuple[str, ...], whole: tuple[str, ...], more: bool
) -> tuple[int, str] | None:
    length, word = _word_at(reading, at)
    after_cue = _after_cue(reading, at) or (more and reading.word(at - 1) in ("oder", "or", "und", "and", "/"))
    is_letter = bool(LETTERS.fullmatch(word))
    if after_cue and (is_letter or reading[at].number is not None or word in WORDS):
        _use_cue(reading, at)
        return length, word
    if word in ENGLISH_WORDS and any(core(size) == core(word) for size in known):
        return (length, word) if reading.word(at - 1) == "in" or at + length == len(reading) else None
    if is_letter and any(LETTERS.fullmatch(core(size)) for size in whole):
        return (length, word) if _is_plain_letter(reading, at, length, word) else None
    if reading[at].number is not None and any(core(size) == core(word) or size_fits(size, word) for size in known):
        return (length, word) if _is_plain_number(reading, at) else None
    return None


def _word_at(reading: Reading, at: int) -> tuple[int, str]:
    """The size a place may hold: "xl", "42", "2" + "xl" as "xxl"."""
    word = reading.word(at)
    following = reading.word(at + 1)
    if reading[at].number is not None and following in ("xl", "xs") and reading[at + 1].glued:
        return 2, core(word + following)
    if word == "extra" and following in WORDS:
        return 2, "x" + WORDS[following]
    number = reading[at].number
    return 1, word if number is None or word[:1].isdigit() else format(number, "f")


def _after_cue(reading: Reading, at: int) -> bool:
    return _cue_start(reading, at) is not None


def _use_cue(reading: Reading, at: int) -> None:
    start = _cue_start(reading, at)
    reading.use(at if start is None else start, at)


def _cue_start(reading: Reading, at: int) -> int | None:
    """Where "Größe", "gr.", "EU" or "Handschuhgröße" before a place begins."""
    for end in (at - 1, at) if reading.word(at - 1) in (".", ":", "eu") else (at,):
        start = reading.ends_at("size_cue", end)
        if start is not None:
            return start
        if end > 0 and reading.word(end - 1).endswith("grosse"):
            return end - 1
    return None


def _is_plain_letter(reading: Reading, at: int, length: int, word: str) -> bool:
    if SURE_LETTERS.fullmatch(word) or reading.word(at - 1) == "in" or len(reading) == length:
        return True
    typed = reading[at].typed
    free = not reading[at].glued and reading[at - 1].number is None if at else True
    return free and (typed.isupper() or at + length == len(reading)) and reading.word(at + length) != "'"


def _is_plain_number(reading: Reading, at: int) -> bool:
    """A bare figure is a size after "in" or after the product, never in front of what it counts."""
    limited = any(reading.ends_at(f"limit_{side}", at) is not None for side in ("max", "min", "about"))
    if limited or reading.starts_at("size_not", at + 1) is not None or is_money(reading, at):
        return False
    if reading.word(at - 1) == "in" or len(reading) == 1:
        return True
    counted = any(m.start == at + 1 and m.of(Kind.CATEGORY, Kind.FAMILY) for m in reading.mentions)
    return (
        at > 0 and not counted and any(m.end <= at for m in reading.named(Kind.CATEGORY, Kind.COLOUR, Kind.FAMILY))
    )
