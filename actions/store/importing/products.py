"""Makes a row of the products table of one line in Tresen's own columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.store.importing.fields import Fields
from actions.store.importing.report import Problems
from actions.store.importing.values import decimal, minor_units, pairs, whole
from actions.store.tables import products

TEXTS = ("title", "description", "benefit", "running_cost", "not_included")
CONTENT = re.compile(r"([\d.,]+)\s*(\D+)")
STANDARD_TAX = 19


@dataclass(slots=True)
class ProductReader:
    """Reads the lines of one file; remembers skus to notice one that comes twice."""

    problems: Problems
    currency: str = "EUR"
    minor: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict)

    def read(self, line: int, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row, or None with at least one problem noted."""
        fields = Fields(line, values, self.problems)
        row = self._names(fields) | self._figures(fields)
        fields.check_lengths(row, products)
        if row["sku"]:
            earlier = self._lines.setdefault(row["sku"], line)
            if earlier != line:
                fields.fault("sku", f"{row['sku']} is in line {earlier} already")
        return row if fields.sound else None

    def _names(self, fields: Fields) -> dict[str, Any]:
        sku = fields.needed("sku")
        words = {f"{name}_{end}": fields.text(f"{name}_{end}") for name in TEXTS for end in ("de", "en")}
        if not (words["title_de"] or words["title_en"]):
            fields.fault("title_de", "is missing, and so is title_en")
        colour = fields.text("colour")
        no_attributes: dict[str, str] = {}
        return words | {
            "sku": sku,
            "family": fields.text("family") or sku,
            "category": _path(fields),
            "brand": fields.text("brand"),
            "model": fields.text("model"),
            "colour": self.colours.get(colour.casefold(), colour),
            "size": fields.text("size"),
            "attributes": fields.read("attributes", pairs, no_attributes),
        }

    def _figures(self, fields: Fields) -> dict[str, Any]:
        currency = fields.text("currency") or self.currency

        def money(value: Any) -> int:
            return minor_units(value, currency, minor=self.minor)

        fields.needed("price")
        nothing: tuple[float | None, str | None] = (None, None)
        amount, unit = fields.read("content", _content, nothing)
        return {
            "currency": currency,
            "price": fields.read("price", money, 0),
            "cost": fields.read("cost", money, None),
            "tax_percent": fields.read("tax_percent", whole, STANDARD_TAX),
            "tier": fields.read("tier", lambda value: whole(value, least=1), None),
            "stock": fields.read("stock", whole, 0),
            "content_amount": amount,
            "content_unit": unit,
            "rating": fields.read("rating", lambda value: float(decimal(value)), None),
            "rating_count": fields.read("rating_count", whole, 0),
            "active": True,
        }


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
