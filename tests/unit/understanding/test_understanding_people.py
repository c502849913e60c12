"""Who a product is for: ages, heights and heads as people write them, against the spans a shop records."""

from collections.abc import Mapping
from typing import Any

import pytest
from shop_building import Shop

PEOPLE = (
    ("ein rad für meine 6-jährige tochter", "age", "6"),
    ("kinderrad, er ist 8 jahre alt", "age", "8"),
    ("mein sohn wird 9 und braucht ein rad", "age", "9"),
    ("a bike for my 5-year-old", "age", "5"),
    ("a bike for a 7 year old girl", "age", "7"),
    ("mountainbike, bin 1,83 groß", "rider_height_cm", "183"),
    ("mountainbike für 175 cm", "rider_height_cm", "175"),
    ("ein rennrad, ich bin 192 cm groß", "rider_height_cm", "192"),
    ("a road bike, i'm 1.75m tall", "rider_height_cm", "175"),
    ("a road bike, i am 6 ft tall", "rider_height_cm", "183"),
    ("a road bike for someone 5 ft 10", "rider_height_cm", "178"),
    ("a mountain bike, i'm 6 foot 2", "rider_height_cm", "188"),
    ("a mountain bike, i'm 6'2\"", "rider_height_cm", "188"),
    ("helm, kopfumfang 57", "head_cm", "57"),
    ("a helmet, my head is 57 cm", "head_cm", "57"),
)
OTHERS = (
    "mountainbike unter 180 euro",
    "schlauch 28 zoll",
    "ein rad mit 27 gängen",
    "schloss mit 3 jahren garantie",
    "licht mit 50 lux",
    "helm größe 57",
)


def wishes(shop: Shop, text: str) -> Mapping[str, Any]:
    return {n: v for n, v in shop.understand(text).wanted.items() if n in ("age", "rider_height_cm", "head_cm")}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("i need a helmet for my 6 year old", "accessories/kids-helmets"),
        ("helm für meine tochter, sie ist 8", "accessories/kids-helmets"),
        ("i need a helmet for my daughter", "accessories/kids-helmets"),
        ("helm für unseren enkel", "accessories/kids-helmets"),
        ("helm für meine tochter, sie ist 19 jahre alt", "accessories/helmets"),
        ("helm für meine frau", "accessories/helmets"),
        ("ich bin 45 jahre alt und suche einen helm", "accessories/helmets"),
        ("schloss für das rad meiner 6-jährigen tochter", "accessories/locks"),
        ("helm größe 6", "accessories/helmets"),
    ],
)
def test_for_a_child_only_what_is_made_for_children(demo, text: str, category: str) -> None:
    assert demo("radhaus").understand(text).categories == (category,)


@pytest.mark.parametrize(("text", "attribute", "value"), PEOPLE)
def test_what_is_said_of_people_is_found_in_the_shops_spans(demo, text: str, attribute: str, value: str) -> None:
    assert wishes(demo("radhaus"), text) == {attribute: (value,)}


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_say_nothing_of_people(demo, text: str) -> None:
    assert wishes(demo("radhaus"), text) == {}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("vergleiche das erste und das dritte", (1, 3)),
        ("vergleiche 1 und 3", (1, 3)),
        ("compare the first and the last", (1, -1)),
        ("das zweite", (2,)),
        ("nr 2 und 3", (2, 3)),
    ],
)
def test_several_places_are_read_in_the_order_named(demo, text: str, places: tuple[int, ...]) -> None:
    assert demo("radhaus").understand(text).ordinals == places


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("ich nehme schlauch 29 av", None), ("nehme bitte 2", 2), ("2 schläuche bitte", 2), ("ich nehme 3", 3)],
)
def test_a_number_in_a_name_is_no_quantity(demo, text: str, quantity: int | None) -> None:
    assert demo("radhaus").understand(text).quantity == quantity
