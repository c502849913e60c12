"""From cart to order: the hand-off page with everything the law wants said, and one order per click."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from actions.offers.limits import OfferLimits
from actions.offers.products import Money, Product
from actions.offers.shipping import shipping_of
from actions.offers.situation import Stage
from actions.store import carts, conversations, orders, policy
from actions.store.carts import CartLine
from actions.store.catalogue import CatalogueSnapshot
from actions.store.conversations import Conversation
from actions.store.engine import reading, writing
from actions.store.orders import Order
from actions.store.products import refreshed

Clock = Callable[[], datetime]


def form_seal(conversation: str) -> str:
    """The purpose an order form is sealed for: it counts for the cart of this chat only."""
    return f"order.{conversation}"


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """One line at today's price; `product` is None where it is no longer sold."""

    sku: str
    quantity: int
    price: Money
    product: Product | None
    price_before: Money | None
    offer: str | None

    @property
    def total(self) -> Money:
        """Price times quantity."""
        return Money(self.price.amount * self.quantity, self.price.currency)

    @property
    def short(self) -> bool:
        """True where fewer pieces are there than wanted."""
        return self.product is None or self.product.stock < self.quantity


@dataclass(frozen=True, slots=True)
class Summary:
    """What would be ordered; `key` is the same as long as nothing in it changes."""

    lines: tuple[CheckoutLine, ...]
    goods: Money
    shipping: Money
    key: str

    @property
    def total(self) -> Money:
        """Goods and shipping."""
        return Money(self.goods.amount + self.shipping.amount, self.goods.currency)

    @property
    def orderable(self) -> bool:
        """True where every line can be delivered."""
        return bool(self.lines) and not any(line.short for line in self.lines)


@dataclass(frozen=True, slots=True)
class Desk:
    """The state a checkout page shows."""

    conversation: Conversation
    summary: Summary
    orders: tuple[Order, ...]


def desk(database: Engine, snapshot: CatalogueSnapshot, limits: OfferLimits, conversation_id: str) -> Desk | None:
    """What the checkout of a conversation shows under these limits; None where the chat is gone."""
    with reading(database) as connection:
        return _desk(connection, snapshot, limits, conversation_id)


def order(
    database: Engine,
    snapshot: CatalogueSnapshot,
    conversation_id: str,
    key: str,
    clock: Clock,
    customer: str | None = None,
) -> Order | None:
    """Order what the page with this `key` showed, once; None where the cart has changed or cannot be delivered.

    `customer` is the key of an address typed at the checkout; who the shop itself vouched for stays who they are.
    """
    with writing(database) as connection:
        now = clock()
        state = _desk(connection, snapshot, policy.limits(snapshot, now), conversation_id)
        if state is None:
            return None
        known = next((order for order in state.orders if order.key == key), None)
        if known is not None:
            return known
        summary = state.summary
        if summary.key != key or not summary.orderable:
            return None
        who = state.conversation.customer or customer
        made = orders.place(
            connection,
            conversation=conversation_id,
            key=key,
            lines=[CartLine(line.sku, line.quantity, line.price, line.offer) for line in summary.lines],
            shipping=summary.shipping,
            now=now,
            customer=who,
        )
        carts.clear(connection, conversation_id)
        conversations.save(connection, replace(state.conversation, stage=Stage.ORDERED, customer=who), now)
    return made


def _desk(
    connection: Connection, snapshot: CatalogueSnapshot, limits: OfferLimits, conversation_id: str
) -> Desk | None:
    conversation = conversations.get(connection, conversation_id)
    if conversation is None:
        return None
    made = orders.of_conversation(connection, conversation_id)
    lines = carts.lines(connection, conversation_id)
    known = (snapshot.product(line.sku) for line in lines)
    fresh = refreshed(connection, [product for product in known if product])
    summary = summarise(conversation_id, lines, fresh, limits, len(made))
    return Desk(conversation, summary, made)


def summarise(
    conversation_id: str,
    lines: tuple[CartLine, ...],
    fresh: dict[str, Product],
    limits: OfferLimits,
    orders_before: int,
) -> Summary:
    """Price the cart at today's prices; the key changes with every line, price and earlier order."""
    priced = tuple(_priced(line, fresh.get(line.sku)) for line in lines)
    currency = priced[0].price.currency if priced else "EUR"
    goods = sum(line.total.amount for line in priced)
    shipping = shipping_of(goods, limits).cost if priced else 0
    content = [orders_before, shipping, *([line.sku, line.quantity, line.price.amount] for line in priced)]
    # the key outlives the chat with the order, so it must not tell which chat that was
    key = hashlib.sha256(json.dumps([conversation_id, content]).encode()).hexdigest()[:40]
    return Summary(priced, Money(goods, currency), Money(shipping, currency), key)


def _priced(line: CartLine, product: Product | None) -> CheckoutLine:
    price = product.price if product else line.price
    before = line.price if price != line.price else None
    return CheckoutLine(line.sku, line.quantity, price, product, before, line.offer)
