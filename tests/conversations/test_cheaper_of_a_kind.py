"""A question for something cheaper is about the kind that is named, and "überhaupt" about all of it."""

import pytest

from tests.conversations.shopper import Shopper


def takes_a_grat_3(shopper: Shopper) -> None:
    shopper.says("I'll take the tannhorn grat 3 in black size 46", "purchase_intent")
    shopper.says("yes", "confirm")
    assert shopper.offers


@pytest.mark.parametrize("text", ["do you have a cheaper helmet?", "is there a cheaper helmet?"])
def test_a_cheaper_helmet_is_a_helmet_and_no_smaller_bike(english_shopper: Shopper, text: str) -> None:
    shopper = english_shopper
    takes_a_grat_3(shopper)
    offered = shopper.offers[0]["cards"][0]
    assert "helmet" in offered["title"]
    shopper.says(text, "ask_cheaper")
    assert shopper.cards
    assert all("helmet" in card["title"] for card in shopper.cards)
    assert all(card["price"]["amount"] < offered["price"]["amount"] for card in shopper.cards)
    assert {offer.state for offer in shopper.shown()} == {"ignored"}
    assert list(shopper.cart) == ["GRAT-3-BLACK-46"]


def test_a_cheaper_helmet_beside_a_bike_shows_the_cheapest_helmets(english_shopper: Shopper) -> None:
    shopper = english_shopper
    takes_a_grat_3(shopper)
    shopper.says("no thanks", "deny")
    shopper.says("is there a cheaper helmet?", "ask_cheaper")
    prices = [card["price"]["amount"] for card in shopper.cards]
    assert all("helmet" in card["title"] for card in shopper.cards)
    assert len(prices) == 3
    assert prices == sorted(prices)


@pytest.mark.parametrize(
    "intent", ["ask_cheaper", "search_product", "compare", "ask_recommendation", "choose_option"]
)
def test_the_cheapest_of_all_is_looked_for_beyond_those_shown(shopper: Shopper, intent: str) -> None:
    shopper.says("ich suche ein rennrad", "search_product")
    assert "Feierabend" not in str([card["title"] for card in shopper.cards])
    shopper.says("und das billigste rennrad überhaupt?", intent)
    assert ["Feierabend" in card["title"] for card in shopper.cards] == [True]
    assert shopper.cards[0]["price"]["amount"] == 59900


def test_the_cheapest_without_more_words_is_one_of_those_shown(shopper: Shopper) -> None:
    shopper.says("ich suche ein rennrad", "search_product")
    shown = {card["title"] for card in shopper.cards}
    shopper.says("welches ist das billigste?", "ask_cheaper")
    assert shopper.cards[0]["title"] in shown


@pytest.mark.parametrize("text", ["what's the cheapest road bike you have?", "and the cheapest one in your shop?"])
def test_the_cheapest_you_have_is_looked_for_in_the_whole_kind(english_shopper: Shopper, text: str) -> None:
    english_shopper.says("show me road bikes", "search_product")
    english_shopper.says(text, "ask_cheaper")
    assert [card["price"]["amount"] for card in english_shopper.cards] == [59900]
