"""The cart of a conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from actions.offers.products import Money, Product
from actions.store.tables import cart_lines

COLUMNS = cart_lines.c


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line: the price of one piece as it was when put in, and the offer it came from."""

    sku: str
    quantity: int
    price: Money
    offer: str | None = None


def lines(connection: Connection, conversation: str) -> tuple[CartLine, ...]:
    """The lines in the order they were put in."""
    query = select(cart_lines).where(COLUMNS.conversation == conversation).order_by(COLUMNS.position)
    return tuple(
        CartLine(row.sku, row.quantity, Money(row.price, row.currency), row.offer)
        for row in connection.execute(query)
    )


def put(
    connection: Connection,
    conversation: str,
    product: Product,
    quantity: int,
    offer: str | None = None,
    *,
    now: datetime,
) -> None:
    """Put pieces in; of a product that is there already the quantity grows and its offer stays."""
    if quantity < 1:
        raise ValueError(f"cannot put {quantity} pieces of {product.sku} into a cart")
    grown = cart_lines.update().where(_line(conversation, product.sku))
    values = {"quantity": COLUMNS.quantity + quantity, "price": product.price.amount}
    if connection.execute(grown.values(values)).rowcount:
        return
    last = connection.scalar(select(func.max(COLUMNS.position)).where(COLUMNS.conversation == conversation))
    row = {
        "conversation": conversation,
        "sku": product.sku,
        "quantity": quantity,
        "price": product.price.amount,
        "currency": product.price.currency,
        "offer": offer,
        "added_at": now,
        "position": 0 if last is None else last + 1,
    }
    connection.execute(cart_lines.insert(), row)


def change(connection: Connection, conversation: str, sku: str, quantity: int) -> bool:
    """Set the quantity; zero takes the line out. False where the product is not in the cart."""
    if quantity < 1:
        return remove(connection, conversation, sku)
    changed = cart_lines.update().where(_line(conversation, sku)).values(quantity=quantity)
    return connection.execute(changed).rowcount == 1


def remove(connection: Connection, conversation: str, sku: str) -> bool:
    """Take the line out; False where there was none."""
    return connection.execute(cart_lines.delete().where(_line(conversation, sku))).rowcount == 1


def replace(
    connection: Connection,
    conversation: str,
    old_sku: str,
    product: Product,
    offer: str | None,
    now: datetime,
) -> bool:
    """Put `product` in the place of `old_sku` with the same quantity; False where that is not in the cart.

    Where `product` is in the cart already, its line takes the quantity over.
    """
    old = connection.execute(select(cart_lines).where(_line(conversation, old_sku))).first()
    if old is None:
        return False
    if old_sku == product.sku:
        return True
    there = select(COLUMNS.sku).where(_line(conversation, product.sku))
    if connection.scalar(there) is not None:
        remove(connection, conversation, old_sku)
        put(connection, conversation, product, old.quantity, offer, now=now)
        return True
    values = {"sku": product.sku, "price": product.price.amount, "offer": offer, "added_at": now}
    connection.execute(cart_lines.update().where(_line(conversation, old_sku)).values(values))
    return True


def clear(connection: Connection, conversation: str) -> None:
    """Empty the cart."""
    connection.execute(cart_lines.delete().where(COLUMNS.conversation == conversation))


def total(of: Iterable[CartLine]) -> Money:
    """The gross sum of the lines, without shipping; all share one currency."""
    counted = tuple(of)
    currency = counted[0].price.currency if counted else "EUR"
    return Money(sum(line.price.amount * line.quantity for line in counted), currency)


def _line(conversation: str, sku: str) -> ColumnElement[bool]:
    return (COLUMNS.conversation == conversation) & (COLUMNS.sku == sku)
