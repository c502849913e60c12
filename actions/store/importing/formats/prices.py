"""The price in force: the sale price while the sale lasts, with tax where the file states net prices."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from actions.store.importing.values import decimal

MONEY = re.compile(r"^([A-Z]{3})?\s*([^A-Z]*?)\s*([A-Z]{3})?$")


def price_in_force(regular: str, sale: str, begins: datetime | None, ends: datetime | None, now: datetime) -> str:
    """The sale price between its moments, else the regular one; an empty or dearer sale price is none."""
    if not sale or (begins and now < begins) or (ends and now > ends):
        return regular
    try:
        dearer = bool(regular) and decimal(sale) >= decimal(regular)
    except (ValueError, ArithmeticError):
        return sale
    return regular if dearer else sale


def gross(price: str, tax_percent: int, *, net: bool) -> str:
    """The price with tax; as it is where it holds tax already or cannot be read."""
    if not net or not price:
        return price
    try:
        amount = decimal(price) * (100 + tax_percent) / Decimal(100)
    except (ValueError, ArithmeticError):
        return price
    return str(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def amount_and_currency(source: str) -> tuple[str, str]:
    """The parts of `79.90 EUR` or `EUR 79,90`; without a currency the second is empty."""
    found = MONEY.match(source.strip())
    return (found[2], found[1] or found[3] or "") if found else (source, "")


def moment(source: str, *, last: bool = False) -> datetime | None:
    """A date or a moment as exports write it; a date alone means its first second, or its `last`. None: no such."""
    words = re.sub(r"([+-]\d{2}):?(\d{2})$", r"\1:\2", source.strip().replace(" ", "T", 1))
    try:
        if len(words) <= 10:
            day = datetime.combine(date.fromisoformat(words), datetime.min.time(), UTC)
            return day + timedelta(days=1, seconds=-1) if last else day
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
