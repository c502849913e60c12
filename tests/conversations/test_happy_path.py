"""A shopper is advised, says yes, is offered what fits, and goes to checkout with what was agreed."""

from tests.conversations.shopper import Shopper


def buys_a_mountain_bike(shopper: Shopper) -> None:
    shopper.says("hallo, ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")


def test_a_search_shows_at_most_three_models_within_the_budget(shopper: Shopper) -> None:
    shopper.says("hallo, ich suche ein mountainbike unter 1000 euro", "search_product")
    assert 1 <= len(shopper.cards) <= 3
    assert all(card["price"]["amount"] <= 100_000 for card in shopper.cards)
    assert shopper.offers == []


def test_the_budget_holds_over_turns_until_it_is_changed(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 700 euro", "search_product")
    shopper.says("lieber in schwarz", "refine_search")
    assert shopper.cards
    assert all(card["price"]["amount"] <= 70_000 for card in shopper.cards)
    shopper.says("es dürfen auch 1000 euro sein", "refine_search")
    assert max(card["price"]["amount"] for card in shopper.cards) > 70_000


def test_a_missing_size_is_asked_and_never_guessed(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    assert "Größe" in shopper.text
    assert "42" in [choice["title"] for choice in shopper.choices()]
    shopper.says("nehme ich", "purchase_intent")
    assert shopper.cart == {}


def test_nothing_is_in_the_cart_before_the_explicit_yes(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    assert "auf Lager" in shopper.text
    shopper.says("nehme ich", "purchase_intent")
    assert "Nur zur Sicherheit: Mountainbike Tannhorn Grat 2" in shopper.text
    assert "€" in shopper.text
    assert shopper.cart == {}
    shopper.says("ja", "confirm")
    assert sum(shopper.cart.values()) == 1
    assert shopper.state.stage == "intent"


def test_the_first_offer_comes_after_the_yes_and_is_of_one_kind(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    assert shopper.shown() == []
    shopper.says("ja", "confirm")
    assert len(shopper.offers) == 1
    assert len({offer.kind for offer in shopper.shown()}) == 1


def test_an_accepted_cross_sell_joins_the_cart_and_the_anchor_stays(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    before = dict(shopper.cart)
    assert shopper.offers[0]["kind"] == "cross"
    shopper.says("ja gerne", "confirm")
    assert "Größe" in shopper.text
    shopper.says("M, schwarz", "refine_search")
    assert len(shopper.cart) == 2
    assert before.items() <= shopper.cart.items()
    assert [offer.state for offer in shopper.shown()].count("accepted") == 1


def test_after_one_extra_no_further_one_is_pushed_but_its_neighbours_can_still_be_had(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    beside = shopper.offers[0]["cards"][-1]["choices"][0]["payload"]
    shopper.says("ja gerne", "confirm")
    shopper.says("M, schwarz", "refine_search")
    assert len(shopper.cart) == 2
    assert shopper.offers == []
    shopper.says("", beside["intent"], **beside["entities"])
    for _ in range(2):
        if len(shopper.cart) < 3:
            shopper.presses(shopper.choices()[0]["title"])
    assert len(shopper.cart) == 3
    assert [offer.state for offer in shopper.shown()].count("accepted") == 2


def test_each_of_several_offers_says_what_it_changes_and_why(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    (offer,) = shopper.offers
    assert len(offer["cards"]) > 1
    assert {name: offer["cards"][0][name] for name in ("price_difference", "reason")} == {
        name: offer[name] for name in ("price_difference", "reason")
    }
    assert {card["sku"] for card in offer["cards"]} == {logged.sku for logged in shopper.shown()}
    for card in offer["cards"]:
        assert card["price_difference"]["amount"] == card["price"]["amount"]
        assert card["title"] in card["reason"]["text"]


def test_why_is_answered_with_the_reason_and_its_numbers(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    evidence = shopper.offers[0]["reason"]["evidence"]
    shopper.says("warum ausgerechnet der?", "ask_why")
    assert str(evidence["together"]) in shopper.text
    assert str(evidence["anchor_orders"]) in shopper.text
    assert "simuliert" in shopper.text


def test_an_up_sell_taken_replaces_the_line_and_keeps_the_quantity(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike in schwarz in 42 für höchstens 1000 euro", "search_product")
    family = next(c for c in shopper.cards if "Grat 1" in c["title"])
    look = next(c for c in family["choices"] if c["title"] == "Nehme ich")
    shopper.says("", look["payload"]["intent"], **look["payload"]["entities"])
    shopper.says("ja", "confirm")
    assert shopper.offers[0]["kind"] == "up"
    anchor = shopper.offers[0]["anchor"]
    assert shopper.cart == {anchor: 1}
    shopper.says("ja, tauschen", "confirm")
    offered = next(o.sku for o in shopper.shown() if o.state == "accepted")
    assert offered != anchor
    assert shopper.cart == {offered: 1}


def test_checkout_hands_over_the_cart_that_was_agreed(shopper: Shopper) -> None:
    buys_a_mountain_bike(shopper)
    cart = shopper.cart
    shopper.says("zur kasse", "checkout")
    assert {"type": "cart", "checkout": True} in shopper.messages
    assert shopper.cart == cart
    assert shopper.state.stage == "checkout"


def test_an_english_shopper_buys_a_road_bike_after_an_honest_down_sell(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("I'm looking for a road bike", "search_product")
    assert len(shopper.cards) >= 2
    dearest = max(range(len(shopper.cards)), key=lambda i: shopper.cards[i]["price"]["amount"])
    shopper.says(("the first one", "the second one", "the third one")[dearest], "choose_option")
    shopper.says("hmm, that's too expensive", "object_price")
    assert "must" in shopper.text
    shopper.says("it should be black, 1500 euros at most", "refine_search")
    assert shopper.offers[0]["kind"] == "down"
    assert shopper.offers[0]["price_difference"]["amount"] < 0
    assert "give up" in shopper.text
    shopper.says("why?", "ask_why")
    assert "pay less" in shopper.text
    shopper.says("ok, take it", "purchase_intent")
    assert "size" in shopper.text
    shopper.presses(shopper.choices()[0]["title"])
    assert sum(shopper.cart.values()) == 1
    price = [o.price.amount for o in shopper.shown() if o.state == "accepted"]
    assert len(price) == 1
    assert price[0] <= 150_000
