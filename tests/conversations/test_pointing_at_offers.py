"""Offers on the table can be pointed at in words: the second one, the lock, "swap"."""

import pytest

from tests.conversations.moves import is_offered
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


@pytest.fixture
def extras(shopper: Shopper) -> Shopper:
    """A shopper with a mountain bike in the cart and three extras on offer."""
    buys_a_mountain_bike(shopper)
    assert [offer["kind"] for offer in shopper.offers] == ["cross"]
    assert len(shopper.offers[0]["cards"]) == 3
    return shopper


def test_the_second_one_is_the_second_of_the_offers_just_made(extras: Shopper) -> None:
    second = extras.offers[0]["cards"][1]
    before = extras.cart
    extras.says("das zweite bitte", "choose_option")
    assert second["title"] in extras.text
    extras.says("schwarz", "choose_option")
    assert extras.cart == {**before, "SCHLOSS-FALT-BLACK": 1}


@pytest.mark.parametrize("intent", ["search_product", "purchase_intent", "remove_from_cart"])
def test_an_extra_is_taken_by_its_kind(extras: Shopper, intent: str) -> None:
    before = extras.cart
    extras.says("das schloss bitte", intent)
    assert "Welche Farbe" in extras.text
    extras.says("petrol", "choose_option")
    assert extras.cart == {**before, "SCHLOSS-FALT-PETROL": 1}


@pytest.mark.parametrize(
    "line", ["habt ihr auch schlösser?", "ein schloss brauch ich auch noch", "hm, das zweite vielleicht"]
)
def test_a_question_a_wish_and_a_doubt_take_nothing(extras: Shopper, line: str) -> None:
    before = extras.cart
    extras.says(line, "search_product" if "schl" in line else "choose_option")
    assert extras.cart == before


@pytest.mark.parametrize("line", ["tauschen", "ok swap", "ja bitte tauschen"])
def test_to_swap_is_a_yes_to_the_step(shopper: Shopper, line: str) -> None:
    is_offered(shopper, "up")
    shopper.says(line, "faq/returns")
    assert "Getauscht" in shopper.text
    assert len(shopper.cart) == 1


def test_another_step_that_is_pointed_at_is_asked_about_before_it_replaces_anything(shopper: Shopper) -> None:
    is_offered(shopper, "up")
    before = shopper.cart
    second = shopper.offers[0]["cards"][1]
    shopper.says("das zweite", "choose_option")
    assert shopper.cart == before
    assert "Für 150,00 € mehr" in shopper.text
    shopper.says("ja", "confirm")
    assert list(shopper.cart) == [second["sku"]]


def test_the_catch_is_no_coat_hook(extras: Shopper) -> None:
    extras.says("wo ist der haken?", "ask_details")
    assert extras.cards == []
    assert "Niemand bezahlt uns dafür" in extras.text


def test_a_yes_after_did_you_mean_takes_no_offer_made_before(extras: Shopper) -> None:
    before = extras.cart
    extras.says("blubb", "nlu_fallback")
    extras.says("ja", "confirm")
    assert extras.cart == before


def test_each_wish_belongs_to_its_own_kind(english_shopper: Shopper) -> None:
    english_shopper.says("a red city bike size 50 under 500 and a helmet size L", "search_product")
    assert [card["title"] for card in english_shopper.cards] == ["Wiesenkamp Markt 1 city bike"]
    assert "Helmets" in [choice["title"] for choice in english_shopper.choices()]
