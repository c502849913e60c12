"""A price hangs on the product alone: whoever asks, whatever is known of them, sees the price of the catalogue."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.store import conversations
from actions.store.engine import reading, writing
from actions.store.tables import products
from tests.conversations.shopper import Shopper
from tests.conversations.test_happy_path import buys_a_mountain_bike
from tests.conversations.test_known_customers import is_known

WHO = ("customer", "consented", "opted_out", "complained", "voice")


def prices_shown(shopper: Shopper) -> dict[str, int]:
    """What the cards of the search and the lines of the cart say a product costs, in cents."""
    shopper.says("hallo, ich suche ein mountainbike unter 1000 euro", "search_product")
    shown = {card["sku"]: card["price"]["amount"] for card in shopper.cards}
    buys_a_mountain_bike(shopper)
    return shown | {card["sku"]: card["price"]["amount"] for card in shopper.cards}


@pytest.mark.parametrize("who", WHO)
def test_whoever_asks_sees_the_prices_of_the_catalogue(shopper: Shopper, who: str) -> None:
    usual = prices_shown(Shopper(shopper.house))
    other = Shopper(shopper.house, channel="phone") if who == "voice" else Shopper(shopper.house)
    if who in ("customer", "consented"):
        is_known(other)
    if who == "consented":
        other.says("ihr dürft meine käufe nutzen", "give_consent")
    flags = {"opted_out": who == "opted_out", "negative_mood": who == "complained"}
    with writing(shopper.house.engine) as connection:
        conversations.save(connection, replace(other.state, **flags), shopper.house.clock())
    seen = prices_shown(other)
    with reading(shopper.house.engine) as connection:
        listed = dict(connection.execute(select(products.c.sku, products.c.price)).tuples().all())
    assert usual.keys() & seen.keys()
    assert usual.items() <= listed.items()
    assert seen.items() <= listed.items()
