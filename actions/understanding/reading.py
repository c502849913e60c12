"""One message while it is being read: its tokens, what they name, which rules they match and what is used up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actions.understanding.meanings import Kind, Meaning
from actions.understanding.spelling import Token
from actions.understanding.wordlists import words

CLAUSE_BREAKS = frozenset(",;:!?.")
TURNS = words("sondern aber but dafur lieber eher rather instead stattdessen")


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` name something of the catalogue; several meanings where the word is ambiguous."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def of(self, *kinds: Kind) -> tuple[Meaning, ...]:
        """The meanings of some kinds, the strongest first."""
        fitting = [meaning for meaning in self.meanings if meaning.kind in kinds]
        return tuple(sorted(fitting, key=lambda meaning: -meaning.weight))


ARTICLES = words(
    "ein eine einen einem einer der die das den dem a an the mein meine meinem meinen meiner my alt altes "
    "altem neues new old schon already gutes gute guten good big large huge great strong powerful decent nice"
)
ADJECTIVE_ENDINGS = ("er", "en", "em", "es", "e")
AND = words("und oder and or , / sowie plus")
Spans = Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(slots=True)
class Reading:
    """Readers look here for what they know and mark what they have understood in `used`."""

    tokens: list[Token]
    mentions: list[Mention]
    rules: Spans
    used: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> Token:
        return self.tokens[at]

    def word(self, at: int) -> str:
        """The folded word at a place, empty outside the message."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def words(self, start: int, end: int) -> list[str]:
        """The folded words of a stretch."""
        return [token.word for token in self.tokens[max(0, start) : end]]

    def use(self, start: int, end: int) -> None:
        """Mark a stretch as understood."""
        self.used.update(range(start, end))

    def is_free(self, start: int, end: int) -> bool:
        """True where no reader has used any token of a stretch."""
        return self.used.isdisjoint(range(start, end))

    def spans(self, *labels: str) -> list[tuple[int, int]]:
        """Where the rules of these labels match, from left to right."""
        return sorted(span for label in labels for span in self.rules.get(label, ()))

    def ends_at(self, label: str, end: int) -> int | None:
        """The start of the longest match of a rule that ends just before a place."""
        return min((start for start, stop in self.rules.get(label, ()) if stop == end), default=None)

    def starts_at(self, label: str, start: int) -> int | None:
        """The end of the longest match of a rule that starts at a place."""
        return max((stop for begin, stop in self.rules.get(label, ()) if begin == start), default=None)

    def is_led_by(self, start: int, words: frozenset[str]) -> bool:
        """True where one of these words introduces a mention, or the one that "und" joins it to."""
        at = start - 1
        while at >= 0 and (self.word(at) in ARTICLES or self._is_inflected(at)):
            at -= 1
        if self.word(at) in words:
            return True
        before = next((m for m in self.mentions if m.end == at), None)
        return self.word(at) in AND and before is not None and self.is_led_by(before.start, words)

    def _is_inflected(self, at: int) -> bool:
        """True for what may be an adjective between "mit" and its noun."""
        word = self.word(at)
        named = any(mention.start <= at < mention.end for mention in self.mentions)
        return not named and len(word) > 4 and word.endswith(ADJECTIVE_ENDINGS)

    def is_named(self, at: int) -> bool:
        """True where a word counts something the catalogue records, as in "27 Gänge"."""
        return any(
            mention.start == at and mention.of(Kind.ATTRIBUTE) and not mention.of(Kind.CATEGORY, Kind.FAMILY)
            for mention in self.mentions
        )

    def clause(self, at: int) -> tuple[int, int]:
        """The stretch around a place between two breaks or turns ("sondern", "but")."""
        first = last = at
        while first > 0 and not self._breaks(first - 1):
            first -= 1
        while last < len(self.tokens) and not self._breaks(last):
            last += 1
        return first, last

    def _breaks(self, at: int) -> bool:
        return self.tokens[at].word in CLAUSE_BREAKS or self.tokens[at].word in TURNS

    def named(self, *kinds: Kind) -> Iterable[Mention]:
        """The mentions that have a meaning of one of these kinds."""
        return (mention for mention in self.mentions if mention.of(*kinds))
