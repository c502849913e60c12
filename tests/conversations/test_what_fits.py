"""Sizes, riders and what goes with what are told from the records; what none says is not claimed."""

from collections.abc import Callable

import pytest

from tests.conversations.shopper import Shopper


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


def test_a_size_that_is_not_made_is_said_and_asked_again(shopper: Shopper) -> None:
    shopper.says("zeig mir ebikes", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("M", "choose_option")
    assert "Größe M" in shopper.text
    assert [choice["title"] for choice in shopper.choices()] == ["46", "50", "54"]


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


def test_the_down_sell_speaks_of_the_size_that_fits_the_rider(shopper: Shopper) -> None:
    shopper.says("ich suche ein e-bike, sie ist 1,68 groß", "search_product")
    shopper.says("das mit der größten reichweite", "choose_option")
    shopper.says("zu teuer", "object_price")
    assert [offer["kind"] for offer in shopper.offers] == ["down"]
    snapshot = shopper.house.catalogue.snapshot()
    offered = snapshot.product(shopper.offers[0]["cards"][0]["sku"])
    assert offered is not None
    assert offered.attributes["rider_height_cm"] == "164 to 177"


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


@pytest.mark.parametrize("intent", ["ask_details", "refine_search", "nlu_fallback", "ask_recommendation"])
@pytest.mark.parametrize(
    ("language", "text", "size"),
    [("de", "welche Rahmengröße brauche ich bei 1,83?", "Größe"), ("en", "what frame size for 5 foot 9", "size")],
)
def test_the_frame_size_is_told_for_each_model_shown(
    comes_in: Callable[..., Shopper], language: str, text: str, size: str, intent: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says("mountainbikes", "search_product")
    titles = [card["title"] for card in shopper.cards]
    shopper.says(text, intent)
    lines = shopper.text.splitlines()
    assert [line.partition(":")[0] for line in lines] == titles
    assert any(f"{size} " in line for line in lines)


@pytest.mark.parametrize("intent", ["choose_option", "refine_search", "nlu_fallback"])
@pytest.mark.parametrize(("head", "size"), [("56 cm", "M"), ("60 cm", "L")])
def test_a_head_in_centimetres_settles_the_size_of_the_helmet(
    english_shopper: Shopper, head: str, size: str, intent: str
) -> None:
    shopper = english_shopper
    shopper.says("helmet", "search_product")
    shopper.says("i'll take the first one", "purchase_intent")
    assert "M or L" in shopper.text
    shopper.says(head, intent)
    question = shopper.state.memory["question"]
    assert question["asked"] == "variant"
    assert question["attribute"] == "colour"
    shopper.says("black", "choose_option")
    assert f"Size {size}" in shopper.text


@pytest.mark.parametrize(("head", "size"), [("58 cm", "M"), ("58", "M"), ("59 cm", "L"), ("54 cm", "M")])
def test_a_head_at_the_end_of_one_size_and_inside_another_gets_the_size_it_is_inside(
    shopper: Shopper, head: str, size: str
) -> None:
    shopper.says("zeig mir den mountainbike-helm waldläufer", "search_product")
    shopper.says("den nehme ich", "purchase_intent")
    assert "M oder L" in shopper.text
    shopper.says(head, "refine_search")
    assert f"Zu Kopfumfang {head[:2]} cm passt Größe {size}." in shopper.text
    assert "Welche Farbe" in shopper.text
    shopper.says("schwarz", "choose_option")
    assert f"(schwarz, Größe {size})" in shopper.text


@pytest.mark.parametrize("line", ["bin 1,83 groß", "1,83", "183 cm"])
def test_a_rider_between_two_sizes_is_told_so_and_chooses(shopper: Shopper, line: str) -> None:
    shopper.says("ich nehme das grat 2 in schwarz", "purchase_intent")
    shopper.says(line, "refine_search")
    assert "Zu Körpergröße 183 cm passt Größe 50 oder 54." in shopper.text
    assert [choice["title"] for choice in shopper.choices()] == ["50", "54"]


@pytest.mark.parametrize("intent", ["ask_details", "ask_recommendation", "nlu_fallback"])
@pytest.mark.parametrize(
    ("language", "text", "kind", "said"),
    [
        ("de", "welche rahmengröße brauche ich bei 1,83?", "Rennräder", "Zu Körpergröße 183 cm passt Größe 58."),
        ("en", "what frame size for 6 foot?", "Road bikes", "for rider height 183 cm, size 58 fits."),
    ],
)
def test_a_question_for_the_size_before_any_product_offers_the_kinds_and_then_tells_it(
    comes_in: Callable[..., Shopper], language: str, text: str, kind: str, said: str, intent: str
) -> None:
    shopper = comes_in(language=language)
    shopper.says(text, intent)
    kinds = [choice["title"] for choice in shopper.choices()]
    assert kind in kinds
    assert "Helme" not in kinds
    shopper.presses(kind)
    assert len(shopper.cards) == 3
    assert shopper.text.count(said) == 3


def test_a_size_asked_for_with_its_kind_is_told_for_each_model_of_it(shopper: Shopper) -> None:
    shopper.says("welche rahmengröße brauche ich bei 1,83 für ein rennrad?", "ask_recommendation")
    assert len(shopper.cards) == 3
    assert shopper.text.count("passt Größe 58") == 3


def test_a_kind_whose_size_goes_by_a_measure_asks_for_it(shopper: Shopper) -> None:
    shopper.says("welche größe brauche ich?", "nlu_fallback")
    shopper.presses("Helme")
    assert "Kopfumfang" in shopper.text
    assert len(shopper.cards) == 3
