"""Turns a line into weighted character and word n-grams (tf-idf), the same way in training and in service."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_WORD = re.compile(r"\w+")


def char_grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Character n-grams inside words, each word padded by one blank; a word shorter than n is given once."""
    for word in text.split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if len(padded) <= size:
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def word_grams(text: str, longest: int) -> Iterator[str]:
    """Single words and their neighbours up to `longest` words."""
    words = _WORD.findall(text)
    for size in range(1, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


@dataclass(frozen=True)
class GramShape:
    """Which n-grams are looked at; `words` 0 leaves words out."""

    shortest: int = 2
    longest: int = 5
    words: int = 2
    seen_in: int = 1

    def blocks(self, text: str) -> tuple[Counter[str], ...]:
        chars = Counter("c" + gram for gram in char_grams(text, self.shortest, self.longest))
        if not self.words:
            return (chars,)
        return chars, Counter("w" + gram for gram in word_grams(text, self.words))


@dataclass(frozen=True)
class GramIndex:
    """A fixed vocabulary with its weights: a row is one text, each of its blocks of unit length."""

    shape: GramShape
    places: dict[str, int]
    weights: np.ndarray  # float64, one inverse document frequency per place

    @classmethod
    def learn(cls, texts: Sequence[str], shape: GramShape) -> "tuple[GramIndex, csr_matrix]":
        """Take every n-gram found in `shape.seen_in` of the texts or more, rarer ones weigh more; and the rows."""
        cut = [shape.blocks(text) for text in texts]
        found: Counter[str] = Counter()
        for blocks in cut:
            for block in blocks:
                found.update(block.keys())
        kept = sorted(gram for gram, count in found.items() if count >= shape.seen_in)
        counts = np.array([found[gram] for gram in kept], dtype=np.float64)
        weights = np.log((1 + len(texts)) / (1 + counts)) + 1
        index = cls(shape, {gram: place for place, gram in enumerate(kept)}, weights)
        return index, index._stacked([index._row(blocks) for blocks in cut])

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Places and values of one text; unknown n-grams are left out."""
        return self._row(self.shape.blocks(text))

    def _row(self, blocks: "tuple[Counter[str], ...]") -> tuple[np.ndarray, np.ndarray]:
        places: list[int] = []
        values: list[float] = []
        for block in blocks:
            known = [(self.places[gram], count) for gram, count in block.items() if gram in self.places]
            raw = [(1 + math.log(count)) * self.weights[place] for place, count in known]
            length = math.sqrt(sum(value * value for value in raw)) or 1.0
            places.extend(place for place, _ in known)
            values.extend(value / length for value in raw)
        return np.array(places, dtype=np.int64), np.array(values)

    def _stacked(self, parts: "list[tuple[np.ndarray, np.ndarray]]") -> csr_matrix:
        ends = np.cumsum([0, *(len(places) for places, _ in parts)])
        places = np.concatenate([places for places, _ in parts])
        values = np.concatenate([values for _, values in parts])
        return csr_matrix((values, places, ends), shape=(len(parts), len(self.places)))

    def save(self, path: Path) -> None:
        """Write shape, vocabulary and weights as JSON."""
        grams = sorted(self.places, key=self.places.__getitem__)
        shape = [self.shape.shortest, self.shape.longest, self.shape.words, self.shape.seen_in]
        path.write_text(json.dumps({"shape": shape, "grams": grams, "weights": self.weights.tolist()}), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "GramIndex":
        saved = json.loads(path.read_text("utf-8"))
        places = {gram: place for place, gram in enumerate(saved["grams"])}
        return cls(GramShape(*saved["shape"]), places, np.array(saved["weights"]))
