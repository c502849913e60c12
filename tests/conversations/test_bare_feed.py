"""A shop that gave nothing but names, kinds, colours and prices in one language can still be talked with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conversations.shopper import Shopper

COLOURS = ("Black", "White", "Silver")
FEED = {
    "Home Appliances/Coffee Machines": ("Mokka Coffee Maker 4C E080", "Mokka Coffee Maker 8C M120"),
    "Home Appliances/Refrigerators": ("Nordland Refrigerator 60L E10", "Nordland Refrigerator 90L M20"),
    "Home Appliances/MP4&MP3": ("Klang MP3 Player E51",),
    "Computers/Laptops": ("Tafel Laptop 9 E08", "Tafel Laptop 15 M15"),
    "Computers/Projectors & Screens": ("Wand Screen 80in E10",),
    "Computers/Data Cables": ("Draht USB Cable E60",),
    "Games/Board Games": ("Tresor Card Game E20",),
}


def feed() -> str:
    """Three colours of each model, each an article of its own, the better model half as dear again."""
    rows = ["sku,title_en,category,brand,colour,price,cost,stock"]
    for number, (category, models) in enumerate(FEED.items()):
        for place, model in enumerate(models):
            price = (number + 1) * 20 * (place + 2)
            rows += [
                f"{number}{place}{colour[0]},{model} {colour},{category},{model.split()[0]},{colour},"
                f"{price}.00,{price // 2}.00,5"
                for colour in COLOURS
            ]
    return "\n".join(rows) + "\n"


@pytest.fixture
def visit(tmp_path: Path, shop_of) -> Callable[[str], Shopper]:
    """A shopper in this shop."""
    (tmp_path / "products.csv").write_text(feed(), encoding="utf-8")
    house = shop_of(tmp_path / "products.csv")
    return lambda language: Shopper(house, language=language)


def models(shopper: Shopper) -> list[str]:
    return [card["title"].rpartition(" ")[0] for card in shopper.cards]


def buttons(shopper: Shopper) -> list[str]:
    return [c["title"] for m in shopper.messages if m["type"] == "choices" for c in m["choices"]]


def test_models_are_shown_before_their_other_colours(visit) -> None:
    shopper = visit("en")
    shopper.says("do you have laptops?", "search_product")
    assert models(shopper) == ["Tafel Laptop 9 E08", "Tafel Laptop 15 M15", "Tafel Laptop 9 E08"]


def test_a_kind_without_a_title_is_called_as_the_merchant_wrote_it(visit) -> None:
    shopper = visit("en")
    shopper.says("mp3 player", "search_product")
    assert "MP4&MP3" in shopper.text


def test_a_product_without_a_description_is_told_without_an_empty_sentence(visit) -> None:
    shopper = visit("en")
    shopper.says("do you have laptops?", "search_product")
    shopper.says("the first one", "choose_option")
    assert shopper.messages[0]["text"] == "Tafel Laptop 9 E08 Black: €160.00 incl. VAT, plus shipping."


def test_washing_machines_are_no_coffee_machines(visit) -> None:
    shopper = visit("en")
    shopper.says("do you sell washing machines?", "search_product")
    assert shopper.cards == []
    assert "washing machines" in shopper.text
    shopper.says("in black", "refine_search")
    assert models(shopper) == ["Mokka Coffee Maker 4C E080", "Mokka Coffee Maker 8C M120"]


def test_a_price_alone_is_asked_what_it_shall_be_and_kept(visit) -> None:
    shopper = visit("en")
    shopper.says("under 300 euros please", "refine_search")
    assert shopper.text == "Sure (up to €300.00). What kind of thing are you looking for?"
    assert buttons(shopper) == ["Home Appliances", "Computers", "Games"]
    shopper.presses("Computers")
    assert models(shopper)[0] == "Tafel Laptop 9 E08"
    assert "up to €300.00" in shopper.text
    assert all(card["price"]["amount"] <= 30_000 for card in shopper.cards)


def test_who_names_no_kind_twice_is_shown_what_there_is(visit) -> None:
    shopper = visit("en")
    shopper.says("in black", "refine_search")
    assert shopper.cards == []
    shopper.says("under 300 euros", "refine_search")
    assert len(shopper.cards) == 3


def test_a_whole_department_is_narrowed_by_its_kinds(visit) -> None:
    shopper = visit("en")
    shopper.says("computers", "search_product")
    assert len(shopper.cards) == 3
    assert buttons(shopper)[-3:] == ["Laptops", "Data Cables", "Projectors & Screens"]
    shopper.presses("Laptops")
    assert set(models(shopper)) == {"Tafel Laptop 9 E08", "Tafel Laptop 15 M15"}


def test_what_shall_be_part_of_one_is_no_other_kind(visit) -> None:
    shopper = visit("en")
    shopper.says("do you have laptops?", "search_product")
    shopper.says("do you have one with a bigger screen", "nlu_fallback")
    assert "Wand Screen" not in shopper.text
    assert all("Laptop" in title for title in models(shopper))


def test_another_product_in_white_is_not_the_white_one_shown(visit) -> None:
    shopper = visit("en")
    shopper.says("refrigerators", "search_product")
    shopper.says("coffee maker in white", "nlu_fallback")
    assert models(shopper) == ["Mokka Coffee Maker 4C E080", "Mokka Coffee Maker 8C M120"]


def test_what_nobody_recorded_of_those_shown_is_said_to_be_unknown(visit) -> None:
    shopper = visit("en")
    shopper.says("refrigerators", "search_product")
    shopper.says("how loud is it?", "ask_details")
    assert shopper.text.startswith("I'm not sure about that for Nordland Refrigerator 60L E10 Black")
    assert "Noise" in shopper.text


def test_a_wish_that_the_purchase_does_not_meet_is_no_must_for_the_cheaper_one(visit) -> None:
    shopper = visit("en")
    shopper.says("a refrigerator from klang", "search_product")
    shopper.says("the nordland refrigerator 90l m20 black", "choose_option")
    shopper.says("i'll take it", "purchase_intent")
    shopper.says("yes", "confirm")
    assert shopper.cart == {"11B": 1}
    shopper.says("anything cheaper?", "ask_cheaper")
    assert "Klang" not in shopper.text


def test_a_step_up_is_another_model_in_the_same_colour_and_no_colour_of_the_same(visit) -> None:
    shopper = visit("en")
    shopper.says("do you have laptops?", "search_product")
    shopper.says("i'll take the first one", "purchase_intent")
    shopper.says("yes", "confirm")
    shopper.says("is there something better?", "ask_better")
    assert [card["title"] for offer in shopper.offers for card in offer["cards"]] == ["Tafel Laptop 15 M15 Black"]


def test_a_fact_nobody_recorded_is_named_in_the_shoppers_language(visit) -> None:
    shopper = visit("de")
    shopper.says("laptops", "search_product")
    shopper.says("das erste", "choose_option")
    shopper.says("ist das wasserdicht?", "ask_details")
    assert "(Wasserdichtigkeit)" in shopper.text


@pytest.mark.parametrize(
    ("language", "question", "departments"),
    [
        ("en", "What do you sell?", ["Home Appliances", "Computers", "Games"]),
        ("en", "what can i buy here", ["Home Appliances", "Computers", "Games"]),
        ("de", "was verkaufen Sie?", ["Haushaltsgeräte", "Computer", "Games"]),
        ("de", "was habt ihr denn so alles?", ["Haushaltsgeräte", "Computer", "Games"]),
    ],
)
def test_who_asks_what_the_shop_sells_is_shown_its_departments(visit, language, question, departments) -> None:
    shopper = visit(language)
    shopper.says(question, "nlu_fallback")
    assert buttons(shopper) == departments
    shopper.presses(departments[1])
    assert len(shopper.cards) == 3


def test_a_kind_that_is_named_in_the_question_is_searched(visit) -> None:
    shopper = visit("en")
    shopper.says("what laptops do you sell?", "search_product")
    assert models(shopper)[0] == "Tafel Laptop 9 E08"
