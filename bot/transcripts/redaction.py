"""Takes personal details out of a text: e-mail, phone, IBAN, payment card and postal address.

What shop talk consists of stays: prices, sizes, models, dates, order and article numbers. Names stay as well,
because no pattern tells a person from a brand. Every pattern is bounded, so time grows with the length alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from actions.placeholders import placeholder
from bot.transcripts import addresses, banking, phones, post


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where a personal detail stands in a text, and what kind it is."""

    start: int
    end: int
    kind: str


Finder = Callable[[str], Iterator[tuple[int, int]]]
# what is certain by its checksum or its sign comes before what is only likely
FINDERS: tuple[tuple[str, Finder], ...] = (
    ("email", addresses.emails),
    ("iban", banking.ibans),
    ("card", banking.cards),
    ("address", post.addresses),
    ("phone", phones.phones),
)


def personal_spans(text: str) -> tuple[Span, ...]:
    """Every personal detail, in order and without overlap."""
    found: list[Span] = []
    for kind, finder in FINDERS:
        for start, end in finder(text):
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Span(start, end, kind))
    return tuple(sorted(found))


def redact(text: str, language: str = "de") -> str:
    """The text with a placeholder for every personal detail; the same object where there is none."""
    spans = personal_spans(text)
    if not spans:
        return text
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], placeholder(span.kind, language)]
        last = span.end
    return "".join([*parts, text[last:]])
