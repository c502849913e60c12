"""Makes a row of the products table of one product in Tresen's own fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.store.importing.delivery import Entry
from actions.store.importing.fields import Fields
from actions.store.importing.oddities import Oddities
from actions.store.importing.report import Problems
from actions.store.importing.values import article_number, decimal, minor_units, pairs, whole
from actions.store.products import TEXTS
from actions.store.tables import products

CONTENT = re.compile(r"([\d.,]+)\s*(\D+)")
STANDARD_TAX = 19


@dataclass(slots=True)
class ProductReader:
    """Reads the products of one file; remembers skus to notice one that comes twice.

    Of a product in `known` the columns that the file does not speak of stay as they are. `foreign` files speak of
    one currency, and what they say of attributes is added to those that are recorded. `mark` stands before decimals
    in the file, where that is known. `notes` are for the merchant, `odd` what is taken but hardly meant.
    """

    problems: Problems
    currency: str = "EUR"
    minor: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    foreign: bool = False
    mark: str = ""
    notes: list[str] = field(default_factory=list)
    odd: Oddities = field(default_factory=Oddities)
    _lines: dict[str, int] = field(default_factory=dict)

    def read(self, entry: Entry) -> dict[str, Any] | None:
        """The row, or None with at least one problem noted."""
        fields = Fields(entry.line, entry.values, self.problems, entry.columns)
        before = self.known.get(fields.text("sku"))
        row = self._names(fields, before) | self._figures(fields, before)
        if before is not None:
            row = _over(before, row, entry.values, keep_attributes=self.foreign)
        if not (row["title_de"] or row["title_en"]):
            fields.fault("title_de", "is missing, and so is title_en")
        fields.check_lengths(row, products)
        for told in (fields.garbled, fields.pressing):
            self.notes += told("benefit_de", "benefit_en")
        if row["sku"]:
            earlier = self._lines.setdefault(row["sku"], entry.line)
            if earlier != entry.line:
                fields.fault("sku", f"{row['sku']} is in line {earlier} already")
        if fields.sound and "price" in entry.values:
            self.odd.weigh_price(row["price"], entry.line)
        return row if fields.sound else None

    def _names(self, fields: Fields, before: Mapping[str, Any] | None) -> dict[str, Any]:
        sku = fields.read("sku", article_number, "") if fields.needed("sku") else ""
        words = {f"{name}_{end}": fields.text(f"{name}_{end}") for name in TEXTS for end in ("de", "en")}
        colour = fields.text("colour")
        no_attributes: dict[str, str] = {}
        return words | {
            "sku": sku,
            "family": fields.text("family") or sku,
            "category": _path(fields) if _asked(fields, "category", before) else "",
            "brand": fields.text("brand"),
            "model": fields.text("model"),
            "colour": self.colours.get(colour.casefold(), colour),
            "size": fields.text("size"),
            "attributes": fields.read("attributes", pairs, no_attributes),
        }

    def _figures(self, fields: Fields, before: Mapping[str, Any] | None) -> dict[str, Any]:
        currency = fields.text("currency") or self.currency
        if self.foreign and currency != self.currency:
            fields.fault("price", f"is in {currency}, the shop sells in {self.currency}")

        def money(value: Any) -> int:
            return minor_units(value, currency, minor=self.minor, mark=self.mark)

        def count(value: Any) -> int:
            return whole(value, mark=self.mark)

        if _asked(fields, "price", before):
            fields.needed("price")
        nothing: tuple[float | None, str | None] = (None, None)
        amount, unit = fields.read("content", _content, nothing)
        return {
            "currency": currency,
            "price": fields.read("price", money, 0),
            "cost": fields.read("cost", money, None),
            "tax_percent": fields.read("tax_percent", count, STANDARD_TAX),
            "tier": fields.read("tier", lambda value: whole(value, least=1), None),
            "stock": fields.read("stock", count, 0),
            "content_amount": amount,
            "content_unit": unit,
            "rating": fields.read("rating", lambda value: float(decimal(value)), None),
            "rating_count": fields.read("rating_count", count, 0),
            "active": True,
        }


def _asked(fields: Fields, name: str, before: Mapping[str, Any] | None) -> bool:
    """A field that must be there may be missing as a column where the product is known already."""
    return before is None or name in fields.values


def _over(
    before: Mapping[str, Any], row: Mapping[str, Any], values: Mapping[str, Any], *, keep_attributes: bool
) -> dict[str, Any]:
    """The product as it was, with what the file speaks of."""
    given = {*values, "sku", "active"}
    if "content" in given:
        given |= {"content_amount", "content_unit"}
    kept = {name: before[name] for name in row if name not in given}
    if "currency" not in given and "price" in given:
        kept.pop("currency", None)
    merged = {**row, **kept}
    if keep_attributes:
        merged["attributes"] = {**before["attributes"], **row["attributes"]}
    return merged


def _path(fields: Fields) -> str:
    steps = [step.strip() for step in fields.needed("category").split("/")]
    if not all(steps) and any(steps):
        fields.fault("category", "has an empty step")
    return "/".join(steps)


def _content(value: Any) -> tuple[float | None, str | None]:
    found = CONTENT.fullmatch(str(value).strip())
    if found is None:
        raise ValueError(f"{value!r} is not an amount with a unit, such as 250 ml")
    return float(decimal(found[1])), found[2].strip()
