"""Finds phone numbers by how they begin, or by the words before them; order numbers, dates and sizes are none."""

import re
from collections.abc import Iterator

# with every hyphen and dash, and what is pasted along without being seen
_GAP = r"[ \u00a0\u202f/.()\-\u2010-\u2015\u200b-\u200f\u2060\u202a-\u202e]{0,4}"
INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\(?\+|\(?00)[1-9](?:{_GAP}[0-9]){{6,15}}(?![0-9])")
NATIONAL = re.compile(rf"(?<![\w+,.])\(?0[1-9](?:{_GAP}[0-9]){{5,12}}(?![0-9])")
AMERICAN = re.compile(
    r"(?<![\w+.,-])(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.-])[2-9][0-9]{2}[.-][0-9]{4}(?![\w-])"
)
CALLED = re.compile(rf"(?<![\w+,.-])[0-9](?:{_GAP}[0-9]){{5,14}}(?![0-9])(?![.,][0-9])")
# a word that says "call me there" close before the number
CUE = re.compile(
    r"(?:\btel(?:efon\w{0,10}|\.)?|\bfon\b|handy\w{0,8}|mobil\w{0,8}|\bmobile\b|\bphone\w{0,8}|\bcell\b|whats ?app"
    r"|ruf\w{0,6}|anrufen|zurück(?:ru|zuru)\w{0,6}|\bcall\w{0,4}|\b(?:ring|text|reach) me\b|erreich\w{0,6}"
    r"|(?:meine|my) (?:nummer|number|nr))"
    r"[^0-9\n]{0,30}$",
    re.IGNORECASE,
)
# a word that says the number is the shop's own
OURS = re.compile(
    r"(?:bestell|auftrag|order|artikel|item|sku|ean|gtin|isbn|sendung|tracking|parcel|paket|rechnung|invoice|vorgang"
    r"|reference|referenz|case|kunden|customer|purchase|modell|model|serien|serial|code|gutschein|voucher)"
    r"[^0-9\n]{0,25}$",
    re.IGNORECASE,
)
DATE = re.compile(r"[0-3]?[0-9]([./-])[01]?[0-9]\1(?:[0-9]{4}|[0-9]{2})(?![0-9])")
ARTICLE = re.compile(r"[0-9]{13,}|(?!01[5-7])[0-9]{12}")
FEWEST = 8


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand."""
    for match in INTERNATIONAL.finditer(text):
        is_sure = match.group().lstrip("(").startswith("+") or not _is_ours(text, match)
        if is_sure and _digits(match.group()) >= FEWEST:
            yield _unbracketed(match)
    for pattern, fewest in ((NATIONAL, FEWEST), (AMERICAN, 10)):
        for match in pattern.finditer(text):
            if _digits(match.group()) >= fewest and not (_is_ours(text, match) or _is_other(match.group())):
                yield _unbracketed(match)
    for match in CALLED.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        called = CUE.search(before) and not OURS.search(before)
        if called and _digits(match.group()) >= 7 and not DATE.match(match.group()):
            yield match.span()


def _unbracketed(match: re.Match[str]) -> tuple[int, int]:
    """The place of a number, without a bracket that something else opened."""
    opened = match.group().startswith("(") and match.group().count("(") > match.group().count(")")
    return match.start() + opened, match.end()


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _is_ours(text: str, match: re.Match[str]) -> bool:
    return OURS.search(text[max(0, match.start() - 60) : match.start()]) is not None


def _is_other(text: str) -> bool:
    """True for a date, and for an article number (EAN, UPC), which nobody writes in groups."""
    return DATE.match(text.lstrip("(")) is not None or ARTICLE.fullmatch(text) is not None
