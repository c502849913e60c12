"""Order intents and their way to the shop."""

from datetime import timedelta

import pytest

from actions.offers.products import Money
from actions.store import orders, outbox
from actions.store.carts import CartLine
from actions.store.orders import Cancelled

LINES = (CartLine("BIKE", 1, Money(89_900)), CartLine("HELMET", 2, Money(5_990)))


@pytest.fixture
def place(connection, chat, now):
    def place(key="k1", lines=LINES):
        return orders.place(connection, conversation=chat, key=key, lines=lines, shipping=Money(490), now=now)

    return place


def test_an_order_holds_its_lines_and_its_total_with_shipping(connection, chat, place):
    order = place()
    assert order.lines == LINES
    assert (order.total, order.shipping, order.state, order.number) == (
        Money(102_370),
        Money(490),
        "pending",
        None,
    )
    assert orders.of_conversation(connection, chat) == (order,)


def test_the_same_key_again_is_the_same_order_and_one_parcel(connection, chat, place, now):
    assert place() == place()
    assert len(orders.of_conversation(connection, chat)) == 1
    assert len(outbox.due(connection, now, 10)) == 1


def test_an_empty_cart_is_no_order(place):
    with pytest.raises(ValueError, match="at least one line"):
        place(lines=())


def test_the_parcel_tells_the_shop_everything(connection, place, now):
    order = place()
    (parcel,) = outbox.due(connection, now)
    assert (parcel.topic, parcel.key) == ("order", "k1")
    assert parcel.payload["order"] == order.id
    assert parcel.payload["lines"][1] == {"sku": "HELMET", "quantity": 2, "price": 5_990, "offer": None}
    assert (parcel.payload["total"], parcel.payload["currency"]) == (102_370, "EUR")


def test_the_shop_gives_the_number(connection, place, now):
    order = place()
    assert orders.accepted(connection, "k1", "R-1001", now)
    found = orders.get_by_number(connection, " R-1001 ")
    assert (found.id, found.state, found.placed_at) == (order.id, "placed", now)
    assert not orders.accepted(connection, "k1", "R-1002", now)
    assert orders.get_by_number(connection, "R-1002") is None


def test_an_order_the_shop_refused_may_still_be_accepted_later(connection, place, now):
    order = place()
    assert orders.failed(connection, "k1")
    assert orders.get(connection, order.id).state == "failed"
    assert orders.accepted(connection, "k1", "R-1", now)
    assert not orders.failed(connection, "k1")


def test_cancelling_is_asked_for_once(connection, place, now):
    order = place()
    assert orders.accepted(connection, "k1", "R-1", now)
    assert orders.cancel(connection, order.id) is Cancelled.ASKED
    assert orders.cancel(connection, order.id) is Cancelled.TOO_LATE
    assert orders.get(connection, order.id).state == "cancel_asked"


def test_an_order_that_never_left_the_house_is_cancelled_and_does_not_leave(connection, place, now):
    order = place()
    assert orders.cancel(connection, order.id) is Cancelled.IN_TIME
    assert orders.get(connection, order.id).state == "cancelled"
    assert outbox.due(connection, now) == ()
    assert outbox.counts(connection) == {"withdrawn": 1}
    assert place().state == "cancelled"
    assert outbox.due(connection, now) == ()


def test_an_order_on_its_way_keeps_its_number_and_the_wish(connection, place, now):
    order = place()
    (parcel,) = outbox.due(connection, now)
    assert outbox.take(connection, parcel.id, now)
    assert orders.cancel(connection, order.id) is Cancelled.ASKED
    outbox.sent(connection, parcel.id)
    assert orders.accepted(connection, "k1", "R-1", now)
    assert not orders.accepted(connection, "k1", "R-2", now)
    found = orders.get(connection, order.id)
    assert (found.state, found.number, found.placed_at) == ("cancel_asked", "R-1", now)


def test_an_order_the_shop_refuses_after_the_wish_is_cancelled(connection, place, now):
    order = place()
    (parcel,) = outbox.due(connection, now)
    outbox.take(connection, parcel.id, now)
    orders.cancel(connection, order.id)
    assert orders.failed(connection, "k1")
    assert orders.get(connection, order.id).state == "cancelled"


def test_only_one_carrier_takes_a_parcel_and_one_that_died_is_replaced(connection, place, now):
    place()
    (parcel,) = outbox.due(connection, now)
    assert outbox.take(connection, parcel.id, now)
    assert not outbox.take(connection, parcel.id, now)
    assert outbox.due(connection, now) == ()
    later = now + outbox.ON_THE_WAY
    assert [each.id for each in outbox.due(connection, later)] == [parcel.id]
    assert outbox.take(connection, parcel.id, later)


def test_an_order_nobody_knows_cannot_be_cancelled(connection):
    assert orders.cancel(connection, "no-such-order") is Cancelled.TOO_LATE


def test_a_parcel_that_arrived_is_not_due_again(connection, place, now):
    place()
    (parcel,) = outbox.due(connection, now)
    outbox.sent(connection, parcel.id)
    assert outbox.due(connection, now) == ()
    assert outbox.counts(connection) == {"sent": 1}


def test_a_parcel_that_did_not_arrive_waits_for_its_time(connection, place, now):
    place()
    (parcel,) = outbox.due(connection, now)
    later = now + timedelta(minutes=1)
    outbox.retry(connection, parcel.id, "timeout", later)
    assert outbox.due(connection, now) == ()
    (again,) = outbox.due(connection, later)
    assert (again.attempts, again.error) == (1, "timeout")


def test_a_parcel_given_up_is_shown_and_not_tried(connection, place, now):
    place()
    (parcel,) = outbox.due(connection, now)
    outbox.give_up(connection, parcel.id, "x" * 500)
    assert outbox.due(connection, now) == ()
    (dead,) = outbox.dead(connection)
    assert (dead.key, dead.attempts, len(dead.error)) == ("k1", 1, 200)


def test_parcels_go_out_in_the_order_they_came(connection, place, now):
    for key in ("first", "second", "third"):
        place(key)
    assert [parcel.key for parcel in outbox.due(connection, now, 2)] == ["first", "second"]
