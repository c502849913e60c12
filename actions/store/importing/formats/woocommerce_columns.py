"""The columns of WooCommerce's product export, English and German, old and new."""

import re
from collections.abc import Iterable

ALIASES = {
    "id": ("ID",),
    "type": ("Type", "Typ"),
    "sku": ("SKU", "Artikelnummer"),
    "gtin": ("GTIN, UPC, EAN, or ISBN", "GTIN, UPC, EAN oder ISBN", "Meta: _global_unique_id", "Meta: _ts_gtin"),
    "name": ("Name",),
    "published": ("Published", "Veröffentlicht"),
    "visibility": ("Visibility in catalog", "Sichtbarkeit im Katalog"),
    "short": ("Short description", "Kurzbeschreibung"),
    "description": ("Description", "Beschreibung"),
    "sale_begins": (
        *("Date sale price starts", "Datum, an dem Angebotspreis beginnt"),
        *("Datum, an dem der Angebotspreis beginnt", "Angebotspreis gültig ab"),
    ),
    "sale_ends": (
        *("Date sale price ends", "Datum, an dem Angebotspreis endet"),
        *("Datum, an dem der Angebotspreis endet", "Angebotspreis gültig bis"),
    ),
    "tax_status": ("Tax status", "Steuerstatus"),
    "tax_class": ("Tax class", "Steuerklasse"),
    "in_stock": ("In stock?", "Vorrätig?", "Auf Lager?", "Vorrätig"),
    "stock": ("Stock", "Bestand", "Lager", "Lagerbestand"),
    "weight": ("Weight (kg)", "Gewicht (kg)"),
    "sale": ("Sale price", "Angebotspreis"),
    "regular": ("Regular price", "Regulärer Preis", "Normaler Preis"),
    "categories": ("Categories", "Kategorien"),
    "brands": ("Brands", "Brand", "Marken", "Marke"),
    "parent": ("Parent", "Übergeordnetes Produkt", "Übergeordnet", "Elternprodukt"),
    "grouped": ("Grouped products", "Gruppierte Produkte"),
    "upsells": ("Upsells", "Zusatzverkäufe", "Up-Sells", "Upsells (Zusatzverkäufe)"),
    "cross_sells": ("Cross-sells", "Cross-Sells (Querverkäufe)", "Querverkäufe", "Cross-Sells"),
    "cost": (
        *("Cost of goods", "Cost of goods sold", "Warenkosten", "Kosten der Waren", "Kosten der verkauften Waren"),
        *("Selbstkosten", "Herstellkosten", "Wareneinsatz"),
        *("Meta: _cogs_total_value", "Meta: _wc_cog_cost", "Meta: _alg_wc_cog_cost"),
    ),
    "cost_overrides": ("Meta: _cogs_value_overrides_parent",),
}
TAXES = {
    **dict.fromkeys(("reduced rate", "ermäßigter steuersatz", "ermäßigt", "reduzierter steuersatz"), 7),
    **dict.fromkeys(("zero rate", "null steuersatz", "steuerfrei", "nullsatz"), 0),
}
STANDARD_TAX = 19
# WooCommerce puts an apostrophe before what a spreadsheet would take for a formula
GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")


def attribute_columns(header: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of columns that name an attribute and hold its values, by number."""
    names: dict[int, str] = {}
    values: dict[int, str] = {}
    for column in header:
        found = re.fullmatch(
            r"attribute? (\d+) (name|value\(s\)|wert\(e\)|values?|werte?)", column.strip().casefold()
        )
        if found:
            (names if found[2] == "name" else values)[int(found[1])] = column
    return [(names[number], values[number]) for number in sorted(names) if number in values]


def unguarded(source: str) -> str:
    """The value as the shop holds it, without the apostrophe against formulas."""
    return GUARDED.sub("", source)


def split_list(source: str) -> list[str]:
    r"""A list written `a, b`; a comma that belongs to a value is written `\,`."""
    return [part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", source) if part.strip()]
