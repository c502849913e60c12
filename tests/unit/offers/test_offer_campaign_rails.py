"""No campaign weakens a guard rail, whatever it asks for, whoever is at the counter and whatever the policy."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_builders import AMID, asking_for
from offer_encounters import Encounter, encounter, encounters

from actions.offers.campaigns import FACTS, RAILS, Campaign, in_force, weakenings
from actions.offers.candidates import informed, one_per_edge
from actions.offers.eligibility import refusal
from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.situation import Candidate, Placement, Situation

everywhere = settings(max_examples=300, deadline=None, derandomize=True, database=None)

# a limit of the merchant's and a weaker one that bites among the encounters; learning lets nobody in or out, and
# who is held out was drawn before anything is decided
BITES: dict[str, tuple[Any, Any]] = {
    "order_first": ("strict", "intent"),
    "min_profit_cross": (5_000, 0),
    "handling_cost": (5_000, 0),
    "min_profit_gain_up": (5_000, 0),
    "min_profit_down": (9_000, 0),
    "max_price_step": (1.1, 9.0),
    "min_evidence": (300, 0),
    "min_confidence": (0.5, 0.0),
    "min_lift": (9.0, 0.0),
    "use_mined": (False, True),
    "use_feed": (False, True),
    "allow_unrelated": (False, True),
    "max_choices_web": (1, 3),
    "max_choices_voice": (1, 3),
    "max_offers_conversation": (0, 4),
    "max_offers_kind": (0, 4),
    "refusals_end_offers": (0, 4),
    "high_ticket": (1, None),
    "placements_off": (frozenset(Placement), frozenset()),
}
ENCOUNTERS = [encounter(seed) for seed in range(1_000)]

AMOUNTS = st.sampled_from([-500, 0, 100, 500, 2_000, 5_000])
COUNTS = st.integers(0, 4)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "order_first": st.sampled_from(["intent", "strict"]),
    "min_profit_cross": AMOUNTS,
    "handling_cost": st.sampled_from([0, 150, 2_000]),
    "min_profit_gain_up": AMOUNTS,
    "min_profit_down": AMOUNTS,
    "max_price_step": st.sampled_from([1.0, 1.25, 1.6, 4.0]),
    "min_evidence": st.sampled_from([0, 20, 300]),
    "min_confidence": st.sampled_from([0.0, 0.03, 0.5]),
    "min_lift": st.sampled_from([0.0, 1.2, 9.0]),
    "use_mined": st.booleans(),
    "use_feed": st.booleans(),
    "allow_unrelated": st.booleans(),
    "max_choices_web": COUNTS,
    "max_choices_voice": COUNTS,
    "max_offers_conversation": COUNTS,
    "max_offers_kind": COUNTS,
    "refusals_end_offers": COUNTS,
    "high_ticket": st.sampled_from([None, 5_000, 10_000, 50_000]),
    "placements_off": st.sets(st.sampled_from(Placement), max_size=2).map(frozenset),
    "shipping_cost": st.sampled_from([0, 490, 5_000]),
    "free_shipping_from": st.sampled_from([None, 0, 5_000, 25_000]),
    "learn_from_answers": st.booleans(),
    "holdout": st.sampled_from([0.0, 0.1, 0.5]),
    "rollout": st.sampled_from([0.0, 0.1, 1.0]),
}


def any_limits() -> st.SearchStrategy[dict[str, Any]]:
    """Some limits with some value each."""
    return st.fixed_dictionaries({}, optional=VALUES)


def any_campaigns() -> st.SearchStrategy[list[Campaign]]:
    """Up to three campaigns of the same time, whatever they ask for."""
    asked = st.lists(any_limits(), min_size=1, max_size=3)
    return asked.map(lambda each: [asking_for(f"c{at}", **changes) for at, changes in enumerate(each)])


def breaches(situation: Situation, candidates: list[Candidate], own: OfferLimits, held: OfferLimits) -> list[str]:
    """What would be offered under the limits `held` though the merchant's own do not allow it."""
    # what sending costs is a fact; the rails are asked under the sums that are true at this moment
    rails = replace(own, **{name: getattr(held, name) for name in FACTS})
    known = informed(situation, candidates)
    allowed = {(c.product.sku, c.kind) for c in one_per_edge(candidates) if refusal(known, c, rails) is None}
    offers = decide(situation, candidates, held).offers
    most = rails.max_choices_voice if situation.voice else rails.max_choices_web
    return [
        offer.product.sku
        for place, offer in enumerate(offers, start=1)
        if place > most or (offer.product.sku, offer.kind) not in allowed
    ]


def is_no_weaker(name: str, value: Any, than: Any) -> bool:
    return bool(RAILS[name].stricter(than, value) == value)


def test_every_limit_is_drawn_and_every_rail_can_bite() -> None:
    assert set(VALUES) == {field.name for field in fields(OfferLimits)}
    assert {*BITES, "learn_from_answers", "holdout", "rollout"} == set(RAILS)


@everywhere
@given(any_limits(), any_campaigns())
def test_no_guard_rail_is_ever_weaker_than_the_merchants_own_or_any_campaigns(
    base: dict[str, Any], campaigns: list[Campaign]
) -> None:
    own = replace(OfferLimits(), **base)
    held = in_force(own, campaigns, AMID)
    for name in RAILS:
        assert is_no_weaker(name, getattr(held, name), getattr(own, name))
        for campaign in campaigns:
            if name in campaign.changes:
                assert is_no_weaker(name, getattr(held, name), campaign.changes[name])
    for name in {field.name for field in fields(OfferLimits)}.difference(*(each.changes for each in campaigns)):
        assert getattr(held, name) == getattr(own, name)


@everywhere
@given(any_limits(), any_limits())
def test_what_is_not_refused_is_in_force_as_it_stands(base: dict[str, Any], asked: dict[str, Any]) -> None:
    own = replace(OfferLimits(), **base)
    held = in_force(own, [asking_for(**asked)], AMID)
    weakened = {each.name for each in weakenings(own, asked)}
    for name, value in asked.items():
        assert (getattr(held, name) == value) is (name not in weakened)


@everywhere
@given(encounters(), st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True), st.data())
def test_whatever_is_offered_during_campaigns_passes_the_merchants_own_guard_rails(
    case: Encounter, names: list[str], data: st.DataObject
) -> None:
    situation, candidates, limits = case
    some = st.fixed_dictionaries({}, optional={name: VALUES[name] for name in names})
    own = replace(limits, **data.draw(some))
    campaigns = [asking_for(f"c{at}", **data.draw(some)) for at in range(2)]
    assert breaches(situation, candidates, own, in_force(own, campaigns, AMID)) == []


@pytest.mark.parametrize("name", BITES)
def test_a_rail_that_gave_way_would_let_something_through(name: str) -> None:
    tight, loose = BITES[name]
    let_through = 0
    for situation, candidates, limits in ENCOUNTERS:
        own, asked = replace(limits, **{name: tight}), {name: loose}
        let_through += bool(breaches(situation, candidates, own, replace(own, **asked)))
        assert breaches(situation, candidates, own, in_force(own, [asking_for(**asked)], AMID)) == []
    assert let_through > 0
