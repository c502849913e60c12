"""Reads Shopify's order export: one row for each line, the first row of an order speaks for the others."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from actions.store.importing.formats.columns import Columns
from actions.store.importing.order_delivery import CANCELLED, NAMELESS, OrderNews, share_paid_back
from actions.store.importing.reading import SourceRow

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
    "shipping": ("Shipping",),
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
            news.marks.add(".")
            news.columns.update({name: columns.names[name] for name in FIELDS if name in columns})
        name = columns.of(row.values, "order_id")
        if name not in orders:
            share = _share(columns, row.values)
            orders[name] = (columns.of(row.values, "ts"), columns.of(row.values, "customer_id"), share < 1)
            if share == 1:
                news.cancelled.add(name)
            elif "refunded" in columns:
                news.shares[name] = share
        moment, customer, sold = orders[name]
        sku = columns.of(row.values, "sku").removeprefix("'")
        if not sold or not sku:
            news.left_out[CANCELLED if not sold else NAMELESS] += 1
            continue
        quantity, price = columns.of(row.values, "quantity"), columns.of(row.values, "price")
        values: dict[str, Any] = {"order_id": name, "ts": moment, "customer_id": customer, "sku": sku}
        yield SourceRow(row.line, values | {"quantity": quantity, "price": price})


def _share(columns: Columns, values: Any) -> Decimal:
    """How much of an order was paid back; one that never was paid counts as paid back altogether."""
    if columns.of(values, "cancelled") or columns.of(values, "status").casefold() in NOT_SOLD:
        return Decimal(1)
    total, shipping = columns.of(values, "total"), columns.of(values, "shipping")
    return share_paid_back(columns.of(values, "refunded"), total, (shipping,))
