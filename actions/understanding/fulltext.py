"""Full-text search over models: which family holds which word, and how much a hit there counts."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.offers.products import Product
from actions.understanding.catalogue import Snapshot
from actions.understanding.everyday import everyday_words
from actions.understanding.spelling import make, runs

TITLE, FURTHER, FACT, DESCRIPTION = 3.0, 2.5, 2.0, 1.0
SUFFIX_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Word stem to the families that hold it with their weight; `title_stems` are the words of names."""

    postings: Mapping[str, Mapping[str, float]]
    title_stems: frozenset[str]
    families: int

    @classmethod
    def build(cls, snapshot: Snapshot) -> "TextIndex":
        """Index titles, models, brands, attribute values and descriptions of both languages."""
        postings: defaultdict[str, dict[str, float]] = defaultdict(dict)
        titles: set[str] = set()
        for family, variants in snapshot.families.items():
            for weight, texts in _texts(variants):
                words = _content_stems(texts)
                if weight == TITLE:
                    titles |= words
                for word in words:
                    postings[word][family] = max(weight, postings[word].get(family, 0.0))
        return cls(dict(postings), frozenset(titles), len(snapshot.families))

    def with_further(self, words: Mapping[str, frozenset[str]]) -> "TextIndex":
        """The index with further words for titles, by stem; what a title says itself weighs more."""
        postings = dict(self.postings)
        for word, families in words.items():
            known = postings.get(word, {})
            postings[word] = {**known, **{f: max(FURTHER, known.get(f, 0.0)) for f in families}}
        return TextIndex(postings, self.title_stems | words.keys(), self.families)

    def knows(self, word_stem: str) -> bool:
        """True where any product's text holds the word."""
        return word_stem in self.postings

    def hits(self, word_stem: str) -> Mapping[str, float]:
        """Families holding a word with their weight, rarer words counting more."""
        found = self.postings.get(word_stem, {})
        rarity = math.log(1 + self.families / max(1, len(found)))
        return {family: weight * rarity for family, weight in found.items()}

    def strength(self, word_stem: str, family: str) -> float:
        """The bare weight of a word in a family: 3 in its name, 2 in a fact, 1 in its description, 0 nowhere."""
        return self.postings.get(word_stem, {}).get(family, 0.0)


def _texts(variants: tuple[Product, ...]) -> Iterable[tuple[float, list[str]]]:
    first = variants[0]
    yield TITLE, [first.title.de, first.title.en, first.model, first.brand]
    values = {value for product in variants for value in product.attributes.values()}
    yield FACT, [*values, *first.category.split("/")]
    texts = (first.description, first.benefit)
    yield DESCRIPTION, [text for words in texts for text in (words.de, words.en)]


def _content_stems(texts: Iterable[str]) -> set[str]:
    everyday = everyday_words()
    tokens = (make(run) for text in texts for run, _ in runs(text) if len(run) > 1)
    return {token.stem for token in tokens if token.word not in everyday}
