"""Reads price limits: "unter 800", "zwischen 50 und 100 Euro", "max 1.2k", "egal was es kostet"."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from actions.understanding import limits
from actions.understanding.reading import Reading
from actions.understanding.units import never_prices
from actions.understanding.wordlists import words

CURRENCY = words("€ eur euro euros euronen $ usd dollar dollars £ gbp pound pounds chf franken bucks quid")
CENTS = frozenset({"cent", "cents", "ct"})
THOUSANDS = frozenset({"k", "tsd"})
RULES: Mapping[str, tuple[str, ...]] = {
    "price_open": (
        "preis|geld|budget|kosten|price|money|cost|costs *3 egal|wurst|zweitrangig|nebensächlich|offen|unlimited",
        "egal|gleich|wurst *3 preis|kostet|kosten|teuer",
        "preis|geld|budget|price|money|cost *3 keine|no|not|isnt|doesnt|nicht *2 rolle|object|problem|matter|issue",
        "preis|geld|budget *2 nicht *1 wichtig",
        "kein|keine|ohne|no *1 preislimit|budgetlimit|obergrenze|preisgrenze|budgetgrenze|limit",
        "regardless|whatever *2 price|cost|costs",
        "dont|not care *3 price|cost|money|costs",
        "koste es was",
        "doesnt matter *2 price|cost|costs",
        "unlimited|unbegrenztes budget",
    ),
    "price_too_much": ("zu|too viel|teuer|much|expensive|hoch|high",),
    "price_label": (
        "nummer|nr|option|variante|größe|gr|size|modell|number|artikel|artikelnummer|bestellung|order",
    ),
}
RANGE_SIGNS = words("bis - – — to und and")
RANGE_STARTS = words("zwischen zw between von from")
SPREAD = Decimal("0.15")
LEAST_ABOUT = 20


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """Limits in minor units, both inclusive; `lifted` where the shopper says that the price does not matter."""

    lowest: int | None = None
    highest: int | None = None
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number that may be money: its tokens reach from `start` to `end`."""

    value: Decimal
    start: int
    end: int
    currency: bool
    thousands: bool


def is_money(reading: Reading, at: int) -> bool:
    """True where a currency stands at a number."""
    return reading.word(at + 1) in CURRENCY or reading.word(at - 1) in CURRENCY


def read_prices(reading: Reading) -> PriceLimits:
    """Find the limits and mark their words as understood."""
    amounts = [amount for at in range(len(reading)) if (amount := _amount(reading, at))]
    lifted = reading.spans("price_open")
    for start, end in lifted:
        reading.use(start, end)
    found = _range(reading, amounts) or _limits(reading, amounts)
    return found or PriceLimits(lifted=bool(lifted))


def _amount(reading: Reading, at: int) -> _Amount | None:
    number = reading[at].number
    if number is None or at in reading.used or reading.ends_at("price_label", at) is not None:
        return None
    start, end, currency = at, at + 1, False
    thousands = reading.word(end) in THOUSANDS and reading[end].glued
    value = number * 1000 if thousands else number
    end += thousands
    if reading.word(end) in (",", ".") and reading.word(end + 1) in ("-", "–") and reading[end].glued:
        end, currency = end + 2, True
    if reading.word(end) in CURRENCY or reading.word(end) in CENTS:
        value = value / 100 if reading.word(end) in CENTS else value
        end, currency = end + 1, True
    elif reading.word(start - 1) in CURRENCY and reading[start].number is not None:
        start, currency = start - 1, True
    counts_something = reading.word(end) in never_prices() or reading.is_named(end)
    return None if counts_something and not currency else _Amount(value, start, end, currency, thousands)


def _range(reading: Reading, amounts: list[_Amount]) -> PriceLimits | None:
    for low, high in pairwise(amounts):
        between = reading.words(low.end, high.start)
        started = reading.word(low.start - 1) in RANGE_STARTS
        if len(between) != 1 or between[0] not in RANGE_SIGNS:
            continue
        sure = started or low.currency or high.currency or high.thousands
        if not (sure if between[0] not in ("und", "and") else started):
            continue
        lowest = low.value * 1000 if high.thousands and low.value * 1000 <= high.value else low.value
        if lowest <= high.value:
            reading.use(low.start - started, high.end)
            return PriceLimits(_minor(lowest), _minor(high.value))
    return None


def _limits(reading: Reading, amounts: list[_Amount]) -> PriceLimits | None:
    lowest = highest = None
    seen = False
    for amount in amounts:
        side = _side(reading, amount)
        if side is None:
            continue
        seen = True
        reading.use(amount.start, amount.end)
        if side == "about":
            lowest, highest = _minor(amount.value * (1 - SPREAD)), _minor(amount.value * (1 + SPREAD))
        elif side == "max":
            highest = _minor(amount.value)
        elif side == "min":
            lowest = _minor(amount.value)
    if lowest is not None and highest is not None and lowest > highest:
        lowest = None
    return PriceLimits(lowest, highest) if seen else None


def _side(reading: Reading, amount: _Amount) -> str | None:
    """Which limit an amount sets: "max", "min", "about", "" for none although it is money, None for no money."""
    side = limits.cue(reading, amount.start, amount.end)
    if side in ("max", "min") or (side == "about" and (amount.currency or amount.value >= LEAST_ABOUT)):
        return side
    if not amount.currency and not amount.thousands:
        return None
    return "" if reading.spans("price_too_much") else "max"


def _minor(value: Decimal) -> int:
    return int(value * 100)
