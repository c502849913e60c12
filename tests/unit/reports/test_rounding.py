"""A figure is rounded once, from what it is a part of, and half up: the page, the lines and the chart agree."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.figures import Unit, mean, share
from bot.reports.rounding import half_up, percentage
from bot.reports.wording import value


@pytest.mark.parametrize(
    ("part", "of", "german", "english"),
    [
        (24, 44, "54,5 %", "54.5%"),
        (6, 93, "6,5 %", "6.5%"),
        (10, 59, "16,9 %", "16.9%"),
        (15, 19, "78,9 %", "78.9%"),
        (129, 2000, "6,5 %", "6.5%"),
        (1, 1, "100,0 %", "100.0%"),
        (0, 7, "0,0 %", "0.0%"),
    ],
)
def test_a_share_is_written_as_a_calculator_says(part: int, of: int, german: str, english: str) -> None:
    figure = share("order_rate", part, of)
    assert value(figure, "de", "EUR").replace("\u00a0", " ") == german
    assert value(figure, "en", "EUR") == english
    assert figure.value == part / of


@given(of=st.integers(1, 10**7), data=st.data())
def test_every_share_is_the_nearest_tenth_of_a_per_cent_a_half_rounded_up(of: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, of))
    nearest = Fraction((2000 * part + of) // (2 * of), 10)
    assert Fraction(percentage(part / of)) == nearest
    written = value(share("order_rate", part, of), "en", "EUR").replace(",", "").removesuffix("%")
    assert Fraction(Decimal(written)) == nearest


@pytest.mark.parametrize(("cents", "over", "written"), [(5, 2, "€0.03"), (1001, 2, "€5.01"), (-5, 2, "-€0.03")])
def test_half_a_cent_is_rounded_up(cents: int, over: int, written: str) -> None:
    figure = mean("average_order_value", cents, over)
    assert (figure.unit, value(figure, "en", "EUR")) == (Unit.MONEY, written)


def test_decimals_are_kept_as_asked() -> None:
    assert [str(half_up(2.675, digits)) for digits in (0, 1, 2)] == ["3", "2.7", "2.68"]
