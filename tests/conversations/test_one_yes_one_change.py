"""A yes is a yes to one thing: pressed twice, pressed late or said about something else it changes nothing."""

import pytest

from actions.services import Services
from actions.store.engine import writing
from actions.store.tables import products
from tests.conversations.moves import is_offered
from tests.conversations.shopper import Shopper

GRAT_1, GRAT_2 = "GRAT-1-BLACK-42", "GRAT-2-BLACK-42"
YES_ADD = "Ja, in den Warenkorb"


def presses(shopper: Shopper, payload: dict) -> None:
    shopper.says("", payload["intent"], **payload["entities"])


def button(shopper: Shopper, title: str) -> dict:
    return next(choice["payload"] for choice in shopper.choices() if choice["title"] == title)


def costs_more_now(house: Services, sku: str) -> None:
    with writing(house.engine) as connection:
        dearer = products.update().where(products.c.sku == sku)
        connection.execute(dearer.values(price=products.c.price + 1_000))


def test_the_yes_to_a_read_back_pressed_twice_is_no_yes_to_the_offer_that_followed(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    shopper.says("ich nehme das grat 1", "purchase_intent")
    yes = button(shopper, YES_ADD)
    presses(shopper, yes)
    assert shopper.offers[0]["kind"] == "up"
    presses(shopper, yes)
    assert shopper.cart == {GRAT_1: 1}
    assert "schon im Warenkorb" in shopper.text
    shopper.says("ja, tauschen", "confirm")
    assert shopper.cart == {GRAT_2: 1}


def test_take_it_pressed_twice_is_read_back_and_not_bought(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    take = button(shopper, "Nehme ich")
    presses(shopper, take)
    presses(shopper, take)
    assert shopper.cart == {}
    assert YES_ADD in [choice["title"] for choice in shopper.choices()]


def test_take_it_on_a_card_is_no_yes_to_a_swap(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    take = {"intent": "purchase_intent", "entities": {"family": "grat-2"}}
    shopper.says("ich nehme das grat 1", "purchase_intent")
    shopper.says("ja", "confirm")
    assert shopper.offers[0]["cards"][0]["sku"] == GRAT_2
    presses(shopper, take)
    assert shopper.cart == {GRAT_1: 1}
    assert "ja oder nein" in shopper.text
    shopper.presses("Ja")
    assert shopper.cart == {GRAT_2: 1}


def test_a_yes_that_names_something_else_is_read_back_and_takes_no_offer(shopper: Shopper) -> None:
    is_offered(shopper, "up")
    shopper.says("ja, den Fahrradhelm Kalotta Basis", "confirm")
    assert shopper.cart == {GRAT_1: 1}
    assert "Kalotta Basis" in shopper.text
    assert {offer.state for offer in shopper.shown()} == {"ignored"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [("das erste", "choose_option"), ("vielleicht das grat 2", "choose_option"), ("grat 2?", "nlu_fallback")],
)
def test_pointing_at_an_earlier_list_or_saying_a_name_is_no_yes_to_a_swap(
    shopper: Shopper, text: str, intent: str
) -> None:
    is_offered(shopper, "up")
    shopper.says(text, intent)
    assert shopper.cart == {GRAT_1: 1}
    assert "accepted" not in {offer.state for offer in shopper.shown()}


def test_naming_what_was_offered_takes_it(shopper: Shopper) -> None:
    is_offered(shopper, "up")
    shopper.says("dann das grat 2", "choose_option")
    assert shopper.cart == {GRAT_2: 1}


def test_a_swap_at_a_price_that_changed_is_read_back_as_a_swap(shopper: Shopper) -> None:
    is_offered(shopper, "up")
    shopper.says("mach 2 daraus", "change_quantity")
    shopper.says("gibt es etwas besseres?", "ask_better")
    costs_more_now(shopper.house, GRAT_2)
    shopper.says("ja, tauschen", "confirm")
    assert shopper.cart == {GRAT_1: 2}
    assert "Dafür geht zurück: Mountainbike Tannhorn Grat 1" in shopper.text
    assert "2 ×" in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cart == {GRAT_2: 2}


def test_a_cheaper_model_at_a_price_that_changed_does_not_lead_back_up(shopper: Shopper) -> None:
    is_offered(shopper, "down")
    cheaper = shopper.offers[0]["cards"][0]["sku"]
    costs_more_now(shopper.house, cheaper)
    shopper.says("ja", "confirm")
    shopper.says("ja", "confirm")
    assert shopper.cart == {cheaper: 1}
    assert "up" not in [offer["kind"] for offer in shopper.offers]


def test_a_swap_that_was_let_drop_takes_nothing_back_later(shopper: Shopper) -> None:
    is_offered(shopper, "cross")
    shopper.says("tausch das gegen das grat 1", "purchase_intent")
    assert "Größe" in shopper.text
    shopper.says("zeig mir den fahrradhelm kalotta basis, den nehm ich in weiß m", "search_product")
    assert "Dafür geht zurück" not in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cart == {GRAT_2: 1, "HELM-BASIS-WHITE-M": 1}


def test_remove_pressed_twice_takes_one_line_and_not_its_sister(shopper: Shopper) -> None:
    for size in ("m", "l"):
        shopper.says(f"fahrradhelm kalotta basis in weiß {size} nehme ich", "purchase_intent")
        shopper.says("ja", "confirm")
    out = {"intent": "remove_from_cart", "entities": {"sku": "HELM-BASIS-WHITE-M"}}
    presses(shopper, out)
    presses(shopper, out)
    assert shopper.cart == {"HELM-BASIS-WHITE-L": 1}


def test_a_swap_asked_for_twice_is_not_a_yes_to_one_more(shopper: Shopper) -> None:
    is_offered(shopper, "cross")
    for _ in range(2):
        shopper.says("tausch das gegen das lichtset lumivant strahl", "purchase_intent")
    assert shopper.cart == {GRAT_2: 1}


def test_a_colour_it_does_not_come_in_leaves_the_yes_to_the_offer_standing(shopper: Shopper) -> None:
    is_offered(shopper, "cross")
    shopper.says("ja gerne", "confirm")
    shopper.says("L in weiß", "refine_search")
    assert "schwarz" in shopper.text
    while len(shopper.cart) < 2:
        shopper.presses(shopper.choices()[0]["title"])
    assert shopper.cart == {GRAT_2: 1, "HELM-TRAIL-BLACK-L": 1}
    assert [offer.state for offer in shopper.shown()].count("accepted") == 1


def test_a_no_pressed_further_up_is_a_no_to_what_it_was_shown_with_and_leaves_the_open_offer(
    shopper: Shopper,
) -> None:
    is_offered(shopper, "up")
    no_thanks = shopper.offers[0]["choices"][-1]["payload"]
    stepped_over = {card["sku"] for card in shopper.offers[0]["cards"]}
    shopper.says("was passt denn dazu?", "ask_accessories")
    extra = shopper.offers[0]["cards"][0]["sku"]
    presses(shopper, no_thanks)
    presses(shopper, no_thanks)
    assert shopper.state.refusals == 1
    states = {offer.sku: offer.state for offer in shopper.shown()}
    assert states[extra] == "shown"
    assert stepped_over <= set(shopper.state.memory["refused"])


def test_a_no_to_a_read_back_pressed_late_declines_no_offer(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    shopper.says("ich nehme das grat 1", "purchase_intent")
    no = button(shopper, "Nein")
    shopper.says("ja", "confirm")
    assert [offer.state for offer in shopper.shown()] == ["shown"] * len(shopper.shown())
    presses(shopper, no)
    assert {offer.state for offer in shopper.shown()} == {"shown"}
    assert shopper.state.refusals == 0


@pytest.mark.parametrize("line", ["ja, zwei bitte", "ja gern, 2 stück"])
def test_a_yes_with_another_number_is_read_back_with_that_number(shopper: Shopper, line: str) -> None:
    shopper.says("ich nehme die ankerkette", "purchase_intent")
    shopper.says(line, "confirm")
    assert shopper.cart == {}
    assert "2 ×" in shopper.text
    shopper.says("ja", "confirm")
    assert list(shopper.cart.values()) == [2]
