"""Tells what kind of file it is and which software exported it, by its columns."""

from collections.abc import Callable, Mapping
from pathlib import Path

from actions.store.importing.formats import ga4, shopify, shopify_orders, woocommerce_orders
from actions.store.importing.formats.columns import Aliases, Columns, plain
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
        raise UnreadableFileError(
            f"the columns ({_seen(header)}) are of no {what} Tresen knows: {', '.join(formats)}"
            + (looks_like(header, what) or "; say which it is with --format, or write a mapping")
        )
    return found


def looks_like(header: Header, expected: str) -> str:
    """The end of a sentence that names another kind of file and its command; empty where there is none."""
    found = next((kind for kind, (fits, _) in KINDS.items() if fits(header)), expected)
    return "" if found == expected else f"; this looks like a file for `{KINDS[found][1]}`"


def _seen(header: Header) -> str:
    return ", ".join(header[:6]) + (", ..." if len(header) > 6 else "")


def confirm(path: Path, form: str, formats: Mapping[str, Callable[[Header], bool]], what: str) -> None:
    """UnreadableFileError where a file that was said to be of a format has none of what makes it one.

    Less is asked than to find the format out: a shop may leave columns out of its export.
    """
    header = column_names(path)
    if not (formats[form](header) or LEAST[what, form](header)):
        others = [name for name, fits in formats.items() if fits(header)]
        hint = f"; they look like {others[0]}" if others else ""
        raise UnreadableFileError(f"the columns ({_seen(header)}) are not those of {form}{hint}")


def _tresen(header: Header) -> bool:
    """A catalogue of ours names its products by `sku`, and by nothing a shop system would."""
    return "sku" in header and not _woocommerce(header)


def _woocommerce(header: Header) -> bool:
    found = Columns(header, WOOCOMMERCE)
    return "name" in found and "regular" in found and ("sku" in found or "id" in found)


def _shopify(header: Header) -> bool:
    found = Columns(header, shopify.ALIASES)
    return "handle" in found and any(key in found for key in ("title", "price", "sku", "name1"))


def _feed_names(header: Header) -> set[str]:
    return {plain(name.removeprefix("g:")) for name in header}


def _google(header: Header) -> bool:
    names = _feed_names(header)
    return "id" in names and len(names & FEED_ATTRIBUTES) >= 2


def _tresen_orders(header: Header) -> bool:
    return {"order_id", "sku"} <= set(header) and not any(name.startswith("line_item") for name in header)


def _all_of(*names: str) -> Callable[[Header], bool]:
    return lambda header: set(names) <= set(header)


def _one_of(formats: Mapping[str, Callable[[Header], bool]]) -> Callable[[Header], bool]:
    return lambda header: any(fits(header) for fits in formats.values())


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
# the more telling kinds come first: orders and returns name products too
KINDS: Mapping[str, tuple[Callable[[Header], bool], str]] = {
    "matrix": (_all_of("anchor", "target", "kind"), "tresen matrix import"),
    "returns": (_all_of("order", "sku", "quantity", "date"), "tresen import returns"),
    "orders": (_one_of(ORDERS), "tresen import orders"),
    "catalogue": (_one_of(CATALOGUES), "tresen import catalogue"),
}


def _has(aliases: Aliases, *groups: tuple[str, ...]) -> Callable[[Header], bool]:
    """True where the header has a column of each group."""

    def fits(header: Header) -> bool:
        found = Columns(header, aliases)
        return all(any(key in found for key in group) for group in groups)

    return fits


def _google_least(header: Header) -> bool:
    names = _feed_names(header)
    return "id" in names and bool(names & {"title", "price"})


# what a file must have at least to be read as what it is said to be
LEAST: Mapping[tuple[str, str], Callable[[Header], bool]] = {
    ("catalogue", "woocommerce"): _has(WOOCOMMERCE, ("sku", "id"), ("name", "regular")),
    ("catalogue", "shopify"): _has(shopify.ALIASES, ("handle",)),
    ("catalogue", "google"): _google_least,
    ("orders", "woocommerce"): woocommerce_orders.recognises,
    ("orders", "shopify"): _has(shopify_orders.ALIASES, ("order_id",), ("sku",)),
    ("orders", "ga4"): _has(ga4.ALIASES, ("order_id",), ("sku",)),
}
