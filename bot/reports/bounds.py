"""Watches figures: the bounds a merchant sets, and which figures lie outside of them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from bot.reports.figures import Figure, Unit
from bot.reports.titles import WORDINGS

FEWEST = 30
CENTS = 100
BOUNDS = ("min", "max")


class BoundsError(ValueError):
    """The file of bounds cannot be read; says why."""


class Verdict(StrEnum):
    """What is to be said of a figure."""

    KEPT = "kept"
    OUTSIDE = "outside"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most a figure may be, as the file has it: shares to 1, money in the shop's currency."""

    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Bounds by the name of the figure; a figure of fewer than `fewest` cases is not judged."""

    bounds: Mapping[str, Bound]
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with its bound and what follows."""

    figure: Figure
    bound: Bound
    verdict: Verdict


def read_watch(text: str) -> Watch:
    """Read a file of bounds, strictly; BoundsError names what is wrong."""
    try:
        document = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise BoundsError(f"not valid YAML: {error}") from error
    given = document.get("bounds") if isinstance(document, Mapping) else None
    if not isinstance(given, Mapping) or not given or set(document) - {"bounds", "fewest"}:
        raise BoundsError("the file needs `bounds:` with a line for each figure, and may have `fewest:`")
    fewest = document.get("fewest", FEWEST)
    if isinstance(fewest, bool) or not isinstance(fewest, int) or fewest < 1:
        raise BoundsError(f"fewest cannot be {fewest!r}: it is a whole number from 1 on")
    return Watch({str(name): _bound(str(name), value) for name, value in given.items()}, fewest)


def judge(figures: Iterable[Figure], watch: Watch) -> list[Judged]:
    """Every watched figure, in the order of the file; BoundsError names one that is not among the `figures`."""
    known = {figure.name: figure for figure in figures}
    if groups := [name for name in watch.bounds if name not in known]:
        raise BoundsError(f"told of single groups only, so nothing to watch: {', '.join(groups)}")
    return [
        Judged(known[name], bound, _verdict(known[name], bound, watch.fewest))
        for name, bound in watch.bounds.items()
    ]


def written(bound: Bound) -> str:
    """The bounds as the file has them."""
    sides = ((side, getattr(bound, side)) for side in BOUNDS)
    return ", ".join(f"{side} {value:g}" for side, value in sides if value is not None)


def _verdict(figure: Figure, bound: Bound, fewest: int) -> Verdict:
    if figure.value is None or figure.denominator < fewest:
        return Verdict.TOO_FEW
    value = figure.value / CENTS if figure.unit is Unit.MONEY else figure.value
    below, above = bound.min is not None and value < bound.min, bound.max is not None and value > bound.max
    return Verdict.OUTSIDE if below or above else Verdict.KEPT


def _bound(name: str, value: Any) -> Bound:
    if name not in WORDINGS:
        raise BoundsError(f"there is no figure {name}; there are: {', '.join(WORDINGS)}")
    if not isinstance(value, Mapping) or not value or set(value) - set(BOUNDS):
        raise BoundsError(f"{name} needs min, max or both")
    found = Bound(**{side: _number(name, value[side]) for side in value})
    if found.min is not None and found.max is not None and found.min > found.max:
        raise BoundsError(f"{name}: min is above max")
    return found


def _number(name: str, value: Any) -> float:
    text = str(value).strip()
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise BoundsError(f"{name} cannot be {text!r}: it is a number, or a share as 2%") from error
    if isinstance(value, bool) or not math.isfinite(number):
        raise BoundsError(f"{name} cannot be {text!r}: it is a number, or a share as 2%")
    return number
