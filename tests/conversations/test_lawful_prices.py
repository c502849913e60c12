"""Prices as the law wants them: the unit price beside them, a reduction against the lowest of thirty days."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete

from actions.services import Services
from actions.store.engine import writing
from actions.store.prices import note_prices
from actions.store.tables import price_changes, products
from tests.conversations.moves import is_offered
from tests.conversations.shopper import Shopper

TUBES = products.c.family == "tube-standard"
ONE_TUBE = products.c.sku == "SCHLAUCH-29-AV"


def cost(house: Services, meant: ColumnElement[bool], *asked: tuple[int, int]) -> None:
    """These products had these prices, each since so many days ago."""
    with writing(house.engine) as connection:
        connection.execute(delete(price_changes))
        for days, price in asked:
            connection.execute(products.update().where(meant).values(price=price))
            note_prices(connection, house.clock() - timedelta(days=days))


def test_a_reduced_price_stands_with_the_lowest_of_the_thirty_days_before(shopper: Shopper) -> None:
    cost(shopper.house, TUBES, (90, 990), (20, 890), (5, 690))
    shopper.says("was kostet der Rollgard Immerrund?", "ask_price")
    assert "6,90 € inkl. MwSt." in shopper.text
    assert "Der Preis ist gesenkt; der niedrigste der 30 Tage davor war 8,90 €." in shopper.text


def test_after_thirty_days_it_is_simply_the_price(english_shopper: Shopper) -> None:
    cost(english_shopper.house, TUBES, (90, 990), (31, 690))
    english_shopper.says("how much is the Rollgard Immerrund?", "ask_price")
    assert "€6.90 incl. VAT" in english_shopper.text
    assert "reduced" not in english_shopper.text


def test_a_model_is_called_reduced_only_where_every_variant_is(shopper: Shopper) -> None:
    cost(shopper.house, ONE_TUBE, (90, 990), (5, 690))
    shopper.says("was kostet der Rollgard Immerrund?", "ask_price")
    assert "6,90 € inkl. MwSt." in shopper.text
    assert "gesenkt" not in shopper.text


def test_an_offer_is_not_argued_with_a_reduction(shopper: Shopper) -> None:
    every = products.c.price > 0
    with writing(shopper.house.engine) as connection:
        connection.execute(delete(price_changes))
        connection.execute(products.update().where(every).values(price=products.c.price + 100))
        note_prices(connection, shopper.house.clock() - timedelta(days=90))
        connection.execute(products.update().where(every).values(price=products.c.price - 100))
        note_prices(connection, shopper.house.clock() - timedelta(days=2))
    is_offered(shopper, "cross")
    assert "gesenkt" not in str(shopper.messages)


def test_a_card_shows_the_unit_price_where_a_content_is_given(shopper: Shopper) -> None:
    shopper.says("ich suche kettenöl", "search_product")
    priced = [card["unit_price"] for card in shopper.cards]
    assert len(priced) == 3
    assert all(price["unit"] == "l" and price["text"].endswith(" €") for price in priced)
    shopper.says("ich suche ein mountainbike", "search_product")
    assert all("unit_price" not in card for card in shopper.cards)
