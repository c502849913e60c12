"""Reads single values of a source: amounts, counts, moments, lists; a ValueError says what is wrong with one."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

NUMBER = re.compile(r"-?\d[\d.,]*")
PLAIN = re.compile(r"-?\d+(\.\d+)?")
ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
GERMAN = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+|-?\d{1,3}(\.\d{3}){2,}")
EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
SPACED_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
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


def minor_units(value: Any, currency: str, *, minor: bool = False) -> int:
    """An amount in minor units (cents), rounded half up; `minor` says that it already is one.

    Text like 1.499 or 1,499 may be one and a half or fifteen hundred and is refused.
    """
    found = NUMBER.search(value) if isinstance(value, str) else None
    if found and EITHER.fullmatch(found.group()):
        raise ValueError(f"{value!r} may be a fraction or thousands; write it with two decimals")
    amount = decimal(value)
    if amount < 0:
        raise ValueError(f"{text(value)!r} is below zero")
    shifted = amount if minor else amount.scaleb(_precision(currency))
    return int(shifted.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@cache
def _precision(currency: str) -> int:
    return get_currency_precision(currency)


def whole(value: Any, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    number = decimal(value)
    if number != int(number):
        raise ValueError(f"{text(value)!r} is not a whole number")
    if number < least:
        raise ValueError(f"{text(value)!r} is below {least}")
    return int(number)


def flag(value: Any) -> bool:
    """Yes or no, in the words people write into a table."""
    word = text(value).casefold()
    if word not in TRUE | FALSE:
        raise ValueError(f"{word!r} is neither yes nor no")
    return word in TRUE


def moment_reader(time_zone: str = "UTC", form: str = "") -> Callable[[Any], datetime]:
    """A function that reads moments: ISO 8601 or `form` (strptime); without an offset they are of `time_zone`."""
    zone = UTC if time_zone == "UTC" else ZoneInfo(time_zone)

    @cache
    def from_text(source: str) -> datetime:
        moment = datetime.strptime(source, form) if form else _from_iso(source)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)

    def read(value: Any) -> datetime:
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
        try:
            return from_text(text(value))
        except ValueError:
            raise ValueError(f"{text(value)!r} is not a date and time") from None

    return read


def _from_iso(source: str) -> datetime:
    """ISO 8601, also with a space before the offset; 02.03.2026 is a day the German way."""
    german = GERMAN_DAY.match(source)
    words = f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}{source[german.end() :]}" if german else source
    return datetime.fromisoformat(SPACED_OFFSET.sub(r"\1", words.removesuffix(" UTC")))


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
