"""Orders cancelled before, while and after the shop takes them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from actions.shop.embedded import EmbeddedShop
from actions.shop.protocol import OrderRequest, Placed
from actions.store import outbox
from actions.store.engine import reading, writing
from actions.store.orders import Cancelled
from actions.store.tables import shop_orders
from bot.gateway.relay import Relay
from tests.gateway.relaying import NOW, Clock, ClosedShop, Watched, cancels, one_order, order, stock_of_the_lock


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
