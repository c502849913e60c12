"""Reads the product export of WooCommerce: variations under their parents, upsells and cross-sells as relations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from actions.offers.products import RelationKind
from actions.store.importing.delivery import UNCOUNTED, Delivery, Entry, FeedEdge, Terms
from actions.store.importing.formats.columns import Columns, plain
from actions.store.importing.formats.prices import gross, price_in_force, sale, told_of_sale
from actions.store.importing.formats.woocommerce_columns import (
    ALIASES,
    STANDARD_TAX,
    TAXES,
    attribute_columns,
    split_list,
    unguarded,
)
from actions.store.importing.formats.wording import (
    NO_CATEGORY,
    category_path,
    changed_columns,
    description,
    options,
    plain_text,
    without_options,
)
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import decimal_mark, exact

# cross-sells stand in the cart beside the product; that they are often bought with it nobody has counted
LINKS = {"upsells": RelationKind.UPGRADE, "cross_sells": RelationKind.ACCESSORY}
LARGEST_SET = 12
ABSENT = frozenset(
    {"0", "no", "nein", "outofstock", "nicht vorrätig", "onbackorder", "backorder", "lieferrückstand"}
)
COLUMNS = {
    **{"sku": "sku", "title": "name", "description": "description", "price": "regular", "cost": "cost"},
    **{"stock": "stock", "category": "categories", "brand": "brands", "family": "parent"},
}


@dataclass(slots=True)
class _Row:
    """One row with what the others need of it."""

    source: SourceRow
    id: str
    sku: str
    types: frozenset[str]
    parent: "_Row | None" = None

    @property
    def is_variation(self) -> bool:
        return "variation" in self.types

    @property
    def selector(self) -> str:
        """A variable product is the family of its variations."""
        return f"family:{self.sku}" if "variable" in self.types else f"sku:{self.sku}"


class WooCommerceFile:
    """One export; rows refer to each other by SKU or by `id:` and may come in any order."""

    def __init__(self, rows: Iterable[SourceRow], terms: Terms) -> None:
        sources = list(rows)
        header = list(sources[0].values) if sources else []
        self.terms = terms
        self.now = terms.now or datetime.now(UTC)
        self.columns = Columns(header, ALIASES)
        self.attributes = attribute_columns(header)
        written = [self.columns.names[key] for key in ("regular", "sale", "cost") if key in self.columns]
        self.mark = decimal_mark(source.values.get(name) for source in sources for name in written)
        self.rows = [self._row(source) for source in sources]
        self.by_name: dict[str, _Row] = {}
        for row in self.rows:
            self.by_name.setdefault(f"id:{row.id}", row)
            if not row.is_variation:
                self.by_name.setdefault(row.sku, row)
        for row in self.rows:
            if row.is_variation:
                self._adopt(row)
                self.by_name.setdefault(row.sku, row)

    def delivery(self) -> Delivery:
        made = Delivery(mark=self.mark)
        for row in self.rows:
            if {"variable", "grouped"} & row.types:
                made.left_out["headings of variations or groups"] += 1
            elif "external" in row.types:
                made.left_out["sold by another shop"] += 1
            else:
                made.entries.append(self._entry(row, made))
            self._relate(row, made)
        return made

    def value(self, row: _Row, key: str) -> str:
        return unguarded(self.columns.of(row.source.values, key))

    def inherited(self, row: _Row, key: str) -> str:
        """The row's own value, else its parent's."""
        return self.value(row, key) or (self.value(row.parent, key) if row.parent else "")

    def _row(self, source: SourceRow) -> _Row:
        kinds = frozenset(part.strip().casefold() for part in self.columns.of(source.values, "type").split(","))
        number, sku = (unguarded(self.columns.of(source.values, key)) for key in ("id", "sku"))
        return _Row(source, number, sku or (f"woo-{number}" if number else ""), kinds)

    def _adopt(self, row: _Row) -> None:
        row.parent = self.by_name.get(self.value(row, "parent"))
        if row.parent and row.sku == row.parent.sku:
            # WooCommerce lends the parent's number to a variation that has none
            row.sku = f"{row.sku}-{row.id}"

    def _entry(self, row: _Row, made: Delivery) -> Entry:
        columns = changed_columns(self.columns.renamed(**COLUMNS), self.terms.language)
        hidden = self._hidden(row)
        if hidden:
            made.left_out[hidden] += 1
            return Entry(row.source.line, {"sku": row.sku}, columns, hidden)
        chosen = self._options(row)
        parent = row.parent
        own = without_options(self.value(row, "name"), map(str, _values(chosen)))
        title = plain_text(self.value(parent, "name") if parent else own)
        values: dict[str, Any] = {
            "sku": row.sku,
            "family": parent.sku if parent else self.value(row, "parent").removeprefix("id:") or row.sku,
            f"title_{self.terms.language}": title,
            "category": self._category(row, made),
            "currency": self.terms.currency,
            **self._figures(row, made),
            **chosen,
        }
        for key, texts in {f"description_{self.terms.language}": ("short", "description")}.items():
            if any(name in self.columns for name in texts):
                values[key] = description(*(self.inherited(row, name) for name in texts))
        if self.inherited(row, "brands"):
            values["brand"] = plain_text(split_list(self.inherited(row, "brands"))[0])
        return Entry(row.source.line, values, columns)

    def _hidden(self, row: _Row) -> str:
        shown = {self.value(each, "published") for each in (row, row.parent) if each} - {"", "1"}
        if shown:
            return "drafts and private products"
        if self.inherited(row, "visibility") == "hidden" and not row.is_variation:
            return "hidden in the catalogue"
        return "" if self.value(row, "regular") or self.value(row, "sale") else "without a price"

    def _options(self, row: _Row) -> dict[str, Any]:
        pairs = []
        for name_column, value_column in self.attributes:
            own = row.source.values
            parent = row.parent.source.values if row.parent else {}
            name = str(own.get(name_column) or parent.get(name_column) or "")
            value = plain_text(unguarded(str(own.get(value_column) or "")))
            if value and name:
                pairs.append((name, ",".join(split_list(value))))
        if self.inherited(row, "weight"):
            pairs.append(("weight_kg", self.inherited(row, "weight").replace(",", ".")))
        return options(pairs)

    def _category(self, row: _Row, made: Delivery) -> str:
        paths = [part.split(">") for part in split_list(self.inherited(row, "categories"))]
        sorted_in = [steps for steps in paths if plain(steps[-1]) not in NO_CATEGORY]
        deepest = max(sorted_in, key=len, default=[])
        return category_path(deepest, made.categories)

    def _figures(self, row: _Row, made: Delivery) -> dict[str, Any]:
        tax = 0 if self.inherited(row, "tax_status") in {"none", "keine"} else self._tax(row)
        reduced = sale(*(self.value(row, key) for key in ("sale", "sale_begins", "sale_ends")))
        regular = self.value(row, "regular")
        price = price_in_force(regular, reduced, self.now)
        made.notes += told_of_sale(row.source.line, reduced, in_force=price != regular)
        price = gross(price, tax, net=self.terms.net, mark=self.mark)
        figures: dict[str, Any] = {"price": price, "tax_percent": tax}
        if "stock" in self.columns or "in_stock" in self.columns:
            figures["stock"] = self._stock(row)
        if "cost" in self.columns:
            figures["cost"] = self._cost(row)
        return figures

    def _tax(self, row: _Row) -> int:
        stated = plain(self.value(row, "tax_class"))
        stated = plain(self.value(row.parent, "tax_class")) if row.parent and stated in {"", "parent"} else stated
        return TAXES.get(stated, STANDARD_TAX)

    def _stock(self, row: _Row) -> str:
        there = self.value(row, "in_stock").casefold() not in ABSENT
        counted = self.value(row, "stock") or (self.inherited(row, "stock") if row.is_variation else "")
        if not there or counted.startswith("-"):
            return "0"
        return counted or str(UNCOUNTED)

    def _cost(self, row: _Row) -> str:
        """A variation's cost comes on top of its parent's, unless it is said to replace it."""
        own, above = self.value(row, "cost"), self.value(row.parent, "cost") if row.parent else ""
        if not own or not above or self.value(row, "cost_overrides").casefold() in {"yes", "1"}:
            return own or above
        try:
            return str(exact(own, self.mark) + exact(above, self.mark))
        except (ValueError, ArithmeticError):
            return own

    def _relate(self, row: _Row, made: Delivery) -> None:
        """Upsells lead up, cross-sells go with it; the members of a group belong to one another."""
        if row.is_variation or self._is_draft(row):
            return
        if any(key in self.columns for key in LINKS):
            made.stated.add(row.selector)
        for key, kind in LINKS.items():
            for other in self._others(row, key, made):
                made.edges.append(FeedEdge(row.source.line, row.selector, other.selector, kind))
        members = list(self._others(row, "grouped", made))
        if len(members) <= LARGEST_SET:
            pairs = ((one, other) for one in members for other in members if one is not other)
            for one, other in pairs:
                edge = FeedEdge(row.source.line, one.selector, other.selector, RelationKind.PART_OF_SET)
                made.edges.append(edge)

    def _is_draft(self, row: _Row) -> bool:
        return self.value(row, "published") not in {"", "1"}

    def _others(self, row: _Row, key: str, made: Delivery) -> Iterator[_Row]:
        for name in split_list(self.value(row, key)):
            other = self.by_name.get(unguarded(name))
            if other is None:
                made.unresolved[name] += 1
            elif other is not row and "grouped" not in other.types:
                yield other


def read(rows: Iterable[SourceRow], terms: Terms) -> Delivery:
    """The products and relations of one export."""
    return WooCommerceFile(rows, terms).delivery()


def _values(chosen: dict[str, Any]) -> list[Any]:
    return [chosen.get("colour", ""), chosen.get("size", ""), *chosen.get("attributes", {}).values()]
