"""A no is a no: for the item, for the kind, and after two of them for the conversation."""

from collections.abc import Callable

from actions.dialogue.memory import Asked
from actions.services import Services
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike


def test_a_declined_item_is_never_offered_again(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    declined = {offer.sku for offer in shopper.shown()}
    shopper.says("nein danke", "deny")
    shopper.says("gibt es dazu was passendes?", "ask_accessories")
    later = {card["sku"] for offer in shopper.offers for card in offer["cards"]}
    assert declined
    assert later.isdisjoint(declined)


def test_a_no_leaves_the_cart_as_it_is(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    cart = shopper.cart
    shopper.says("nein danke", "deny")
    assert shopper.cart == cart
    assert shopper.state.refusals == 1
    assert {offer.state for offer in shopper.shown()} == {"declined"}


def test_after_two_noes_nothing_is_offered_any_more(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    card = next(c for c in shopper.cards if "Grat 1" in c["title"])
    take = next(c for c in card["choices"] if c["title"] == "Nehme ich")
    shopper.says("", take["payload"]["intent"], **take["payload"]["entities"])
    shopper.says("ja", "confirm")
    assert shopper.offers[0]["kind"] == "up"
    shopper.says("nein danke", "deny")
    assert shopper.offers[0]["kind"] == "cross"
    shopper.says("nein danke", "deny")
    assert shopper.offers == []
    assert shopper.state.refusals == 2
    shopper.says("ich nehme noch einen schlauch, schlauch 29 av", "purchase_intent")
    shopper.goes_on_to("Ja, in den Warenkorb")
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 2
    assert shopper.offers == []
    reasons = {w["reason"] for w in shopper.decisions()[-1].withheld}
    assert "frequency_cap" in reasons


def test_too_expensive_said_to_an_offer_is_a_no_and_brings_no_other_offer(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    cart = shopper.cart
    shopper.says("das ist mir zu teuer", "object_price")
    assert shopper.offers == []
    assert shopper.cart == cart
    assert shopper.state.refusals == 1


def test_an_offer_the_shopper_passes_over_is_ignored_and_not_declined(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("ich suche eine regenjacke", "search_product")
    assert {offer.state for offer in shopper.shown()} == {"ignored"}
    assert shopper.state.refusals == 0


def test_a_half_hearted_yes_is_asked_again(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("hm ok", "confirm")
    assert shopper.cart == {}
    assert "ja oder nein" in shopper.text
    shopper.says("ja", "confirm")
    assert sum(shopper.cart.values()) == 1


def test_a_yes_without_a_question_changes_nothing(shopper: Shopper) -> None:
    shopper.says("ja", "confirm")
    assert shopper.cart == {}
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("ja", "confirm")
    assert shopper.cart == {}


def test_the_same_message_twice_has_one_effect_and_one_answer(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    first = shopper.says("ja", "confirm", message="one-and-the-same")
    again = shopper.says("ja", "confirm", message="one-and-the-same")
    assert first == again
    assert sum(shopper.cart.values()) == 1
    assert len({offer.id for offer in shopper.shown()}) == len(shopper.shown())


def test_the_web_and_the_telephone_get_the_same_decision(comes_in: Callable[..., Shopper]) -> None:
    web, phone = comes_in(channel="web"), comes_in(channel="phone")
    for each in (web, phone):
        buys_a_mountain_bike(each)
    assert phone.offers[0]["cards"][0]["sku"] == web.offers[0]["cards"][0]["sku"]
    assert len(phone.offers[0]["cards"]) == 1
    assert len(web.offers[0]["cards"]) <= 3
    assert web.offers[0]["reason"] == phone.offers[0]["reason"]


def test_a_no_to_a_product_just_shown_is_taken_kindly(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nein", "deny")
    assert shopper.cart == {}
    assert "nehme" not in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cart == {}


def test_every_question_but_the_two_answered_elsewhere_has_a_sentence_for_no(house: Services) -> None:
    answered_elsewhere = {Asked.OFFER, Asked.WHAT_MATTERS}
    names = house.phrases.names()
    assert {asked for asked in Asked if f"utter_no_{asked}" not in names} == answered_elsewhere
