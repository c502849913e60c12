"""Takes personal details out of a text: e-mail, phone, IBAN, payment card and postal address.

What shop talk consists of stays: prices, sizes, models, dates, order and article numbers. Names stay as well,
because no pattern tells a person from a brand; so does what the shop itself is reached by. Every pattern is
bounded, so time grows with the length alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from actions.placeholders import placeholder
from actions.store.facts import ShopFacts
from bot.transcripts import addresses, banking, phones, post
from bot.transcripts.own_contact import CONTACT, Detail, is_own, statements


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


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes personal details out of texts of one shop, whose `own` are none."""

    own: tuple[Detail, ...] = ()

    @classmethod
    def of_shop(cls, facts: ShopFacts) -> "Redactor":
        """What `contact` in shop.yml names is the shop's own."""
        said = statements(facts.values.get(CONTACT))
        return cls(
            tuple(Detail(span.kind, each[span.start : span.end]) for each in said for span in personal_spans(each))
        )

    def __call__(self, text: str, language: str = "de") -> str:
        """The text with a placeholder for every personal detail; the same object where there is none."""
        spans = personal_spans(text)
        theirs = [span for span in spans if not self._is_own(Detail(span.kind, text[span.start : span.end]))]
        return _without(text, theirs, language)

    def _is_own(self, detail: Detail) -> bool:
        return any(is_own(detail, each) for each in self.own)


def redact(text: str, language: str = "de") -> str:
    """The same, where no shop is known."""
    return Redactor()(text, language)


def _without(text: str, spans: Sequence[Span], language: str) -> str:
    if not spans:
        return text
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], placeholder(span.kind, language)]
        last = span.end
    return "".join([*parts, text[last:]])
