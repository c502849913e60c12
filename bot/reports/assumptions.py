"""Reads the assumptions of a return on investment, strictly, and fills in what the log has measured."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from bot.reports.facts import Facts
from bot.reports.kpis import of_sales
from bot.reports.roi import INPUTS, MEASURABLE, SIGNED, Assumption, Case, Kind
from bot.reports.scope import Scope
from bot.reports.uplift import uplift

MEASURED = "measured"
MOST = 10**9
CASES = tuple(case.value for case in Case)

Measure = Callable[[str], Assumption]


class AssumptionError(ValueError):
    """An assumption is missing, unknown or cannot be; says which and why, in both languages."""

    def __init__(self, en: str, de: str) -> None:
        super().__init__(en)
        self.words = {"de": de, "en": en}


def read_file(text: str, measure: Measure) -> dict[str, Assumption]:
    """The assumptions of a file."""
    try:
        document = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise AssumptionError(f"not valid YAML: {error}", f"kein gültiges YAML: {error}") from error
    given = document.get("assumptions") if isinstance(document, Mapping) else None
    if not isinstance(given, Mapping):
        raise AssumptionError(
            "the file needs `assumptions:` with a line for each",
            "der Datei fehlt `assumptions:` mit einer Zeile je Annahme",
        )
    return read(given, measure)


def read(given: Mapping[str, Any], measure: Measure) -> dict[str, Assumption]:
    """Every assumption, in the order of `INPUTS`."""
    unknown, missing = sorted(map(str, given.keys() - INPUTS.keys())), [n for n in INPUTS if n not in given]
    if unknown or missing:
        named = (("no such assumption", "unbekannte Annahme", unknown), ("missing", "es fehlt", missing))
        told = [(f"{en}: {', '.join(names)}", f"{de}: {', '.join(names)}") for en, de, names in named if names]
        raise AssumptionError(*("; ".join(words) for words in zip(*told, strict=True)))
    return {name: _one(name, given[name], measure) for name in INPUTS}


def measured_by(facts: Facts, scope: Scope) -> Measure:
    """What the log of a period tells; AssumptionError where it is too little."""

    def measure(name: str) -> Assumption:
        figures = {figure.name: figure for figure in (*of_sales(facts.talks, scope), *uplift(facts.arms, scope))}
        simulated = facts.talks.simulated > 0
        caused, value = figures["uplift_profit"], figures["average_order_value"].value
        profit = figures["order_profit"].value
        told = {
            "order_rate": figures["order_rate"].value,
            "average_order": None if value is None else value / 100,
            "margin": profit / value if value and profit is not None else None,
            "uplift": None if caused.value is None else caused.value / 100,
        }[name]
        if told is None:
            raise AssumptionError(
                f"{name} is not measured yet: there is too little in the log of these days",
                f"{name} ist noch nicht gemessen: In diesen Tagen steht zu wenig im Protokoll",
            )
        if name == "uplift" and caused.low is not None and caused.high is not None:
            return Assumption(name, caused.low / 100, told, caused.high / 100, measured=True, simulated=simulated)
        return Assumption(name, told, told, told, measured=True, simulated=simulated)

    return measure


def _one(name: str, value: Any, measure: Measure) -> Assumption:
    if value == MEASURED:
        if name not in MEASURABLE:
            known = ", ".join(MEASURABLE)
            raise AssumptionError(
                f"{name} cannot be measured here; {known} can",
                f"{name} lässt sich hier nicht messen, wohl aber {known}",
            )
        return measure(name)
    cases = value if isinstance(value, Mapping) else dict.fromkeys(CASES, value)
    if set(cases) != set(CASES):
        wanted = ", ".join(CASES)
        raise AssumptionError(f"{name} needs one value, or {wanted}", f"{name} braucht einen Wert, oder {wanted}")
    low, likely, high = (_number(name, cases[case]) for case in CASES)
    return Assumption(name, low, likely, high)


def _number(name: str, value: Any) -> float:
    text = str(value).strip()

    def refused(en: str, de: str) -> AssumptionError:
        return AssumptionError(f"{name} cannot be {text!r}: {en}", f"{name} kann nicht {text!r} sein: {de}")

    try:
        if isinstance(value, bool):
            raise ValueError(text)
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise refused("it is a number", "Es ist eine Zahl") from error
    if not math.isfinite(number) or abs(number) > MOST:
        raise refused("that is beyond all measure", "Das ist jenseits aller Maße")
    if number < 0 and name not in SIGNED:
        raise refused("it is not below zero", "Es ist nicht kleiner als null")
    if INPUTS[name] is Kind.SHARE and number > 1:
        raise refused("a share is at most 100%", "Ein Anteil ist höchstens 100 %")
    if name == "months" and number < 1:
        raise refused("it is at least 1", "Es ist mindestens 1")
    return number
