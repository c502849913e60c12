"""A yes binds to what was last meant: other variants, other models, other pieces, a doubt, a no in between."""

import pytest

from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike

YES_ADD = "Ja, in den Warenkorb"


def titles(shopper: Shopper) -> list[str]:
    return [card["title"] for card in shopper.cards]


def reads_back_a_helmet(shopper: Shopper) -> None:
    shopper.says("fahrradhelm kalotta basis", "search_product")
    shopper.says("in weiß größe m nehme ich", "purchase_intent")
    assert "(weiß, Größe M)" in shopper.text
    assert YES_ADD in [choice["title"] for choice in shopper.choices()]


@pytest.mark.parametrize("intent", ["ask_availability", "refine_search", "deny", "nlu_fallback"])
def test_another_colour_at_the_read_back_is_read_back_anew(shopper: Shopper, intent: str) -> None:
    reads_back_a_helmet(shopper)
    shopper.says("nee warte, lieber in schwarz", intent)
    assert "(schwarz, Größe M)" in shopper.text
    assert shopper.cart == {}
    shopper.says("ja", "confirm")
    assert list(shopper.cart) == ["HELM-BASIS-BLACK-M"]


def test_more_pieces_at_the_read_back_are_read_back_anew(shopper: Shopper) -> None:
    shopper.says("trinkflasche", "search_product")
    shopper.says("die erste nehm ich", "purchase_intent")
    shopper.goes_on_to(YES_ADD)
    shopper.says("mach 3 draus", "change_quantity")
    assert "3 ×" in shopper.text
    shopper.says("ja", "confirm")
    assert list(shopper.cart.values()) == [3]


