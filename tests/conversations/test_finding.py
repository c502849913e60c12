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


@pytest.mark.parametrize(
    ("language", "text", "spans"),
    [
        ("de", "ein fahrrad für meine 6-jährige tochter", {"4 to 6", "6 to 8"}),
        ("en", "a bike for my 9 year old son", {"8 to 11"}),
    ],
)
def test_a_bike_for_a_child_fits_its_age(shopper: Shopper, language: str, text: str, spans: set[str]) -> None:
    counter = Shopper(shopper.house, language=language)
    counter.says(text, "search_product")
    snapshot = shopper.house.catalogue.snapshot()
    found = [snapshot.product(card["sku"]) for card in counter.cards]
    assert {p.attributes["age"] for p in found if p} == spans


def test_a_riders_height_leaves_only_the_sizes_that_fit(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("bin 1,83 groß", "refine_search")
    shopper.says("das erste", "choose_option")
    assert {choice["title"] for choice in shopper.choices()} == {"50", "54"}


def test_the_size_guide_is_told_by_size(shopper: Shopper) -> None:
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("für welche körpergröße ist das?", "ask_details")
    assert "Größe 42: 158 bis 169 cm" in shopper.text


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


def test_a_size_that_is_not_made_is_said_and_asked_again(shopper: Shopper) -> None:
    shopper.says("zeig mir ebikes", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("M", "choose_option")
    assert "Größe M" in shopper.text
    assert [choice["title"] for choice in shopper.choices()] == ["46", "50", "54"]


def test_which_product_is_asked_with_those_shown_as_buttons(shopper: Shopper) -> None:
    shopper.says("zeig mir schlösser", "search_product")
    shown = titles(shopper)
    shopper.says("nehm ich", "purchase_intent")
    assert [choice["title"] for choice in shopper.choices()] == shown


def test_what_is_not_recorded_to_fit_is_not_claimed_to_fit(english_shopper: Shopper) -> None:
    shopper = english_shopper
    shopper.says("show me child seats", "search_product")
    shopper.says("the first one", "choose_option")
    shopper.says("does it fit a full suspension bike?", "ask_details")
    assert "go together" in shopper.text
    assert "not sure" in shopper.text or "don’t" in shopper.text


def test_what_the_matrix_says_belongs_together_is_said_to_fit(shopper: Shopper) -> None:
    shopper.says("zeig mir den mountainbike-helm waldläufer", "search_product")
    shopper.says("passt der zum mountainbike grat 2?", "ask_details")
    assert "Ja, das passt zusammen" in shopper.text


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
    assert "Weight" in shopper.text


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


def test_a_gift_for_a_rider_is_not_a_bike_beyond_the_budget(shopper: Shopper) -> None:
    shopper.says("suche ein geschenk, er fährt viel rennrad, bis 50 euro", "search_product")
    assert len(shopper.cards) == 3
    assert all(card["price"]["amount"] <= 5000 for card in shopper.cards)


def test_a_word_that_only_resembles_a_product_is_not_taken_for_it(shopper: Shopper) -> None:
    shopper.says("zeig mir ebikes", "search_product")
    shopper.says("was fällt da weg?", "nlu_fallback")
    assert "Falter" not in shopper.text
    assert shopper.cards == []


def test_the_down_sell_speaks_of_the_size_that_fits_the_rider(shopper: Shopper) -> None:
    shopper.says("ich suche ein e-bike, sie ist 1,68 groß", "search_product")
    shopper.says("das mit der größten reichweite", "choose_option")
    shopper.says("zu teuer", "object_price")
    assert [offer["kind"] for offer in shopper.offers] == ["down"]
    snapshot = shopper.house.catalogue.snapshot()
    offered = snapshot.product(shopper.offers[0]["cards"][0]["sku"])
    assert offered is not None
    assert offered.attributes["rider_height_cm"] == "164 to 177"


def test_a_models_name_taken_for_praise_is_still_a_model(shopper: Shopper) -> None:
    shopper.says("grat 1", "chitchat/compliment", confidence=0.63)
    assert "649,00" in shopper.text
    shopper.says("das grat 1 ist ja toll", "chitchat/compliment", confidence=0.97)
    assert shopper.cards == []


def test_of_several_shown_those_that_fit_the_shoppers_own_are_named(shopper: Shopper) -> None:
    shopper.says("ich suche einen schlauch", "search_product")
    shown = {card["sku"]: card["title"] for card in shopper.cards}
    shopper.says("welches passt zu meinem tempo 1?", "ask_recommendation")
    assert "Tempo 1" in shopper.text
    fitting = [card["title"] for card in shopper.cards]
    assert fitting
    assert set(fitting) < set(shown.values())


def test_where_no_record_says_what_fits_nothing_is_claimed(shopper: Shopper) -> None:
    shopper.says("ich brauche etwas gegen einen platten", "search_product")
    assert len(shopper.cards) > 1
    shopper.says("welches passt zu meinem tempo 1?", "ask_recommendation")
    assert shopper.cards == []
    assert "nicht" in shopper.text


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
