"""The books of the kill test notice what they are there for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, update

from actions.shop.embedded import EmbeddedShop
from actions.store.engine import reading, writing
from actions.store.orders import of_conversation
from actions.store.tables import orders, products, shop_orders
from bot.gateway.relay import Relay
from tests.gateway.shop import LOCK
from tests.gateway.test_relay import CHAT, Clock, order
from tests.stack.accounts import Accounts, Count, Told

Books = Callable[[Told], Count]


@pytest.fixture
def books(database: Engine) -> Books:
    """One lock was ordered and went to the shop; says what differs from what the shopper was told."""
    accounts = Accounts(Path(str(database.url.database)).parent)
    accounts.open()
    order(database)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()

    def settled(told: Told) -> Count:
        count = Count()
        accounts.settle(count, {CHAT: told})
        return count

    return settled


@pytest.fixture
def truth(books: Books, database: Engine) -> Told:
    with reading(database) as connection:
        (made,) = of_conversation(connection, CHAT)
    return Told(cart={}, orders={made.id: {LOCK: 1}})


def test_what_was_told_and_kept_does_no_harm(books: Books, truth: Told) -> None:
    settled = books(truth)
    assert settled.harm == {}
    assert (settled.orders_told, settled.carts_compared) == (1, 1)


@pytest.mark.parametrize(
    ("change", "harm"),
    [
        ({"orders": {}}, {"orders_untold": 1}),
        ({"orders": {"lost": {LOCK: 1}}}, {"orders_untold": 1, "orders_missing": 1}),
        ({"cart": {LOCK: 1}}, {"carts_differ": 1}),
    ],
)
def test_a_promise_that_was_not_kept_is_noticed(
    books: Books, truth: Told, change: dict[str, Any], harm: dict[str, int]
) -> None:
    told = Told(**{"cart": truth.cart, "orders": truth.orders, **change})
    assert books(told).harm == harm


def test_an_order_with_other_pieces_than_told_is_noticed(books: Books, truth: Told) -> None:
    (only,) = truth.orders
    assert books(Told(orders={only: {LOCK: 2}})).harm == {"orders_differ": 1}


@pytest.mark.parametrize(
    ("deed", "harm"),
    [
        (delete(shop_orders), {"shop_orders_missing": 1}),
        (update(products).where(products.c.sku == LOCK).values(stock=products.c.stock - 1), {"stock_differs": 1}),
        (update(orders).values(number="12345678"), {"shop_orders_missing": 1, "shop_orders_untold": 1}),
    ],
)
def test_an_effect_that_happened_twice_or_never_is_noticed(
    books: Books, truth: Told, database: Engine, deed: Any, harm: dict[str, int]
) -> None:
    with writing(database) as connection:
        connection.execute(deed)
    assert books(truth).harm == harm


def test_an_order_the_shop_has_twice_under_another_key_is_noticed(
    books: Books, truth: Told, database: Engine
) -> None:
    with writing(database) as connection:
        row = {"number": "1", "key": "k2", "lines": [], "total": 1, "currency": "EUR", "state": "placed"}
        connection.execute(insert(shop_orders), {**row, "placed_at": Clock().now})
    assert books(truth).harm == {"shop_orders_untold": 1}
