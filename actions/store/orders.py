"""Order intents: written here first and once, then taken to the shop through the outbox."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from actions.offers.products import Money
from actions.store import outbox
from actions.store.bulk import insert_new
from actions.store.carts import CartLine, total
from actions.store.tables import orders

COLUMNS = orders.c


class Cancelled(StrEnum):
    """What became of a wish to cancel."""

    IN_TIME = "in_time"
    ASKED = "asked"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Order:
    """An order; `number` is the shop's and known once it has accepted, `total` includes shipping."""

    id: str
    conversation: str | None
    key: str
    number: str | None
    state: str
    lines: tuple[CartLine, ...]
    total: Money
    shipping: Money
    created_at: datetime
    placed_at: datetime | None = None


def place(
    connection: Connection,
    *,
    conversation: str,
    key: str,
    lines: Iterable[CartLine],
    shipping: Money,
    now: datetime,
    customer: str | None = None,
) -> Order:
    """Write the intent and post it to the shop; the same key again returns the order it already made."""
    wanted = tuple(lines)
    if not wanted:
        raise ValueError("an order needs at least one line")
    goods = total(wanted)
    row = {
        "id": uuid.uuid4().hex,
        "conversation": conversation,
        "customer": customer,
        "key": key,
        "state": "pending",
        "lines": [_line_document(line) for line in wanted],
        "total": goods.amount + shipping.amount,
        "shipping": shipping.amount,
        "currency": goods.currency,
        "created_at": now,
    }
    insert_new(connection, orders, [row], ["key"])
    order = _one(connection, COLUMNS.key == key)
    if order is None:
        raise LookupError(f"the order of key {key} was not kept")
    payload = {
        "order": order.id,
        "lines": [_line_document(line) for line in order.lines],
        "shipping": order.shipping.amount,
        "total": order.total.amount,
        "currency": order.total.currency,
    }
    outbox.post(connection, topic="order", key=key, payload=payload, now=now)
    return order


def get(connection: Connection, order_id: str) -> Order | None:
    """The order of this id."""
    return _one(connection, COLUMNS.id == order_id)


def get_by_number(connection: Connection, number: str) -> Order | None:
    """The order the shop gave this number."""
    return _one(connection, COLUMNS.number == number.strip())


def of_conversation(connection: Connection, conversation: str) -> tuple[Order, ...]:
    """The orders of a conversation, oldest first."""
    query = select(orders).where(COLUMNS.conversation == conversation)
    return tuple(_order(row) for row in connection.execute(query.order_by(COLUMNS.created_at, COLUMNS.id)))


def accepted(connection: Connection, key: str, number: str, now: datetime) -> bool:
    """The shop has taken the order of `key` and gave it `number`; False where none was waiting for that.

    An order that somebody wanted to cancel meanwhile gets its number, and the wish stands.
    """
    given = {"number": number, "placed_at": now}
    if _move(connection, COLUMNS.key == key, ("pending", "failed"), {**given, "state": "placed"}):
        return True
    return _move(connection, (COLUMNS.key == key) & COLUMNS.number.is_(None), ("cancel_asked",), given)


def failed(connection: Connection, key: str) -> bool:
    """The shop did not take the pending order of `key`; one that was to be cancelled is cancelled with that."""
    if _move(connection, COLUMNS.key == key, ("pending",), {"state": "failed"}):
        return True
    return _move(connection, COLUMNS.key == key, ("cancel_asked",), {"state": "cancelled"})


def cancel(connection: Connection, order_id: str) -> Cancelled:
    """The shopper wants the order cancelled.

    An order that never left the house is cancelled at once and does not leave any more. One that is on its way, or
    may have arrived unheard, or has arrived, is the shop's to cancel: the wish is written down for people.
    """
    order = get(connection, order_id)
    tried = outbox.call_back(connection, order.key) if order and order.state == "pending" else None
    if tried == 0 and _move(connection, COLUMNS.id == order_id, ("pending",), {"state": "cancelled"}):
        return Cancelled.IN_TIME
    asked = _move(connection, COLUMNS.id == order_id, ("pending", "placed"), {"state": "cancel_asked"})
    return Cancelled.ASKED if asked else Cancelled.TOO_LATE


def is_wanted(connection: Connection, key: str) -> bool:
    """False where the order of `key` was cancelled, or somebody wants it to be."""
    state = connection.scalar(select(COLUMNS.state).where(COLUMNS.key == key))
    return state not in ("cancel_asked", "cancelled")


def _move(
    connection: Connection, which: ColumnElement[bool], states: tuple[str, ...], values: dict[str, Any]
) -> bool:
    ready = which & COLUMNS.state.in_(states)
    return connection.execute(orders.update().where(ready).values(values)).rowcount == 1


def _one(connection: Connection, condition: ColumnElement[bool]) -> Order | None:
    row = connection.execute(select(orders).where(condition)).first()
    return None if row is None else _order(row)


def _order(row: Any) -> Order:
    return Order(
        id=row.id,
        conversation=row.conversation,
        key=row.key,
        number=row.number,
        state=row.state,
        lines=tuple(_line(document, row.currency) for document in row.lines),
        total=Money(row.total, row.currency),
        shipping=Money(row.shipping, row.currency),
        created_at=row.created_at,
        placed_at=row.placed_at,
    )


def _line_document(line: CartLine) -> dict[str, Any]:
    return {"sku": line.sku, "quantity": line.quantity, "price": line.price.amount, "offer": line.offer}


def _line(document: dict[str, Any], currency: str) -> CartLine:
    price = Money(document["price"], currency)
    return CartLine(document["sku"], document["quantity"], price, document.get("offer"))
