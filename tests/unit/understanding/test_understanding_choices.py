"""Which of the things shown is meant, and how many of it."""

import pytest
from understanding_shops import bikes, electronics, fashion

from actions.understanding.choices import Ambiguous, resolve_choice
from actions.understanding.pointing import Comparison

SHOWN = ("fels-1", "fels-2", "fels-3")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("das erste", 1),
        ("den ersten bitte", 1),
        ("ich nehme das zweite", 2),
        ("die zweite", 2),
        ("das 2.", 2),
        ("die nr. 2", 2),
        ("Nr 3", 3),
        ("nummer drei", 3),
        ("#2", 2),
        ("die 2", 2),
        ("2", 2),
        ("variante 2", 2),
        ("das letzte", -1),
        ("das vorletzte", -2),
        ("das mittlere bitte", 0),
        ("das obere", 1),
        ("das untere", -1),
        ("leg das zweite in den warenkorb", 2),
        ("the first one", 1),
        ("the second one please", 2),
        ("second", 2),
        ("number two", 2),
        ("option 3", 3),
        ("the 2nd", 2),
        ("the last one", -1),
        ("the middle one", 0),
        ("the one on the left", 1),
    ],
)
def test_a_place_in_the_list_is_understood(text: str, place: int) -> None:
    assert bikes().understand(text).ordinal == place


@pytest.mark.parametrize(
    "text",
    [
        "das letzte mal war es besser",
        "letzte woche",
        "mein erstes fahrrad",
        "I'll ask my wife first",
        "erst mal überlegen",
        "one second",
        "größe 2",
        "zwei helme",
        "2 helme",
    ],
)
def test_not_every_number_or_first_points_at_something(text: str) -> None:
    assert bikes().understand(text).ordinal is None


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("das günstigere", Comparison("price", highest=False)),
        ("das billigste bitte", Comparison("price", highest=False, most=True)),
        ("das teuerste", Comparison("price", highest=True, most=True)),
        ("das leichtere", Comparison("weight", highest=False)),
        ("das bessere", Comparison("rating", highest=True)),
        ("das am besten bewertete", Comparison("rating", highest=True, most=True)),
        ("das mit der größten reichweite", Comparison("range_km", highest=True, most=True)),
        ("das mit den meisten gängen", Comparison("gears", highest=True, most=True)),
        ("the cheaper one", Comparison("price", highest=False)),
        ("the most expensive", Comparison("price", highest=True, most=True)),
        ("the lighter one", Comparison("weight", highest=False)),
        ("the one with the longest range", Comparison("range_km", highest=True, most=True)),
        ("the best rated", Comparison("rating", highest=True, most=True)),
    ],
)
def test_a_comparison_is_understood(text: str, comparison: Comparison) -> None:
    assert bikes().understand(text).comparison == comparison


def test_a_quality_without_a_limit_only_prefers() -> None:
    understood = bikes().understand("ein leichtes fahrrad")
    assert (understood.comparison, understood.preference) == (None, Comparison("weight", highest=False))


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("zwei davon", 2),
        ("2x", 2),
        ("3 stück", 3),
        ("drei schläuche 28 zoll", 3),
        ("zwei paar socken", 2),
        ("ich nehme zwei", 2),
        ("ich brauche 3 helme", 3),
        ("pack zwei davon ein", 2),
        ("leg 4 in den warenkorb", 4),
        ("mach 3 daraus, menge 3", 3),
        ("beide", 2),
        ("nur einen", 1),
        ("noch einen", 1),
        ("ein dutzend", 12),
        ("two of them", 2),
        ("make it three", 3),
        ("add two to my cart", 2),
        ("I'll take two", 2),
        ("change it to 4", 4),
        ("just one", 1),
        ("2 inner tubes", 2),
        ("2", 2),
    ],
)
def test_a_quantity_is_understood(text: str, quantity: int) -> None:
    assert bikes().understand(text).quantity == quantity


@pytest.mark.parametrize(
    "text",
    [
        "ein paar socken",
        "ein fahrrad",
        "eine regenjacke bitte",
        "a pair of socks",
        "unter 50",
        "größe 54",
        "27 gänge",
        "28 zoll",
        "fels 2",
        "das zweite",
        "nr. 2",
        "for 500 euros",
    ],
)
def test_a_number_that_counts_no_pieces_is_no_quantity(text: str) -> None:
    assert bikes().understand(text).quantity is None


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("das zweite", "fels-2"),
        ("das letzte", "fels-3"),
        ("das mittlere", "fels-2"),
        ("nummer 1", "fels-1"),
        ("fels 3", "fels-3"),
        ("das aus carbon", "fels-3"),
        ("das günstigste", "fels-1"),
        ("das teuerste", "fels-3"),
        ("das leichtere", "fels-3"),
        ("das mit 21 gängen", "fels-1"),
        ("das für 899", None),
        ("das für 899 euro", "fels-2"),
        ("das einsteigermodell", "fels-1"),
        ("the cheapest one", "fels-1"),
        ("the lightest", "fels-3"),
    ],
)
def test_one_of_the_products_shown_is_picked(text: str, family: str | None) -> None:
    shop = bikes()
    assert resolve_choice(shop.understand(text, within="bikes/mountain"), SHOWN, shop.snapshot) == family


def test_a_brand_or_a_word_of_the_title_picks_where_it_tells_apart() -> None:
    shop = bikes()
    shown = ("weit-1", "fels-1", "surr")
    assert resolve_choice(shop.understand("das von windauer"), shown, shop.snapshot) == "weit-1"
    assert resolve_choice(shop.understand("das trekkingrad"), shown, shop.snapshot) == "weit-1"
    assert resolve_choice(shop.understand("das anthrazitfarbene"), shown, shop.snapshot) == "surr"


def test_a_colour_that_several_have_stays_open() -> None:
    shop = bikes()
    answer = resolve_choice(shop.understand("das blaue"), ("weit-1", "weit-2", "fels-1"), shop.snapshot)
    assert answer == Ambiguous(("weit-1", "weit-2"))


def test_what_points_at_nothing_picks_nothing() -> None:
    shop = bikes()
    for text in ("ja", "hm", "das fünfte", "was kostet der versand", ""):
        assert resolve_choice(shop.understand(text), SHOWN, shop.snapshot) is None
    assert resolve_choice(shop.understand("das erste"), (), shop.snapshot) is None


def test_products_shown_may_be_given_as_skus() -> None:
    shop = bikes()
    assert resolve_choice(shop.understand("das zweite"), ("fels-1-red-46", "zwerg-red"), shop.snapshot) == "zwerg"


def test_units_are_compared_across() -> None:
    shop = electronics()
    shown = ("buch-14", "buch-16")
    assert resolve_choice(shop.understand("das mit mehr speicher"), shown, shop.snapshot) == "buch-16"
    assert resolve_choice(shop.understand("das leichtere"), shown, shop.snapshot) == "buch-14"


def test_fashion_is_chosen_by_material() -> None:
    shop = fashion()
    shown = ("hemd", "hemd-baumwolle")
    assert resolve_choice(shop.understand("das aus leinen"), shown, shop.snapshot) == "hemd"
