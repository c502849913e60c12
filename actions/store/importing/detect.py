"""Tells which software exported a file, by its columns."""

from collections.abc import Callable, Mapping
from pathlib import Path

from actions.store.importing.formats import ga4, shopify, shopify_orders, woocommerce_orders
from actions.store.importing.formats.columns import Columns, plain
from actions.store.importing.formats.woocommerce_columns import ALIASES as WOOCOMMERCE
from actions.store.importing.reading import UnreadableFileError, column_names

AUTO = "auto"
TRESEN = "tresen"
FEED_ATTRIBUTES = frozenset(
    {"link", "availability", "price", "image link", "condition", "gtin", "brand", "google product category"}
)
Header = tuple[str, ...]


def catalogue_format(path: Path) -> str:
    """Whose catalogue it is; UnreadableFileError where that cannot be told."""
    return _first(path, CATALOGUES, "catalogue")


def order_format(path: Path) -> str:
    """Whose orders they are; UnreadableFileError where that cannot be told."""
    return _first(path, ORDERS, "orders")


def _first(path: Path, formats: Mapping[str, Callable[[Header], bool]], what: str) -> str:
    header = column_names(path)
    found = next((name for name, fits in formats.items() if fits(header)), "")
    if not found:
        seen = ", ".join(header[:6]) + (", ..." if len(header) > 6 else "")
        raise UnreadableFileError(
            f"the columns ({seen}) are of no {what} Tresen knows: {', '.join(formats)}; "
            "say which it is with --format, or write a mapping"
        )
    return found


def _tresen(header: Header) -> bool:
    """A catalogue of ours names its products by `sku`, and by nothing a shop system would."""
    return "sku" in header and not _woocommerce(header)


def _woocommerce(header: Header) -> bool:
    found = Columns(header, WOOCOMMERCE)
    return "name" in found and "regular" in found and ("sku" in found or "id" in found)


def _shopify(header: Header) -> bool:
    found = Columns(header, shopify.ALIASES)
    return "handle" in found and any(key in found for key in ("title", "price", "sku", "name1"))


def _google(header: Header) -> bool:
    names = {plain(name.removeprefix("g:")) for name in header}
    return "id" in names and len(names & FEED_ATTRIBUTES) >= 2


def _tresen_orders(header: Header) -> bool:
    return {"order_id", "sku"} <= set(header) and not any(name.startswith("line_item") for name in header)


CATALOGUES: Mapping[str, Callable[[Header], bool]] = {
    TRESEN: _tresen,
    "woocommerce": _woocommerce,
    "shopify": _shopify,
    "google": _google,
}
ORDERS: Mapping[str, Callable[[Header], bool]] = {
    TRESEN: _tresen_orders,
    "shopify": shopify_orders.recognises,
    "ga4": ga4.recognises,
    "woocommerce": woocommerce_orders.recognises,
}
