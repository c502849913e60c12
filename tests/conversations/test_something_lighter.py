"""A trait asked for of the product in discussion brings what is ahead in it, or the truth that nothing is."""

from collections.abc import Callable

import pytest

from actions.understanding.ranking import figure_of
from tests.conversations.shopper import Shopper


def looks_at_the_chain_lock(shopper: Shopper) -> None:
    shopper.says("ich suche ein kettenschloss", "search_product")
    card = next(card for card in shopper.cards if "Ankerkette" in card["title"])
    look = card["choices"][0]["payload"]
    shopper.says("", look["intent"], **look["entities"])


def weight(shopper: Shopper, sku: str) -> float:
    found = figure_of(shopper.house.catalogue.snapshot().products[sku], "weight")
    assert found is not None
    return found


def test_something_lighter_is_lighter_and_no_step_up(shopper: Shopper) -> None:
    looks_at_the_chain_lock(shopper)
    heavy = next(p for p in shopper.house.catalogue.snapshot().products.values() if "Ankerkette" in p.title.de)
    shopper.says("gibts da was leichteres?", "ask_better")
    assert shopper.offers == []
    assert len(shopper.cards) == 3
    assert all(weight(shopper, card["sku"]) < weight(shopper, heavy.sku) for card in shopper.cards)


def test_what_is_the_lightest_already_is_said_to_be(shopper: Shopper) -> None:
    looks_at_the_chain_lock(shopper)
    for _ in range(6):
        shopper.says("gibts da was leichteres?", "ask_better")
        if not shopper.cards:
            break
        shopper.presses("Ansehen")
    assert "schon vorn" in shopper.text


def test_to_empty_the_cart_takes_every_line_out(english_shopper: Shopper) -> None:
    english_shopper.says("I'll take the markt 2 in black, size 50", "purchase_intent")
    english_shopper.says("yes", "confirm")
    while english_shopper.choices() and len(english_shopper.cart) < 2:
        english_shopper.presses(english_shopper.choices()[0]["title"])
    assert len(english_shopper.cart) == 2
    english_shopper.says("empty the cart", "remove_from_cart")
    assert english_shopper.cart == {}
    assert english_shopper.text == "Your cart is empty now."


@pytest.mark.parametrize("intent", ["object_price", "hesitate", "nlu_fallback"])
@pytest.mark.parametrize(("language", "text"), [("de", "ist mir zu schwer"), ("en", "too heavy for me")])
def test_too_heavy_is_about_the_weight_and_not_about_the_price(
    comes_in: Callable[..., Shopper], language: str, text: str, intent: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says("mountainbikes", "search_product")
    shopper.says("vergleiche das erste und das dritte", "compare")
    compared = shopper.state.memory["compared"]
    lightest = min(weight(shopper, p.sku) for f in compared for p in shopper.house.catalogue.snapshot().families[f])
    shopper.says(text, intent)
    assert shopper.cards
    assert all(weight(shopper, card["sku"]) < lightest for card in shopper.cards)
    assert shopper.state.memory["question"] is None


def test_a_decision_that_is_too_hard_is_no_weight(shopper: Shopper) -> None:
    shopper.says("mountainbikes", "search_product")
    shopper.says("ist mir zu schwer zu entscheiden", "hesitate")
    assert shopper.cards == []
