"""Reads the order history for mining: the models of each order, whose it was and which came before which."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Connection, String, func, null, select, type_coerce

from actions.affinity.columns import Whole
from actions.affinity.orders import Orders, orders_of
from actions.affinity.switching import UNKNOWN
from actions.store.tables import past_order_lines, products

READ_AT_ONCE = 50_000
NEVER = "1970-01-01"
MOMENT_TEXT = "%Y-%m-%d %H:%M:%S.%f"
BETWEEN = "\x1f"  # the control character for a separator: no article number holds it


@dataclass(frozen=True, slots=True)
class PastBaskets:
    """Orders by families, in `lines` lines of known products.

    Of each order the number of its customer and its moment as a number that rises with time, of each family the
    number of its category; `UNKNOWN` without a customer.
    """

    orders: Orders
    lines: int
    customers: Whole
    moments: Whole
    needs: Whole


def read_baskets(connection: Connection) -> PastBaskets:
    """Everything that was ordered, read as a stream, an order a row."""
    line, product = past_order_lines.c, products.c
    known = connection.execute(select(product.sku, product.family, product.category)).tuples().all()
    families = {sku: family for sku, family, _ in known}
    anybody = connection.scalar(select(line.id).where(line.customer.is_not(None)).limit(1)) is not None
    whose = (func.max(line.customer), func.min(_unread(line.ordered_at))) if anybody else (null(), null())
    # a row for each line, or a join for its family, would take several times as long as the counting
    query = select(func.aggregate_strings(line.sku, BETWEEN), *whose).group_by(line.order_id)
    rows = connection.execution_options(yield_per=READ_AT_ONCE).execute(query).tuples()
    lines = [0]
    numbers: dict[str, int] = {}
    customers, moments = array("q"), []

    def baskets() -> Iterator[list[str]]:
        for skus, customer, moment in rows:
            basket = [family for family in map(families.get, skus.split(BETWEEN)) if family]
            if basket:
                lines[0] += len(basket)
                customers.append(numbers.setdefault(customer, len(numbers)) if customer else UNKNOWN)
                moments.append(moment or NEVER)
                yield basket

    orders = orders_of(baskets())
    places = {category: place for place, category in enumerate(sorted({category for *_, category in known}))}
    needs = {family: places[category] for _, family, category in known}
    return PastBaskets(
        orders,
        lines[0],
        np.frombuffer(customers, np.int64) if customers else np.empty(0, np.int64),
        _in_numbers(moments),
        np.array([needs[family] for family in orders.names], dtype=np.int64),
    )


def _unread(moment: object) -> object:
    """SQLite keeps moments as text that sorts as they do; making datetimes of a million costs more than sorting."""
    return type_coerce(moment, String)


def _in_numbers(moments: list[str | datetime]) -> Whole:
    """Numbers that rise with time, from the text of SQLite or the moments of PostgreSQL."""
    texts = [m.astimezone(UTC).strftime(MOMENT_TEXT) if isinstance(m, datetime) else m for m in moments]
    return np.array(texts, dtype="datetime64[us]").astype(np.int64)
