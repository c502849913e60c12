"""Codes and refusals of the record in words for the people who work in the shop, German and English."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import yaml
from babel.numbers import format_decimal, format_percent

from actions.folders import DATA
from actions.offers.documents import detail_document
from actions.offers.products import Money
from actions.wording import LOCALES, written

FOLDER = DATA / "staff"
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
NONE = "none"
# more digits claim more than a count knows, fewer hide on which side of a limit it is
DIGITS = 4
NUMBER, PERCENT = "#,##0.######", {"de": "#,##0.#### %", "en": "#,##0.####%"}

Both = Mapping[str, str]
Naming = Callable[[str], str]


@cache
def words() -> Mapping[str, Mapping[str, Both]]:
    """The codes by what they are codes of, each in both languages."""
    groups: dict[str, dict[str, Both]] = _read("words.yml")
    return groups


@cache
def sentences() -> Mapping[str, Both]:
    """What is behind a refusal, by its code, with places for its values."""
    known: dict[str, Both] = _read("details.yml")
    return known


@cache
def lines() -> Mapping[str, Both]:
    """What commands print, by name, with places for its values."""
    known: dict[str, Both] = _read("lines.yml")
    return known


def line(name: str, language: str, /, **values: Any) -> str:
    """One line of a command with its values."""
    return _filled(lines()[name][language], values, language, str)


def worded(group: str, code: str, language: str) -> str:
    """A code in words, as it is where there are none for it."""
    known = words()[group].get(code)
    return code if known is None else known[language]


def behind(refusal: Mapping[str, Any], language: str, naming: Naming = str) -> str:
    """What is behind a refusal that was written down; one of before there were codes keeps its English words."""
    if "details" not in refusal:
        return str(refusal.get("detail", ""))
    return ", ".join(_sentence(each, language, naming) for each in refusal["details"])


def withheld(refusal: Mapping[str, Any], language: str) -> str:
    """What was not offered, as what, and why, in one line."""
    named = {name: refusal[name] for name in ("sku", "kind", "reason")}
    return line("withheld", language, **named, behind=behind(refusal, language)).removesuffix(": ")


def behind_all(details: Sequence[Any], language: str) -> str:
    """What is behind a refusal that was just made."""
    return behind({"details": [detail_document(each) for each in details]}, language)


def _sentence(detail: Mapping[str, Any], language: str, naming: Naming) -> str:
    """One detail in words; the bare code and values where it is one that this version has no words for."""
    known = sentences().get(detail["code"])
    values = {name: value for name, value in detail.items() if name != "code"}
    if known is None or not {name for name, _ in PLACE.findall(known[language])} <= values.keys():
        return " ".join([detail["code"], *(f"{name}={value}" for name, value in values.items())])
    return _filled(known[language], values, language, naming)


def _filled(sentence: str, values: Mapping[str, Any], language: str, naming: Naming) -> str:
    return PLACE.sub(lambda place: _value(place[1], place[2], values, language, naming), sentence)


def _value(name: str, how: str | None, values: Mapping[str, Any], language: str, naming: Naming) -> str:
    value = values[name]
    if how == "money" and value is not None:
        currency = values.get(f"{name.removesuffix('_price')}_currency", values["currency"])
        return written(Money(value, currency), language)
    if how == "product":
        return naming(value)
    if how in ("number", "percent"):
        exact, locale = value if isinstance(value, int) else float(f"{value:.{DIGITS}g}"), LOCALES[language]
        if how == "percent":
            return str(format_percent(exact, PERCENT[language], locale=locale))
        return str(format_decimal(exact, NUMBER, locale=locale))
    if how is not None and how in words():
        return worded(how, str(value) if value not in (None, "") else NONE, language)
    return str(value)


def _read(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
