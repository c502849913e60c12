"""What becomes of an order that is cancelled, asked about or sent, in every order of events."""

import pytest

from actions.offers.products import Money
from actions.shop.embedded import EmbeddedShop
from actions.store import orders
from actions.store.carts import CartLine
from actions.store.engine import reading, writing
from actions.store.orders import Order
from actions.store.tables import handoffs, shop_orders
from bot.gateway.relay import Relay
from tests.conversations.shopper import Shopper

SKU = "FLASCHE-500-CLEAR"


@pytest.fixture
def relay(shopper: Shopper) -> Relay:
    house = shopper.house
    return Relay(house.engine, EmbeddedShop(house.engine, house.clock), house.clock)


def has_ordered(shopper: Shopper) -> Order:
    """The shopper has pressed the order button."""
    lines = [CartLine(SKU, 1, Money(790))]
    with writing(shopper.house.engine) as connection:
        return orders.place(
            connection,
            conversation=shopper.conversation,
            key="k1",
            lines=lines,
            shipping=Money(490),
            now=shopper.house.clock(),
        )


def the_order(shopper: Shopper) -> Order:
    with reading(shopper.house.engine) as connection:
        return orders.of_conversation(connection, shopper.conversation)[0]


def rows(shopper: Shopper, table) -> int:
    with reading(shopper.house.engine) as connection:
        return len(connection.execute(table.select()).all())


def cancels(shopper: Shopper) -> str:
    shopper.says("bitte stornieren", "cancel_order")
    shopper.presses("Ja, stornieren")
    return shopper.text


def test_cancelled_before_it_left_the_house_it_is_cancelled_and_never_sent(shopper: Shopper, relay: Relay) -> None:
    order = has_ordered(shopper)
    assert f"(Vorgang {order.id[:8]}) ist storniert" in cancels(shopper)
    assert relay.deliver_due() == 0
    assert (rows(shopper, shop_orders), rows(shopper, handoffs)) == (0, 0)
    shopper.says("wo ist meine bestellung?", "order_status")
    assert "ist storniert" in shopper.text


def test_cancelled_after_it_arrived_the_wish_goes_to_people_with_the_shops_number(
    shopper: Shopper, relay: Relay
) -> None:
    has_ordered(shopper)
    relay.deliver_due()
    number = the_order(shopper).number
    assert number
    assert "Stornowunsch ist vermerkt" in cancels(shopper)
    shopper.says("wo ist meine bestellung?", "order_status")
    assert number in shopper.text
    assert "Stornowunsch vermerkt" in shopper.text
    assert (rows(shopper, shop_orders), rows(shopper, handoffs)) == (1, 1)


def test_sent_between_the_question_and_the_yes_it_is_not_said_to_be_cancelled(
    shopper: Shopper, relay: Relay
) -> None:
    has_ordered(shopper)
    shopper.says("bitte stornieren", "cancel_order")
    relay.deliver_due()
    shopper.presses("Ja, stornieren")
    assert "Stornowunsch ist vermerkt" in shopper.text
    assert the_order(shopper).state == "cancel_asked"
    assert the_order(shopper).number


def test_asked_twice_the_second_answer_tells_how_it_stands(shopper: Shopper, relay: Relay) -> None:
    has_ordered(shopper)
    relay.deliver_due()
    cancels(shopper)
    shopper.says("bitte stornieren", "cancel_order")
    assert "Stornowunsch vermerkt" in shopper.text
    assert rows(shopper, handoffs) == 1


def test_an_order_kept_after_all_is_sent(shopper: Shopper, relay: Relay) -> None:
    has_ordered(shopper)
    shopper.says("bitte stornieren", "cancel_order")
    shopper.presses("Nein, behalten")
    assert relay.deliver_due() == 1
    assert the_order(shopper).state == "placed"
