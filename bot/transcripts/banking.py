"""Finds account and payment card numbers by their own checksums (ISO 13616 mod 97, Luhn)."""

import re
from collections.abc import Iterator

# how long an IBAN of each country is
LENGTHS = {
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("DK", "FI", "NL", "FO", "GL"), 18),
    **dict.fromkeys(("SI", "MK"), 19),
    **dict.fromkeys(("AT", "EE", "LT", "LU", "XK", "BA", "KZ"), 20),
    **dict.fromkeys(("CH", "LI", "HR", "LV"), 21),
    **dict.fromkeys(("DE", "GB", "IE", "BG", "RS", "ME", "GE", "BH"), 22),
    **dict.fromkeys(("GI", "IL", "AE"), 23),
    **dict.fromkeys(("ES", "SE", "CZ", "SK", "RO", "AD", "MD", "PK", "SA", "VA", "TN"), 24),
    **dict.fromkeys(("PT", "IS", "TR"), 26),
    **dict.fromkeys(("IT", "FR", "GR", "SM", "MC"), 27),
    **dict.fromkeys(("PL", "HU", "CY", "AL", "AZ"), 28),
    **dict.fromkeys(("UA", "QA"), 29),
    **dict.fromkeys(("MT",), 31),
}
START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ .\u2010\u2011-]?[0-9][ .\u2010\u2011-]?[0-9]")
NAMED = re.compile(r"(?:iban|konto\w{0,10}|account)\W{0,12}(?:\w{1,10}\W{1,3}){0,3}$", re.IGNORECASE)
SEPARATORS = frozenset(" .-\u2010\u2011\u2013\u200b\u00a0\u202f\t")
DIGITS = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[ .\-\u2010\u2011\u2013\u200b\u00a0\u202f]{0,2}[0-9]){13,18}(?![0-9])(?![.\-][0-9])"
)
CARD = re.compile(
    r"4[0-9]{15}(?:[0-9]{3})?"
    r"|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}"
    r"|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|6(?:011|5[0-9]{2}|4[4-9][0-9])[0-9]{12}|62[0-9]{14,17}"
    r"|(?:50|5[6-9]|6[37])[0-9]{14,17}"
)
# the digits on the back, where somebody says what they are
CODE = re.compile(
    r"\b(?:cv[cv]2?|(?:karten)?prüf(?:nummer|ziffer)|security code)\W{1,3}([0-9]{3,4})(?![0-9])", re.IGNORECASE
)


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where account numbers stand: right by their checksum, or called so by the words before."""
    for match in START.finditer(text):
        length = LENGTHS.get(match[1].upper())
        end = _read(text, match.start(), length) if length else None
        if end is None:
            continue
        number = "".join(sign for sign in text[match.start() : end] if sign.isalnum())
        if is_iban(number) or NAMED.search(text[max(0, match.start() - 60) : match.start()]):
            yield match.start(), end


def _read(text: str, start: int, length: int) -> int | None:
    """The end of `length` letters and digits with at most one separator between two; None where they do not end."""
    place, found = start, 0
    while place < len(text) and found < length:
        if text[place].isascii() and text[place].isalnum():
            found += 1
        elif text[place] not in SEPARATORS or text[place - 1] in SEPARATORS:
            return None
        place += 1
    ends = place == len(text) or not text[place].isalnum()
    return place if found == length and ends else None


def is_iban(number: str) -> bool:
    """True where the check digits fit."""
    turned = (number[4:] + number[:4]).upper()
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where payment card numbers and their security codes stand."""
    for match in DIGITS.finditer(text):
        number = "".join(sign for sign in match.group() if sign.isdigit())
        if CARD.fullmatch(number) and is_luhn(number):
            yield match.span()
    for match in CODE.finditer(text):
        yield match.span(1)


def is_luhn(number: str) -> bool:
    """True where the last digit is the check digit of the others."""
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    return (sum(value - 9 if value > 9 else value for value in doubled) + sum(map(int, number[-1::-2]))) % 10 == 0
