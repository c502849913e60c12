"""Values of offer limits: read from text, YAML or the database, and made fit to be stored."""

import math
from collections.abc import Mapping
from dataclasses import fields
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement

HINTS: Mapping[str, Any] = get_type_hints(OfferLimits)
NAMES = frozenset(field.name for field in fields(OfferLimits))
# shares of shoppers have a largest value; beyond half, the measured would be the rarer
MOST: Mapping[str, float] = {"holdout": 0.5}
WORDS = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False}


class PolicyError(ValueError):
    """No such limit, or a value it cannot have; the message says which and what is allowed."""


def typed(name: str, value: object) -> Any:
    """The value as the limit holds it; `value` may be typed or text as somebody wrote it."""
    if name not in NAMES:
        raise PolicyError(f"{name} is not an offer limit; there are: {', '.join(sorted(NAMES))}")
    try:
        read = _as(HINTS[name], value)
        if name in MOST and read > MOST[name]:
            raise ValueError(f"it is at most {MOST[name]}")
    except (ValueError, TypeError) as error:
        raise PolicyError(f"{name} cannot be {value!r}: {error}") from error
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
            raise ValueError(f"allowed are {', '.join(map(str, get_args(hint)))}")
        return value
    if get_origin(hint) is frozenset:
        parts = value.split(",") if isinstance(value, str) else list(_iterable(value))
        return frozenset(Placement(str(part).strip()) for part in parts if str(part).strip())
    if NoneType in get_args(hint):
        if value is None or str(value).strip().lower() in {"", "none", "null"}:
            return None
        return _as(next(kind for kind in get_args(hint) if kind is not NoneType), value)
    return _plain(hint, value)


def _plain(kind: type, value: object) -> Any:
    if kind is bool:
        word = str(value).strip().lower()
        if word not in WORDS:
            raise ValueError("it is true or false")
        return WORDS[word]
    if isinstance(value, bool):
        raise ValueError("it is a number")
    text = str(value).strip()
    percent = kind is float and text.endswith("%")
    number = kind(text.removesuffix("%").strip()) / 100 if percent else kind(text)
    if not math.isfinite(number):
        raise ValueError("it is a finite number")
    if number < 0:
        raise ValueError("it is not below zero")
    return number


def _iterable(value: object) -> Any:
    if not isinstance(value, list | tuple | set | frozenset):
        raise TypeError("it is a list of placements")
    return value
