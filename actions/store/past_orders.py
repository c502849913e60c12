"""The order history grows with each order that is placed; the counts are made from it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from actions.store.bulk import insert_new
from actions.store.tables import orders, past_order_lines, past_returns, products

MOST_MISSED = 10_000


def remember(connection: Connection, number: str, lines: Iterable[dict[str, Any]], now: datetime) -> set[str]:
    """Add an order by its number, its lines as `orders.lines` holds them, and count what was sold.

    Returns the skus that were new to the history: none where the number is there already. Whose order it was is
    not written down here.
    """
    sold = {line["sku"]: line for line in lines}
    past = past_order_lines.c
    if connection.scalar(select(past.id).where(past.order_id == number).limit(1)) is not None:
        return set()
    rows = [
        {
            "order_id": number,
            "sku": sku,
            "ordered_at": now,
            "customer": None,
            "quantity": line["quantity"],
            "price": line["price"],
        }
        for sku, line in sold.items()
    ]
    insert_new(connection, past_order_lines, rows, ("order_id", "sku"))
    product = products.c
    connection.execute(products.update().where(product.sku.in_(sold)).values(popularity=product.popularity + 1))
    return set(sold)


def remember_missed(connection: Connection) -> int:
    """Add placed orders that are not in the history yet, should the house have died in between; how many.

    One that came back altogether, as an import has told, is not missed.
    """
    order, past, back = orders.c, past_order_lines.c, past_returns.c
    known = (
        select(past.id).where(past.order_id == order.number),
        select(back.sku).where(back.order_id == order.number),
    )
    there = or_(*(each.exists() for each in known))
    columns = (order.number, order.lines, order.placed_at)
    missed = select(*columns).where(order.state == "placed", order.number.is_not(None), ~there)
    rows = connection.execute(missed.order_by(order.placed_at).limit(MOST_MISSED)).tuples().all()
    return sum(bool(remember(connection, number, lines, placed)) for number, lines, placed in rows)
