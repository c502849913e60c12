"""What shoppers say in passing is taken as it is meant: whom it is for, one more of it, the cheaper of these."""

import pytest

from tests.conversations.shopper import Shopper

LOCK = "SCHLOSS-BUEGEL"


def titles(shopper: Shopper) -> list[str]:
    return [card["title"] for card in shopper.cards]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Ich suche ein E-Bike für die Stadt"), ("de", "ebike für die Stadt"), ("en", "an e-bike for the city")],
)
def test_an_electric_bike_for_the_city_has_a_motor(shopper: Shopper, language: str, text: str) -> None:
    counter = Shopper(shopper.house, language=language)
    counter.says(text, "search_product")
    assert len(counter.cards) == 2
    assert all("Voltenau Leicht" in title for title in titles(counter))


def test_a_bike_without_a_top_tube_is_a_low_step(shopper: Shopper) -> None:
    shopper.says("ein Rad ohne Stange", "search_product")
    assert "Tiefeinstieg" in shopper.text
    shopper.says("maximal 600", "refine_search")
    assert len(shopper.cards) == 2
    assert all("Markt" in title for title in titles(shopper))


def test_beside_a_childs_bike_a_helmet_is_a_childs_helmet_unless_it_is_for_the_parent(shopper: Shopper) -> None:
    shopper.says("ein kinderrad für meine tochter, 6 jahre", "search_product")
    shopper.says("braucht sie dazu einen helm?", "ask_accessories")
    assert titles(shopper) == ["Kinderhelm Kalotta Pilz"]
    shopper.says("und einen helm für mich", "search_product")
    assert titles(shopper)
    assert not any("Kinderhelm" in title for title in titles(shopper))


