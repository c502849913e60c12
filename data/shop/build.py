"""Expands the hand-written product families of an example shop into its products.csv.

    python data/shop/build.py [SHOP ...]      without a name: every shop here

Reads `SHOP/families/*.yml`, writes `SHOP/products.csv`; the same source always gives the same bytes. A family
lists what its variants share; they are every colour in every size, or the entries under `variants`, each of
which overrides what it names. `margin` is the percentage of the net price that the shop keeps, `cost` the net
purchase price itself; a family with neither has an unknown cost. `SHOP/size_guide.yml` says which riders or heads
a size serves; its spans become attributes of the variants.
"""

import csv
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
CENT = Decimal("0.01")
COLUMNS = [
    *("sku", "family", "title_de", "title_en", "category", "brand", "model", "tier", "colour", "size"),
    *("price", "cost", "tax_percent", "stock", "description_de", "description_en", "benefit_de", "benefit_en"),
    *("attributes", "running_cost_de", "running_cost_en", "not_included_de", "not_included_en"),
    *("content", "rating", "rating_count"),
]
TEXTS = ("title", "description", "benefit", "running_cost", "not_included")

Node = dict[str, Any]


def families(shop: Path) -> list[Node]:
    """Every family of a shop in file and line order; all scalars are strings."""
    nodes: list[Node] = []
    for path in sorted((shop / "families").glob("*.yml")):
        with path.open(encoding="utf-8") as source:
            # BaseLoader only ever builds strings, lists and maps, so that "no" and 27.5 stay as written
            nodes.extend(yaml.load(source, Loader=yaml.BaseLoader))  # noqa: S506
    return nodes


def variants(family: Node) -> list[Node]:
    """The variants of a family, each a map of what is its own: sku, colour, size, stock and overrides."""
    prefix = family.get("sku", family["family"].upper())
    if "variants" in family:
        listed = family["variants"]
        return [{**entry, "sku": entry.get("sku") or f"{prefix}-{entry['code']}"} for entry in listed]
    colours = family.get("colours", [""])
    sizes = family.get("sizes", [""])
    stock = family["stock"] if isinstance(family["stock"], list) else [family["stock"]]
    made = []
    for number, (colour, size) in enumerate(product(colours, sizes)):
        parts = [prefix]
        parts += [colour.upper()] if len(colours) > 1 else []
        parts += [size.upper()] if len(sizes) > 1 else []
        own = {"sku": "-".join(parts), "stock": stock[number % len(stock)]}
        made.append(own | {name: value for name, value in (("colour", colour), ("size", size)) if value})
    return made


def net_cost(node: Node) -> str:
    """The net purchase price with two decimals, or nothing where it is unknown."""
    if "cost" in node:
        return str(Decimal(node["cost"]).quantize(CENT))
    if "margin" not in node:
        return ""
    net = Decimal(node["price"]) * 100 / (100 + Decimal(node.get("tax_percent", "19")))
    return str((net * (100 - Decimal(node["margin"])) / 100).quantize(CENT, ROUND_HALF_UP))


def size_guide(shop: Path) -> Node:
    """Category to attribute to size to the span that size serves; empty where the shop has no size guide."""
    path = shop / "size_guide.yml"
    if not path.exists():
        return {}
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506


def guided(node: Node, guide: Node) -> dict[str, str]:
    """What the size guide says about a variant."""
    spans = guide.get(node["category"], {})
    return {name: by_size[node["size"]] for name, by_size in spans.items() if node.get("size") in by_size}


def row(family: Node, variant: Node, guide: Node) -> dict[str, str]:
    """One line of products.csv."""
    node: Node = {**family, **variant}
    attributes = {**family.get("attributes", {}), **guided(node, guide), **variant.get("attributes", {})}
    rating, _, count = node.get("rating", "").partition("/")
    cells = {name: node[name] for name in COLUMNS if isinstance(node.get(name), str)}
    for language in ("de", "en"):
        texts = {**family[language], **variant.get(language, {})}
        cells |= {f"{text}_{language}": texts[text].strip() for text in TEXTS if text in texts}
    return cells | {
        "price": str(Decimal(node["price"]).quantize(CENT)),
        "cost": net_cost(node),
        "tax_percent": node.get("tax_percent", "19"),
        "attributes": "|".join(f"{name}={value}" for name, value in attributes.items()),
        "rating": rating,
        "rating_count": count or "0",
    }


def rows(shop: Path) -> Iterator[dict[str, str]]:
    """Every line of a shop's products.csv, in the order of its source."""
    guide = size_guide(shop)
    for family in families(shop):
        for variant in variants(family):
            yield row(family, variant, guide)


def main(names: list[str]) -> None:
    """Write products.csv for the named shops, or for all that have families."""
    shops = [HERE / name for name in names] or sorted(path.parent for path in HERE.glob("*/families"))
    for shop in shops:
        with (shop / "products.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows(shop))


if __name__ == "__main__":
    main(sys.argv[1:])
