"""A feed in one language with bare category names sells to shoppers of both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conversations.shopper import Shopper

FEED = """sku,title_en,category,price,stock
TV-32,Nordkap LCD TV N32,TV and Video/Televisions,249,5
TV-55,Nordkap LCD TV N55,TV and Video/Televisions,549,5
DVD-1,Nordkap DVD Player D1,TV and Video/Car Video,79,5
FR-1,Nordkap Refrigerator R200,Home Appliances/Refrigerators,399,5
WA-1,Nordkap Washer W7,Home Appliances/Washers & Dryers,449,5
CO-1,Nordkap Coffee Maker 12C,Home Appliances/Coffee Machines,59,5
LA-1,Lumo Floor Lamp L1,Home Appliances/Lamps,89,5
LA-2,Lumo Desk Lamp L2,Home Appliances/Lamps,39,5
"""


@pytest.fixture
def visits(tmp_path: Path, shop_of) -> Callable[[str], Shopper]:
    """Shoppers of a shop that consists of this feed."""
    (tmp_path / "feed.csv").write_text(FEED, "utf-8")
    house = shop_of(tmp_path / "feed.csv")
    return lambda language: Shopper(house, language=language)


def skus(shopper: Shopper) -> set[str]:
    return {card["sku"] for card in shopper.cards}


def test_a_german_shopper_finds_and_buys_a_television(visits) -> None:
    shopper = visits("de")
    shopper.says("Ich suche einen Fernseher unter 300 Euro", "search_product")
    assert skus(shopper) == {"TV-32"}
    assert "Fernseher" in shopper.text
    shopper.says("den nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    assert shopper.cart == {"TV-32": 1}


def test_an_english_shopper_is_understood_in_other_words_than_the_merchants(visits) -> None:
    shopper = visits("en")
    shopper.says("show me tvs", "search_product")
    assert skus(shopper) == {"TV-32", "TV-55"}
    shopper.says("i'd like a fridge", "search_product")
    assert skus(shopper) == {"FR-1"}
    shopper.says("do you sell washing machines?", "search_product")
    assert skus(shopper) == {"WA-1"}


def test_a_kind_that_only_titles_name_is_found(visits) -> None:
    shopper = visits("de")
    shopper.says("habt ihr eine Stehlampe?", "search_product")
    assert skus(shopper) == {"LA-1"}


@pytest.mark.parametrize(
    ("language", "asked", "named"),
    [("de", "Haben Sie Staubsauger?", "Staubsauger"), ("en", "do you have guitars?", "guitars")],
)
def test_what_the_shop_does_not_have_is_said_to_be_missing(visits, language: str, asked: str, named: str) -> None:
    shopper = visits(language)
    shopper.says(asked, "search_product")
    assert shopper.cards == []
    assert named in shopper.text