def test_the_verb_of_a_question_is_no_model_of_that_name(shopper: Shopper) -> None:
    shopper.says("zeig mir e-bikes", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("ich wiege 120 kg, trägt mich das?", "ask_details")
    assert "Gesamtgewicht" in shopper.text
    assert "Taschwerk" not in shopper.text


@pytest.mark.parametrize(
    ("language", "question"),
    [("de", "welches hat die größere Reichweite?"), ("en", "which has the longer range?")],
)
def test_the_longer_range_is_one_model_with_its_figure(shopper: Shopper, language: str, question: str) -> None:
    counter = Shopper(shopper.house, language=language)
    counter.says("show me e-bikes" if language == "en" else "zeig mir e-bikes", "search_product")
    counter.says(question, "compare")
    assert len(counter.cards) == 1
    assert "150 km" in counter.text


def put_a_lock_into_the_cart(shopper: Shopper) -> None:
    shopper.says("das bügelschloss riegelow bügel nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    assert shopper.cart == {LOCK: 1}


@pytest.mark.parametrize(
    ("text", "intent", "then"),
    [
        ("noch eins davon", "change_quantity", 2),
        ("one more of those", "change_quantity", 2),
        ("davon noch zwei mehr", "change_quantity", 3),
        ("doch drei davon", "change_quantity", 3),
    ],
)
def test_one_more_is_one_more_than_there_was(shopper: Shopper, text: str, intent: str, then: int) -> None:
    put_a_lock_into_the_cart(shopper)
    shopper.says(text, intent)
    assert shopper.cart == {LOCK: then}


def test_one_fewer_of_one_takes_it_out(shopper: Shopper) -> None:
    put_a_lock_into_the_cart(shopper)
    shopper.says("noch eins davon", "change_quantity")
    shopper.says("eins weniger", "change_quantity")
    assert shopper.cart == {LOCK: 1}
    shopper.says("eins weniger", "change_quantity")
    assert shopper.cart == {}


def test_a_number_said_at_a_read_back_is_read_back(shopper: Shopper) -> None:
    counter = Shopper(shopper.house, language="en")
    counter.says("i'll take the riegelow bügel u-lock", "purchase_intent")
    counter.says("two of them", "nlu_fallback")
    assert "2 × " in counter.text
    counter.says("yes", "confirm")
    assert counter.cart == {LOCK: 2}


def test_where_several_are_shown_and_none_is_cheaper_of_its_kind_the_cheapest_of_them_is_named(
    shopper: Shopper,
) -> None:
    counter = Shopper(shopper.house, language="en")
    counter.says("I need a step-through bike for the city", "nlu_fallback")
    dearest = max(counter.cards, key=lambda card: card["price"]["amount"])
    assert "cargo" in dearest["title"]
    counter.says("Hmm, that's rather expensive", "object_price")
    assert titles(counter) == ["Wiesenkamp Markt 2 city bike, last year's model"]
    assert "€399.00" in counter.text
    counter.says("yes, the cheaper one", "confirm")
    assert "Markt 2 city bike, last year's model" in counter.text


def test_what_the_shop_does_not_have_is_named_in_full(shopper: Shopper) -> None:
    counter = Shopper(shopper.house, language="en")
    counter.says("do you have a coffee machine?", "nlu_fallback")
    assert "coffee machine" in counter.text
    assert "Full-suspension" not in counter.text


@pytest.mark.parametrize("text", ["🚲", "?", "..."])
def test_a_message_without_a_word_is_asked_what_is_looked_for(shopper: Shopper, text: str) -> None:
    shopper.says(text, "nlu_fallback")
    assert "Was suchen Sie" in shopper.text
    assert shopper.cart == {}


def test_a_gift_for_a_cyclist_begins_with_a_question(shopper: Shopper) -> None:
    counter = Shopper(shopper.house, language="en")
    counter.says("a gift for a cyclist", "search_product")
    assert "What are you looking for" in counter.text
    counter.says("something under 50 euros", "nlu_fallback")
    assert all(card["price"]["amount"] <= 5000 for card in counter.cards)
    assert counter.cards


@pytest.mark.parametrize("text", ["ich möchte bestellen", "Ich will das jetzt kaufen", "i want to order"])
def test_who_wants_to_order_with_everything_in_the_cart_goes_to_checkout(shopper: Shopper, text: str) -> None:
    put_a_lock_into_the_cart(shopper)
    shopper.says("nein danke", "deny")
    shopper.says(text, "purchase_intent")
    assert shopper.cart == {LOCK: 1}
    assert any(message.get("checkout") for message in shopper.messages), shopper.text


def test_who_wants_to_order_something_else_has_it_read_back(shopper: Shopper) -> None:
    put_a_lock_into_the_cart(shopper)
    shopper.says("nein danke", "deny")
    shopper.says("ich möchte den Kinderhelm Kalotta Pilz bestellen", "purchase_intent")
    assert "Kinderhelm Kalotta Pilz" in shopper.text
    assert shopper.cart == {LOCK: 1}


def test_what_goes_with_the_bike_starts_from_the_bike_that_is_there(shopper: Shopper) -> None:
    shopper.says("das mountainbike tannhorn grat 2", "search_product")
    shopper.says("Was passt zum Rad?", "ask_accessories")
    assert shopper.cards == []
    assert [offer["kind"] for offer in shopper.offers] == ["cross"]
    assert "Grat 2" in shopper.text


def test_a_lock_to_go_with_the_bike_is_still_looked_for(shopper: Shopper) -> None:
    shopper.says("das mountainbike tannhorn grat 2", "search_product")
    shopper.says("ein schloss zum rad", "ask_accessories")
    assert all("schloss" in title.lower() for title in titles(shopper))
    assert titles(shopper)


def test_checkout_with_an_empty_cart_asks_about_what_was_being_talked_of(shopper: Shopper) -> None:
    shopper.says("das bügelschloss riegelow bügel nehme ich", "purchase_intent")
    shopper.says("was passt dazu?", "ask_accessories")
    shopper.says("nein danke", "deny")
    shopper.says("Zur Kasse bitte", "checkout")
    assert shopper.cart == {}
    assert "Riegelow Bügel" in shopper.text
    shopper.says("ja", "confirm")
    assert shopper.cart == {LOCK: 1}


def test_a_no_with_a_choice_in_it_takes_the_choice(shopper: Shopper) -> None:
    counter = Shopper(shopper.house, language="en")
    counter.says("show me locks", "search_product")
    counter.says("no thanks, ill take the second one", "deny")
    assert "Riegelow" in counter.text
    assert counter.cart == {}


def test_who_says_how_to_be_reached_is_handed_to_a_person(shopper: Shopper) -> None:
    shopper.says("meine mail ist [E-Mail], ruft mich an unter [Telefon]", "out_of_scope")
    assert any(message["type"] == "handoff" for message in shopper.messages)
    shopper.says("ich bin auch unter [Telefon] zu erreichen", "out_of_scope")
    assert "gebe ich zu Ihrem Vorgang" in shopper.text
