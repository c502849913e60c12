"""A shop that came in as its export is sold from like any other."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from actions import services
from actions.store.engine import writing
from actions.store.importing import Terms
from tests.conversations.shopper import Shopper
from tests.unit.importing.exports import sample

SPRING = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def in_a_shop_from(shop_of) -> Callable[..., Shopper]:
    """A shopper in a shop that consists of one export."""

    def visit(name: str, language: str) -> Shopper:
        return Shopper(shop_of(sample(name), Terms(language, now=SPRING)), language=language)

    return visit


def test_a_german_woocommerce_shop_finds_model_colour_size_and_price(in_a_shop_from) -> None:
    shopper = in_a_shop_from("woocommerce_deutsch.csv", "de")
    shopper.says("ich suche wanderschuhe in grün", "search_product")
    (card,) = shopper.cards
    assert "Wanderschuh Höhenweg" in card["title"]
    assert card["price"]["amount"] == 14_990
    shopper.says("den nehme ich", "purchase_intent")
    shopper.says("ja", "confirm")
    assert shopper.cart == {"SCHUH-GRUEN-42": 1}


def test_its_cross_sell_is_offered_once_somebody_has_approved_it(in_a_shop_from) -> None:
    shopper = in_a_shop_from("woocommerce_deutsch.csv", "de")

    def buys_a_shoe() -> None:
        shopper.says("ich suche wanderschuhe in grün", "search_product")
        shopper.says("den nehme ich", "purchase_intent")
        shopper.says("ja", "confirm")

    buys_a_shoe()
    assert shopper.offers == []
    (decision,) = [each for each in shopper.decisions() if each.withheld]
    assert {(row["sku"], row["reason"]) for row in decision.withheld} >= {("SOCKE", "not_approved")}
    with writing(shopper.house.engine) as connection:
        connection.exec_driver_sql("UPDATE relations SET state = 'approved'")
    another = Shopper(services.build(str(shopper.house.engine.url)))
    shopper = another
    buys_a_shoe()
    assert [card["sku"] for offer in shopper.offers for card in offer["cards"]] == ["SOCKE"]


def test_an_english_shopify_shop_asks_for_what_is_missing_and_sells_it(in_a_shop_from) -> None:
    shopper = in_a_shop_from("shopify_2025.csv", "en")
    shopper.says("I am looking for a shirt in blue", "search_product")
    assert [card["price"]["amount"] for card in shopper.cards] == [6_100]
    shopper.says("I'll take it", "purchase_intent")
    shopper.says("yes", "confirm")
    assert shopper.cart == {"LS-B-M": 1}


def test_a_google_feed_is_enough_to_be_found(in_a_shop_from) -> None:
    shopper = in_a_shop_from("google.xml", "en")
    shopper.says("do you have a system camera", "search_product")
    assert shopper.cards
    assert "System Camera Z5" in shopper.cards[0]["title"]
    assert shopper.cards[0]["price"]["amount"] == 119_900
