"""The record of prices grows with every change of the catalogue and with nothing else."""

from datetime import timedelta

from shopfloor import product, stock_up
from sqlalchemy import select

from actions.offers.products import Money
from actions.offers.reductions import Reduction
from actions.store.prices import note_prices, price_history, reduced
from actions.store.tables import price_changes


def test_only_a_price_that_is_another_is_written_down(connection, now) -> None:
    stock_up(connection, {"sku": "BIKE", "price": 90_000}, {"sku": "BELL", "price": 900})
    note_prices(connection, now)
    stock_up(connection, {"sku": "BIKE", "price": 80_000, "stock": 1}, {"sku": "BELL", "price": 900, "stock": 9})
    note_prices(connection, now + timedelta(days=1))
    note_prices(connection, now + timedelta(days=2))
    told = [(each.since, each.price) for each in price_history(connection, "BIKE")]
    assert told == [(now, Money(90_000)), (now + timedelta(days=1), Money(80_000))]
    assert len(connection.execute(select(price_changes)).all()) == 3


def test_a_price_that_returns_is_written_down_again(connection, now) -> None:
    for day, price in enumerate((9_000, 8_000, 9_000)):
        stock_up(connection, {"sku": "BIKE", "price": price})
        note_prices(connection, now + timedelta(days=day))
    assert [each.price.amount for each in price_history(connection, "BIKE")] == [9_000, 8_000, 9_000]


def test_a_reduction_is_that_of_the_price_being_asked(connection, now) -> None:
    for days, price in ((0, 90_000), (40, 80_000)):
        stock_up(connection, {"sku": "BIKE", "price": price})
        note_prices(connection, now + timedelta(days=days))
    later = now + timedelta(days=41)
    found = reduced(connection, product("BIKE", price=Money(80_000)), later)
    assert found == Reduction(now + timedelta(days=40), Money(90_000))
    # a price the record does not know yet is announced as nothing
    assert reduced(connection, product("BIKE", price=Money(70_000)), later) is None
    assert reduced(connection, product("BELL"), later) is None
