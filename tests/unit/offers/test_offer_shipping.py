"""The honest arithmetic of shipping and its threshold."""

from dataclasses import replace

import pytest
from offer_builders import LIMITS, extra

from actions.offers.products import Money
from actions.offers.shipping import Shipping, Worth, fill_up, shipping_of

FREE_FROM_75 = replace(LIMITS, free_shipping_from=7_500, shipping_cost=1_000)


def test_an_item_of_nine_fifty_costs_almost_the_same_as_shipping() -> None:
    sums = fill_up(6_600, extra("SOCKS", 950), FREE_FROM_75)
    assert sums is not None
    assert (sums.missing, sums.shipping_saved) == (Money(900), Money(1_000))
    assert (sums.filler_price, sums.extra_paid) == (Money(950), Money(-50))
    assert sums.worth is Worth.ALMOST_SAME
    assert sums.is_an_argument


def test_a_thirty_euro_item_is_never_argued_with_shipping() -> None:
    sums = fill_up(6_600, extra("JACKET", 3_000), FREE_FROM_75)
    assert sums is not None
    assert (sums.extra_paid, sums.worth, sums.is_an_argument) == (Money(2_000), Worth.NOT_AN_ARGUMENT, False)


@pytest.mark.parametrize(
    ("price", "worth"),
    [
        (500, Worth.SAVES),
        (899, Worth.SAVES),
        (900, Worth.ALMOST_SAME),
        (1_100, Worth.ALMOST_SAME),
        (1_101, Worth.COSTS_MORE),
        (2_000, Worth.COSTS_MORE),
        (2_001, Worth.NOT_AN_ARGUMENT),
    ],
)
def test_within_a_tenth_of_shipping_the_sum_stays_almost_the_same(price: int, worth: Worth) -> None:
    sums = fill_up(7_000, extra("FILLER", price), FREE_FROM_75)
    assert sums is not None
    assert sums.worth is worth
    assert sums.is_an_argument is (worth in {Worth.SAVES, Worth.ALMOST_SAME})


def test_an_item_that_does_not_reach_the_threshold_saves_nothing() -> None:
    sums = fill_up(6_600, extra("CARD", 200), FREE_FROM_75)
    assert sums is not None
    assert (sums.shipping_saved, sums.extra_paid, sums.worth) == (Money(0), Money(200), Worth.NOT_AN_ARGUMENT)


@pytest.mark.parametrize(
    ("total", "limits"),
    [(7_500, FREE_FROM_75), (100, LIMITS), (100, replace(FREE_FROM_75, shipping_cost=0))],
)
def test_where_shipping_is_free_or_never_will_be_there_is_nothing_to_fill_up(total, limits) -> None:
    assert fill_up(total, extra("SOCKS", 950), limits) is None


def test_what_sending_a_cart_costs() -> None:
    assert shipping_of(6_600, FREE_FROM_75) == Shipping(cost=1_000, missing=900)
    assert shipping_of(7_500, FREE_FROM_75) == Shipping(cost=0, missing=0)
    assert shipping_of(7_500, LIMITS) == Shipping(cost=490, missing=None)
