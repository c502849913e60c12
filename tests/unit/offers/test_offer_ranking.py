"""Which of several eligible products is spoken first."""

from dataclasses import replace

from offer_builders import (
    BIKE,
    COMMUTER_UNDER_1500,
    ENOUGH,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    cheaper_bike,
    counted,
    cross,
    curated,
    down,
    extra,
    found,
    offered,
    product,
    reasons,
    too_dear,
    up,
)

from actions.offers.decision import Refusal
from actions.offers.policy import decide
from actions.offers.products import RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation

ROOMY = replace(LIMITS, max_choices_web=9)


def in_order(situation: Situation, *candidates: Candidate) -> list[str]:
    return offered(decide(situation, candidates, ROOMY))


def department(sku: str, price: int = 5_000, **changes):
    return product(sku, price, **{"category": f"bikes/{sku.lower()}", **changes})


def test_what_the_bike_needs_comes_before_what_suits_it_and_what_others_bought() -> None:
    tube, lock, bell = extra("TUBE"), extra("LOCK"), department("BELL")
    candidates = [
        cross(bell, counted(BIKE, bell)),
        cross(lock, curated(BIKE, lock, rank=1)),
        cross(tube, curated(BIKE, tube, rank=9, kind=RelationKind.REQUIRED_PART)),
    ]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["TUBE", "LOCK", "BELL"]


def test_a_row_without_a_rank_comes_after_all_that_have_one() -> None:
    """As an approved proposal does, until somebody gives it a rank."""
    unranked, last = extra("APPROVED"), extra("LAST")
    candidates = [cross(unranked, curated(BIKE, unranked)), cross(last, curated(BIKE, last, rank=9))]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["LAST", "APPROVED"]


def test_the_merchants_rank_decides_among_curated_extras() -> None:
    third, first, second = (extra(sku) for sku in ("AAA", "BBB", "CCC"))
    candidates = [cross(one, curated(BIKE, one, rank=rank)) for one, rank in ((third, 3), (first, 1), (second, 2))]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["BBB", "CCC", "AAA"]


def test_stronger_evidence_comes_first_and_profit_counts_a_little() -> None:
    weak, strong, dear = department("WEAK"), department("STRONG"), department("DEAR", 50_000)
    candidates = [
        cross(weak, counted(BIKE, weak, replace(ENOUGH, confidence=0.10))),
        cross(strong, counted(BIKE, strong, replace(ENOUGH, confidence=0.30))),
        cross(dear, counted(BIKE, dear, replace(ENOUGH, confidence=0.10))),
    ]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["STRONG", "DEAR", "WEAK"]


def test_equals_go_by_popularity_and_then_by_sku() -> None:
    candidates = [cross(extra("B")), cross(extra("A")), cross(extra("C", popularity=7))]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["C", "A", "B"]


def test_three_offers_are_not_three_helmets() -> None:
    helmets = [extra(f"HELMET-{n}", category="accessories/helmets") for n in (1, 2, 3)]
    decision = decide(after_the_yes(), [*map(cross, helmets), cross(extra("LOCK"))], LIMITS)
    assert offered(decision) == ["HELMET-1", "LOCK"]
    assert reasons(decision) == {"HELMET-2": Refusal.NOT_AMONG_BEST, "HELMET-3": Refusal.NOT_AMONG_BEST}
    assert found(decision)[0] == (("better_in_category", {"sku": "HELMET-1", "category": "accessories/helmets"}),)


def test_one_model_is_offered_in_one_variant_the_shoppers_own() -> None:
    other_colour = better_bike("BETTER-A", family="better", colour="red")
    own_colour = better_bike("BETTER-B", family="better", colour="black")
    decision = decide(after_the_yes(needs=COMMUTER_UNDER_1500), [up(other_colour), up(own_colour)], LIMITS)
    assert offered(decision) == ["BETTER-B"]
    assert found(decision) == [(("other_variant", {"sku": "BETTER-B"}),)]


