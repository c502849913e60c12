"""Rounds a figure for people, once and half up, as everybody learned it."""

from decimal import ROUND_HALF_UP, Decimal

# digits that keep the noise of floats out of a figure worked out in steps, and are many more than anybody reads
EXACT = 9


def half_up(number: float, digits: int = 0) -> Decimal:
    """The number with so many decimals. It is taken as it is written, so that a half that is written rounds up."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percentage(part: float, digits: int = 1) -> Decimal:
    """A share as per cent."""
    return half_up(part, digits + 2).scaleb(2)
