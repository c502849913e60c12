"""Finds the models a message names: whole names first, then the words that only few names hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from actions.offers.products import Product
from actions.understanding.catalogue import Snapshot
from actions.understanding.meanings import Kind, Meaning
from actions.understanding.reading import Reading
from actions.understanding.spelling import fold, runs, stem

RARE = 6
SPEAKING = frozenset({Kind.CATEGORY, Kind.VALUE, Kind.USE, Kind.ATTRIBUTE, Kind.COLOUR, Kind.BRAND, Kind.SIZE})


@dataclass(frozen=True, slots=True)
class ModelNames:
    """Which words name which family; `whole` are all words of a family's name, `telling` those that stand alone."""

    whole: Mapping[str, frozenset[str]]
    telling: Mapping[str, frozenset[str]]

    @classmethod
    def build(
        cls, snapshot: Snapshot, meanings: Mapping[str, tuple[Meaning, ...]], everyday: frozenset[str]
    ) -> "ModelNames":
        """A word is telling where few models hold it and it means nothing else."""
        whole = {family: _name_words(variants[0]) for family, variants in snapshot.families.items()}
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for family, words in whole.items():
            for word in words:
                holders[word].add(family)
        telling = {
            word: frozenset(families)
            for word, families in holders.items()
            if len(families) <= RARE and len(word) > 2 and not word.isdigit() and word not in everyday
            if not any(meaning.kind in SPEAKING for meaning in meanings.get(word, ()))
        }
        return cls(whole, telling)

    def find(self, reading: Reading) -> tuple[str, ...]:
        """The families named, best first; their words and figures are marked as understood."""
        phrases = [m for m in reading.named(Kind.FAMILY) if m.end - m.start > 1 or not _speaks(m.meanings)]
        phrases = [m for m in phrases if any(reading[at].stem in self.telling for at in range(m.start, m.end))] or [
            m for m in phrases if m.end - m.start > 1
        ]
        for mention in phrases:
            reading.use(mention.start, mention.end)
        named = tuple(dict.fromkeys(meaning.name for m in phrases for meaning in m.of(Kind.FAMILY)))
        return named if named else self._by_telling_words(reading)

    def _by_telling_words(self, reading: Reading) -> tuple[str, ...]:
        hits: defaultdict[str, set[str]] = defaultdict(set)
        for at, token in enumerate(reading.tokens):
            families = (
                self.telling.get(token.stem, frozenset())
                if reading.is_free(at, at + 1) and not token.part
                else frozenset()
            )
            if not families:
                continue
            figure = reading[at + 1].word if at + 1 < len(reading) and reading[at + 1].number is not None else ""
            exact = [family for family in families if figure and figure in self.whole[family]]
            if exact:
                reading.use(at + 1, at + 2)
            for family in exact or families:
                hits[family] |= {token.stem, figure} if exact else {token.stem}
            reading.use(at, at + 1)
        return self._best(hits)

    def _best(self, hits: Mapping[str, set[str]]) -> tuple[str, ...]:
        if not hits:
            return ()
        complete = [family for family, words in hits.items() if self.whole[family] <= words]
        most = max(len(words) for words in hits.values())
        ranked = sorted(hits, key=lambda family: (-len(hits[family]), len(self.whole[family]), family))
        full = [family for family in ranked if family in complete and len(hits[family]) == most]
        return tuple(full or [family for family in ranked if len(hits[family]) == most])


def _speaks(meanings: tuple[Meaning, ...]) -> bool:
    return any(meaning.kind in SPEAKING for meaning in meanings)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(run)) for run, _ in runs(text) if run[0].isalnum())


def _name_words(product: Product) -> frozenset[str]:
    """The words of the model; without one, what both titles share, or the title's words with figures in them."""
    if product.model:
        return _stems(product.model) - _stems(product.brand) or _stems(product.model)
    german, english = _stems(product.title.de), _stems(product.title.en)
    ours = german if not english else english if not german else german & english
    rest = ours - _stems(product.brand)
    if german and english and german != english:
        return rest
    return frozenset(word for word in rest if not word.isalpha())
