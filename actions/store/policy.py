"""The merchant's offer limits: the defaults, with the values stored in the database over them."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from sqlalchemy import Connection, select

from actions.offers.limits import OfferLimits
from actions.offers.situation import Placement
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.tables import policy_values

if TYPE_CHECKING:
    from actions.store.catalogue import CatalogueSnapshot

HINTS: Mapping[str, Any] = get_type_hints(OfferLimits)
NAMES = frozenset(field.name for field in fields(OfferLimits))
WORDS = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False}


class PolicyError(ValueError):
    """No such limit, or a value it cannot have; the message says which and what is allowed."""


def limits(source: "Connection | CatalogueSnapshot") -> OfferLimits:
    """The limits in force, from the database or as the snapshot read them."""
    if not isinstance(source, Connection):
        return source.limits
    stored = source.execute(select(policy_values.c.name, policy_values.c.value)).tuples()
    return replace(OfferLimits(), **{name: _typed(name, value) for name, value in stored if name in NAMES})


def set_value(connection: Connection, name: str, value: object, now: datetime | None = None) -> None:
    """Store one limit; `value` may be typed or text as typed on a command line. PolicyError if it cannot be."""
    typed = _typed(name, value)
    stored = sorted(typed) if isinstance(typed, frozenset) else typed
    row = {"name": name, "value": stored, "changed_at": now or datetime.now(UTC)}
    upsert(connection, policy_values, [row], ["name"])
    bump_version(connection)


def _typed(name: str, value: object) -> Any:
    if name not in NAMES:
        raise PolicyError(f"{name} is not an offer limit; there are: {', '.join(sorted(NAMES))}")
    hint = HINTS[name]
    try:
        return _as(hint, value)
    except (ValueError, TypeError) as error:
        raise PolicyError(f"{name} cannot be {value!r}: {error}") from error


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
    number = kind(str(value).strip())
    if not math.isfinite(number):
        raise ValueError("it is a finite number")
    if number < 0:
        raise ValueError("it is not below zero")
    return number


def _iterable(value: object) -> Any:
    if not isinstance(value, list | tuple | set | frozenset):
        raise TypeError("it is a list of placements")
    return value
