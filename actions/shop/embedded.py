"""The shop that lives in the core database: for the demo, and where a merchant has no other."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, select

from actions.offers.products import Product
from actions.shop.protocol import OrderRequest, Placed, Refused, ShopRefusal
from actions.store import carts
from actions.store.carts import CartLine
from actions.store.catalogue import live_product, take_stock
from actions.store.engine import reading, writing
from actions.store.products import read_products
from actions.store.tables import shop_orders

COLUMNS = shop_orders.c


def utc_now() -> datetime:
    """The clock of the house."""
    return datetime.now(UTC)


class OutOfStockError(Exception):
    """Raised to roll back an order of which one line cannot be delivered."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal.sku)
        self.refusal = refusal


class EmbeddedShop:
    """Products, carts and orders in one database; an order takes its pieces out of stock or is not made."""

    def __init__(self, database: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    def iter_products(self) -> Iterator[Product]:
        """Every product on sale, by sku."""
        with reading(self._database) as connection:
            products = read_products(connection)
        yield from products

    def get(self, sku: str) -> Product | None:
        """The product as of now."""
        with reading(self._database) as connection:
            return live_product(connection, sku)

    def add_to_cart(
        self, conversation: str, sku: str, quantity: int, offer: str | None = None
    ) -> CartLine | Refused:
        """Put pieces into the cart, never more than there are; nothing is reserved."""
        if quantity < 1:
            return Refused(ShopRefusal.BAD_QUANTITY, sku)
        with writing(self._database) as connection:
            product = live_product(connection, sku)
            if product is None:
                return Refused(ShopRefusal.UNKNOWN_PRODUCT, sku)
            before = sum(line.quantity for line in carts.lines(connection, conversation) if line.sku == sku)
            if before + quantity > product.stock:
                return Refused(ShopRefusal.NOT_ENOUGH_STOCK, sku, max(product.stock - before, 0))
            carts.put(connection, conversation, product, quantity, offer, now=self._clock())
            return next(line for line in carts.lines(connection, conversation) if line.sku == sku)

    def place(self, order: OrderRequest) -> Placed | Refused:
        """Take the order and its pieces out of stock; the same key again returns the number it has."""
        try:
            with writing(self._database) as connection:
                known = connection.scalar(select(COLUMNS.number).where(COLUMNS.key == order.key))
                return Placed(known or self._enter(connection, order))
        except OutOfStockError as sold_out:
            return sold_out.refusal

    def _enter(self, connection: Connection, order: OrderRequest) -> str:
        for line in order.lines:
            if not take_stock(connection, line.sku, line.quantity):
                left = live_product(connection, line.sku)
                reason = ShopRefusal.NOT_ENOUGH_STOCK if left else ShopRefusal.UNKNOWN_PRODUCT
                raise OutOfStockError(Refused(reason, line.sku, left.stock if left else 0))
        row = {
            "number": self._free_number(connection),
            "key": order.key,
            "lines": [
                {"sku": line.sku, "quantity": line.quantity, "price": line.price.amount} for line in order.lines
            ],
            "total": order.total.amount,
            "currency": order.total.currency,
            "state": "placed",
            "placed_at": self._clock(),
        }
        connection.execute(shop_orders.insert(), row)
        return str(row["number"])

    def _free_number(self, connection: Connection) -> str:
        """Eight digits that can be said aloud and tell nobody how many orders there are."""
        while True:
            number = str(10_000_000 + secrets.randbelow(90_000_000))
            if connection.scalar(select(COLUMNS.number).where(COLUMNS.number == number)) is None:
                return number
