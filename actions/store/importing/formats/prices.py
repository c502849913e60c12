"""The price in force: the sale price while the sale lasts, with tax where the file states net prices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from actions.store.importing.moments import written_moment
from actions.store.importing.values import decimal, exact

MONEY = re.compile(r"^([A-Z]{3})?\s*([^A-Z]*?)\s*([A-Z]{3})?$")


@dataclass(frozen=True, slots=True)
class Sale:
    """A reduced price and when it holds; `fault` says why that cannot be told, then it does not."""

    price: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    fault: str = ""


def sale(price: str, begins: str, ends: str) -> Sale:
    """The sale as a file states it; one whose dates cannot be read is none."""
    if not price:
        return Sale()
    try:
        return Sale(price, moment(begins), moment(ends, last=True))
    except ValueError as error:
        return Sale(fault=str(error))


def price_in_force(regular: str, sale: Sale, now: datetime) -> str:
    """The sale price between its moments, else the regular one; an empty or dearer sale price is none."""
    if not sale.price or (sale.begins and now < sale.begins) or (sale.ends and now > sale.ends):
        return regular
    try:
        dearer = bool(regular) and decimal(sale.price) >= decimal(regular)
    except (ValueError, ArithmeticError):
        return sale.price
    return regular if dearer else sale.price


def told_of_sale(line: int, sale: Sale, *, in_force: bool) -> Iterator[str]:
    """Notes on a sale whose dates cannot be read, and on one in force that will end."""
    if sale.fault:
        yield f"line {line}: the sale price does not count, {sale.fault}"
    elif sale.ends and in_force:
        yield f"line {line}: the sale price ends {sale.ends:%Y-%m-%d}; import again then"


def gross(price: str, tax_percent: int, *, net: bool, mark: str = "") -> str:
    """The price with tax; as it is where it holds tax already or cannot be read, which its `mark` may decide."""
    if not net or not price:
        return price
    try:
        amount = exact(price, mark) * (100 + tax_percent) / Decimal(100)
    except (ValueError, ArithmeticError):
        return price
    return str(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def amount_and_currency(source: str) -> tuple[str, str]:
    """The parts of `79.90 EUR` or `EUR 79,90`; without a currency the second is empty."""
    found = MONEY.match(source.strip())
    return (found[2], found[1] or found[3] or "") if found else (source, "")


def moment(source: str, *, last: bool = False) -> datetime | None:
    """A date or a moment; a date alone means its first second, or its `last`. None: nothing stated. ValueError."""
    if not source.strip():
        return None
    found = written_moment(source.strip())
    if not isinstance(found, datetime):
        day = datetime.combine(found, datetime.min.time(), UTC)
        return day + timedelta(days=1, seconds=-1) if last else day
    return found if found.tzinfo else found.replace(tzinfo=UTC)
