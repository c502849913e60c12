"""Finds e-mail addresses, also written with spaces or spoken ("anna at example dot org")."""

import re
from collections.abc import Iterator

_NAME = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_HOST = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ENDING = r"(?:xn--[a-z0-9-]{2,40}|[^\W\d_]{2,24})"
WRITTEN = re.compile(
    rf"(?<![\w.+-]){_NAME}\s?(?:@|＠|\(at\)|\[at\]|\(ät\)|\[ät\])\s?"
    rf"{_HOST}(?:\s?(?:\.|\(dot\)|\[dot\]|\(punkt\)|\[punkt\])\s?{_HOST}){{0,5}}"
    rf"\s?(?:\.|\(dot\)|\[dot\]|\(punkt\)|\[punkt\])\s?{_ENDING}(?![\w@])",
    re.IGNORECASE,
)
# the compact form has no spaces to lose its way in
COMPACT = re.compile(rf"(?<![\w.+-]){_NAME}[@＠]{_HOST}(?:\.{_HOST}){{0,5}}\.{_ENDING}(?![\w@])", re.IGNORECASE)
PROVIDER = re.compile(
    rf"(?<![\w.+-]){_NAME}\s?@\s?"
    r"(?:gmail|googlemail|gmx|web|outlook|hotmail|yahoo|icloud|t-online|freenet|posteo|mailbox|proton)\b",
    re.IGNORECASE,
)
_WORD = r"[^\W_](?:[\w-]{0,40}[^\W_])?"
_STOP = r"(?:punkt|dot|point)"
SPOKEN = re.compile(
    rf"(?<!\w){_WORD}(?:\s(?:{_STOP}|minus|bindestrich|dash|unterstrich|underscore)\s{_WORD}){{0,3}}"
    rf"\s(?:at|ät|ett|klammeraffe)\s{_WORD}(?:\s{_STOP}\s{_WORD}){{0,2}}"
    rf"\s{_STOP}\s(?:de|at|ch|com|org|net|eu|info|io|uk|co|ie|fr|nl|berlin|online|shop)(?!\w)",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand."""
    for pattern in (COMPACT, WRITTEN, PROVIDER, SPOKEN):
        for match in pattern.finditer(text):
            yield match.span()
