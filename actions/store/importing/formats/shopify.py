"""Reads the product export of Shopify, both generations of its header: variants under their handle."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from actions.offers.products import RelationKind
from actions.store.importing.delivery import UNCOUNTED, Delivery, Entry, FeedEdge, Terms
from actions.store.importing.formats.columns import Columns
from actions.store.importing.formats.prices import gross
from actions.store.importing.formats.wording import (
    category_path,
    changed_columns,
    description,
    options,
    plain_text,
)
from actions.store.importing.reading import SourceRow

ALIASES = {
    "handle": ("Handle", "URL handle"),
    "title": ("Title",),
    "body": ("Body (HTML)", "Body HTML", "Description"),
    "vendor": ("Vendor",),
    "category": ("Product Category", "Product category"),
    "type": ("Type", "Custom Product Type"),
    "published": ("Published", "Published on online store"),
    "status": ("Status",),
    "sku": ("Variant SKU", "SKU"),
    "price": ("Variant Price", "Price"),
    "cost": ("Cost per item",),
    "taxable": ("Variant Taxable", "Charge tax"),
    "tracker": ("Variant Inventory Tracker", "Inventory tracker"),
    "stock": ("Variant Inventory Qty", "Inventory quantity"),
    "policy": ("Variant Inventory Policy", "Continue selling when out of stock"),
    "gift_card": ("Gift Card", "Gift card"),
    **{f"name{n}": (f"Option{n} Name",) for n in (1, 2, 3)},
    **{f"value{n}": (f"Option{n} Value",) for n in (1, 2, 3)},
}
LINKS = {
    "product_recommendation.complementary_products)": RelationKind.ACCESSORY,
    "product_recommendation.related_products)": RelationKind.SUBSTITUTE,
}
COLUMNS = {
    **{"sku": "sku", "title": "title", "description": "body", "price": "price", "cost": "cost"},
    **{"stock": "stock", "category": "category", "brand": "vendor", "family": "handle"},
}
NO = frozenset({"false", "no", "0", "nein", "falsch"})
# of what is sold out and still for sale
CONTINUE = frozenset({"continue", "true", "yes", "1"})
STANDARD_TAX = 19
# before decimals, whatever the shop's language
MARK = "."
LONGEST = 80
HASH = 10


class ShopifyFile:
    """One export; the first row of a handle speaks for all of its variants, rows of pictures say nothing."""

    def __init__(self, rows: Iterable[SourceRow], terms: Terms) -> None:
        sources = list(rows)
        header = list(sources[0].values) if sources else []
        self.terms = terms
        self.columns = Columns(header, ALIASES)
        self.links = {name: kind for name in header for end, kind in LINKS.items() if name.strip().endswith(end)}
        self.products: dict[str, list[SourceRow]] = {}
        for source in sources:
            self.products.setdefault(_key(self.columns.of(source.values, "handle")), []).append(source)

    def delivery(self) -> Delivery:
        made = Delivery(mark=MARK)
        for handle, rows in self.products.items():
            variants = [row for row in rows if self._is_variant(row)]
            made.left_out["rows that hold only a picture"] += len(rows) - len(variants)
            for variant in variants:
                made.entries.append(self._entry(handle, rows[0], variant, made))
            self._relate(handle, rows[0], made)
        made.left_out = +made.left_out
        if "stock" not in self.columns:
            made.notes.append("the file has no stock; new products stand at none and are not offered")
        return made

    def value(self, row: SourceRow, key: str) -> str:
        return self.columns.of(row.values, key)

    def _is_variant(self, row: SourceRow) -> bool:
        return any(self.value(row, key) for key in ("price", "sku", "value1"))

    def _entry(self, handle: str, first: SourceRow, row: SourceRow, made: Delivery) -> Entry:
        columns = changed_columns(self.columns.renamed(**COLUMNS), self.terms.language)
        chosen = self._options(first, row)
        # Shopify's own export puts an apostrophe before a number that a spreadsheet would spoil
        sku = self.value(row, "sku").removeprefix("'") or self._made_up(handle, row)
        hidden = self._hidden(first, row)
        if hidden:
            made.left_out[hidden] += 1
            return Entry(row.line, {"sku": sku}, columns, hidden)
        tax = 0 if self.value(row, "taxable").casefold() in NO else STANDARD_TAX
        values: dict[str, Any] = {
            "sku": sku,
            "family": handle or sku,
            f"title_{self.terms.language}": plain_text(self.value(first, "title")),
            "category": self._category(first, made),
            "currency": self.terms.currency,
            "price": gross(self.value(row, "price"), tax, net=self.terms.net, mark=MARK),
            "tax_percent": tax,
            "brand": plain_text(self.value(first, "vendor")),
            **chosen,
        }
        if "body" in self.columns:
            values[f"description_{self.terms.language}"] = description(self.value(first, "body"))
        if "cost" in self.columns:
            values["cost"] = self.value(row, "cost")
        if "stock" in self.columns:
            values["stock"] = self._stock(row)
        return Entry(row.line, values, columns)

    def _made_up(self, handle: str, row: SourceRow) -> str:
        """A variant without a number is known by its handle and options."""
        chosen = [self.value(row, f"value{number}") for number in (1, 2, 3)]
        named = [value for value in chosen if value and value != "Default Title"]
        words = (value.replace(" ", "-").casefold() for value in named)
        return _key("-".join([self.value(row, "handle"), *words])) if handle else ""

    def _hidden(self, first: SourceRow, row: SourceRow) -> str:
        status = self.value(first, "status").casefold()
        if status not in {"", "active"} or self.value(first, "published").casefold() in NO:
            return "drafts, archived and unpublished products"
        if self.value(first, "gift_card").casefold() in {"true", "yes", "1"}:
            return "gift cards"
        return "" if self.value(row, "price") else "without a price"

    def _options(self, first: SourceRow, row: SourceRow) -> dict[str, Any]:
        named = [(self.value(first, f"name{n}"), self.value(row, f"value{n}")) for n in (1, 2, 3)]
        return options(
            (name, plain_text(value))
            for name, value in named
            if (name, value) != ("Title", "Default Title") and value != "Default Title"
        )

    def _category(self, first: SourceRow, made: Delivery) -> str:
        """Shopify's own category, which has a path; else the type the merchant wrote."""
        stated = self.value(first, "category") or self.value(first, "type")
        return category_path(stated.split(">"), made.categories)

    def _stock(self, row: SourceRow) -> str:
        if not self.value(row, "tracker") and "tracker" in self.columns:
            return str(UNCOUNTED)
        counted = self.value(row, "stock")
        sold_out = counted.startswith("-") or not counted.strip("0")
        if sold_out and self.value(row, "policy").casefold() in CONTINUE:
            return str(UNCOUNTED)
        return "0" if counted.startswith("-") else counted

    def _relate(self, handle: str, first: SourceRow, made: Delivery) -> None:
        if not self.links or not handle:
            return
        made.stated.add(f"family:{handle}")
        for column, kind in self.links.items():
            listed = str(first.values.get(column) or "").replace(";", ",").split(",")
            for other in filter(None, (_key(name.strip()) for name in listed)):
                if other not in self.products:
                    made.unresolved[other] += 1
                elif other != handle:
                    made.edges.append(FeedEdge(first.line, f"family:{handle}", f"family:{other}", kind))


def _key(handle: str) -> str:
    """The handle; a longer one than we can hold is cut and told from others by a hash of the whole."""
    if len(handle) <= LONGEST:
        return handle
    return f"{handle[: LONGEST - HASH - 1]}-{sha256(handle.encode()).hexdigest()[:HASH]}"


def read(rows: Iterable[SourceRow], terms: Terms) -> Delivery:
    """The products and relations of one export."""
    return ShopifyFile(rows, terms).delivery()
