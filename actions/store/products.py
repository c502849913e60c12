"""Between a row of the products table and a `Product`."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select

from actions.offers.products import Money, Product, Quantity, Words
from actions.store.tables import products

# what a product is described with, each in two columns: title_de, title_en
TEXTS = ("title", "description", "benefit", "running_cost", "not_included")
PARTS = 500


def product_of(row: Row[Any]) -> Product:
    """The value object of one row of all columns of `products`."""
    content = None if row.content_amount is None else Quantity(row.content_amount, row.content_unit or "")
    return Product(
        sku=row.sku,
        family=row.family,
        title=Words(row.title_de, row.title_en),
        category=row.category,
        price=Money(row.price, row.currency),
        cost=row.cost,
        stock=row.stock,
        brand=row.brand,
        model=row.model,
        tier=row.tier,
        colour=row.colour,
        size=row.size,
        attributes=MappingProxyType(dict(row.attributes)),
        description=Words(row.description_de, row.description_en),
        benefit=Words(row.benefit_de, row.benefit_en),
        running_cost=Words(row.running_cost_de, row.running_cost_en),
        not_included=Words(row.not_included_de, row.not_included_en),
        content=content,
        rating=row.rating,
        rating_count=row.rating_count,
        tax_percent=row.tax_percent,
        popularity=row.popularity,
    )


def read_products(connection: Connection) -> list[Product]:
    """Every product on sale, by sku."""
    rows = connection.execute(select(products).where(products.c.active).order_by(products.c.sku))
    return [product_of(row) for row in rows]


def anything_on_sale(connection: Connection) -> bool:
    """Whether a single product is on sale; reading them all for it takes a second in a large shop."""
    return connection.scalar(select(products.c.sku).where(products.c.active).limit(1)) is not None


def live_product(connection: Connection, sku: str) -> Product | None:
    """The product straight from its row, with price and stock as of now; None where it is not on sale."""
    row = connection.execute(select(products).where(products.c.sku == sku, products.c.active)).first()
    return None if row is None else product_of(row)


def refreshed(connection: Connection, known: Iterable[Product]) -> dict[str, Product]:
    """The `known` products by sku with price, cost and stock as of now; those no longer on sale are left out."""
    by_sku = {product.sku: product for product in known}
    columns = products.c
    fresh: dict[str, Product] = {}
    skus = list(by_sku)
    for start in range(0, len(skus), PARTS):
        part = skus[start : start + PARTS]
        query = select(columns.sku, columns.price, columns.currency, columns.cost, columns.stock)
        for sku, price, currency, cost, stock in connection.execute(
            query.where(columns.sku.in_(part), columns.active)
        ).tuples():
            old = by_sku[sku]
            now = (Money(price, currency), cost, stock)
            fresh[sku] = (
                old
                if now == (old.price, old.cost, old.stock)
                else replace(old, price=now[0], cost=cost, stock=stock)
            )
    return fresh


def take_stock(connection: Connection, sku: str, quantity: int) -> bool:
    """Take `quantity` pieces out of stock, all or none; False where there are not enough."""
    if quantity < 1:
        raise ValueError(f"cannot take {quantity} pieces of {sku}")
    enough = (products.c.sku == sku) & (products.c.stock >= quantity)
    statement = products.update().where(enough).values(stock=products.c.stock - quantity)
    return connection.execute(statement).rowcount == 1
