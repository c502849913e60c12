"""Steps up and down learnt from a catalogue without tiers: the letter of the model, the leading word, the price."""

from hypothesis import given
from hypothesis import strategies as st

from actions.affinity.breaks import groups_of
from actions.affinity.ladder import Ladders
from actions.affinity.tiers import Offered, tiers_of

COLOURS = ("Black", "White", "Silver")


def series():
    """Three needs, three series each: E the cheap ones, M, and X the dear ones; three colours of everything."""
    prices = {"E100": 50, "E200": 60, "M300": 100, "M400": 120, "X500": 300, "X600": 320}
    return [
        Offered(f"{need} {code} {colour}", f"Acme {need} {code} {colour}", need, price * factor, "Acme")
        for need, factor in (("Toaster", 1.0), ("Kettle", 0.5), ("Oven", 7.0))
        for code, price in prices.items()
        for colour in COLOURS
    ]


def test_the_letter_of_the_model_tells_the_tier():
    tiers = tiers_of(series())
    assert {item.split()[1][0]: tier for item, tier in tiers.items()} == {"E": 1, "M": 2, "X": 3}


def test_a_dear_economy_model_stays_an_economy_model():
    """A price above the next series makes no higher tier."""
    gilded = Offered("Toaster E900 Gold", "Acme Toaster E900 Gold", "Toaster", 200.0, "Acme")
    assert tiers_of([*series(), gilded])["Toaster E900 Gold"] == 1


def test_a_leading_word_tells_the_tier_where_prices_lie_close():
    catalogue = [
        Offered(f"{word} {part}", f"{word} {part}", part, price)
        for part in ("Fork", "Saddle", "Pedal", "Crank")
        for word, price in (("LL", 40.0), ("ML", 55.0), ("HL", 60.0))
    ]
    tiers = tiers_of(catalogue)
    assert [tiers[f"{word} Fork"] for word in ("LL", "ML", "HL")] == [1, 2, 3]


def test_what_the_merchant_wrote_counts_more_than_any_name():
    written = [
        Offered(p.item, p.title, p.need, p.price, p.brand, "H" if "E100" in p.item else None) for p in series()
    ]
    assert tiers_of(written)["Toaster E100 Black"] == 3


def test_without_names_the_prices_fall_into_groups():
    prices = [540.0, 783.0, 1120.0, 1458.0, 1701.0, 2443.0, 3578.0]
    bikes = [Offered(f"bike {price}", "Bike", "road bikes", price) for price in prices]
    assert list(tiers_of(bikes).values()) == [1, 1, 2, 2, 2, 3, 3]


def test_the_next_tier_comes_first_and_colours_are_one_model():
    up = Ladders(series()).up("Toaster E100 Black")
    assert [step.tiers for step in up] == [1, 1, 0]
    assert [step.item.split()[1] for step in up] == ["M300", "M400", "E200"]
    assert all(step.price_difference > 0 for step in up)


def test_down_is_cheaper_and_the_tier_below_first():
    down = Ladders(series()).down("Toaster X500 Black")
    assert [step.tiers for step in down] == [-1, -1, -2]
    assert all(step.price_difference < 0 for step in down)


def test_an_oven_never_takes_the_place_of_a_toaster():
    ladders = Ladders(series())
    assert {step.item.split()[0] for step in ladders.up("Toaster E100 Black", 50)} == {"Toaster"}
    assert ladders.step("Toaster E100 Black", "Oven M300 Black") is None


def test_above_the_best_there_is_nothing():
    assert Ladders(series()).up("Oven X600 Black") == []


@given(st.lists(st.floats(0.01, 1e6), max_size=30), st.integers(1, 4))
def test_groups_of_prices_keep_their_order(prices, most):
    groups = groups_of(prices, most)
    assert all(1 <= group <= most for group in groups)
    in_order = [group for _, group in sorted(zip(prices, groups, strict=True))]
    assert in_order == sorted(in_order)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from(["E1", "M10", "LL X", "Y"]), st.integers(1, 99)),
        max_size=20,
    )
)
def test_up_and_down_never_leave_the_need_nor_turn_round(rows):
    catalogue = [Offered(str(n), f"{name} {n}", need, float(price)) for n, (need, name, price) in enumerate(rows)]
    ladders = Ladders(catalogue)
    need = {row.item: row.need for row in catalogue}
    for row in catalogue:
        for step in ladders.up(row.item, 9):
            assert need[step.item] == row.need and step.price_difference > 0 and step.tiers >= 0
        for step in ladders.down(row.item, 9):
            assert need[step.item] == row.need and step.price_difference < 0 and step.tiers <= 0
