"""A shopper put off by shipping hears the honest sums, and is never talked into a dear item."""

from collections.abc import Callable

import pytest

from actions.store import carts, policy
from actions.store.catalogue import live_product
from actions.store.engine import writing
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike

TUBE, BOTTLE = 690, 790
WORDS = "der versand ist mir zu teuer, hilft da die trinkflasche quell?"


def with_a_tube(shopper: Shopper, *, shipping: int, free_from: int = TUBE + BOTTLE - 100) -> Shopper:
    """Shipping costs so much, and a tube lies in the cart."""
    with writing(shopper.house.engine) as connection:
        policy.set_value(connection, "shipping_cost", shipping)
        policy.set_value(connection, "free_shipping_from", free_from)
        tube = live_product(connection, "SCHLAUCH-29-AV")
        assert tube and tube.price.amount == TUBE
        carts.put(connection, shopper.conversation, tube, 1, now=shopper.house.clock())
    return shopper


@pytest.mark.parametrize(
    ("shipping", "said"),
    [
        (BOTTLE + 40, "fast dasselbe"),
        (BOTTLE - 40, "fast dasselbe"),
        (BOTTLE + 300, "also 3,00 € weniger"),
        (BOTTLE - 300, "also 3,00 € mehr"),
    ],
)
def test_a_named_item_is_weighed_against_the_shipping_it_saves(shopper: Shopper, shipping: int, said: str) -> None:
    with_a_tube(shopper, shipping=shipping)
    shopper.says(WORDS, "hesitate")
    told = shopper.text
    assert said in told
    assert "14,80 €" in told
    assert f"{(TUBE + shipping) / 100:.2f} €".replace(".", ",") in told
    assert shopper.offers == []
    assert sum(shopper.cart.values()) == 1


@pytest.mark.parametrize("text", ["was fehlt noch bis versandkostenfrei?", "ab wann ist der versand frei?"])
def test_who_asks_for_free_shipping_hears_what_is_missing(shopper: Shopper, text: str) -> None:
    with_a_tube(shopper, shipping=490, free_from=5_000)
    shopper.says(text, "faq/shipping")
    assert "Zum freien Versand fehlen 43,10 €" in shopper.text
    assert shopper.offers == []


def test_an_item_that_costs_three_times_the_shipping_is_never_argued_with_it(shopper: Shopper) -> None:
    with_a_tube(shopper, shipping=BOTTLE // 3)
    shopper.says(WORDS, "hesitate")
    assert "Flasche" not in shopper.text
    assert "flasche" not in shopper.text
    assert "lohnt sich meist nicht" in shopper.text


def test_an_item_that_does_not_reach_the_threshold_is_no_argument(shopper: Shopper) -> None:
    with_a_tube(shopper, shipping=BOTTLE, free_from=TUBE + BOTTLE + 1)
    shopper.says(WORDS, "hesitate")
    assert "flasche" not in shopper.text
    assert "lohnt sich meist nicht" in shopper.text


def test_what_lies_in_the_cart_already_fills_nothing_up(shopper: Shopper) -> None:
    with_a_tube(shopper, shipping=TUBE)
    shopper.says("der versand ist mir zu teuer, hilft da der schlauch immerrund?", "hesitate")
    assert "fast dasselbe" not in shopper.text


def test_in_english_the_sums_are_the_same(english_shopper: Shopper) -> None:
    with_a_tube(english_shopper, shipping=BOTTLE)
    english_shopper.says("shipping is too expensive, would the quell water bottle help?", "hesitate")
    assert "costs almost the same: €14.80 with shipping, or €14.80 with" in english_shopper.text


def test_by_voice_it_is_said_shorter(comes_in: Callable[..., Shopper]) -> None:
    shopper = with_a_tube(comes_in(channel="alexa"), shipping=BOTTLE - 300)
    shopper.says(WORDS, "hesitate")
    said = next(message for message in shopper.messages if message["type"] == "text")
    assert said["spoken"].startswith("Nur wegen des Versands lohnt sich das nicht: Mit ")
    assert "14 Euro 80" in said["spoken"]
    assert len(said["spoken"]) < len(said["text"])


def test_the_extra_on_offer_is_weighed_where_nothing_else_is_named(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    (offer,) = shopper.offers
    price = offer["cards"][0]["price"]["amount"]
    with writing(shopper.house.engine) as connection:
        goods = carts.total(carts.lines(connection, shopper.conversation)).amount
        policy.set_value(connection, "shipping_cost", price)
        policy.set_value(connection, "free_shipping_from", goods + price)
    shopper.says("der versand ist mir zu teuer", "hesitate")
    assert "fast dasselbe" in shopper.text
    assert [each.state for each in shopper.shown()].count("declined") == 0
