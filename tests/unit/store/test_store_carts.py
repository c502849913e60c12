"""The cart."""

import pytest
from shopfloor import product

from actions.offers.products import Money
from actions.store import carts

BIKE = product("BIKE", price=Money(89_900))
HELMET = product("HELMET", price=Money(5_990))
BETTER = product("BETTER", price=Money(99_900))


def skus(connection, chat) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in carts.lines(connection, chat)]


def test_lines_stay_in_the_order_they_were_put_in(connection, chat, now):
    for item in (HELMET, BIKE):
        carts.put(connection, chat, item, 1, now=now)
    assert skus(connection, chat) == [("HELMET", 1), ("BIKE", 1)]


def test_the_same_product_again_grows_the_line(connection, chat, now):
    carts.put(connection, chat, HELMET, 1, now=now)
    carts.put(connection, chat, HELMET, 2, now=now)
    assert skus(connection, chat) == [("HELMET", 3)]


def test_a_line_that_grows_has_the_price_of_now(connection, chat, now):
    carts.put(connection, chat, HELMET, 1, now=now)
    carts.put(connection, chat, product("HELMET", price=Money(4_990)), 1, now=now)
    assert carts.total(carts.lines(connection, chat)) == Money(9_980)


def test_nobody_puts_zero_pieces_in(connection, chat, now):
    with pytest.raises(ValueError, match="0 pieces"):
        carts.put(connection, chat, HELMET, 0, now=now)


def test_a_quantity_is_changed_and_zero_takes_the_line_out(connection, chat, now):
    carts.put(connection, chat, HELMET, 1, now=now)
    assert carts.change(connection, chat, "HELMET", 4)
    assert skus(connection, chat) == [("HELMET", 4)]
    assert carts.change(connection, chat, "HELMET", 0)
    assert skus(connection, chat) == []
    assert not carts.change(connection, chat, "HELMET", 2)


def test_removing_what_is_not_there_says_so(connection, chat, now):
    carts.put(connection, chat, HELMET, 1, now=now)
    assert carts.remove(connection, chat, "HELMET")
    assert not carts.remove(connection, chat, "HELMET")


def test_an_upgrade_takes_the_place_and_the_quantity_of_the_old_product(connection, chat, now):
    carts.put(connection, chat, BIKE, 2, now=now)
    carts.put(connection, chat, HELMET, 1, now=now)
    assert carts.replace(connection, chat, "BIKE", BETTER, None, now)
    assert skus(connection, chat) == [("BETTER", 2), ("HELMET", 1)]
    assert carts.lines(connection, chat)[0].price == Money(99_900)


def test_an_upgrade_to_what_is_in_the_cart_already_joins_that_line(connection, chat, now):
    carts.put(connection, chat, BIKE, 2, now=now)
    carts.put(connection, chat, BETTER, 1, now=now)
    assert carts.replace(connection, chat, "BIKE", BETTER, None, now)
    assert skus(connection, chat) == [("BETTER", 3)]


def test_nothing_replaces_what_is_not_there(connection, chat, now):
    assert not carts.replace(connection, chat, "BIKE", BETTER, None, now)
    assert skus(connection, chat) == []


def test_clearing_empties_the_cart_of_this_conversation_only(connection, chat, now):
    carts.put(connection, chat, BIKE, 1, now=now)
    carts.clear(connection, "somebody else")
    assert skus(connection, chat) == [("BIKE", 1)]
    carts.clear(connection, chat)
    assert skus(connection, chat) == []


def test_the_total_counts_quantities_and_keeps_the_currency():
    lines = (carts.CartLine("A", 3, Money(250, "CHF")), carts.CartLine("B", 1, Money(100, "CHF")))
    assert carts.total(lines) == Money(850, "CHF")
    assert carts.total(()) == Money(0, "EUR")
