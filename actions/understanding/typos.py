"""Tells which known word a misspelt one means, and stays silent where a short word may simply be another word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, MIDDLING, LONG = 5, 6, 8
FAR = 2
CANDIDATES = 8
SOUNDS = ("aeiouy", "dt", "bp", "gkcq", "fvw", "szcx", "mn", "ij", "uv")
ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop", "zxcvbnm")


class Typos:
    """Known words by length; pure and safe to share between threads."""

    def __init__(self, words: Iterable[str]) -> None:
        table: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(words):
            table[len(word)].append(word)
        self._by_length: Mapping[int, tuple[str, ...]] = {n: tuple(members) for n, members in table.items()}

    def nearest(self, word: str, errors: int) -> tuple[str, int] | None:
        """The known word that differs by the fewest errors, at most `errors`, with their number."""
        best: tuple[str, int] | None = None
        for length in range(max(4, len(word) - errors), len(word) + errors + 1):
            near = process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=errors, limit=CANDIDATES
            )
            for meant, distance, _ in near:
                if is_likely(word, meant, int(distance)) and (best is None or distance < best[1]):
                    best = (meant, int(distance))
        return best


def is_likely(word: str, meant: str, distance: int) -> bool:
    """Whether somebody who meant one word would have typed the other.

    The shorter the word, the surer the error has to be: a doubled or a swapped letter in words of five, a letter
    of like sound or beside it on the keyboard in words of six; with two errors both ends have to be right.
    """
    if distance >= FAR:
        return meant[:3] == word[:3] and meant[-2:] == word[-2:]
    if meant[:1] != word[:1] and len(word) < LONG:
        return False
    if _undoubled(word) == _undoubled(meant) or (len(word) == len(meant) and sorted(word) == sorted(meant)):
        return True
    longest = max(len(word), len(meant))
    if len(word) != len(meant):
        return longest >= MIDDLING
    return longest > MIDDLING or (longest == MIDDLING and _is_slip(word, meant))


def _undoubled(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def _is_slip(word: str, meant: str) -> bool:
    """True where the one letter that differs sounds alike or lies beside it on the keyboard."""
    typed, right = next((a, b) for a, b in zip(word, meant, strict=True) if a != b)
    sounds = any(typed in group and right in group for group in SOUNDS)
    return sounds or any(typed + right in row or right + typed in row for row in ROWS)
