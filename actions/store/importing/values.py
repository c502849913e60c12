"""Reads single values of a source: amounts, counts, lists; a ValueError says what is wrong with one."""

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision

NUMBER = re.compile(r"-?\d[\d.,]*")
PLAIN = re.compile(r"-?\d+(\.\d+)?")
ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
GERMAN = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+|-?\d{1,3}(\.\d{3}){2,}")
FRACTION = re.compile(r"\d([.,])(?:\d{1,2}|\d{4,})\D*$")
EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
LARGEST_AMOUNT = 10**15
LARGEST_WHOLE = 2**31 - 1
SHORTENED = re.compile(r"\d[.,]\d+E\+\d+")
TRUE = frozenset({"1", "true", "yes", "y", "x", "ja", "wahr", "approved"})
FALSE = frozenset({"", "0", "false", "no", "n", "nein", "falsch", "proposed"})


def text(value: Any) -> str:
    """The value as trimmed text; empty for nothing (None, NaN)."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def decimal(value: Any) -> Decimal:
    """A number as people and programs write it: 79.9, 79,90, 1.234,56 or 1,234.56, with or without a currency."""
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    return _decimal(str(value).strip())


@cache
def _decimal(source: str) -> Decimal:
    found = NUMBER.search(source)
    digits = found.group() if found else ""
    around = source.replace(digits, "", 1).strip() if digits else source
    if digits and len(around) <= 4 and not re.search(r"[\d.,-]", around):
        if PLAIN.fullmatch(digits):
            return Decimal(digits)
        if GERMAN.fullmatch(digits):
            return Decimal(digits.replace(".", "").replace(",", "."))
        if ENGLISH.fullmatch(digits):
            return Decimal(digits.replace(",", ""))
    raise ValueError(f"{source!r} is not a number")


def exact(value: Any, mark: str = "") -> Decimal:
    """A number of which there is no doubt.

    Text like 1.499 or 1,499 may be one and a half or fifteen hundred and is refused, unless its `mark` is known
    to be the one before decimals.
    """
    found = NUMBER.search(value) if isinstance(value, str) else None
    if found and EITHER.fullmatch(found.group()) and not (mark and mark in found.group()):
        advice = "write thousands without a mark, fractions with two decimals"
        raise ValueError(f"{value!r} may be a fraction or thousands; {advice}")
    return decimal(value)


def decimal_mark(values: Iterable[Any]) -> str:
    """The mark before decimals that the numbers of one source agree on, empty where they do not tell."""
    met = {"." if isinstance(value, float) else _mark(value) for value in values} - {""}
    return met.pop() if len(met) == 1 else ""


def _mark(value: Any) -> str:
    found = FRACTION.search(value) if isinstance(value, str) else None
    return found[1] if found else ""


def minor_units(value: Any, currency: str, *, minor: bool = False, mark: str = "") -> int:
    """An amount in minor units (cents), rounded half up; `minor` says that it already is one.

    `mark` is what the source writes before decimals, where that is known.
    """
    amount = exact(value, mark)
    if amount < 0:
        raise ValueError(f"{text(value)!r} is below zero")
    shifted = amount if minor else amount.scaleb(_precision(currency))
    if shifted > LARGEST_AMOUNT:
        raise ValueError(f"{text(value)!r} is larger than any amount")
    return int(shifted.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@cache
def _precision(currency: str) -> int:
    return get_currency_precision(currency)


def whole(value: Any, *, least: int = 0, mark: str = "") -> int:
    """A whole number of at least `least`; 1.000 may be one or a thousand, as in `exact`."""
    number = exact(value, mark)
    if number != int(number):
        raise ValueError(f"{text(value)!r} is not a whole number")
    if number < least:
        raise ValueError(f"{text(value)!r} is below {least}")
    if number > LARGEST_WHOLE:
        raise ValueError(f"{text(value)!r} is larger than any count")
    return int(number)


def flag(value: Any) -> bool:
    """Yes or no, in the words people write into a table."""
    word = text(value).casefold()
    if word not in TRUE | FALSE:
        raise ValueError(f"{word!r} is neither yes nor no")
    return word in TRUE


def article_number(value: Any) -> str:
    """An article number; one that a spreadsheet has shortened to 4,00612E+12 is lost and refused."""
    number = text(value)
    if SHORTENED.fullmatch(number):
        raise ValueError(f"{number!r} was shortened by a spreadsheet; format the column as text and export again")
    return number


def parts(value: Any) -> list[str]:
    """A list written `a|b|c`, or a list as such."""
    listed = value if isinstance(value, list | tuple) else text(value).split("|")
    return [text(item) for item in listed if text(item)]


def pairs(value: Any) -> dict[str, str]:
    """Pairs written `key=value|key=value`, or a mapping as such."""
    if isinstance(value, dict):
        return {text(name): text(held) for name, held in value.items() if text(held)}
    found: dict[str, str] = {}
    for part in parts(value):
        name, sign, held = part.partition("=")
        if not sign or not name.strip() or not held.strip():
            raise ValueError(f"{part!r} is not of the form key=value")
        found[name.strip()] = held.strip()
    return found


def slug(value: str) -> str:
    """Words as a key: small letters, digits and hyphens."""
    plain = value.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
