"""Builders for the store's tests: a product row names only what matters to the test."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from actions.offers.products import Money, Product, Words
from actions.offers.situation import Candidate
from actions.store.bulk import insert_tuples, upsert
from actions.store.facts import bump_version, write_facts
from actions.store.tables import past_order_lines, products, relations

WORDS = ("title", "description", "benefit", "running_cost", "not_included")


def stock_up(connection: Connection, *wanted: dict[str, Any]) -> None:
    """Put products into the catalogue."""
    empty = {f"{word}_{language}": "" for word in WORDS for language in ("de", "en")}
    usual: dict[str, Any] = {
        **empty,
        **{"category": "bikes", "brand": "", "model": "", "tier": None, "colour": "", "size": "", "attributes": {}},
        **{"price": 10_000, "currency": "EUR", "tax_percent": 19, "cost": 4_000, "stock": 5},
        **{"content_amount": None, "content_unit": None, "rating": None, "rating_count": 0, "popularity": 0},
        "active": True,
    }
    rows = [{**usual, "family": one["sku"], "title_de": one["sku"], **one} for one in wanted]
    upsert(connection, products, rows, ["sku"])
    bump_version(connection)


def relate(connection: Connection, anchor: str, target: str, kind: str = "accessory", **more: Any) -> None:
    """Add a row to the matrix."""
    usual = {"match": {}, "rank": 0, "benefit_de": "Passt.", "benefit_en": "Fits.", "provenance": "merchant"}
    row = {**usual, "state": "approved", "owner": "", "dated": "", **more}
    connection.execute(relations.insert(), {"anchor": anchor, "target": target, "kind": kind, **row})
    bump_version(connection)


def sell(connection: Connection, now: Any, *baskets: str, times: int = 1, prefix: str = "O") -> None:
    """Write past orders, each basket as "BIKE HELMET"."""
    names = ("order_id", "sku", "ordered_at", "customer", "quantity", "price")
    rows = [
        (f"{prefix}{number}-{again}", sku, now, None, 1, 1_000)
        for number, basket in enumerate(baskets)
        for again in range(times)
        for sku in basket.split()
    ]
    insert_tuples(connection, past_order_lines, names, rows, key=("order_id", "sku"))


def simulated(connection: Connection) -> None:
    """Declare the order history invented."""
    write_facts(connection, {"simulated_orders": True})


def product(sku: str = "BIKE", **more: Any) -> Product:
    """A product as a value, without a database."""
    usual = {"family": sku, "title": Words(sku, sku), "category": "bikes", "price": Money(10_000), "stock": 5}
    return Product(**{"sku": sku, **usual, **more})


def skus(found: Iterable[Candidate]) -> list[str]:
    """The article numbers of what came up, in order."""
    return [candidate.product.sku for candidate in found]
