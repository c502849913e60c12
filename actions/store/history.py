"""The order history and the catalogue as columns, to learn from; models (families), not single articles."""

from typing import Any

from sqlalchemy import Connection, select

from actions.store.tables import past_order_lines, products

Columns = dict[str, list[Any]]


def order_lines(connection: Connection) -> Columns:
    """`order_id, ts, customer_id, item_id, qty, price` of every line of a known product."""
    line, product = past_order_lines.c, products.c
    sold = past_order_lines.join(products, line.sku == product.sku)
    columns = (line.order_id, line.ordered_at, line.customer, product.family, line.quantity, line.price)
    rows = connection.execute(select(*columns).select_from(sold).order_by(line.id)).tuples().all()
    names = ("order_id", "ts", "customer_id", "item_id", "qty", "price")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def items_sold(connection: Connection) -> Columns:
    """`item_id, title, category, brand, price, cost` of every family, as its first article has them."""
    names = ("item_id", "title", "category", "brand", "price", "cost")
    product = products.c
    columns = (product.family, product.title_en, product.category, product.brand, product.price, product.cost)
    rows = connection.execute(select(*columns).order_by(product.family, product.sku)).tuples().all()
    first = {row[0]: row for row in reversed(rows)}
    return {name: [row[place] for row in first.values()] for place, name in enumerate(names)}
