"""Reads purchases from Google Analytics 4: events as BigQuery exports them, or one flat row for each item."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from actions.store.importing.formats.columns import Columns
from actions.store.importing.order_delivery import CANCELLED, NAMELESS, OrderNews
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal, text

ALIASES = {
    "event": ("event_name", "Event name", "Ereignisname"),
    "moment": ("event_timestamp",),
    "date": ("event_date", "date", "Datum"),
    "order_id": ("transaction_id", "ecommerce.transaction_id", "Transaction ID", "Transaktions-ID"),
    "customer_id": ("user_id", "user_pseudo_id"),
    "pseudo": ("user_pseudo_id",),
    "sku": ("item_id", "items.item_id", "Item ID", "Artikel-ID"),
    "quantity": (
        *("quantity", "items.quantity", "item_quantity", "Item quantity", "Items purchased"),
        "Gekaufte Artikel",
    ),
    "price": ("price", "items.price", "item_price", "Item price"),
}
NO_VALUE = frozenset({"", "(not set)", "null", "undefined", "(other)"})
REPEATED = "purchases reported twice"


def recognises(header: tuple[str, ...]) -> bool:
    """True for events with items, or flat rows with a transaction and an item."""
    found = Columns(header, ALIASES)
    nested = "event_name" in header and "items" in header
    dated = any(key in found for key in ("event", "moment", "date"))
    return nested or ("order_id" in found and "sku" in found and dated)


def lines(rows: Iterable[SourceRow], news: OrderNews) -> Iterator[SourceRow]:
    """The items of each purchase once, however often the thank-you page was loaded; refunds are taken back."""
    columns = Columns((), ALIASES)
    first: dict[str, str] = {}
    for row in rows:
        if not columns.names:
            columns = Columns(row.values, ALIASES)
            news.marks.add(".")
            news.columns.update(
                {name: columns.names[name] for name in ("sku", "quantity", "price") if name in columns}
            )
        event = columns.of(row.values, "event").casefold() or "purchase"
        if event not in {"purchase", "refund"}:
            news.left_out["other events"] += 1
            continue
        order = _order_of(columns, row.values)
        items = list(_items(columns, row.values))
        if order in NO_VALUE:
            news.left_out["purchases without a transaction"] += len(items) or 1
        elif event == "refund":
            _take_back(row.line, order, _moment(columns, row.values), items, news)
        elif first.setdefault(order, _event_of(columns, row.values)) != _event_of(columns, row.values):
            news.left_out[REPEATED] += len(items)
        else:
            yield from _lines(row.line, order, _moment(columns, row.values), _who(columns, row.values), items, news)


def _lines(
    line: int, order: str, moment: Any, who: str, items: Iterable[Mapping[str, Any]], news: OrderNews
) -> Iterator[SourceRow]:
    for item in items:
        if text(item["sku"]) in NO_VALUE:
            news.left_out[NAMELESS] += 1
        else:
            yield SourceRow(line, {"order_id": order, "ts": moment, "customer_id": who, **item})


def _take_back(line: int, order: str, moment: Any, items: Iterable[Mapping[str, Any]], news: OrderNews) -> None:
    """A refund without items is of the whole order."""
    named = [item for item in items if text(item["sku"]) not in NO_VALUE]
    if not named:
        news.cancelled.add(order)
        news.left_out[CANCELLED] += 1
    for item in named:
        pieces = _pieces(item)
        if pieces > 0:
            told = {"order_id": order, "ts": moment, "sku": item["sku"], "quantity": pieces}
            news.refunds.append(SourceRow(line, told))


def _pieces(item: Mapping[str, Any]) -> int:
    try:
        return int(decimal(text(item["quantity"]) or "1"))
    except (ValueError, ArithmeticError):
        return 1


def _order_of(columns: Columns, row: Mapping[str, Any]) -> str:
    nested = row.get("ecommerce")
    inside = text(nested.get("transaction_id")) if isinstance(nested, dict) else ""
    if inside in NO_VALUE and isinstance(row.get("event_params"), list):
        inside = _parameter(row["event_params"], "transaction_id")
    return inside if inside not in NO_VALUE else columns.of(row, "order_id")


def _parameter(parameters: list[Any], name: str) -> str:
    """The value of an event parameter: `[{"key": ..., "value": {"string_value": ...}}]`."""
    held = next(
        (each.get("value") for each in parameters if isinstance(each, dict) and each.get("key") == name), None
    )
    return next((text(value) for value in held.values() if text(value)), "") if isinstance(held, dict) else ""


def _event_of(columns: Columns, row: Mapping[str, Any]) -> str:
    """What tells one report of a purchase from another."""
    return columns.of(row, "moment") or columns.of(row, "date")


def _moment(columns: Columns, row: Mapping[str, Any]) -> Any:
    """Microseconds since 1970, else the day."""
    stamp = columns.of(row, "moment")
    if stamp.isdigit() and len(stamp) >= 13:
        return datetime.fromtimestamp(int(stamp[:10]), UTC)
    return stamp or columns.of(row, "date")


def _who(columns: Columns, row: Mapping[str, Any]) -> str:
    named = columns.of(row, "customer_id")
    known = named if named not in NO_VALUE else columns.of(row, "pseudo")
    return "" if known in NO_VALUE else f"ga4:{known}"


def _items(columns: Columns, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    nested = row.get("items")
    if isinstance(nested, list):
        for item in nested:
            if isinstance(item, dict):
                yield {"sku": item.get("item_id"), "quantity": item.get("quantity"), "price": item.get("price")}
    elif nested is None:
        yield {key: columns.of(row, key) for key in ("sku", "quantity", "price")}
