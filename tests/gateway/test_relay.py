"""The way from outbox to shop: once, patiently, and not for ever."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.shop.protocol import OrderRequest, Placed, Refused, ShopRefusal
from actions.store import conversations, outbox
from actions.store.carts import CartLine
from actions.store.engine import reading, writing
from actions.store.mining import mine
from actions.store.pairs import in_force
from actions.store.tables import outbox as parcels
from actions.store.tables import past_order_lines, products, shop_orders
from bot.gateway.relay import ATTEMPTS, Relay
from tests.gateway.relaying import (
    CHAT,
    NOW,
    Clock,
    ClosedShop,
    one_order,
    order,
)
from tests.gateway.shop import HELMET, LOCK


def test_an_order_arrives_once_even_if_its_receipt_was_lost(database: Engine) -> None:
    order(database)
    relay = Relay(database, EmbeddedShop(database), Clock())
    relay.deliver_due()
    number = one_order(database).number
    with writing(database) as connection:
        connection.execute(parcels.update().values(state="waiting"))
    relay.deliver_due()
    with reading(database) as connection:
        assert connection.scalars(select(shop_orders.c.number)).all() == [number]
        assert connection.scalar(select(products.c.stock).where(products.c.sku == LOCK)) == 1
    assert one_order(database).state == "placed"


def test_a_closed_shop_is_tried_again_later_and_later(database: Engine) -> None:
    order(database)
    clock, shop = Clock(), ClosedShop()
    relay = Relay(database, shop, clock)
    assert relay.deliver_due() == 1
    assert relay.deliver_due() == 0
    clock.now += timedelta(seconds=1)
    assert relay.deliver_due() == 1
    clock.now += timedelta(seconds=1)
    assert relay.deliver_due() == 0
    clock.now += timedelta(seconds=1)
    assert relay.deliver_due() == 1
    assert shop.tried == ["k1"] * 3
    assert one_order(database).state == "pending"


def test_an_order_nobody_takes_ends_as_a_dead_letter(database: Engine) -> None:
    order(database)
    clock = Clock()
    relay = Relay(database, ClosedShop(), clock)
    for _ in range(ATTEMPTS):
        clock.now += timedelta(hours=1)
        assert relay.deliver_due() == 1
    assert relay.deliver_due() == 0
    with reading(database) as connection:
        (dead,) = outbox.dead(connection)
    assert (dead.key, dead.error, dead.attempts) == ("k1", "closed", ATTEMPTS)
    assert one_order(database).state == "failed"


def test_a_sold_out_order_is_refused_whole(database: Engine) -> None:
    order(database, quantity=3)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()
    with reading(database) as connection:
        (dead,) = outbox.dead(connection)
        assert connection.execute(select(shop_orders)).all() == []
        assert connection.scalar(select(products.c.stock).where(products.c.sku == LOCK)) == 2
    assert dead.error == f"not_enough_stock {LOCK}"
    assert one_order(database).state == "failed"


def test_a_parcel_nobody_understands_does_not_stop_the_others(database: Engine) -> None:
    with writing(database) as connection:
        outbox.post(connection, topic="pigeon", key="p", payload={}, now=NOW)
        outbox.post(connection, topic="order", key="q", payload={"lines": 1}, now=NOW)
    order(database)
    assert Relay(database, EmbeddedShop(database), Clock()).deliver_due() == 3
    assert one_order(database).state == "placed"
    with reading(database) as connection:
        assert {dead.key for dead in outbox.dead(connection)} == {"p", "q"}


async def test_the_relay_wakes_when_an_order_comes(database: Engine) -> None:
    relay = Relay(database, EmbeddedShop(database), Clock())
    running = asyncio.create_task(relay.run(pause=60))
    await asyncio.to_thread(order, database)
    async with asyncio.timeout(5):
        while one_order(database).state != "placed":
            relay.wake_from_thread()
            await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_fault_costs_a_round_and_not_the_relay(database: Engine, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(EmbeddedShop):
        faults = 1

        def place(self, order: OrderRequest) -> Placed | Refused:
            if self.faults:
                self.faults -= 1
                clock.now += outbox.ON_THE_WAY
                raise RuntimeError("bug")
            return super().place(order)

    order(database)
    clock = Clock()
    relay = Relay(database, Broken(database), clock)
    running = asyncio.create_task(relay.run(pause=0))
    async with asyncio.timeout(5):
        while one_order(database).state != "placed":
            await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert "the relay lost a round" in caplog.text


def test_the_shop_puts_in_no_more_than_it_has(database: Engine) -> None:
    shop = EmbeddedShop(database)
    with writing(database) as connection:
        conversations.create(connection, conversation_id=CHAT, language="de", channel="web", now=NOW)
    assert shop.add_to_cart(CHAT, LOCK, 1) == CartLine(LOCK, 1, Money(2990))
    assert shop.add_to_cart(CHAT, LOCK, 2) == Refused(ShopRefusal.NOT_ENOUGH_STOCK, LOCK, 1)
    assert shop.add_to_cart(CHAT, LOCK, 1) == CartLine(LOCK, 2, Money(2990))
    assert shop.add_to_cart(CHAT, "NO-SUCH", 1) == Refused(ShopRefusal.UNKNOWN_PRODUCT, "NO-SUCH")
    assert shop.add_to_cart(CHAT, LOCK, 0) == Refused(ShopRefusal.BAD_QUANTITY, LOCK)


def test_the_shop_tells_its_products(database: Engine) -> None:
    shop = EmbeddedShop(database)
    assert {product.sku for product in shop.iter_products()} >= {HELMET, LOCK}
    helmet = shop.get(HELMET)
    assert helmet and helmet.price == Money(7990)
    assert shop.get("NO-SUCH") is None


def test_order_numbers_are_eight_digits(database: Engine) -> None:
    placed = EmbeddedShop(database).place(OrderRequest("k", (CartLine(HELMET, 1, Money(7990)),), Money(7990)))
    assert isinstance(placed, Placed)
    assert len(placed.number) == 8
    assert placed.number.isdecimal()


def test_an_order_the_shop_took_joins_the_history_and_the_counts(database: Engine) -> None:
    mine(database)
    order(database)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()
    number = one_order(database).number
    with reading(database) as connection:
        line = connection.execute(select(past_order_lines).where(past_order_lines.c.order_id == number)).one()
        counted = in_force(connection)
    assert (line.sku, line.quantity, line.price, line.customer) == (LOCK, 1, 2990, None)
    assert counted is not None
    assert counted.orders == 1


def test_an_order_the_shop_refused_is_not_counted(database: Engine) -> None:
    order(database, quantity=999)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()
    assert one_order(database).state == "failed"
    with reading(database) as connection:
        assert connection.execute(select(past_order_lines)).all() == []


def test_a_count_that_fails_costs_the_order_nothing(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("UPDATE", None, Exception("locked"))

    order(database)
    monkeypatch.setattr("bot.gateway.relay.count_order", locked)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()
    assert one_order(database).state == "placed"
    assert mine(database).orders == 1
