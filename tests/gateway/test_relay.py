"""The way from outbox to shop: once, patiently, and not for ever."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.shop.protocol import OrderRequest, Placed, Refused, ShopRefusal, ShopUnreachableError
from actions.store import conversations, orders, outbox
from actions.store.carts import CartLine
from actions.store.engine import reading, writing
from actions.store.mining import mine
from actions.store.orders import Cancelled
from actions.store.pairs import in_force
from actions.store.tables import outbox as parcels
from actions.store.tables import past_order_lines, products, shop_orders
from bot.gateway.relay import ATTEMPTS, Relay
from tests.gateway.shop import HELMET, LOCK

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


def test_nothing_is_relayed_after_a_cancellation_that_came_first(database: Engine) -> None:
    order(database)
    assert cancels(database) is Cancelled.IN_TIME
    shop = Watched(database)
    assert Relay(database, shop, Clock()).deliver_due() == 0
    assert (shop.reached, one_order(database).state, stock_of_the_lock(database)) == ([], "cancelled", 2)


def test_a_cancellation_between_looking_and_carrying_off_still_comes_first(database: Engine) -> None:
    order(database)
    with reading(database) as connection:
        (seen,) = outbox.due(connection, NOW)
    assert cancels(database) is Cancelled.IN_TIME
    shop = Watched(database)
    Relay(database, shop, Clock())._deliver(seen)
    assert (shop.reached, one_order(database).state) == ([], "cancelled")


def test_a_cancellation_while_the_shop_takes_the_order_leaves_number_and_wish(database: Engine) -> None:
    order(database)
    said: list[Cancelled] = []
    shop = Watched(database, lambda: said.append(cancels(database)))
    relay = Relay(database, shop, Clock())
    relay.deliver_due()
    assert said == [Cancelled.ASKED]
    made = one_order(database)
    with reading(database) as connection:
        assert connection.scalars(select(shop_orders.c.number)).all() == [made.number]
    assert made.state == "cancel_asked"
    assert relay.deliver_due() == 0
    assert shop.reached == ["k1"]


def test_a_cancellation_after_delivery_is_the_shops_to_decide(database: Engine) -> None:
    order(database)
    Relay(database, EmbeddedShop(database), Clock()).deliver_due()
    number = one_order(database).number
    assert cancels(database) is Cancelled.ASKED
    assert cancels(database) is Cancelled.TOO_LATE
    assert (one_order(database).state, one_order(database).number) == ("cancel_asked", number)


def test_an_order_that_may_have_arrived_unheard_is_not_sent_again_once_it_is_unwanted(database: Engine) -> None:
    order(database)
    clock, closed = Clock(), ClosedShop()
    Relay(database, closed, clock).deliver_due()
    assert cancels(database) is Cancelled.ASKED
    clock.now += timedelta(hours=1)
    shop = Watched(database)
    assert Relay(database, shop, clock).deliver_due() == 0
    assert (closed.tried, shop.reached, one_order(database).state) == (["k1"], [], "cancel_asked")


def test_a_cancellation_during_a_try_that_fails_ends_the_tries(database: Engine) -> None:
    class Closing(ClosedShop):
        def place(self, order: OrderRequest) -> Placed:
            cancels(database)
            return super().place(order)

    order(database)
    clock, shop = Clock(), Closing()
    relay = Relay(database, shop, clock)
    relay.deliver_due()
    clock.now += timedelta(hours=1)
    assert relay.deliver_due() == 0
    assert (shop.tried, one_order(database).state) == (["k1"], "cancel_asked")
    with reading(database) as connection:
        assert outbox.counts(connection) == {"withdrawn": 1}


def test_a_relay_that_died_on_the_way_is_followed_by_another_and_the_shop_has_one_order(database: Engine) -> None:
    order(database)

    def dies() -> None:
        raise KeyboardInterrupt

    clock, shop = Clock(), Watched(database, dies)
    with pytest.raises(KeyboardInterrupt):
        Relay(database, shop, clock).deliver_due()
    again = Relay(database, shop, clock)
    assert again.deliver_due() == 0
    clock.now += outbox.ON_THE_WAY
    assert again.deliver_due() == 1
    assert (shop.reached, one_order(database).state, stock_of_the_lock(database)) == (["k1", "k1"], "placed", 1)


def test_what_was_on_its_way_when_the_relay_died_stays_here_once_it_is_unwanted(database: Engine) -> None:
    order(database)
    with writing(database) as connection:
        (parcel,) = outbox.due(connection, NOW)
        outbox.take(connection, parcel.id, NOW)
    assert cancels(database) is Cancelled.ASKED
    clock, shop = Clock(), Watched(database)
    clock.now += outbox.ON_THE_WAY
    Relay(database, shop, clock).deliver_due()
    assert (shop.reached, one_order(database).state) == ([], "cancel_asked")


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
