"""Reads the example shops of data/shop for the tests that check them."""

import csv
import gzip
import importlib.util
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

HOME = Path(__file__).parents[2] / "data" / "shop"
SHOPS = sorted(path.parent.name for path in HOME.glob("*/shop.yml"))
Row = dict[str, str]


def rows(shop: str, name: str) -> list[Row]:
    with (HOME / shop / name).open(encoding="utf-8", newline="") as source:
        found = list(csv.DictReader(source))
    assert all(None not in row and None not in row.values() for row in found), f"{shop}/{name} has ragged lines"
    return found


def settings(shop: str, name: str) -> Any:
    return yaml.safe_load((HOME / shop / name).read_text(encoding="utf-8"))


def order_lines(shop: str) -> list[Row]:
    with gzip.open(HOME / shop / "orders.csv.gz", "rt", encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def attributes(product: Row) -> Row:
    return dict(pair.split("=", 1) for pair in product["attributes"].split("|") if pair)


def margin(product: Row) -> float:
    net = float(product["price"]) * 100 / (100 + int(product["tax_percent"]))
    return (net - float(product["cost"])) / net


def profit(product: Row) -> float:
    return float(product["price"]) * 100 / (100 + int(product["tax_percent"])) - float(product["cost"])


def by_family(products: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for product in products:
        found[product["family"]].append(product)
    return found


def selected(selector: str, products: list[Row]) -> list[Row]:
    kind, _, name = selector.partition(":")
    if selector == "*":
        return products
    if kind == "category" and name.endswith("/*"):
        return [product for product in products if f"{product['category']}/".startswith(name[:-1])]
    return [product for product in products if product[kind] == name]


def agree(anchor: Row, target: Row, match: str) -> bool:
    def values(product: Row, name: str) -> set[str]:
        return set((attributes(product).get(name) or product.get(name, "")).split(",")) - {""}

    rules = [rule.partition("=") for rule in match.split("|") if rule]
    return all(values(anchor, mine) & values(target, theirs or mine) for mine, _, theirs in rules)


def script(name: str) -> ModuleType:
    """A script of data/shop as a module."""
    spec = importlib.util.spec_from_file_location(f"shop_{name}", HOME / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
