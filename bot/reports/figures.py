"""A figure: a number with what it is a number of, how far it may be believed, and where its conversations are."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure is measured in; money in cents."""

    SHARE = "share"
    MONEY = "money"
    MILLISECONDS = "ms"
    SECONDS = "s"


class Basis(StrEnum):
    """How far a figure may be believed.

    COUNTED says what happened. INFLUENCED says what happened after an offer, which might have happened without it.
    CAUSED compares with conversations that by lot got no offer unasked.
    """

    COUNTED = "counted"
    INFLUENCED = "influenced"
    CAUSED = "caused"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is `numerator` of, or for each of, `denominator`; None where there is nothing to be a part of.

    `query` is the query string of the list of the conversations behind it.
    `low` and `high` bound the value with 95 % confidence where that can be said.
    """

    name: str
    unit: Unit
    numerator: float
    denominator: int
    value: float | None
    query: str = ""
    basis: Basis = Basis.COUNTED
    low: float | None = None
    high: float | None = None


def share(name: str, part: int, of: int, basis: Basis = Basis.COUNTED) -> Figure:
    """A part of a whole, not rounded: who writes it for people rounds."""
    return Figure(name, Unit.SHARE, part, of, part / of if of else None, basis=basis)


def mean(name: str, cents: int, over: int, basis: Basis = Basis.COUNTED) -> Figure:
    """Cents for each of `over`, not rounded."""
    return Figure(name, Unit.MONEY, cents, over, cents / over if over else None, basis=basis)
