"""Reads order exports of WooCommerce: a row for each line, `line_item_1` columns, or orders of its REST API."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from actions.store.importing.formats.columns import Columns, plain
from actions.store.importing.order_delivery import CANCELLED, NAMELESS, SENT_BACK, OrderNews, share_paid_back
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal, decimal_mark, text

ALIASES = {
    "order_id": (
        *("Order Number", "Order No.", "Order ID", "Order #", "order_number", "order_id", "Bestellnummer"),
        *("Bestell-Nr.", "Bestell-ID", "Bestellung", "number"),
    ),
    "ts": (
        *("Order Date", "date_created_gmt", "date_created", "Bestelldatum", "Date", "Datum", "Paid Date"),
        "Bezahldatum",
    ),
    "status": ("Order Status", "Bestellstatus", "status", "post_status"),
    "email": (
        *("Email (Billing)", "Billing Email", "Billing Email Address", "customer_email", "E-Mail (Rechnung)"),
        *("E-Mail (Abrechnung)", "E-Mail-Adresse (Rechnung)", "Rechnungs-E-Mail", "Email", "E-Mail"),
    ),
    "user": ("Customer ID", "Customer User ID", "customer_user", "customer_id", "Kunden-ID", "Benutzer-ID"),
    "sku": ("SKU", "Item SKU", "Product SKU", "Artikelnummer", "line_item_sku"),
    "product": ("Variation ID", "Product ID", "Produkt-ID"),
    "quantity": ("Quantity", "Item Quantity", "Qty", "Menge", "Anzahl"),
    "remaining": ("Quantity (- Refund)",),
    "price": ("Item Cost (inc. tax)", "Item Price", "Item Cost", "Einzelpreis", "Artikelpreis", "Artikelkosten"),
    "refunded": ("Order Refund Amount", "refunded_total"),
    "total": ("Order Total Amount", "order_total", "total"),
    "shipping": ("Order Shipping Amount", "shipping_total"),
    "shipping_tax": ("Order Shipping Tax Amount", "shipping_tax_total", "shipping_tax"),
}
NOT_SOLD = frozenset(
    {
        *("cancelled", "canceled", "refunded", "failed", "trash", "draft", "checkout draft", "pending"),
        *("pending payment", "storniert", "rückerstattet", "erstattet", "fehlgeschlagen", "abgebrochen", "entwurf"),
        *("zahlung ausstehend", "ausstehende zahlung", "ausstehend", "in den papierkorb verschoben"),
    }
)
ITEM = re.compile(r"line[_ ]item[_ ]\d+", re.IGNORECASE)
# a name may hold a semicolon, but hardly one before a key
NEXT_ITEM = re.compile(r";(?=\s*(?:id|name|sku|item_id|product_id):)")
SHOWN = {"order_id": "order_id", "ts": "ts", "sku": "sku", "quantity": "quantity", "price": "price"}


def recognises(header: tuple[str, ...]) -> bool:
    """True where rows name an order and either its lines or a product with a quantity."""
    found = Columns(header, ALIASES)
    nested = "line_items" in header or any(ITEM.fullmatch(name.strip()) for name in header)
    counted = "quantity" in found or "remaining" in found
    in_rows = counted and ("sku" in found or "product" in found)
    return "order_id" in found and ("status" in found or "ts" in found) and (nested or in_rows)


def lines(rows: Iterable[SourceRow], news: OrderNews) -> Iterator[SourceRow]:
    """The lines of orders that stand; a row without an order number belongs to the order above."""
    columns = Columns((), ALIASES)
    order, sold = _Order(), True
    for row in rows:
        if not columns.names:
            columns = Columns(row.values, ALIASES)
            news.columns.update(columns.renamed(quantity="remaining") | columns.renamed(**SHOWN))
            news.columns.update(columns.renamed(customer_id="email"))
        stated = columns.of(row.values, "order_id")
        if stated and stated != order.number:
            order, share = _Order(columns, row.values), _share(columns, row.values)
            sold = share < 1
            if not sold:
                news.cancelled.add(order.number)
            elif "refunded" in columns or "refunds" in row.values:
                news.shares[order.number] = share
        for item in _items(columns, row.values):
            news.marks |= {decimal_mark([item["price"]])} - {""}
            if not sold or not item["sku"]:
                news.left_out[CANCELLED if not sold else NAMELESS] += 1
            elif _is_bought(order.number, item, news):
                yield SourceRow(row.line, order.values | item)


class _Order:
    """What the rows of one order share."""

    def __init__(self, columns: Columns | None = None, row: Mapping[str, Any] | None = None) -> None:
        self.number = ""
        self.values: dict[str, Any] = {"order_id": "", "ts": "", "customer_id": ""}
        if columns is not None and row is not None:
            self.number = columns.of(row, "order_id")
            billing = row.get("billing")
            email = columns.of(row, "email") or (text(billing.get("email")) if isinstance(billing, dict) else "")
            user = columns.of(row, "user")
            known = email or (f"woocommerce:{user}" if user not in {"", "0"} else "")
            self.values = {"order_id": self.number, "ts": columns.of(row, "ts"), "customer_id": known}


def _share(columns: Columns, row: Mapping[str, Any]) -> Decimal:
    """How much of an order was paid back; one that never was paid counts as paid back altogether."""
    if plain(columns.of(row, "status")).removeprefix("wc ") in NOT_SOLD:
        return Decimal(1)
    refunds = row.get("refunds")
    back = columns.of(row, "refunded")
    if isinstance(refunds, list):
        totals = (_number(text(each.get("total"))) for each in refunds if isinstance(each, dict))
        back = str(sum(abs(total) for total in totals if total is not None))
    shipping = (columns.of(row, "shipping"), columns.of(row, "shipping_tax"))
    return share_paid_back(back, columns.of(row, "total"), shipping)


def _is_bought(order: str, item: dict[str, Any], news: OrderNews) -> bool:
    """False for a line that is none any more; notes what remains where only that is stated."""
    bought, remaining = _number(item["quantity"]), _number(item.pop("remaining", ""))
    if remaining is None and bought is not None and bought <= 0:
        remaining, bought = bought, None
    if remaining is None:
        return True
    if bought is not None and bought > 0:
        item["returned"] = str(max(bought - remaining, Decimal(0)))
        return True
    item["quantity"] = str(remaining)
    news.remaining[order, item["sku"]] = news.remaining.get((order, item["sku"]), 0) + max(int(remaining), 0)
    if remaining <= 0:
        news.left_out[SENT_BACK] += 1
    return remaining > 0


def _number(value: Any) -> Decimal | None:
    """The number, None where there is none; a bad one is found and named when the line is read."""
    try:
        return decimal(text(value)) if text(value) else None
    except (ValueError, ArithmeticError):
        return None


def _items(columns: Columns, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """sku, quantity and price of each line in the row."""
    nested = row.get("line_items")
    if isinstance(nested, list) or text(nested):
        yield from map(_item, _nested(nested))
    elif any(ITEM.fullmatch(name.strip()) for name in row):
        cells = (text(value) for name, value in row.items() if ITEM.fullmatch(name.strip()))
        for cell in filter(None, cells):
            yield _item(_written(cell))
    else:
        product = columns.of(row, "product")
        sku = columns.of(row, "sku") or (f"woo-{product}" if product not in {"", "0"} else "")
        counted = {name: columns.of(row, name) for name in ("quantity", "remaining")}
        yield {"sku": sku, **counted, "price": columns.number(row, "price")}


def _nested(value: Any) -> list[Mapping[str, Any]]:
    """The items of one cell or field: a list, JSON text of one, or `name:...|sku:...;name:...|sku:...`."""
    listed = value
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            listed = json.loads(value)
        except json.JSONDecodeError:
            # one item that nobody can name, which is counted as such
            listed = [{}]
    elif isinstance(value, str) and value.strip():
        listed = [_written(part) for part in NEXT_ITEM.split(value)]
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _written(cell: str) -> dict[str, str]:
    """One item written `name:...|sku:...|quantity:...`."""
    pairs = (part.partition(":")[::2] for part in cell.split("|"))
    return {name.strip(): value.strip() for name, value in pairs}


def _item(values: Mapping[str, Any]) -> dict[str, Any]:
    number = text(values.get("variation_id")).strip("0") and text(values.get("variation_id"))
    number = number or text(values.get("product_id"))
    sku = text(values.get("sku")) or (f"woo-{number}" if number else "")
    price = values.get("price")
    made = {
        "sku": sku,
        "quantity": text(values.get("quantity")),
        "price": price if isinstance(price, int | float) else text(price),
    }
    # the shop counts what was sent back below zero, its exports above
    back = text(values.get("refunded_qty")).removeprefix("-")
    return made | ({"returned": back} if back else {})
