"""Finding the right product by typing: traits, superlatives, questions, measures of people, two wishes at once."""

import pytest

from tests.conversations.shopper import Shopper


def titles(shopper: Shopper) -> list[str]:
    return [card["title"] for card in shopper.cards]


def test_a_trait_narrows_what_is_shown_and_is_remembered(shopper: Shopper) -> None:
    shopper.says("ich suche eine regenjacke", "search_product")
    assert len(shopper.cards) == 3
    shopper.says("die wasserdichte", "choose_option")
    assert titles(shopper) == ["Regenjacke Wolkenried Landregen", "Regenjacke Wolkenried Wetterwand"]
    shopper.says("in größe m", "refine_search")
    assert set(titles(shopper)) == {"Regenjacke Wolkenried Landregen", "Regenjacke Wolkenried Wetterwand"}


@pytest.mark.parametrize(
    ("language", "search", "question", "intent", "said"),
    [
        ("de", "zeig mir mountainbikes unter 1500", "welches ist das leichteste?", "compare", "11,4 kg"),
        ("de", "zeig mir schlösser", "welches ist das sicherste", "nlu_fallback", "Sicherheit"),
        ("en", "show me helmets", "which is the cheapest of those?", "ask_cheaper", "€39.90"),
        ("en", "show me e-bikes", "the one with the longest range", "choose_option", "150 km"),
    ],
)
def test_a_superlative_gets_the_one_with_its_figure(
    shopper: Shopper, language: str, search: str, question: str, intent: str, said: str
) -> None:
    counter = Shopper(shopper.house, language=language)
    counter.says(search, "search_product")
    counter.says(question, intent)
    assert len(counter.cards) == 1
    assert said in counter.text


@pytest.mark.parametrize(
    ("text", "intent"), [("und die reichweite?", "nlu_fallback"), ("reichweite?", "ask_details")]
)
def test_a_fact_asked_of_several_models_is_told_of_each(shopper: Shopper, text: str, intent: str) -> None:
    shopper.says("zeig mir ebikes", "search_product")
    shown = len(shopper.cards)
    shopper.says(text, intent)
    assert shopper.text.count(" km") == shown == 3


