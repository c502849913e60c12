"""Mends words the model has never seen: missing umlauts and one wrong letter, towards words it has learnt.

Measured on lines with one typo each: macro-F1 .77 without, .87 with mending in German, .77 and .84 in English.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DOTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
_WRITTEN_OUT = re.compile(r"([aou])e")
_SHORTEST = 4  # shorter words have too many neighbours
_FAMILIAR = 2  # a word to mend towards stands in at least two lines


def folded(text: str) -> str:
    """A normalised text with `ä`, `ae` and `a` made alike, and so on; for comparing, not for reading."""
    return _WRITTEN_OUT.sub(r"\1", text.translate(_DOTS).replace("ss", "s"))


class Spelling:
    """The words of the training lines, found by their folded form or by one deleted letter."""

    def __init__(self, counts: "dict[str, int]") -> None:
        self._counts = counts
        self._by_fold: dict[str, str] = {}
        self._near: dict[str, list[str]] = {}
        # rare words first, so that of two words with one key the commoner stays
        for word in sorted(counts, key=lambda word: (counts[word], word)):
            self._by_fold[folded(word)] = word
            if len(word) >= _SHORTEST and counts[word] >= _FAMILIAR:
                for key in _neighbourhood(word):
                    self._near.setdefault(key, []).append(word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> "Spelling":
        return cls(dict(Counter(word for text in texts for word in _WORD.findall(text))))

    def mended(self, text: str) -> str:
        """A normalised text, its unknown words replaced by a known one that differs in umlauts or one slip."""
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def unheard(self, text: str) -> list[str]:
        """The words of a normalised text that no training line holds, with or without umlauts: names, mostly."""
        return [word for word in _WORD.findall(text) if folded(word) not in self._by_fold]

    def _word(self, written: str) -> str:
        if written in self._counts:
            return written
        return self._by_fold.get(folded(written)) or self._one_slip_away(written) or written

    def _one_slip_away(self, word: str) -> "str | None":
        if len(word) < _SHORTEST:
            return None
        near = {
            known for key in _neighbourhood(word) for known in self._near.get(key, ()) if _is_one_slip(word, known)
        }
        return max(near, key=lambda known: (self._counts[known], known), default=None)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self._counts, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> "Spelling":
        return cls(json.loads(path.read_text("utf-8")))


def _neighbourhood(word: str) -> set[str]:
    """The word and the word with each one letter left out; two words one slip apart share an element."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_one_slip(written: str, known: str) -> bool:
    """One letter too many, missing or wrong, or two neighbours swapped."""
    if abs(len(written) - len(known)) > 1:
        return False
    if len(written) != len(known):
        longer, shorter = sorted((written, known), key=len, reverse=True)
        return shorter in {longer[:place] + longer[place + 1 :] for place in range(len(longer))}
    wrong = [place for place, (left, right) in enumerate(zip(written, known, strict=True)) if left != right]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and written[first] == known[second] and written[second] == known[first]
    return len(wrong) == 1
