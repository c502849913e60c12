"""When a price may be called reduced: below the lowest of the thirty days before it, and for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from actions.offers.products import Money

DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A gross price and the moment from which it was asked."""

    since: datetime
    price: Money


@dataclass(frozen=True, slots=True)
class Reduction:
    """A reduction that may be announced, with the `lowest` price of the thirty days before it."""

    since: datetime
    lowest: Money


class NotReduced(StrEnum):
    """Why a price is not called reduced."""

    NEVER_CHANGED = "never_changed"
    LONG_AGO = "long_ago"
    TOO_SHORT_A_RECORD = "too_short_a_record"
    OTHER_CURRENCY = "other_currency"
    NOT_LOWER = "not_lower"


def reduction(changes: Sequence[PriceChange], now: datetime) -> Reduction | NotReduced:
    """Judge the price in force, the last of `changes`, which are sorted by time.

    The price to compare with is the lowest total price asked in the thirty days before the reduction (§ 11 PAngV,
    Art. 6a of directive 98/6/EC); where the record does not reach back so far, nothing is announced.
    """
    if len(changes) < 2:
        return NotReduced.NEVER_CHANGED
    current = changes[-1]
    before = current.since - DAYS
    asked = [each.price for each, following in pairwise(changes) if following.since > before]
    lowest = min(asked, key=lambda price: price.amount)
    if now - current.since >= DAYS:
        return NotReduced.LONG_AGO
    if changes[0].since > before:
        return NotReduced.TOO_SHORT_A_RECORD
    if any(price.currency != current.price.currency for price in asked):
        return NotReduced.OTHER_CURRENCY
    if current.price.amount >= lowest.amount:
        return NotReduced.NOT_LOWER
    return Reduction(current.since, lowest)
