"""Compares what shoppers were told with what the database holds: carts, orders, the shop's orders and its stock."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, select

from actions.store.engine import open_engine, reading, writing
from actions.store.tables import cart_lines, messages, offers, orders, products, shop_orders

# a parcel whose carrier was killed is due again after half a minute
DELIVERED_WITHIN = 90
ENOUGH = 100_000
Lines = dict[str, int]


@dataclass
class Count:
    """What the clients saw and what the database holds."""

    kills: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    answered: int = 0
    retries: int = 0
    fallbacks: int = 0
    messages: int = 0
    conversations: int = 0
    carts_compared: int = 0
    orders_told: int = 0
    lost: int = 0
    answers_changed: int = 0
    doubled_lines: int = 0
    doubled_offers: int = 0
    doubled_orders: int = 0
    wrong_quantities: int = 0
    carts_differ: int = 0
    orders_missing: int = 0
    orders_untold: int = 0
    orders_differ: int = 0
    shop_orders_missing: int = 0
    shop_orders_untold: int = 0
    stock_differs: int = 0

    @property
    def harm(self) -> dict[str, int]:
        """What must be zero, and is not."""
        names = list(self.__dataclass_fields__)
        judged = names[names.index("lost") :]
        return {name: value for name in judged if (value := getattr(self, name))}


@dataclass
class Told:
    """What one shopper was told: the cart of the last answer, and what each order they were confirmed holds."""

    cart: Lines = field(default_factory=dict)
    orders: dict[str, Lines] = field(default_factory=dict)


class Accounts:
    """The books of one house."""

    def __init__(self, home: Path) -> None:
        self._url = f"sqlite:///{home / 'core.db'}"

    def open(self) -> None:
        """Fill every shelf, so that nothing sells out and every piece that leaves can be counted."""
        engine = self._engine()
        with writing(engine) as connection:
            connection.execute(products.update().values(stock=ENOUGH))
        engine.dispose()

    def settle(self, count: Count, told: dict[str, Told]) -> None:
        """Wait until every order has gone to the shop, then compare."""
        engine = self._engine()
        _wait_for_delivery(engine)
        with reading(engine) as connection:
            _count_rows(connection, count)
            made = list(connection.execute(select(orders)))
            _compare_carts(connection, count, told)
            _compare_orders(count, told, made)
            _compare_shop(connection, count, made)
        engine.dispose()

    def _engine(self) -> Engine:
        return open_engine(self._url)


def _wait_for_delivery(engine: Engine) -> None:
    give_up = time.monotonic() + DELIVERED_WITHIN
    while time.monotonic() < give_up:
        with reading(engine) as connection:
            waiting = select(func.count()).select_from(orders).where(orders.c.state == "pending")
            if not connection.scalar(waiting):
                return
        time.sleep(0.5)


def _count_rows(connection: Connection, count: Count) -> None:
    def number(*where: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).where(*where)) or 0

    count.lost += number(messages.c.state == "received")
    count.fallbacks = number(messages.c.state == "engine_error")
    count.messages = number(messages.c.client_id != "welcome")
    count.wrong_quantities = number(cart_lines.c.quantity != 1)
    count.doubled_lines = _doubled(connection, cart_lines.c.conversation, cart_lines.c.sku)
    count.doubled_offers = _doubled(connection, offers.c.decision, offers.c.sku)
    count.doubled_orders = _doubled(connection, orders.c.key)


def _doubled(connection: Connection, *columns: ColumnElement[Any]) -> int:
    groups = select(*columns).group_by(*columns).having(func.count() > 1).subquery()
    return connection.scalar(select(func.count()).select_from(groups)) or 0


def _compare_carts(connection: Connection, count: Count, told: dict[str, Told]) -> None:
    held: dict[str, Lines] = {}
    for row in connection.execute(select(cart_lines)):
        held.setdefault(row.conversation, {})[row.sku] = row.quantity
    count.carts_compared = len(told)
    count.carts_differ = sum(held.get(conversation, {}) != each.cart for conversation, each in told.items())


def _compare_orders(count: Count, told: dict[str, Told], made: list[Row[Any]]) -> None:
    promised = {
        (conversation, order): lines for conversation, each in told.items() for order, lines in each.orders.items()
    }
    kept = {(row.conversation, row.id): _lines(row) for row in made}
    count.orders_told = len(promised)
    count.orders_missing = len(promised.keys() - kept.keys())
    count.orders_untold = len(kept.keys() - promised.keys())
    count.orders_differ = sum(promised[order] != kept[order] for order in promised.keys() & kept.keys())


def _compare_shop(connection: Connection, count: Count, made: list[Row[Any]]) -> None:
    """Every order once in the shop under the number it was told, and exactly its pieces gone from the shelves."""
    taken = {(row.key, row.number): _lines(row) for row in connection.execute(select(shop_orders))}
    expected = {(row.key, row.number): _lines(row) for row in made}
    count.shop_orders_missing = sum(taken.get(order) != lines for order, lines in expected.items())
    count.shop_orders_untold = len(taken.keys() - expected.keys())
    sold: Counter[str] = Counter()
    for row in made:
        sold.update(_lines(row))
    stock = connection.execute(select(products.c.sku, products.c.stock)).tuples()
    count.stock_differs = sum(ENOUGH - left != sold[sku] for sku, left in stock)


def _lines(row: Row[Any]) -> Lines:
    return {line["sku"]: line["quantity"] for line in row.lines}
