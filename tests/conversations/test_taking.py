"""What is taken is the one just talked of, in the number and variant named, each with its own yes."""

import pytest

from tests.conversations.shopper import Shopper


def titles(shopper: Shopper) -> list[str]:
    return [card["title"] for card in shopper.cards]


def test_what_lies_in_the_cart_is_swapped_only_after_its_own_yes(shopper: Shopper) -> None:
    shopper.says("keine werbung bitte", "stop_offers")
    shopper.says("zeig mir schlösser", "search_product")
    shopper.says("das kabelschloss nehme ich", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    before = shopper.cart
    assert len(before) == 1
    shopper.says("zeig mir schlösser", "search_product")
    shopper.says("doch lieber das faltschloss, tausch das bitte", "choose_option")
    told = shopper.goes_on_to("Ja, in den Warenkorb")
    assert "Dafür geht zurück" in told
    assert shopper.cart == before
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 1
    assert shopper.cart != before


def test_who_goes_on_shopping_starts_with_an_empty_counter_and_a_full_cart(shopper: Shopper) -> None:
    shopper.says("ich suche einen helm in schwarz", "search_product")
    shopper.says("weiter einkaufen", "continue_shopping")
    shopper.says("etwas gegen regen", "refine_search")
    assert shopper.cards
    assert not any("Helm" in title for title in titles(shopper))


def test_two_of_the_one_just_named_are_read_back(shopper: Shopper) -> None:
    shopper.says("ich brauche neue reifen, 29 zoll", "search_product")
    shopper.says("welcher ist am leichtesten?", "nlu_fallback")
    shopper.says("2 stück davon", "change_quantity")
    assert "2 ×" in shopper.goes_on_to("Ja, in den Warenkorb")


def test_the_helmet_in_focus_is_the_one_taken(shopper: Shopper) -> None:
    shopper.says("welche helme habt ihr", "search_product")
    shopper.says("der blaue", "choose_option")
    shopper.says("in m", "refine_search")
    shopper.says("den helm nehme ich", "purchase_intent")
    assert "Fahrradhelm Kalotta Basis (blau, Größe M)" in shopper.text
    assert "Ja, in den Warenkorb" in [choice["title"] for choice in shopper.choices()]


def test_both_of_two_are_read_back_one_after_the_other(shopper: Shopper) -> None:
    shopper.says("keine werbung bitte", "stop_offers")
    shopper.says("hätt gern ne klingel", "search_product")
    first, second = titles(shopper)
    shopper.says("ich nehme beide", "purchase_intent")
    assert first in shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 1
    assert second in shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 2


def test_a_yes_to_the_only_colour_left_takes_it(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me the feldweg 2 gravel bike", "search_product")
    shopper.says("is that available in 54", "ask_availability")
    assert "(size 54)" in shopper.text
    shopper.says("sounds good, I'll take it", "purchase_intent")
    assert len(shopper.choices()) == 1
    shopper.says("yes", "confirm")
    assert "Yes, add it" in [choice["title"] for choice in shopper.choices()]


@pytest.mark.parametrize("text", ["yes please", "yes"])
def test_a_yes_to_what_is_in_stock_reads_that_one_back(english_shopper: Shopper, text: str) -> None:
    shopper = english_shopper
    shopper.says("i want the tannhorn grat 1 in black size 46", "ask_availability")
    assert shopper.text.endswith("in stock.")
    shopper.says(text, "confirm")
    assert "(black, Size 46) for" in shopper.text
    assert shopper.state.memory["question"]["asked"] == "readback"
    assert shopper.cart == {}


def test_a_question_for_the_stock_leaves_the_open_read_back_open(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("i'll take the tannhorn grat 1 in black size 46", "purchase_intent")
    shopper.says("is it in stock?", "ask_availability")
    assert shopper.state.memory["question"]["asked"] == "readback"
