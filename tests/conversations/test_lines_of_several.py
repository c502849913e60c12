"""What is said of a line of several pieces, and what taking a line out leaves behind."""

from collections.abc import Callable

import pytest

from actions.dialogue.memory import Asked
from tests.conversations.shopper import Shopper

THREE_HELMETS = (
    ("3 helme kalotta basis in schwarz bitte", "purchase_intent"),
    ("M", "refine_search"),
    ("ja", "confirm"),
)


def _plays(shopper: Shopper, *lines: tuple[str, str]) -> Shopper:
    for text, intent in lines:
        shopper.says(text, intent)
    return shopper


def _open_question(shopper: Shopper) -> str:
    question = shopper.state.memory.get("question")
    return str(question["asked"]) if question else ""


@pytest.mark.parametrize("beside", ["gibts das auch günstiger?", "was passt dazu?", "gibt es was besseres?"])
def test_a_yes_after_taking_back_what_never_lay_in_the_cart_buys_nothing(shopper: Shopper, beside: str) -> None:
    asked = {"gibts das auch günstiger?": "ask_cheaper", "was passt dazu?": "ask_accessories"}
    _plays(shopper, ("grat 2 in schwarz 42", "choose_option"), (beside, asked.get(beside, "ask_better")))
    assert _open_question(shopper) == Asked.OFFER
    shopper.says("wieder raus damit", "remove_from_cart")
    assert shopper.text == "Ihr Warenkorb ist noch leer."
    assert _open_question(shopper) == ""
    shopper.says("ja", "confirm")
    assert shopper.cart == {}


def test_a_yes_after_the_question_what_to_take_out_takes_no_offer(shopper: Shopper) -> None:
    _plays(shopper, ("grat 2 in schwarz 42 nehme ich", "purchase_intent"), ("ja", "confirm"))
    shopper.presses("Ja, gern dazu")
    _plays(shopper, ("M schwarz", "choose_option"), ("was passt dazu?", "ask_accessories"))
    before = shopper.cart
    assert (len(before), _open_question(shopper)) == (2, Asked.OFFER)
    shopper.says("wieder raus damit", "remove_from_cart")
    assert "Was soll ich herausnehmen?" in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cart == before


def test_the_only_line_is_taken_out_whatever_was_looked_at_since(shopper: Shopper) -> None:
    _plays(
        shopper,
        ("grat 2 in schwarz 42 nehme ich", "purchase_intent"),
        ("ja", "confirm"),
        ("zeig mir trekkingräder", "search_product"),
        ("ferne 1", "choose_option"),
        ("nehmen sie das wieder raus", "remove_from_cart"),
    )
    assert "Aus dem Warenkorb genommen: Mountainbike Tannhorn Grat 2" in shopper.text
    assert shopper.cart == {}


def test_another_product_being_read_back_leaves_open_what_shall_go(shopper: Shopper) -> None:
    _plays(
        shopper,
        ("grat 2 in schwarz 42 nehme ich", "purchase_intent"),
        ("ja", "confirm"),
        ("zeig mir das ferne 1 in schwarz 54", "search_product"),
        ("das nehme ich", "purchase_intent"),
    )
    assert _open_question(shopper) == Asked.READBACK
    shopper.says("nehmen sie das wieder raus", "remove_from_cart")
    assert "Was soll ich herausnehmen?" in shopper.text
    assert shopper.cart == {"GRAT-2-BLACK-42": 1}


def test_a_step_up_of_three_pieces_names_the_surcharge_of_one_and_of_all(shopper: Shopper) -> None:
    _plays(shopper, *THREE_HELMETS)
    shopper.says("gibt es was besseres?", "ask_better")
    assert "für je 59,90 €" in shopper.text
    assert "je Stück 20,00 € mehr als Fahrradhelm Kalotta Basis, bei 3 Stück zusammen 60,00 €" in shopper.text
    assert "bei 3 Stück zusammen 60 Euro mehr" in shopper.messages[0]["spoken"]
    shopper.says("lohnt sich das?", "ask_details")
    assert "bei 3 Stück sind es zusammen 60,00 € mehr" in shopper.text
    shopper.says("ja", "confirm")
    assert "3 × Fahrradhelm Kalotta Stadtlicht (schwarz, Größe M), je 59,90 €" in shopper.text
    assert "Zusammen sind das 179,70 €" in shopper.text
    assert shopper.cart == {"HELM-STADT-BLACK-M": 3}


def test_a_step_up_of_one_piece_counts_no_pieces(shopper: Shopper) -> None:
    _plays(shopper, ("helm kalotta basis in schwarz M bitte", "purchase_intent"), ("ja", "confirm"))
    shopper.says("gibt es was besseres?", "ask_better")
    assert "für 59,90 €, also 20,00 € mehr als Fahrradhelm Kalotta Basis." in shopper.text
    assert "Stück" not in shopper.text


def test_a_step_down_of_three_pieces_names_what_is_saved_in_all(comes_in: Callable[..., Shopper]) -> None:
    shopper = comes_in(language="en")
    _plays(
        shopper,
        ("helmets for the commute in M and black", "search_product"),
        ("I'll take 3 kalotta stadtlicht", "purchase_intent"),
        ("yes", "confirm"),
        ("anything cheaper?", "ask_cheaper"),
    )
    assert "€39.90 each, that is €20.00 less per piece, €60.00 in all for 3" in shopper.text


@pytest.mark.parametrize("intent", ["repeat", "change_quantity"])
def test_two_more_of_them_are_added_to_the_three_there_are(shopper: Shopper, intent: str) -> None:
    _plays(shopper, *THREE_HELMETS)
    assert _open_question(shopper) == Asked.OFFER
    shopper.says("nochmal 2 davon", intent)
    assert "5 × Fahrradhelm Kalotta Basis" in shopper.text
    assert shopper.cart == {"HELM-BASIS-BLACK-M": 5}


def test_once_more_please_still_repeats(shopper: Shopper) -> None:
    _plays(shopper, *THREE_HELMETS)
    said = shopper.text
    shopper.says("nochmal bitte", "repeat")
    assert shopper.text == said
    assert shopper.cart == {"HELM-BASIS-BLACK-M": 3}


def test_a_quantity_of_what_does_not_lie_in_the_cart_is_looked_for(english_shopper: Shopper) -> None:
    english_shopper.says("actually can i have two helmets", "change_quantity")
    assert len(english_shopper.cards) == 3
    english_shopper.says("I'll take the last one in black M", "choose_option")
    assert "2 × Kalotta Basis bike helmet" in english_shopper.text


def test_a_quantity_of_another_kind_leaves_what_is_read_back_alone(shopper: Shopper) -> None:
    _plays(shopper, ("grat 2 in schwarz 42 nehme ich", "purchase_intent"))
    shopper.says("kann ich zwei helme haben", "change_quantity")
    assert len(shopper.cards) == 3
    assert "2 × Mountainbike" not in shopper.text


def test_pieces_named_with_the_search_hold_for_the_one_taken(shopper: Shopper) -> None:
    shopper.says("28 Zoll Schlauch mit Autoventil, 2 Stück bitte", "refine_search")
    shopper.says("ich nehme den ersten", "choose_option")
    assert "2 × Fahrradschlauch Rollgard Immerrund" in shopper.text


def test_pieces_of_one_kind_are_not_carried_over_to_the_next(shopper: Shopper) -> None:
    shopper.says("28 Zoll Schlauch mit Autoventil, 2 Stück bitte", "refine_search")
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("ich nehme das erste in schwarz 42", "choose_option")
    assert "Nur zur Sicherheit: Mountainbike" in shopper.text
