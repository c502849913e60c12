"""Turns a line of words into what readers look words up in."""

from actions.understanding.spelling import fold


def words(text: str) -> frozenset[str]:
    """The folded words of a text, as tokens are compared with them."""
    return frozenset(fold(word) for word in text.split())