def test_a_doubt_closes_the_offer_so_that_a_later_yes_takes_nothing(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    before = shopper.cart
    assert shopper.offers
    shopper.says("naja", "hesitate")
    shopper.says("ja", "confirm")
    assert shopper.cart == before


def test_naming_another_model_takes_the_read_back_off_the_table(shopper: Shopper) -> None:
    reads_back_a_helmet(shopper)
    shopper.says("was kostet denn der stadtlicht helm?", "faq/shipping")
    shopper.says("ja", "confirm")
    assert shopper.cart == {}


def test_who_took_the_cheaper_one_is_not_shown_the_way_back_up(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("I'm looking for a road bike", "search_product")
    dearest = max(range(len(shopper.cards)), key=lambda i: shopper.cards[i]["price"]["amount"])
    shopper.says(("the first one", "the second one", "the third one")[dearest], "choose_option")
    shopper.says("hmm, that's too expensive", "object_price")
    shopper.says("1500 euros at most", "refine_search")
    assert shopper.offers[0]["kind"] == "down"
    shopper.says("ok, take it", "purchase_intent")
    while not shopper.cart:
        shopper.presses(shopper.choices()[0]["title"])
    assert len(shopper.cart) == 1
    assert all(offer["kind"] != "up" for offer in shopper.offers)
    assert all(str(offer.kind) != "up" for offer in shopper.shown())


def test_what_was_refused_is_refused_in_the_down_sell_too(shopper: Shopper) -> None:
    shopper.says("rennrad aber keins in schwarz unter 1500", "search_product")
    shopper.says("das erste", "choose_option")
    assert "schwarz" not in [choice["title"] for choice in shopper.choices()]
    shopper.says("ist mir zu teuer", "object_price")
    snapshot = shopper.house.catalogue.snapshot()
    for offer in shopper.offers:
        offered = snapshot.product(offer["cards"][0]["sku"])
        assert offered is not None
        assert offered.colour != "black"


@pytest.mark.parametrize("text", ["das geht, that's fine", "nicht XL", "keine M"])
def test_no_size_is_taken_by_accident_or_against_a_no(shopper: Shopper, text: str) -> None:
    shopper.says("zeig mir die regenjacke landregen", "search_product")
    shopper.says("nehm ich", "purchase_intent")
    asked = [choice["title"] for choice in shopper.choices()]
    shopper.says(text, "nlu_fallback")
    assert YES_ADD not in [choice["title"] for choice in shopper.choices()]
    assert shopper.cart == {}
    assert asked


def test_a_no_ends_the_plan_to_take_both(shopper: Shopper) -> None:
    shopper.says("keine werbung bitte", "stop_offers")
    shopper.says("hätt gern ne klingel", "search_product")
    shopper.says("ich nehme beide", "purchase_intent")
    shopper.says("nein doch nicht", "deny")
    reads_back_a_helmet(shopper)
    shopper.says("ja", "confirm")
    assert len(shopper.cart) == 1
    assert "Klingel" not in shopper.text


def test_a_colour_that_a_model_is_not_made_in_is_not_said_to_be_in_stock(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me the tempo 3", "search_product")
    shopper.says("do you have the tempo 3 in red", "ask_availability")
    assert "don't have it like that (red)" in shopper.text


@pytest.mark.parametrize("text", ["welche größe brauche ich bei 1,78?", "ich bin 1,78, welche größe?"])
def test_the_size_for_a_rider_comes_from_the_size_guide(shopper: Shopper, text: str) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das zweite", "choose_option")
    shopper.says(text, "ask_details")
    assert "passt Größe 50" in shopper.text


def test_which_size_is_needed_is_answered_with_the_size_guide_and_never_with_one_size(shopper: Shopper) -> None:
    shopper.says("welche größe brauche ich beim grat 1?", "ask_details")
    assert "Körpergröße: Größe 38: 1" in shopper.text
    assert "Größe 54: 1" in shopper.text
    assert "dann nenne ich Ihnen die passende Größe" in shopper.text
    shopper.says("ich bin 1,88 groß", "refine_search")
    assert "Zu Körpergröße 188 cm passt Größe 54." in shopper.text


def test_feet_and_inches_are_a_height(english_shopper: Shopper) -> None:
    english_shopper.says("i'm 6'2\", which size of the grat 1?", "ask_details")
    assert "for rider height 188 cm, size 54 fits" in english_shopper.text
    english_shopper.says("ok i'll take it in that size", "purchase_intent")
    assert "Tannhorn Grat 1 mountain bike" in english_shopper.text
    assert [choice["title"] for choice in english_shopper.choices()] == ["black", "blue"]


def test_a_budget_named_first_holds_for_what_is_asked_next(shopper: Shopper) -> None:
    shopper.says("mein budget ist 50 euro", "ask_cheaper")
    shopper.says("zeig mir helme", "search_product")
    assert shopper.cards
    assert all(card["price"]["amount"] <= 5000 for card in shopper.cards)


def test_the_cheaper_of_two_that_suit_is_said_to_be_enough(shopper: Shopper) -> None:
    shopper.says("was ist der unterschied zwischen grat 1 und grat 2?", "compare")
    shopper.says("welches lohnt sich für den arbeitsweg?", "ask_recommendation")
    assert titles(shopper) in (["Mountainbike Tannhorn Grat 1"], ["Mountainbike Tannhorn Grat 2"])
    snapshot = shopper.house.catalogue.snapshot()
    both = [snapshot.variants(family)[0] for family in ("grat-1", "grat-2")]
    if all("commute" in p.attributes["use"] for p in both):
        assert titles(shopper) == ["Mountainbike Tannhorn Grat 1"]
        assert "genügt" in shopper.text


def test_better_than_the_budget_is_shown_and_said_to_be_above_it(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("city bike under 500", "search_product")
    shopper.says("the first one", "choose_option")
    shopper.says("what about something better?", "ask_better")
    assert shopper.offers[0]["kind"] == "up"
    assert "above the €500.00 you named" in shopper.text


def test_a_helmet_asked_for_beside_a_bike_is_a_helmet(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    shopper.says("nein danke", "deny")
    shopper.says("passt da n helm dazu?", "ask_accessories")
    assert titles(shopper)
    assert all("elm" in title for title in titles(shopper))


def test_who_has_enough_gets_no_offer_with_an_invented_budget(shopper: Shopper) -> None:
    shopper.says("habt ihr velohelme?", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("zu teuer", "object_price")
    shopper.says("nö des wars", "deny")
    assert shopper.offers == []
    assert "Budget" not in shopper.text


def test_weiss_is_an_answer_to_the_question_for_the_colour(shopper: Shopper) -> None:
    shopper.says("fahrradhelm kalotta basis", "search_product")
    shopper.says("nehm ich in m", "purchase_intent")
    shopper.says("weiß", "hesitate")
    assert "(weiß, Größe M)" in shopper.text


def test_what_the_battery_costs_is_told_from_the_bikes_record(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me the leicht 1 e-bike", "search_product")
    shopper.says("how much is a new battery", "ask_price")
    assert "€" in shopper.text
    assert shopper.cards == []


@pytest.mark.parametrize("intent", ["choose_option", "refine_search", "search_product", "confirm", "nlu_fallback"])
@pytest.mark.parametrize(("text", "taken"), [("50", "choose_option"), ("größe 50", "purchase_intent")])
def test_a_size_the_chosen_model_is_not_made_in_brings_no_other_model(
    shopper: Shopper, text: str, taken: str, intent: str
) -> None:
    shopper.says("ich suche ein trekkingrad", "search_product")
    shopper.says("das zweite", taken)
    shopper.says(text, intent)
    assert (
        "nicht da (Größe 50): Trekkingrad Wiesenkamp Ferne 2 Vorjahresmodell. Auf Lager: rot · 54." in shopper.text
    )
    assert shopper.cart == {}
    shopper.says("ja", "confirm")
    assert "Vorjahresmodell für 699,00" in shopper.text
    assert YES_ADD in [choice["title"] for choice in shopper.choices()]


def test_a_bare_size_stays_with_the_model_in_focus_where_only_another_comes_in_it(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("das dritte", "choose_option")
    shopper.says("50", "choose_option")
    assert shopper.state.memory["focus"] == "grat-1"
