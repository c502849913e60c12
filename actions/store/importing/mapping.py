"""A mapping file: which columns of a foreign export become which fields of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from actions.store.importing.values import slug, text
from actions.store.products import TEXTS
from actions.store.selectors import UNSORTED

IN_TWO_LANGUAGES = frozenset(TEXTS)
SINGLE = (
    *("sku", "family", "category", "brand", "model", "tier", "colour", "size", "price", "cost", "currency"),
    *("tax_percent", "stock", "attributes", "content", "rating", "rating_count"),
)
CATALOGUE_FIELDS = frozenset(
    {*SINGLE, *(f"{name}{end}" for name in IN_TWO_LANGUAGES for end in ("", "_de", "_en"))}
)
# what Tresen's own files name; there a text always says its language
OWN_CATALOGUE_FIELDS = (*SINGLE, *(f"{name}{end}" for name in TEXTS for end in ("_de", "_en")))
ORDER_FIELDS = frozenset({"order_id", "ts", "customer_id", "sku", "quantity", "price", "returned", "refunded"})


class MappingError(ValueError):
    """The mapping file says something that does not exist; the message says what and what there is."""


@dataclass(frozen=True, slots=True)
class CatalogueMapping:
    """How a product is made of a row; `docs/import.md` describes every key."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    language: str = "de"
    price: str = "major"
    family: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tiers: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    category_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    category_synonyms: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    category_uses: Mapping[str, list[str]] = field(default_factory=dict)

    def sources(self) -> set[str]:
        """Every source column the mapping reads."""
        return {*self.columns.values(), *self.family, *self.variants, *self.category, *self.attributes.values()}

    def fields(self) -> set[str]:
        """Every field of ours that the mapping fills, also where a row has nothing for it."""
        named = {_in_language(name, self.language) for name in {*self.columns, *self.constants}}
        return named | {"category", "attributes"} | ({"family"} if self.family else set())


@dataclass(frozen=True, slots=True)
class OrderMapping:
    """How an order line is made of a row."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    price: str = "major"
    time_zone: str = "UTC"
    time_format: str = ""


def catalogue_mapping(source: Path | Mapping[str, Any] | None) -> CatalogueMapping | None:
    """The part `catalogue` of a mapping file (or of its content); None stands for Tresen's own columns."""
    section = _section(source, "catalogue")
    if section is None:
        return None
    made = _made(CatalogueMapping, section, {"family", "variants", "category"})
    _check_fields(made.columns, made.constants, CATALOGUE_FIELDS)
    return made


def order_mapping(source: Path | Mapping[str, Any] | None) -> OrderMapping | None:
    """The part `orders` of a mapping file; None stands for Tresen's own columns."""
    section = _section(source, "orders")
    if section is None:
        return None
    made = _made(OrderMapping, section, set())
    _check_fields(made.columns, made.constants, ORDER_FIELDS)
    return made


def mapped(mapping: CatalogueMapping, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Tresen's own format, made of one source row."""
    fields: dict[str, Any] = {}
    for name, column in mapping.columns.items():
        if text(values.get(column)):
            fields[_in_language(name, mapping.language)] = values[column]
    for name, value in mapping.constants.items():
        fields.setdefault(_in_language(name, mapping.language), value)
    _strip_variants(mapping, values, fields)
    if mapping.family:
        words = " ".join(text(values.get(column)) for column in mapping.family)
        fields["family"] = slug(_without(words, mapping, values))[:80]
    if mapping.category:
        fields["category"] = "/".join(filter(None, (slug(text(values.get(name))) for name in mapping.category)))
    fields["category"] = fields.get("category") or UNSORTED
    if mapping.tiers and "tier" in fields:
        fields["tier"] = mapping.tiers.get(text(fields["tier"]), fields["tier"])
    attributes = {name: text(values.get(column)) for name, column in mapping.attributes.items()}
    return fields | {"attributes": {name: value for name, value in attributes.items() if value}}


def category_words(mapping: CatalogueMapping, values: Mapping[str, Any]) -> dict[str, str]:
    """The source's own words for each step of the category, by path."""
    words: dict[str, str] = {}
    path = ""
    for column in mapping.category:
        named = text(values.get(column))
        if slug(named):
            path = f"{path}/{slug(named)}" if path else slug(named)
            words[path] = named
    return words


def _strip_variants(mapping: CatalogueMapping, values: Mapping[str, Any], fields: dict[str, Any]) -> None:
    """A title speaks of the model: "Mountain-200 Black, 42" is the Mountain-200 in black and 42."""
    for name in ("title_de", "title_en"):
        if name in fields:
            fields[name] = _without(text(fields[name]), mapping, values)


def _without(words: str, mapping: CatalogueMapping, values: Mapping[str, Any]) -> str:
    shortened = words
    for _ in mapping.variants:
        for column in mapping.variants:
            value = text(values.get(column))
            if value:
                shortened = re.sub(rf"[\s,–-]+{re.escape(value)}$", "", shortened, flags=re.IGNORECASE)
    return shortened or words


def _in_language(name: str, language: str) -> str:
    return f"{name}_{language}" if name in IN_TWO_LANGUAGES else name


def _section(source: Path | Mapping[str, Any] | None, name: str) -> Mapping[str, Any] | None:
    if source is None:
        return None
    if isinstance(source, Path):
        try:
            document = yaml.safe_load(source.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise MappingError(f"{source.name}: {error}") from error
    else:
        document = source
    section = document.get(name) if isinstance(document, Mapping) else None
    if not isinstance(section, Mapping):
        raise MappingError(f"the mapping has no part {name!r}")
    return section


def _made[Made](kind: type[Made], section: Mapping[str, Any], lists: set[str]) -> Made:
    known = kind.__slots__  # type: ignore[attr-defined]
    unknown = sorted(set(section) - set(known))
    if unknown:
        raise MappingError(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    values = {name: tuple(value) if name in lists else value for name, value in section.items()}
    if values.get("price", "major") not in {"major", "minor"}:
        raise MappingError("price is in `major` (euros) or `minor` (cents) units")
    return kind(**values)


def _check_fields(columns: Mapping[str, str], constants: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted({*columns, *constants} - known)
    if unknown:
        raise MappingError(f"no such field: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
