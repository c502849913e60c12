"""Reads order exports of WooCommerce: a row for each line, `line_item_1` columns, or orders of its REST API."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from actions.store.importing.formats.columns import Columns, plain
from actions.store.importing.order_delivery import CANCELLED, NAMELESS, OrderNews
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal, text

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
    "quantity": ("Quantity (- Refund)", "Quantity", "Item Quantity", "Qty", "Menge", "Anzahl"),
    "price": ("Item Cost (inc. tax)", "Item Price", "Item Cost", "Einzelpreis", "Artikelpreis", "Artikelkosten"),
}
NOT_SOLD = frozenset(
    {
        *("cancelled", "canceled", "refunded", "failed", "trash", "draft", "checkout draft", "pending"),
        *("pending payment", "storniert", "rückerstattet", "erstattet", "fehlgeschlagen", "abgebrochen", "entwurf"),
        *("zahlung ausstehend", "ausstehende zahlung", "ausstehend", "in den papierkorb verschoben"),
    }
)
ITEM = re.compile(r"line[_ ]item[_ ]\d+", re.IGNORECASE)
SHOWN = {"order_id": "order_id", "ts": "ts", "sku": "sku", "quantity": "quantity", "price": "price"}


def recognises(header: tuple[str, ...]) -> bool:
    """True where rows name an order and either its lines or a product with a quantity."""
    found = Columns(header, ALIASES)
    nested = "line_items" in header or any(ITEM.fullmatch(name.strip()) for name in header)
    in_rows = "quantity" in found and ("sku" in found or "product" in found)
    return "order_id" in found and ("status" in found or "ts" in found) and (nested or in_rows)


def lines(rows: Iterable[SourceRow], news: OrderNews) -> Iterator[SourceRow]:
    """The lines of orders that stand; a row without an order number belongs to the order above."""
    columns = Columns((), ALIASES)
    order, sold = _Order(), True
    for row in rows:
        if not columns.names:
            columns = Columns(row.values, ALIASES)
            news.columns.update(columns.renamed(**SHOWN) | columns.renamed(customer_id="email"))
        stated = columns.of(row.values, "order_id")
        if stated and stated != order.number:
            order, sold = _Order(columns, row.values), _is_sold(columns, row.values)
            if not sold:
                news.cancelled.add(order.number)
        for item in _items(columns, row.values):
            if not sold or not item["sku"]:
                news.left_out[CANCELLED if not sold else NAMELESS] += 1
            elif not _is_kept(item["quantity"]):
                news.left_out["lines that were sent back"] += 1
            else:
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
            moment = re.sub(r"(?<=\d) @ ?|(?<=\d), (?=\d)", " ", columns.of(row, "ts"))
            self.values = {"order_id": self.number, "ts": moment, "customer_id": known}


def _is_sold(columns: Columns, row: Mapping[str, Any]) -> bool:
    status = plain(columns.of(row, "status"))
    return status.removeprefix("wc ") not in NOT_SOLD


def _is_kept(quantity: Any) -> bool:
    try:
        return not text(quantity) or decimal(quantity) > 0
    except (ValueError, ArithmeticError):
        return True


def _items(columns: Columns, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """sku, quantity and price of each line in the row."""
    nested = row.get("line_items")
    if isinstance(nested, list):
        yield from (_item(each) for each in nested if isinstance(each, dict))
    elif any(ITEM.fullmatch(name.strip()) for name in row):
        cells = (text(value) for name, value in row.items() if ITEM.fullmatch(name.strip()))
        for cell in filter(None, cells):
            yield _item(dict(part.partition(":")[::2] for part in cell.split("|")))
    else:
        product = columns.of(row, "product")
        sku = columns.of(row, "sku") or (f"woo-{product}" if product not in {"", "0"} else "")
        yield {"sku": sku, "quantity": columns.of(row, "quantity"), "price": columns.of(row, "price")}


def _item(values: Mapping[str, Any]) -> dict[str, Any]:
    number = text(values.get("variation_id")).strip("0") and text(values.get("variation_id"))
    number = number or text(values.get("product_id"))
    sku = text(values.get("sku")) or (f"woo-{number}" if number else "")
    return {"sku": sku, "quantity": text(values.get("quantity")), "price": text(values.get("price"))}
