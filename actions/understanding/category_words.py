"""The words of each category, compounds taken apart, to narrow a category by the other words of a message."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.understanding.catalogue import within
from actions.understanding.meanings import Kind, Meaning
from actions.understanding.repair import Repairer
from actions.understanding.wordlists import words

LINKING = words("und and mit with fur for zum zur der die das the aus von auf")


@dataclass(frozen=True, slots=True)
class CategoryVocabulary:
    """Category path to every stem its phrases hold, compounds taken apart."""

    words: Mapping[str, frozenset[str]]

    @classmethod
    def build(cls, meanings: Mapping[str, tuple[Meaning, ...]], repairer: Repairer) -> "CategoryVocabulary":
        """Collect the words of each category's own titles and synonyms."""
        table: defaultdict[str, set[str]] = defaultdict(set)
        for phrase, named in meanings.items():
            paths = [meaning.name for meaning in named if meaning.kind is Kind.CATEGORY and not meaning.lent]
            for word in (w for w in phrase.split() if paths and w not in LINKING):
                split = repairer.split(word) if word.isalpha() else None
                parts = {word, *split.modifiers, split.head} if split and split.sure else {word}
                for path in paths:
                    table[path] |= parts
        return cls({path: frozenset(words) for path, words in table.items()})

    def narrowed(self, paths: Iterable[str], stems: frozenset[str]) -> tuple[str, ...]:
        """A category narrowed to one below or beside it that other words name too: "Fahrrad für Kinder"."""
        return tuple(dict.fromkeys(self._narrow(path, stems) for path in paths))

    def _narrow(self, path: str, stems: frozenset[str]) -> str:
        own = self.words.get(path, frozenset())
        heads = own & stems
        below = [other for other in self.words if other != path and within(other, path)]
        beside = [
            o for o in self.words if o != path and _parent(o) == _parent(path) and heads and heads <= self.words[o]
        ]
        return self._only_best(below, stems - own) or self._only_best(beside, stems - own) or path

    def _only_best(self, paths: list[str], stems: frozenset[str]) -> str | None:
        """The one category that holds the most of the words; None where none or several do."""
        telling = {word for word in stems if len(word) > 2}
        scores = {path: len(self.words[path] & telling) for path in paths}
        best = max(scores.values(), default=0)
        leading = [path for path, score in scores.items() if score == best]
        winners = [path for path in leading if not any(o != path and within(path, o) for o in leading)]
        return winners[0] if best and len(winners) == 1 else None


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