def test_the_next_tier_comes_before_a_dearer_one_of_the_same_and_the_nearest_price_first() -> None:
    anchor = replace(BIKE, tier=1)
    same, next_dear, next_near, top = (
        better_bike("SAME", 100_000, tier=1),
        better_bike("NEXT-DEAR", 130_000, tier=2),
        better_bike("NEXT-NEAR", 120_000, tier=2),
        better_bike("TOP", 110_000, tier=3),
    )
    candidates = [up(one) for one in (top, same, next_dear, next_near)]
    decision = decide(after_the_yes(anchor, needs=COMMUTER_UNDER_1500), candidates, ROOMY)
    assert offered(decision) == ["NEXT-NEAR", "NEXT-DEAR", "SAME", "TOP"]


def test_of_one_tier_the_model_that_customers_moved_on_to_comes_first() -> None:
    near, usual = up(better_bike("NEAR", 110_000)), up(better_bike("USUAL", 125_000))
    assert in_order(after_the_yes(needs=COMMUTER_UNDER_1500), near, usual) == ["NEAR", "USUAL"]
    moved_on = replace(usual, next_chance=0.4)
    assert in_order(after_the_yes(needs=COMMUTER_UNDER_1500), near, moved_on) == ["USUAL", "NEAR"]
    top = replace(up(better_bike("TOP", 125_000, tier=4)), next_chance=0.6)
    assert in_order(after_the_yes(needs=COMMUTER_UNDER_1500), near, top) == ["NEAR", "TOP"]


def test_of_two_that_keep_as_much_the_cheaper_one_customers_moved_on_to_comes_first() -> None:
    cheap, usual = down(cheaper_bike("CHEAP", 65_000)), down(cheaper_bike("USUAL", 70_000))
    assert in_order(too_dear(), cheap, usual) == ["CHEAP", "USUAL"]
    assert in_order(too_dear(), cheap, replace(usual, next_chance=0.4)) == ["USUAL", "CHEAP"]


def test_the_merchants_own_upgrade_comes_first() -> None:
    named = better_bike("NAMED", 140_000)
    candidates = [up(better_bike("NEAR", 110_000)), up(named, curated(BIKE, named, kind=RelationKind.UPGRADE))]
    assert offered(decide(after_the_yes(needs=COMMUTER_UNDER_1500), candidates, ROOMY)) == ["NAMED", "NEAR"]


def test_something_cheaper_keeps_most_of_what_the_dear_one_has() -> None:
    keeps = cheaper_bike("KEEPS", 80_000, attributes={"brakes": "disc", "use": "trail|commute"})
    loses = cheaper_bike("LOSES", 70_000, attributes={"brakes": "rim", "use": "commute"})
    assert offered(decide(too_dear(), [down(loses), down(keeps)], ROOMY)) == ["KEEPS", "LOSES"]


def test_of_equal_bikes_the_cheaper_saves_more() -> None:
    candidates = [down(cheaper_bike("DEARER", 75_000)), down(cheaper_bike("CHEAP", 70_000))]
    assert offered(decide(too_dear(), candidates, ROOMY)) == ["CHEAP", "DEARER"]


def test_a_saving_nobody_notices_comes_last() -> None:
    same_but_ten_euros = cheaper_bike("HARDLY", 89_000, attributes=dict(BIKE.attributes))
    candidates = [down(same_but_ten_euros), down(cheaper_bike("REALLY", 70_000))]
    assert offered(decide(too_dear(), candidates, ROOMY)) == ["REALLY", "HARDLY"]


def test_where_little_is_recorded_a_laptop_is_not_replaced_by_a_toy() -> None:
    laptop, office, toy = (
        product("LAPTOP", 120_000, category="laptops"),
        product("OFFICE", 90_000, category="laptops"),
        product("TOY", 9_900, category="laptops"),
    )
    assert offered(
        decide(
            too_dear(laptop, needs=replace(COMMUTER_UNDER_1500, attributes={})), [down(toy), down(office)], ROOMY
        )
    ) == [
        "OFFICE",
        "TOY",
    ]


def test_another_one_brings_another_one() -> None:
    by_voice = asked(after_the_yes(voice=True), OfferKind.CROSS)
    candidates = [cross(extra("A")), cross(extra("B"))]
    assert offered(decide(by_voice, candidates, LIMITS)) == ["A"]
    assert offered(decide(replace(by_voice, shown_skus=frozenset({"A"})), candidates, LIMITS)) == ["B"]
    assert offered(decide(replace(by_voice, shown_skus=frozenset({"A", "B"})), candidates, LIMITS)) == ["A"]
