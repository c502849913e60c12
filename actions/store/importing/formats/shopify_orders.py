"""Reads Shopify's order export: one row for each line, the first row of an order speaks for the others."""

from collections.abc import Iterable, Iterator
from typing import Any

from actions.store.importing.formats.columns import Columns
from actions.store.importing.order_delivery import CANCELLED, NAMELESS, OrderNews
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal

ALIASES = {
    "order_id": ("Name",),
    "ts": ("Created at", "Paid at"),
    "customer_id": ("Email",),
    "sku": ("Lineitem sku",),
    "quantity": ("Lineitem quantity",),
    "price": ("Lineitem price",),
    "status": ("Financial Status",),
    "cancelled": ("Cancelled at",),
    "total": ("Total",),
    "refunded": ("Refunded Amount",),
}
NOT_SOLD = frozenset({"refunded", "voided", "expired"})
FIELDS = ("order_id", "ts", "customer_id", "sku", "quantity", "price")


def recognises(header: tuple[str, ...]) -> bool:
    """True for Shopify's order export."""
    return {"Name", "Lineitem sku", "Lineitem quantity"} <= {name.strip() for name in header}


def lines(rows: Iterable[SourceRow], news: OrderNews) -> Iterator[SourceRow]:
    """The lines of orders that stand."""
    columns = Columns((), ALIASES)
    orders: dict[str, tuple[str, str, bool]] = {}
    for row in rows:
        if not columns.names:
            columns = Columns(row.values, ALIASES)
            news.columns.update({name: columns.names[name] for name in FIELDS if name in columns})
        name = columns.of(row.values, "order_id")
        if name not in orders:
            sold = _is_sold(columns, row.values)
            orders[name] = (columns.of(row.values, "ts"), columns.of(row.values, "customer_id"), sold)
            if not sold:
                news.cancelled.add(name)
        moment, customer, sold = orders[name]
        sku = columns.of(row.values, "sku").removeprefix("'")
        if not sold or not sku:
            news.left_out[CANCELLED if not sold else NAMELESS] += 1
            continue
        quantity, price = columns.of(row.values, "quantity"), columns.of(row.values, "price")
        values: dict[str, Any] = {"order_id": name, "ts": moment, "customer_id": customer, "sku": sku}
        yield SourceRow(row.line, values | {"quantity": quantity, "price": price})


def _is_sold(columns: Columns, values: Any) -> bool:
    if columns.of(values, "cancelled") or columns.of(values, "status").casefold() in NOT_SOLD:
        return False
    refunded, total = columns.of(values, "refunded"), columns.of(values, "total")
    try:
        return not refunded or decimal(refunded) <= 0 or not total or decimal(refunded) < decimal(total)
    except (ValueError, ArithmeticError):
        return True
