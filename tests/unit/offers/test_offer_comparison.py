"""Differences between products, from recorded facts alone."""

import pytest
from offer_builders import product

from actions.offers.comparison import Row, better, compare, gains_and_losses, kept
from actions.offers.decision import Difference
from actions.offers.situation import Needs, OfferKind

TWO_SLICES = product("TOASTER-2", 3_900, tier=1, attributes={"slots": "2", "power": "800 W", "cord": "1 m"})
FOUR_SLICES = product(
    "TOASTER-4", 6_900, tier=2, attributes={"slots": "4", "power": "1600 W", "cord": "1 m", "bagel": "yes"}
)


@pytest.mark.parametrize(
    ("name", "one", "other", "verdict"),
    [
        ("memory", "16 GB", "32 GB", 1),
        ("memory", "32 GB", "16 GB", -1),
        ("storage", "512 GB", "1 TB", 1),
        ("weight_kg", "12.5", "10", 1),
        ("max_weight_kg", "100", "120", 1),
        ("width_mm", "40", "50", 0),
        ("wheel_size", "27.5", "29", 0),
        ("valve", "", "presta", 0),
        ("weight", "", "12 kg", 0),
        ("lights", "none", "dynamo", 1),
        ("bagel", "yes", "no", -1),
        ("bagel", "", "yes", 1),
        ("use", "trail", "trail|commute", 1),
        ("use", "trail|commute", "trail", -1),
        ("use", "trail|commute", "trail|city", 0),
        ("frame", "aluminium", "carbon", 0),
        ("memory", "16 GB", "16GB", 0),
        ("range", "50 km", "3 h", 0),
    ],
)
def test_what_is_clearly_better_and_what_only_differs(name: str, one: str, other: str, verdict: int) -> None:
    assert better(name, one, other) == verdict


def test_four_slices_are_gained_over_two() -> None:
    gains, gives_up = gains_and_losses(TWO_SLICES, FOUR_SLICES, OfferKind.UP)
    assert gains == (
        Difference("slots", "2", "4"),
        Difference("power", "800 W", "1600 W"),
        Difference("tier", "1", "2"),
        Difference("bagel", "", "yes"),
    )
    assert gives_up == ()


def test_the_way_down_gives_up_what_the_way_up_gains() -> None:
    gains, _ = gains_and_losses(TWO_SLICES, FOUR_SLICES, OfferKind.UP)
    _, gives_up = gains_and_losses(FOUR_SLICES, TWO_SLICES, OfferKind.DOWN)
    assert {difference.attribute for difference in gives_up} == {difference.attribute for difference in gains}


def test_a_better_model_that_is_heavier_says_so() -> None:
    light = product("LIGHT", attributes={"frame": "steel", "weight_kg": "11"})
    strong = product("STRONG", attributes={"frame": "carbon", "weight_kg": "13"})
    gains, gives_up = gains_and_losses(light, strong, OfferKind.UP)
    assert gains == (Difference("frame", "steel", "carbon"),)
    assert gives_up == (Difference("weight_kg", "11", "13"),)


def test_what_was_asked_for_is_compared_first_and_at_most_five_rows() -> None:
    names = [f"feature_{letter}" for letter in "abcdefg"]
    one = product("ONE", attributes=dict.fromkeys(names, "1"))
    other = product("OTHER", attributes=dict.fromkeys(names, "2"))
    rows = compare([one, other], Needs(attributes={"feature_f": "2"}))
    assert [row.attribute for row in rows] == ["feature_f", "feature_a", "feature_b", "feature_c", "feature_d"]
    assert len(gains_and_losses(one, other, OfferKind.UP)[0]) == 5


def test_a_comparison_lists_differences_only_with_the_tier_and_gaps_left_open() -> None:
    assert compare([TWO_SLICES, FOUR_SLICES]) == (
        Row("tier", ("1", "2")),
        Row("slots", ("2", "4")),
        Row("power", ("800 W", "1600 W")),
        Row("bagel", ("", "yes")),
    )


def test_a_comparison_speaks_for_both_sides_where_records_do() -> None:
    names = [f"feature_{letter}" for letter in "abcdef"]
    winner = product("WINNER", attributes={**dict.fromkeys(names, "2"), "comfort": "1"})
    loser = product("LOSER", attributes={**dict.fromkeys(names, "1"), "comfort": "2"})
    rows = compare([winner, loser])
    assert [row.attribute for row in rows] == ["feature_a", "feature_b", "feature_c", "feature_d", "comfort"]


def test_three_products_stand_side_by_side() -> None:
    third = product("TOASTER-6", tier=3, brand="Krosse", attributes={"slots": "6", "cord": "1 m"})
    rows = compare([TWO_SLICES, FOUR_SLICES, third])
    assert rows[0] == Row("tier", ("1", "2", "3"))
    assert rows[-1] == Row("brand", ("", "", "Krosse"))
    assert all(len(row.values) == 3 for row in rows)


def test_equal_products_have_nothing_to_compare() -> None:
    assert compare([TWO_SLICES, TWO_SLICES]) == ()
    assert gains_and_losses(TWO_SLICES, TWO_SLICES, OfferKind.UP) == ((), ())


def test_what_is_kept_is_what_is_at_least_as_good() -> None:
    assert kept(TWO_SLICES, FOUR_SLICES) == 3
    assert kept(FOUR_SLICES, TWO_SLICES) == 1
