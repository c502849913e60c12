"""What tests of the relay share: an order on its way, shops that are closed or watched, a clock."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.shop.protocol import OrderRequest, Placed, Refused, ShopUnreachableError
from actions.store import conversations, orders
from actions.store.carts import CartLine
from actions.store.engine import reading, writing
from actions.store.orders import Cancelled
from actions.store.tables import products
from tests.gateway.shop import LOCK

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
CHAT = "a" * 32


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class ClosedShop:
    """A shop that cannot be reached."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def place(self, order: OrderRequest) -> Placed:
        self.tried.append(order.key)
        raise ShopUnreachableError("closed")


def order(database: Engine, key: str = "k1", sku: str = LOCK, quantity: int = 1) -> None:
    with writing(database) as connection:
        if conversations.get(connection, CHAT) is None:
            conversations.create(connection, conversation_id=CHAT, language="de", channel="web", now=NOW)
        lines = [CartLine(sku, quantity, Money(2990))]
        orders.place(connection, conversation=CHAT, key=key, lines=lines, shipping=Money(490), now=NOW)


def one_order(database: Engine) -> orders.Order:
    with reading(database) as connection:
        return orders.of_conversation(connection, CHAT)[0]


class Watched(EmbeddedShop):
    """The embedded shop, which tells what reached it and lets something happen meanwhile."""

    def __init__(self, database: Engine, *meanwhile: Callable[[], object]) -> None:
        super().__init__(database)
        self.reached: list[str] = []
        self._meanwhile = list(meanwhile)

    def place(self, order: OrderRequest) -> Placed | Refused:
        self.reached.append(order.key)
        outcome = super().place(order)
        if self._meanwhile:
            self._meanwhile.pop(0)()
        return outcome


def cancels(database: Engine) -> Cancelled:
    order_id = one_order(database).id
    with writing(database) as connection:
        return orders.cancel(connection, order_id)


def stock_of_the_lock(database: Engine) -> int:
    with reading(database) as connection:
        return connection.scalar(select(products.c.stock).where(products.c.sku == LOCK)) or 0
