"""A price is called reduced only against the lowest of the thirty days before, and for thirty days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.offers.products import Money
from actions.offers.reductions import DAYS, NotReduced, PriceChange, Reduction, reduction

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def prices(*asked: tuple[float, int]) -> list[PriceChange]:
    """Prices in cents by how many days ago they came."""
    return [PriceChange(NOW - timedelta(days=days), Money(cents)) for days, cents in asked]


def test_a_reduction_is_told_against_the_lowest_price_of_the_thirty_days_before() -> None:
    found = reduction(prices((200, 9_000), (40, 10_000), (20, 9_500), (15, 11_000), (10, 8_000)), NOW)
    # the 90 euros ended exactly thirty days before the reduction, so they no longer count
    assert found == Reduction(NOW - timedelta(days=10), Money(9_500))


def test_a_price_that_was_lower_shortly_before_is_no_reduction() -> None:
    assert reduction(prices((200, 7_900), (20, 10_000), (10, 8_000)), NOW) is NotReduced.NOT_LOWER


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ([(200, 9_000)], NotReduced.NEVER_CHANGED),
        ([], NotReduced.NEVER_CHANGED),
        ([(200, 9_000), (30, 8_000)], NotReduced.LONG_AGO),
        ([(39, 9_000), (10, 8_000)], NotReduced.TOO_SHORT_A_RECORD),
        ([(200, 9_000), (10, 9_500)], NotReduced.NOT_LOWER),
    ],
)
def test_otherwise_it_says_why_not(asked, why) -> None:
    assert reduction(prices(*asked), NOW) is why


def test_prices_of_two_currencies_are_not_compared() -> None:
    changes = [*prices((200, 9_000)), PriceChange(NOW - timedelta(days=1), Money(8_000, "CHF"))]
    assert reduction(changes, NOW) is NotReduced.OTHER_CURRENCY


days_and_cents = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 20)), max_size=8, unique_by=lambda change: change[0]
)


@given(days_and_cents)
def test_whatever_the_prices_were_no_shopper_paid_less_in_the_thirty_days_before(asked) -> None:
    changes = prices(*sorted(asked, reverse=True))
    found = reduction(changes, NOW)
    if isinstance(found, Reduction):
        current = changes[-1]
        assert current.price.amount < found.lowest.amount
        assert NOW - current.since < DAYS
        for day in range(1, 31):
            then = current.since - timedelta(days=day) + timedelta(hours=1)
            in_force = [each for each in changes if each.since <= then]
            assert in_force
            assert in_force[-1].price.amount >= found.lowest.amount
