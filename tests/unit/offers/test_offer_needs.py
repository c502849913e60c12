"""Which stated needs a product meets by what is recorded of it."""

import pytest
from offer_builders import product

from actions.offers.attributes import attribute, listed, measure, satisfies
from actions.offers.need_fit import fit
from actions.offers.situation import Needs

BIKE = product(
    "BIKE",
    90_000,
    colour="red",
    size="46",
    brand="Velaro",
    attributes={"use": "trail,commute", "weight": "12,5 kg", "Frame": "Aluminium"},
)


@pytest.mark.parametrize(
    ("recorded", "wanted", "met"),
    [
        ("red", "red", True),
        ("Red ", "red", True),
        ("red", "blue", False),
        ("trail|commute", "commute", True),
        ("trail, commute", "commute", True),
        ("26;28", "28", True),
        ("trail", "trail,commute", False),
        ("trail|commute|city", "trail,commute", True),
        ("red", "red|blue", True),
        ("green", "red|blue", False),
        ("32 GB", "32GB", True),
        ("1 TB", "1000 GB", True),
        ("32 GB", ">=32 GB", True),
        ("64 GB", ">=32 GB", True),
        ("16 GB", ">=32 GB", False),
        ("1 TB", ">=512 GB", True),
        ("12,5 kg", "<=13 kg", True),
        ("12.5 kg", "<=12400 g", False),
        ("32 GB", ">=32", True),
        ("32 GB", ">=32 kg", False),
        ("plenty", ">=32 GB", False),
        ("32 GB", ">=plenty", False),
        ("", "red", False),
        ("1,5 kg", "1.5 kg", True),
    ],
)
def test_a_recorded_value_meets_a_wish_or_does_not(recorded: str, wanted: str, met: bool) -> None:
    assert satisfies(recorded, wanted) is met


def test_a_decimal_comma_is_no_list() -> None:
    assert listed("1,5 kg") == ("1,5 kg",)
    assert listed("Trail, commute|trail") == ("trail", "commute")
    assert measure("1,5 kg") == measure("1500 g")
    assert measure("aluminium") is None


def test_a_product_is_asked_for_its_own_fields_and_its_attributes() -> None:
    assert [attribute(BIKE, name) for name in ("colour", "Color", "size", "brand", "frame", "gears")] == [
        "red",
        "red",
        "46",
        "Velaro",
        "Aluminium",
        "",
    ]


def test_every_stated_need_is_either_met_or_not() -> None:
    needs = Needs(
        category="bikes",
        max_price=100_000,
        min_price=95_000,
        attributes={"use": "commute", "colour": "blue", "gears": "27", "lights": " "},
    )
    found = fit(BIKE, needs)
    assert found.met == ("category", "max_price", "use")
    assert found.unmet == ("min_price", "colour", "gears")
    assert not found.fits


def test_nothing_stated_is_met_by_everything() -> None:
    assert fit(BIKE, Needs()).fits
    assert fit(BIKE, Needs()).met == ()


@pytest.mark.parametrize(("category", "inside"), [("bikes", True), ("bikes/mountain", True), ("bikes/moun", False)])
def test_a_category_holds_what_lies_below_it(category: str, inside: bool) -> None:
    assert fit(BIKE, Needs(category)).fits is inside


def test_the_budget_includes_its_last_cent() -> None:
    assert fit(BIKE, Needs(max_price=90_000)).fits
    assert not fit(BIKE, Needs(max_price=89_999)).fits
