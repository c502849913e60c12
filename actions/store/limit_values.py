"""Values of offer limits: read from text, YAML or the database, and made fit to be stored."""

import math
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement

HINTS: Mapping[str, Any] = get_type_hints(OfferLimits)
NAMES = frozenset(field.name for field in fields(OfferLimits))
# shares of shoppers have a largest value; beyond half, the measured would be the rarer
MOST: Mapping[str, float] = {"holdout": 0.5, "rollout": 1.0}
WORDS = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False}


NOTHING = frozenset({"", "none", "null"})


class Fault(StrEnum):
    """Why a limit cannot have a value."""

    UNKNOWN = "unknown"
    CHOICE = "choice"
    SWITCH = "switch"
    NUMBER = "number"
    WHOLE = "whole"
    NEGATIVE = "negative"
    MOST = "most"


REASONS: Mapping[Fault, str] = {
    Fault.UNKNOWN: "{name} is not an offer limit; there are: {allowed}",
    Fault.CHOICE: "{name} cannot be {value!r}: allowed are {allowed}",
    Fault.SWITCH: "{name} cannot be {value!r}: it is true or false",
    Fault.NUMBER: "{name} cannot be {value!r}: it is a number, with a point before its decimals",
    Fault.WHOLE: "{name} cannot be {value!r}: it is a whole number",
    Fault.NEGATIVE: "{name} cannot be {value!r}: it is not below zero",
    Fault.MOST: "{name} cannot be {value!r}: it is at most {allowed}",
}


class PolicyError(ValueError):
    """No such limit, or a value it cannot have; the message says which and what is allowed."""

    def __init__(self, fault: Fault, name: str, value: object, allowed: str = "") -> None:
        super().__init__(REASONS[fault].format(name=name, value=value, allowed=allowed))
        self.fault, self.name, self.value, self.allowed = fault, name, value, allowed


class _UnfitError(ValueError):
    """What is wrong with a value, before it is known whose value it is."""

    def __init__(self, fault: Fault, allowed: str = "") -> None:
        super().__init__(fault)
        self.fault, self.allowed = fault, allowed


def typed(name: str, value: object) -> Any:
    """The value as the limit holds it; `value` may be typed or text as somebody wrote it."""
    if name not in NAMES:
        raise PolicyError(Fault.UNKNOWN, name, value, ", ".join(sorted(NAMES)))
    try:
        read = _as(HINTS[name], value)
        if name in MOST and read > MOST[name]:
            raise _UnfitError(Fault.MOST, str(MOST[name]))
    except _UnfitError as unfit:
        raise PolicyError(unfit.fault, name, value, unfit.allowed) from unfit
    return read


def storable(value: Any) -> Any:
    """The value as JSON takes it."""
    return sorted(value) if isinstance(value, frozenset) else value


def known(stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the database holds, typed; names of limits that there are no longer are passed over."""
    return {name: typed(name, value) for name, value in stored.items() if name in NAMES}


def told(value: Any) -> str:
    """The value as people write it."""
    if value is None or value == frozenset():
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _as(hint: Any, value: object) -> Any:
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise _UnfitError(Fault.CHOICE, ", ".join(map(str, get_args(hint))))
        return value
    if get_origin(hint) is frozenset:
        return _placements(value)
    if NoneType in get_args(hint):
        if value is None or _is_nothing(value):
            return None
        return _as(next(kind for kind in get_args(hint) if kind is not NoneType), value)
    return _switch(value) if hint is bool else _number(hint, value)


def _is_nothing(value: object) -> bool:
    return str(value).strip().lower() in NOTHING


def _placements(value: object) -> frozenset[Placement]:
    if isinstance(value, str):
        value = [] if _is_nothing(value) else value.split(",")
    if not isinstance(value, list | tuple | set | frozenset):
        raise _UnfitError(Fault.CHOICE, ", ".join(Placement))
    try:
        return frozenset(Placement(str(part).strip()) for part in value if str(part).strip())
    except ValueError as error:
        raise _UnfitError(Fault.CHOICE, ", ".join(Placement)) from error


def _switch(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in WORDS:
        raise _UnfitError(Fault.SWITCH)
    return WORDS[word]


def _number(kind: type[int] | type[float], value: object) -> int | float:
    fault = Fault.WHOLE if kind is int else Fault.NUMBER
    text = str(value).strip()
    percent = kind is float and text.endswith("%")
    try:
        number = kind(text.removesuffix("%").strip()) / 100 if percent else kind(text)
        finite = not isinstance(value, bool) and math.isfinite(number)
    except (ValueError, OverflowError) as error:
        raise _UnfitError(fault) from error
    if not finite:
        raise _UnfitError(fault)
    if number < 0:
        raise _UnfitError(Fault.NEGATIVE)
    return number
