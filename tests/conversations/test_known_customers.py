"""A shopper the shop knows: with their consent what they have is not offered, without it they are a stranger."""

from dataclasses import replace
from uuid import uuid4

from actions.offers.products import Money
from actions.store import conversations, orders
from actions.store.carts import CartLine
from actions.store.engine import writing
from actions.store.tables import past_order_lines
from bot.privacy.anonymising import anonymise
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike

CUSTOMER = "C-REGULAR"


def is_known(shopper: Shopper, *bought: str) -> None:
    """The shop knows the shopper and what they bought last year."""
    now = shopper.house.clock()
    with writing(shopper.house.engine) as connection:
        conversations.save(connection, replace(shopper.state, customer=CUSTOMER), now)
        for number, sku in enumerate(bought):
            row = {"order_id": f"{CUSTOMER}-{number}", "ordered_at": now, "customer": CUSTOMER, "sku": sku}
            connection.execute(past_order_lines.insert(), {**row, "quantity": 1})


def offered_to(shopper: Shopper) -> list[str]:
    return sorted(offer.sku for offer in shopper.shown())


def withheld(shopper: Shopper) -> dict[str, str]:
    return {each["sku"]: each["reason"] for each in shopper.decisions()[-1].withheld}


def what_strangers_are_offered(shopper: Shopper) -> list[str]:
    stranger = Shopper(shopper.house)
    buys_a_mountain_bike(stranger)
    return offered_to(stranger)


def test_with_consent_what_the_customer_has_is_left_out(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, usual[0])
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    buys_a_mountain_bike(shopper)
    assert usual[0] not in offered_to(shopper)
    assert withheld(shopper)[usual[0]] == "already_owned"


def test_without_consent_a_known_customer_is_offered_what_a_stranger_is(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual
    assert shopper.offers[0]["reason"]["code"] in {"curated", "bought_together", "also_bought"}
    assert "already_owned" not in withheld(shopper).values()


def test_a_consent_withdrawn_counts_from_the_next_offer_on(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    shopper.says("ich widerrufe", "withdraw_consent")
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual


def test_a_consent_withdrawn_in_one_chat_is_withdrawn_in_all(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    later = Shopper(shopper.house)
    is_known(later)
    later.says("ich widerrufe", "withdraw_consent")
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual


def test_erasing_the_chat_of_the_withdrawal_does_not_bring_an_older_consent_back(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    later = Shopper(shopper.house)
    is_known(later)
    later.says("ich widerrufe", "withdraw_consent")
    with writing(shopper.house.engine) as connection:
        conversations.delete(connection, later.conversation)
    assert shopper.state.consent == "service"
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual


def test_with_what_was_said_it_is_forgotten_in_time_who_said_it_and_a_consent_has_to_be_given_anew(
    shopper: Shopper,
) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    with writing(shopper.house.engine) as connection:
        anonymise(connection, [shopper.conversation], shopper.house.clock())
    assert shopper.state.customer is None
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual


def test_a_consent_without_a_customer_opens_nothing(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual


def test_what_was_ordered_in_this_chat_is_not_offered_a_minute_later(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    with writing(shopper.house.engine) as connection:
        orders.place(
            connection,
            conversation=shopper.conversation,
            key=uuid4().hex,
            lines=[CartLine(usual[0], 1, Money(100))],
            shipping=Money(0),
            now=shopper.house.clock(),
        )
    buys_a_mountain_bike(shopper)
    assert withheld(shopper)[usual[0]] == "already_owned"


def test_erasing_makes_a_customer_a_stranger_again(shopper: Shopper) -> None:
    usual = what_strangers_are_offered(shopper)
    is_known(shopper, *usual)
    shopper.says("ihr dürft meine käufe nutzen", "give_consent")
    shopper.says("lösch meine daten", "erase_data")
    shopper.says("ja", "confirm")
    assert shopper.state.customer is None
    buys_a_mountain_bike(shopper)
    assert offered_to(shopper) == usual
