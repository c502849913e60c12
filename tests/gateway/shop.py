"""A small bicycle shop in a core database of its own."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from actions.store.engine import migrate, open_engine, writing
from actions.store.facts import bump_version, write_facts
from actions.store.tables import categories, products, relations, terms

BIKE, HELMET, LOCK, OIL, JACKET = "BIKE-BLUE-46", "HELMET-RED", "LOCK-1", "OIL-250", "JACKET-1"


def product_row(sku: str, price: int, **changes: Any) -> dict[str, Any]:
    """A row of the products table; only what matters is named."""
    texts = {
        f"{name}_{language}": ""
        for name in ("title", "description", "benefit", "running_cost", "not_included")
        for language in ("de", "en")
    }
    row = {
        **texts,
        "sku": sku,
        "family": sku.lower(),
        "category": "accessories/locks",
        "title_de": f"Artikel {sku}",
        "title_en": f"Item {sku}",
        "brand": "Tannhorn",
        "model": sku,
        "tier": None,
        "colour": "",
        "size": "",
        "attributes": {},
        "price": price,
        "currency": "EUR",
        "tax_percent": 19,
        "cost": price // 2,
        "stock": 5,
        "content_amount": None,
        "content_unit": None,
        "rating": None,
        "rating_count": 0,
        "popularity": 0,
        "active": True,
    }
    return {**row, **changes}


ROWS = [
    *(
        product_row(
            f"BIKE-{colour.upper()}-{size}",
            64900,
            family="grat",
            category="bikes/mountain",
            title_de="Mountainbike Grat",
            title_en="Grat mountain bike",
            benefit_de="Ein Rad für Straße und Wald.",
            benefit_en="One bike for road and forest.",
            colour=colour,
            size=size,
            rating=4.3,
            rating_count=87,
            attributes={"gears": "18"},
        )
        for colour in ("blue", "black")
        for size in ("42", "46")
    ),
    product_row(
        HELMET,
        7990,
        category="accessories/helmets",
        title_de="Helm Fichte",
        title_en="Fichte helmet",
        benefit_de="Sitzt auch auf langen Fahrten bequem.",
        benefit_en="Comfortable even on long rides.",
        colour="red",
        popularity=9,
    ),
    product_row(LOCK, 2990, title_de="Bügelschloss Eiche", title_en="Eiche U-lock", stock=2),
    product_row(
        OIL,
        1290,
        category="care/lubricants",
        title_de="Kettenöl",
        title_en="Chain oil",
        content_amount=250.0,
        content_unit="ml",
    ),
    product_row(
        JACKET, 8900, category="clothing/rain-jackets", title_de="Regenjacke", title_en="Rain jacket", stock=0
    ),
]

CATEGORIES = {
    "bikes": ("Fahrräder", "Bikes"),
    "bikes/mountain": ("Mountainbikes", "Mountain bikes"),
    "accessories": ("Zubehör", "Accessories"),
    "accessories/helmets": ("Helme", "Helmets"),
    "accessories/locks": ("Schlösser", "Locks"),
    "care": ("Pflege", "Care"),
    "care/lubricants": ("Kettenöl", "Chain oil"),
    "clothing": ("Bekleidung", "Clothing"),
    "clothing/rain-jackets": ("Regenjacken", "Rain jackets"),
}

TERMS = {
    ("blue", "colour"): ("blau", "blue"),
    ("black", "colour"): ("schwarz", "black"),
    ("red", "colour"): ("rot", "red"),
    ("size", "attribute"): ("Größe", "size"),
    ("gears", "attribute"): ("Gänge", "gears"),
}

FACTS = {"name": "Radhaus", "language": "de", "currency": "EUR", "simulated_orders": True}


def open_shop(folder: Path) -> Engine:
    """A database with the shop in it."""
    database = open_engine(f"sqlite:///{folder / 'core.db'}")
    migrate(database)
    with writing(database) as connection:
        connection.execute(products.insert(), ROWS)
        connection.execute(
            categories.insert(),
            [
                {"category": path, "title_de": de, "title_en": en, "synonyms_de": [], "synonyms_en": [], "uses": []}
                for path, (de, en) in CATEGORIES.items()
            ],
        )
        connection.execute(
            terms.insert(),
            [
                {"term": term, "kind": kind, "de": de, "en": en, "synonyms_de": [], "synonyms_en": []}
                for (term, kind), (de, en) in TERMS.items()
            ],
        )
        connection.execute(
            relations.insert(),
            {
                "anchor": "family:grat",
                "target": f"sku:{HELMET}",
                "kind": "accessory",
                "match": {},
                "rank": 1,
                "benefit_de": "Damit fahren Sie von Anfang an sicher.",
                "benefit_en": "Ride safely from day one.",
                "provenance": "merchant",
                "state": "approved",
                "owner": "shop",
                "dated": "2026-10-01",
            },
        )
        write_facts(connection, FACTS)
        bump_version(connection)
    return database
