"""What every shop behind the assistant can do; a refusal is a value, an unreachable shop is an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from actions.offers.products import Money, Product
from actions.store.carts import CartLine


class ShopRefusal(StrEnum):
    """Why the shop does not do what it was asked."""

    UNKNOWN_PRODUCT = "unknown_product"
    NOT_ENOUGH_STOCK = "not_enough_stock"
    BAD_QUANTITY = "bad_quantity"


class ShopUnreachableError(Exception):
    """The shop gave no answer; the same request may be sent again with the same key."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, the product it is about and how many pieces there are."""

    reason: ShopRefusal
    sku: str
    available: int = 0


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order on its way; `key` makes it one order however often it arrives. `total` includes shipping."""

    key: str
    lines: tuple[CartLine, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class Placed:
    """The shop has taken the order under this number."""

    number: str


class Shop(Protocol):
    """The merchant's shop: its products, carts and orders."""

    def iter_products(self) -> Iterator[Product]:
        """Every product on sale."""

    def get(self, sku: str) -> Product | None:
        """The product as of now."""

    def add_to_cart(
        self, conversation: str, sku: str, quantity: int, offer: str | None = None
    ) -> CartLine | Refused:
        """Put pieces into the conversation's cart and return the whole line."""

    def place(self, order: OrderRequest) -> Placed | Refused:
        """Take the order, once per key."""
