"""Prices are read and heard to the last cent, whatever their size."""

import pytest

from actions.offers.products import Money, Product, Quantity, Words
from actions.wording import listed, spoken, unit_price, written


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        (7_990, "79,90 €", "€79.90"),
        (0, "0,00 €", "€0.00"),
        (-25_000, "-250,00 €", "-€250.00"),
        (1_798_00, "1.798,00 €", "€1,798.00"),
        # more digits than a float holds
        (900_719_925_474_099_301, "9.007.199.254.740.993,01 €", "€9,007,199,254,740,993.01"),
    ],
)
def test_a_price_is_written_to_the_cent(amount: int, german: str, english: str) -> None:
    assert (written(Money(amount), "de"), written(Money(amount), "en")) == (german, english)


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [(7_990, "79 Euro 90", "79 euros 90"), (100, "1 Euro", "1 euro"), (1_205, "12 Euro 05", "12 euros 05")],
)
def test_a_price_is_heard_as_people_say_it(amount: int, german: str, english: str) -> None:
    assert (spoken(Money(amount), "de"), spoken(Money(amount), "en")) == (german, english)


@pytest.mark.parametrize(
    ("price", "content", "of_one"),
    [
        (1_290, Quantity(250, "ml"), 5_160),
        (999, Quantity(0.5, "l"), 1_998),
        (1_005, Quantity(10, "piece"), 101),
        (115, Quantity(1.15, "kg"), 100),
        (100, Quantity(0, "ml"), None),
        (100, None, None),
    ],
)
def test_the_price_of_one_litre_or_piece_is_rounded_half_up(
    price: int, content: Quantity | None, of_one: int | None
) -> None:
    oil = Product("OIL", "oil", Words("Öl", "Oil"), "care", Money(price), content=content)
    found = unit_price(oil)
    assert (found.amount if found else None) == of_one


def test_a_list_is_joined_as_it_is_said() -> None:
    assert listed(["A", "B", "C"], "de") == "A, B und C"
    assert listed(["A", "B"], "en", last="or") == "A or B"
    assert listed(["A"], "de") == "A"