def test_a_question_about_the_bike_is_not_taken_for_a_search(shopper: Shopper) -> None:
    shopper.says("zeig mir citybikes", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("ist da licht dran?", "ask_details")
    assert shopper.cards == []
    assert "Licht: " in shopper.text
    shopper.says("und schutzbleche?", "nlu_fallback")
    assert shopper.cards == []
    assert "Schutzbleche: " in shopper.text


def test_only_the_two_named_by_place_are_compared(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me helmets", "search_product")
    first, second, _ = titles(shopper)
    shopper.says("compare the first and the second", "compare")
    table = next(m for m in shopper.messages if m["type"] == "comparison")
    assert table["titles"] == [first, second]


def test_a_way_to_work_asks_for_no_range(shopper: Shopper) -> None:
    shopper.says("ich suche ein fahrrad, ich fahre 12 km zur arbeit", "search_product")
    assert len(shopper.cards) == 3
    assert "km" not in shopper.text


def test_of_two_wishes_the_first_is_answered_and_the_second_kept_in_sight(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("i need a lock and a helmet", "search_product")
    assert all("lock" in title for title in titles(shopper))
    shopper.presses("Helmets")
    assert all("helmet" in title for title in titles(shopper))


def test_which_product_is_asked_with_those_shown_as_buttons(shopper: Shopper) -> None:
    shopper.says("zeig mir schlösser", "search_product")
    shown = titles(shopper)
    shopper.says("nehm ich", "purchase_intent")
    assert [choice["title"] for choice in shopper.choices()] == shown


def test_light_is_a_wish_for_the_lightest_of_what_costs_less(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("I'm looking for a road bike", "search_product")
    dearest = max(shopper.cards, key=lambda card: card["price"]["amount"])
    place = shopper.cards.index(dearest)
    shopper.says(("the first one", "the second one", "the third one")[place], "choose_option")
    shopper.says("hmm, that's too expensive", "object_price")
    shopper.says("it should be light", "refine_search")
    (offer,) = shopper.offers
    assert offer["kind"] == "down"
    snapshot = shopper.house.catalogue.snapshot()
    offered = snapshot.product(offer["cards"][0]["sku"])
    assert offered is not None
    cheaper = [p for p in snapshot.in_category("bikes/road") if p.price.amount < dearest["price"]["amount"]]
    assert offered.attributes["weight_kg"] == min((p.attributes["weight_kg"] for p in cheaper), key=float)
    assert "weight 9.2 instead of 7.9 kg" in shopper.text


def test_more_of_the_same_is_shown_until_there_is_no_more(shopper: Shopper) -> None:
    shopper.says("zeig mir mountainbikes", "search_product")
    seen = set(titles(shopper))
    for _ in range(8):
        if "Mehr zeigen" not in [choice["title"] for choice in shopper.choices()]:
            break
        shopper.presses("Mehr zeigen")
        assert not seen & set(titles(shopper))
        seen |= set(titles(shopper))
    snapshot = shopper.house.catalogue.snapshot()
    assert len(seen) == len({p.family for p in snapshot.in_category("bikes/mountain")})
    shopper.says("was gibt es da noch?", "ask_availability")
    assert "Das waren alle" in shopper.text


def test_what_a_bike_does_not_come_with_is_told_when_asked(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me the tempo 2", "search_product")
    shopper.says("does it come with pedals?", "ask_details")
    assert "pedals" in shopper.text.casefold()
    assert shopper.cards == []


def test_what_is_carried_on_the_bike_is_looked_for_not_the_bike(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("looking for something to carry my laptop on the bike", "search_product")
    assert shopper.cards
    assert not any(card["title"].endswith("bike") for card in shopper.cards)


def test_a_joke_heard_in_a_search_is_a_search(shopper: Shopper) -> None:
    shopper.says("noch eine luftpumpe", "chitchat/joke", confidence=0.56)
    assert all("pumpe" in title.casefold() for title in titles(shopper))


def test_who_asks_twice_for_a_person_has_one_case(shopper: Shopper) -> None:
    shopper.says("mein paket kam kaputt an", "complaint")
    first = shopper.messages[-1]["reference"]
    shopper.says("ich will mit jemandem reden", "human_handoff")
    assert shopper.messages[-1] == {"type": "handoff", "reference": first}
    assert "liegt schon" in shopper.text


def test_a_gift_for_a_rider_is_not_a_bike_beyond_the_budget(shopper: Shopper) -> None:
    shopper.says("suche ein geschenk, er fährt viel rennrad, bis 50 euro", "search_product")
    assert len(shopper.cards) == 3
    assert all(card["price"]["amount"] <= 5000 for card in shopper.cards)


def test_a_word_that_only_resembles_a_product_is_not_taken_for_it(shopper: Shopper) -> None:
    shopper.says("zeig mir ebikes", "search_product")
    shopper.says("was fällt da weg?", "nlu_fallback")
    assert "Falter" not in shopper.text
    assert shopper.cards == []


def test_a_models_name_taken_for_praise_is_still_a_model(shopper: Shopper) -> None:
    shopper.says("grat 1", "chitchat/compliment", confidence=0.63)
    assert "649,00" in shopper.text
    shopper.says("das grat 1 ist ja toll", "chitchat/compliment", confidence=0.97)
    assert shopper.cards == []


def test_the_first_two_of_three_are_compared(shopper: Shopper) -> None:
    shopper.says("mountainbikes", "search_product")
    first, second, third = (card["title"] for card in shopper.cards)
    shopper.says("unterschied zwischen den ersten beiden", "compare")
    (table,) = [message for message in shopper.messages if message["type"] == "comparison"]
    assert table["titles"] == [first, second]
    assert third not in shopper.text


def test_fifty_euros_for_a_gift_show_what_a_cyclist_can_use(english_shopper: Shopper) -> None:
    english_shopper.says("gift for my dad who just started cycling, about 50 euros", "search_product")
    assert len(english_shopper.cards) == 3
    assert all(card["price"]["amount"] <= 5_750 for card in english_shopper.cards)
    assert not any("bike" in card["sku"].casefold() for card in english_shopper.cards)


def test_an_adverb_nobody_has_heard_is_no_makers_name(shopper: Shopper) -> None:
    line = "ein e-bike, sie fährt hauptsächlich zum einkaufen"
    shopper.says(line, "search_product", unheard="hauptsächlich")
    assert "hauptsächlich" not in shopper.text
    assert shopper.cards


def test_what_a_rider_weighs_and_measures_finds_bikes_for_them(english_shopper: Shopper) -> None:
    english_shopper.says("i need a mountain bike", "search_product")
    english_shopper.says("im 180 lbs and 6ft1", "refine_search")
    assert english_shopper.cards
    assert "weight 81" not in english_shopper.text


def test_an_inseam_no_record_knows_hides_nothing(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike", "search_product")
    shopper.says("mit schrittlänge 86", "refine_search")
    assert shopper.cards
