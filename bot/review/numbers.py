"""Reads whole numbers out of addresses and forms, strictly and within what a database holds."""

from bot.review.visit import RefusedError

MOST_DIGITS = 9


def whole(given: str) -> int | None:
    """The number that is written there in plain digits; None where it is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else None


def asked_number(given: str) -> int:
    """The same; RefusedError where it is none."""
    number = whole(given)
    if number is None:
        raise RefusedError(400, "refused_value")
    return number
