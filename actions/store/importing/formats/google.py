"""Reads a Google Merchant feed, XML or tab-separated: item groups as families, related products as relations."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from actions.store.importing.delivery import UNCOUNTED, Delivery, Entry, Terms
from actions.store.importing.formats.google_relations import relate
from actions.store.importing.formats.prices import (
    amount_and_currency,
    gross,
    moment,
    price_in_force,
    sale,
    told_of_sale,
)
from actions.store.importing.formats.wording import (
    category_path,
    changed_columns,
    description,
    options,
    plain_text,
    without_options,
)
from actions.store.importing.reading import SourceRow
from actions.store.importing.values import text

FIELDS = ("id", "title", "description", "price", "cost_of_goods_sold", "brand", "item_group_id", "color", "size")
OURS = {"id": "sku", "cost_of_goods_sold": "cost", "item_group_id": "family", "color": "colour"}
FACTS = ("material", "pattern", "gender", "age_group", "size_system", "energy_efficiency_class")
AVAILABLE = frozenset({"in_stock", "in stock", "auf lager", "available", "limited_availability"})
ABSENT = frozenset(
    {"out_of_stock", "out of stock", "nicht auf lager", "preorder", "backorder", "vorbestellung", "lieferrückstand"}
)
STANDARD_TAX = 19
# before decimals, as the feed's specification says
MARK = "."


class GoogleFeed:
    """One feed; attribute names are compared without the prefix `g:`, case and spaces."""

    def __init__(self, rows: Iterable[SourceRow], terms: Terms) -> None:
        self.terms = terms
        self.now = terms.now or datetime.now(UTC)
        self.items = [(source.line, _named(source)) for source in rows]
        self.groups = Counter(_one(item, "item_group_id") for _, item in self.items)
        self.stated: frozenset[str] = frozenset().union(*(item for _, item in self.items))

    def delivery(self) -> Delivery:
        made = Delivery(mark=MARK)
        for line, item in self.items:
            made.entries.append(self._entry(line, item, made))
        relate(self.items, made, complete="related_product" in self.stated)
        return made

    def _entry(self, line: int, item: dict[str, Any], made: Delivery) -> Entry:
        names = {OURS.get(name, name): name for name in FIELDS} | {"stock": "availability"}
        columns = changed_columns(names, self.terms.language)
        if self._is_expired(line, item, made):
            made.left_out["expired"] += 1
            return Entry(line, {"sku": _one(item, "id")}, columns, "expired")
        chosen = options([("colour", _one(item, "color")), ("size", _one(item, "size")), *self._facts(item)])
        group = _one(item, "item_group_id")
        title = plain_text(_one(item, "title"))
        values = {
            "sku": _one(item, "id"),
            "family": group or _one(item, "id"),
            f"title_{self.terms.language}": self._model(title, chosen)
            if self.groups[group] > 1 and group
            else title,
            f"description_{self.terms.language}": description(_one(item, "description")),
            "category": self._category(item, made),
            "brand": plain_text(_one(item, "brand")),
            "stock": self._stock(item),
            **self._prices(line, item, made),
            **chosen,
        }
        if "unit_pricing_measure" in item:
            values["content"] = re.sub(r"(?<=\d)(?=[a-zA-Z])", " ", _one(item, "unit_pricing_measure"))
        return Entry(line, values, columns)

    def _is_expired(self, line: int, item: dict[str, Any], made: Delivery) -> bool:
        try:
            expires = moment(_one(item, "expiration_date"), last=True)
        except ValueError as error:
            made.notes.append(f"line {line}: taken as not expired, {error}")
            return False
        return expires is not None and expires < self.now

    def _model(self, title: str, chosen: dict[str, Any]) -> str:
        return without_options(title, (str(chosen.get("colour", "")), str(chosen.get("size", ""))))

    def _facts(self, item: dict[str, Any]) -> list[tuple[str, str]]:
        """Attributes worth comparing: the feed's own and those of `product_detail`."""
        facts = [(name, _one(item, name).replace("_", " ")) for name in FACTS]
        if _one(item, "condition") not in {"", "new", "neu"}:
            facts.append(("condition", _one(item, "condition")))
        for detail in _all(item, "product_detail"):
            if isinstance(detail, dict):
                facts.append((text(detail.get("attribute_name")), text(detail.get("attribute_value"))))
            else:
                parts = (part.split(":", 2) for part in re.split(r"(?<!\\),", text(detail)))
                facts.extend((part[1].strip(), part[2].strip()) for part in parts if len(part) == 3)
        return facts

    def _category(self, item: dict[str, Any], made: Delivery) -> str:
        """The shop's own category before Google's, which may be a mere number."""
        google = _one(item, "google_product_category")
        stated = _one(item, "product_type") or ("" if google.isdigit() else google)
        return category_path(stated.split(">"), made.categories)

    def _stock(self, item: dict[str, Any]) -> str:
        """A feed rarely counts pieces; a word for availability it does not have is handed on and refused."""
        word = _one(item, "availability").casefold()
        if word in AVAILABLE or not word:
            return _one(item, "quantity") or (str(UNCOUNTED) if word else "0")
        return "0" if word in ABSENT else word

    def _prices(self, line: int, item: dict[str, Any], made: Delivery) -> dict[str, Any]:
        regular, currency = amount_and_currency(_one(item, "price"))
        reduced, _ = amount_and_currency(_one(item, "sale_price"))
        begins, _, ends = _one(item, "sale_price_effective_date").partition("/")
        offer = sale(reduced, begins, ends)
        price = price_in_force(regular, offer, self.now)
        made.notes += told_of_sale(line, offer, in_force=price != regular)
        prices: dict[str, Any] = {
            "price": gross(price, STANDARD_TAX, net=self.terms.net, mark=MARK),
            "currency": currency or self.terms.currency,
        }
        if "cost_of_goods_sold" in self.stated:
            cost, of_cost = amount_and_currency(_one(item, "cost_of_goods_sold"))
            prices["cost"] = cost if of_cost in {"", prices["currency"]} else f"{cost} {of_cost}: another currency"
        return prices


def read(rows: Iterable[SourceRow], terms: Terms) -> Delivery:
    """The products and relations of one feed."""
    return GoogleFeed(rows, terms).delivery()


def _named(source: SourceRow) -> dict[str, Any]:
    """The values by attribute name; `g:item group ID` is item_group_id."""
    plain = {re.sub(r"[\s-]+", "_", name.strip().lower()).removeprefix("g:"): name for name in source.values}
    return {key: source.values[name] for key, name in plain.items() if source.values[name] not in ("", None)}


def _all(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(item: dict[str, Any], name: str) -> str:
    first = next(iter(_all(item, name)), "")
    return "" if isinstance(first, dict) else text(first)
