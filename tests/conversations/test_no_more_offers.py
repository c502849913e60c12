"""Who says that no more offers are wanted is heard, whatever else the line was taken for."""

import pytest

from tests.conversations.shopper import Shopper
from tests.conversations.test_changing_ones_mind import reads_back_a_helmet
from tests.conversations.test_happy_path import buys_a_mountain_bike


def buys_something_else(shopper: Shopper) -> None:
    shopper.says("ich nehme noch einen schlauch, schlauch 29 av", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")


def test_a_no_at_the_read_back_that_wants_no_more_suggestions_ends_the_offers(shopper: Shopper) -> None:
    reads_back_a_helmet(shopper)
    shopper.says("nein danke keine weiteren vorschläge", "deny")
    assert "nichts in den Warenkorb" in shopper.text
    assert "keine Angebote mehr" in shopper.text
    assert shopper.state.opted_out
    assert shopper.cart == {}
    buys_something_else(shopper)
    assert len(shopper.cart) == 1
    assert shopper.shown() == []


def test_a_yes_at_the_read_back_that_wants_no_more_offers_is_a_yes_and_brings_none(shopper: Shopper) -> None:
    reads_back_a_helmet(shopper)
    shopper.says("ja, aber bitte keine weiteren angebote", "confirm")
    assert len(shopper.cart) == 1
    assert shopper.state.opted_out
    assert shopper.shown() == []


@pytest.mark.parametrize("intent", ["deny", "nlu_fallback", "out_of_scope", "hesitate"])
def test_no_more_suggestions_said_to_an_offer_declines_it(shopper: Shopper, intent: str) -> None:
    buys_a_mountain_bike(shopper)
    before = shopper.cart
    shopper.says("nein, keine vorschläge mehr bitte", intent)
    assert shopper.state.opted_out
    assert shopper.offers == []
    assert shopper.cart == before
    assert {offer.state for offer in shopper.shown()} == {"declined"}
    assert shopper.text.count("keine Angebote mehr") == 1


def test_a_yes_to_the_offer_that_wants_no_more_of_them_takes_it_and_ends_them(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("ja gern, aber dann keine weiteren angebote", "confirm")
    assert shopper.state.opted_out
    assert shopper.offers == []
    assert "declined" not in {offer.state for offer in shopper.shown()}


@pytest.mark.parametrize("intent", ["deny", "nlu_fallback", "ask_discount"])
@pytest.mark.parametrize(
    "text", ["no offers anymore", "no more suggestions please", "please stop upselling", "no ads"]
)
def test_no_offers_anymore_is_heard_without_an_open_question(
    english_shopper: Shopper, text: str, intent: str
) -> None:
    english_shopper.says(text, intent)
    assert english_shopper.state.opted_out
    assert "no more offers" in english_shopper.text


@pytest.mark.parametrize("text", ["habt ihr keine angebote?", "gibt es keine empfehlungen", "keine angebote?"])
@pytest.mark.parametrize("intent", ["ask_discount", "deny", "nlu_fallback"])
def test_a_question_for_offers_is_no_wish_to_be_left_alone(shopper: Shopper, text: str, intent: str) -> None:
    shopper.says(text, intent)
    assert not shopper.state.opted_out
