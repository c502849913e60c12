"""An offer earns its floor or is not made; nothing is sold at a loss."""

from dataclasses import replace

import pytest
from offer_builders import (
    BIKE,
    COMMUTER_UNDER_1500,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    cheaper_bike,
    cross,
    down,
    extra,
    found,
    is_offered,
    too_dear,
    up,
    why_not,
)

from actions.offers.decision import Refusal
from actions.offers.policy import decide
from actions.offers.products import Money
from actions.offers.situation import OfferKind

KNOWN_NEED = after_the_yes(needs=COMMUTER_UNDER_1500)


@pytest.mark.parametrize(
    ("cost", "reason"), [(1_901, Refusal.MARGIN), (2_500, Refusal.MARGIN), (None, Refusal.MARGIN_UNKNOWN)]
)
def test_an_extra_that_earns_too_little_or_nobody_knows_what_is_not_offered(cost, reason) -> None:
    bell = extra("BELL", 2_380, cost=cost)
    assert why_not(after_the_yes(), cross(bell)) is reason
    assert why_not(asked(after_the_yes(), OfferKind.CROSS), cross(bell)) is reason


def test_an_extra_that_just_earns_the_floor_is_offered() -> None:
    assert is_offered(after_the_yes(), cross(extra("BELL", 2_380, cost=1_900)))


def test_the_floor_is_earned_after_handling() -> None:
    limits = replace(LIMITS, handling_cost=150)
    assert why_not(after_the_yes(), cross(extra("BELL", 2_380, cost=1_800)), limits) is Refusal.MARGIN
    assert is_offered(after_the_yes(), cross(extra("BELL", 2_380, cost=1_750)), limits)


def test_a_floor_below_zero_still_allows_no_loss() -> None:
    generous = replace(LIMITS, min_profit_cross=-1_000, min_profit_down=-1_000)
    assert why_not(after_the_yes(), cross(extra("BELL", 2_380, cost=2_001)), generous) is Refusal.LOSS
    assert why_not(too_dear(), down(cheaper_bike(cost=70_000)), generous) is Refusal.LOSS


def test_the_figures_of_a_refusal_are_told_to_staff() -> None:
    decision = decide(after_the_yes(), [cross(extra("BELL", 2_380, cost=1_950))], LIMITS)
    assert found(decision) == [(("profit", {"profit": 50, "floor": 100, "currency": "EUR"}),)]


def test_a_dearer_model_that_earns_less_is_not_offered() -> None:
    assert why_not(KNOWN_NEED, up(better_bike(cost=95_000))) is Refusal.NO_PROFIT_GAIN


@pytest.mark.parametrize(("gain", "reason"), [(499, Refusal.NO_PROFIT_GAIN), (500, None)])
def test_the_extra_effort_of_a_better_model_must_be_worth_it(gain, reason) -> None:
    profit = (BIKE.profit or 0) + gain
    better = better_bike(cost=120_000 * 100 // 119 - profit)
    if reason:
        assert why_not(KNOWN_NEED, up(better)) is reason
    else:
        assert is_offered(KNOWN_NEED, up(better))


def test_profit_must_rise_even_where_no_gain_is_demanded() -> None:
    same = better_bike(cost=120_000 * 100 // 119 - (BIKE.profit or 0))
    assert why_not(KNOWN_NEED, up(same), replace(LIMITS, min_profit_gain_up=0)) is Refusal.NO_PROFIT_GAIN


def test_a_gain_over_an_unknown_cost_is_unknown() -> None:
    unknown = replace(BIKE, cost=None)
    situation = after_the_yes(unknown, needs=COMMUTER_UNDER_1500)
    assert why_not(situation, up(better_bike())) is Refusal.MARGIN_UNKNOWN
    assert why_not(KNOWN_NEED, up(better_bike(cost=None))) is Refusal.MARGIN_UNKNOWN
    assert is_offered(too_dear(unknown), down(cheaper_bike()))


def test_a_better_model_sold_at_a_loss_stays_out_even_if_the_anchor_loses_more() -> None:
    losing = replace(BIKE, cost=200_000)
    situation = after_the_yes(losing, needs=COMMUTER_UNDER_1500)
    assert why_not(situation, up(better_bike(cost=110_000))) is Refusal.LOSS


def test_something_cheaper_may_earn_less_but_never_lose() -> None:
    assert is_offered(too_dear(), down(cheaper_bike(cost=58_000)))
    assert why_not(too_dear(), down(cheaper_bike(cost=58_824))) is Refusal.LOSS
    assert why_not(too_dear(), down(cheaper_bike(cost=None))) is Refusal.MARGIN_UNKNOWN
    assert (
        why_not(too_dear(), down(cheaper_bike(cost=58_000)), replace(LIMITS, min_profit_down=5_000))
        is Refusal.MARGIN
    )


@pytest.mark.parametrize(
    "better",
    [
        better_bike(price=144_001),
        better_bike(price=90_000, cost=100),
        better_bike(price=85_000, cost=100),
        better_bike(tier=1),
        replace(better_bike(), price=Money(120_000, "CHF")),
    ],
)
def test_a_step_up_is_one_step(better) -> None:
    assert why_not(KNOWN_NEED, up(better)) is Refusal.PRICE_STEP
    assert why_not(asked(KNOWN_NEED, OfferKind.UP), up(better)) is Refusal.PRICE_STEP


def test_the_ceiling_itself_is_within_reach() -> None:
    assert is_offered(KNOWN_NEED, up(better_bike(price=144_000)))


@pytest.mark.parametrize("price", [90_000, 95_000])
def test_a_step_down_is_cheaper(price) -> None:
    assert why_not(too_dear(), down(cheaper_bike(price=price))) is Refusal.PRICE_STEP


def test_prices_in_two_currencies_are_not_compared() -> None:
    assert why_not(too_dear(), down(replace(cheaper_bike(), price=Money(70_000, "CHF")))) is Refusal.PRICE_STEP
