"""Campaigns: other limits for a time, and never a weaker guard rail than the merchant's own."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from offer_builders import (
    AMID,
    BEGINS,
    BIKE,
    ENDS,
    LIMITS,
    after_the_yes,
    asking_for,
    cross,
    extra,
    is_offered,
    product,
    why_not,
)

from actions.offers.campaigns import FACTS, RAILS, clashes, in_force, running, weakenings
from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.shipping import shipping_of
from actions.offers.situation import Hesitation, Placement

# a limit of the merchant's, one that is stricter and one that is weaker
WAYS: dict[str, tuple[Any, Any, Any]] = {
    "order_first": ("strict", "strict", "intent"),
    "min_profit_cross": (100, 300, 50),
    "handling_cost": (50, 60, 0),
    "min_profit_gain_up": (500, 800, 499),
    "min_profit_down": (10, 20, 0),
    "max_price_step": (1.6, 1.2, 2.0),
    "min_evidence": (20, 40, 5),
    "min_confidence": (0.03, 0.1, 0.01),
    "min_lift": (1.2, 2.0, 1.0),
    "use_mined": (False, False, True),
    "use_feed": (False, False, True),
    "allow_unrelated": (False, False, True),
    "max_choices_web": (2, 1, 3),
    "max_choices_voice": (1, 0, 2),
    "max_offers_conversation": (4, 2, 8),
    "max_offers_kind": (2, 1, 3),
    "refusals_end_offers": (2, 1, 3),
    "high_ticket": (200_000, 100_000, None),
    "placements_off": (frozenset({Placement.CART}), frozenset({Placement.CART, Placement.CHAT}), frozenset()),
    "learn_from_answers": (False, False, True),
    "holdout": (0.1, 0.5, 0.0),
    "rollout": (0.1, 0.0, 1.0),
}


def test_every_limit_is_either_a_guard_rail_or_a_fact() -> None:
    limits = {field.name for field in fields(OfferLimits)}
    assert set(RAILS) | FACTS == limits
    assert set(RAILS).isdisjoint(FACTS)
    assert set(WAYS) == set(RAILS)


@pytest.mark.parametrize("name", WAYS)
def test_a_campaign_may_make_a_guard_rail_stricter_and_not_weaker(name: str) -> None:
    usual, stricter, weaker = WAYS[name]
    own = replace(OfferLimits(), **{name: usual})
    assert weakenings(own, {name: stricter}) == ()
    assert weakenings(own, {name: usual}) == ()
    (found,) = weakenings(own, {name: weaker})
    assert (found.name, found.own, found.asked) == (name, usual, weaker)
    assert found.allowed == RAILS[name].allowed
    assert getattr(in_force(own, [asking_for(**{name: stricter})], AMID), name) == stricter
    assert getattr(in_force(own, [asking_for(**{name: weaker})], AMID), name) == usual


@pytest.mark.parametrize("name", ["use_mined", "use_feed", "allow_unrelated", "learn_from_answers"])
def test_what_the_merchant_allows_a_campaign_may_forbid(name: str) -> None:
    own = replace(OfferLimits(), **{name: True})
    assert weakenings(own, {name: False}) == ()
    assert getattr(in_force(own, [asking_for(**{name: False})], AMID), name) is False


def test_a_price_from_which_extras_wait_may_be_named_where_there_was_none() -> None:
    assert weakenings(OfferLimits(high_ticket=None), {"high_ticket": 100_000}) == ()
    (found,) = weakenings(OfferLimits(high_ticket=100_000), {"high_ticket": 150_000})
    assert found.own == 100_000


def test_every_weakening_is_named() -> None:
    asked = {"min_profit_cross": 0, "free_shipping_from": 0, "max_choices_web": 9, "min_evidence": 50}
    assert [each.name for each in weakenings(OfferLimits(), asked)] == ["min_profit_cross", "max_choices_web"]


@pytest.mark.parametrize(
    "changes", [{"shipping_cost": 0}, {"free_shipping_from": 0}, {"free_shipping_from": 2_000}]
)
def test_shipping_may_become_cheaper_for_a_time(changes: dict[str, Any]) -> None:
    own = OfferLimits(shipping_cost=490, free_shipping_from=5_000)
    assert weakenings(own, changes) == ()
    assert shipping_of(2_500, own).cost == 490
    assert shipping_of(2_500, in_force(own, [asking_for(**changes)], AMID)).cost == 0


def test_shipping_may_become_dearer_too() -> None:
    own = OfferLimits(shipping_cost=490, free_shipping_from=5_000)
    changes = {"shipping_cost": 990, "free_shipping_from": None}
    assert weakenings(own, changes) == ()
    assert shipping_of(9_000, in_force(own, [asking_for(**changes)], AMID)).cost == 990


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (BEGINS - timedelta(microseconds=1), False),
        (BEGINS, True),
        (ENDS - timedelta(microseconds=1), True),
        (ENDS, False),
    ],
)
def test_a_campaign_holds_from_its_first_moment_until_just_before_its_last(moment: datetime, holds: bool) -> None:
    own = OfferLimits()
    assert (in_force(own, [asking_for(shipping_cost=0)], moment) != own) is holds
    assert bool(running([asking_for()], moment)) is holds


def test_outside_of_every_campaign_the_version_is_that_of_the_merchants_own_limits() -> None:
    own, campaign = OfferLimits(), asking_for(shipping_cost=0)
    assert in_force(own, [campaign], ENDS).version == own.version
    assert in_force(own, [campaign], AMID).version != own.version


def test_a_rail_tightened_during_a_campaign_counts_at_once() -> None:
    campaign = asking_for(min_profit_cross=200)
    assert in_force(OfferLimits(min_profit_cross=100), [campaign], AMID).min_profit_cross == 200
    assert in_force(OfferLimits(min_profit_cross=300), [campaign], AMID).min_profit_cross == 300


def test_of_two_campaigns_the_strictest_wins() -> None:
    first = asking_for("first", min_profit_cross=200, max_choices_web=1, placements_off=frozenset({Placement.CART}))
    second = asking_for(
        "second", min_profit_cross=150, max_offers_kind=1, placements_off=frozenset({Placement.CHAT})
    )
    both = in_force(OfferLimits(), [first, second], AMID)
    assert both == in_force(OfferLimits(), [second, first], AMID)
    assert (both.min_profit_cross, both.max_choices_web, both.max_offers_kind) == (200, 1, 1)
    assert both.placements_off == {Placement.CART, Placement.CHAT}


def test_two_campaigns_of_one_time_may_not_state_a_fact_differently() -> None:
    week = asking_for("week", AMID, AMID + timedelta(days=7), shipping_cost=0)
    month = asking_for("month", shipping_cost=290, min_profit_cross=200)
    (found,) = clashes(week, [month])
    assert (found.name, found.other) == ("shipping_cost", month)
    assert clashes(week, [replace(month, changes={"shipping_cost": 0})]) == ()
    assert clashes(week, [replace(month, changes={"free_shipping_from": 0})]) == ()
    assert clashes(week, [replace(month, ends=week.starts)]) == ()
    assert clashes(week, [replace(month, name="week")]) == ()
    assert clashes(asking_for(min_lift=2.0), [asking_for("other", min_lift=3.0)]) == ()


def test_where_two_state_a_fact_after_all_the_one_that_began_last_counts() -> None:
    month, week = asking_for("month", shipping_cost=290), asking_for("week", AMID, shipping_cost=0)
    for campaigns in ([month, week], [week, month]):
        assert in_force(OfferLimits(), campaigns, AMID).shipping_cost == 0
        assert in_force(OfferLimits(), campaigns, AMID - timedelta(days=1)).shipping_cost == 290


def test_an_extra_that_earns_too_little_for_the_campaign_waits_until_it_is_over() -> None:
    bell = cross(extra("BELL", 1_000))
    campaign = asking_for(min_profit_cross=500)
    assert why_not(after_the_yes(), bell, in_force(LIMITS, [campaign], AMID)) is Refusal.MARGIN
    assert is_offered(after_the_yes(), bell, in_force(LIMITS, [campaign], ENDS))


def test_dearer_shipping_argues_with_the_sums_that_are_true_then() -> None:
    own = replace(LIMITS, shipping_cost=490, free_shipping_from=99_000)
    shopper = after_the_yes(hesitation=Hesitation.SHIPPING_COST)
    lock = cross(product("LOCK", 9_500, category="accessories/locks"))
    assert BIKE.price.amount + 9_500 > 99_000
    assert why_not(shopper, lock, own) is Refusal.WRONG_STAGE
    assert is_offered(shopper, lock, in_force(own, [asking_for(shipping_cost=9_900)], AMID))
