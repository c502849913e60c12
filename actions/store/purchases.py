"""What a person already has: by the orders of this chat, and with their consent by all their orders."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, or_, select

from actions.store import consents
from actions.store.tables import orders, past_order_lines, products

KEPT = ("pending", "placed", "cancel_asked")


def owned_families(
    connection: Connection, *, conversation: str | None = None, customer: str | None = None
) -> frozenset[str]:
    """The models of the chat's own orders; the customer's earlier ones only where they consented."""
    known = customer if consents.is_given(connection, customer=customer, conversation=conversation) else None
    return families_bought(connection, conversation=conversation, customer=known)


def families_bought(
    connection: Connection, *, conversation: str | None = None, customer: str | None = None
) -> frozenset[str]:
    """The models ordered in a chat or by a customer, here or in the imported history; never asks for consent."""
    if not conversation and not customer:
        return frozenset()
    found = _families(connection, products.c.sku.in_(_ordered(connection, conversation, customer)))
    if not customer:
        return found
    imported = select(past_order_lines.c.sku).where(past_order_lines.c.customer == customer)
    return found | _families(connection, products.c.sku.in_(imported))


def _ordered(connection: Connection, conversation: str | None, customer: str | None) -> Iterable[str]:
    whose = orders.c.conversation == conversation
    if customer:
        whose = or_(whose, orders.c.customer == customer)
    made = connection.scalars(select(orders.c.lines).where(whose, orders.c.state.in_(KEPT)))
    return {line["sku"] for lines in made for line in lines}


def _families(connection: Connection, which: ColumnElement[bool]) -> frozenset[str]:
    return frozenset(connection.scalars(select(products.c.family).where(which).distinct()))
