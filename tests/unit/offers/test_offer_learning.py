"""What shoppers answered changes who of the eligible is named first, and nothing else."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_builders import (
    BIKE,
    ENOUGH,
    LIMITS,
    after_the_yes,
    asked,
    better_bike,
    counted,
    cross,
    curated,
    extra,
    offered,
    product,
    up,
)
from offer_encounters import Encounter, encounter, encounters

from actions.offers.acceptance import Answers, Group, Learnt, chances, worth
from actions.offers.decision import Chance, Decision, Refusal
from actions.offers.exploration import KEPT_AS_RANKED, in_turn
from actions.offers.policy import decide
from actions.offers.products import RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation

LEARNING = replace(LIMITS, learn_from_answers=True)
TUBE, LOCK, BELL = extra("TUBE"), extra("LOCK"), extra("BELL")
ROWS = [cross(one, curated(BIKE, one, rank=rank)) for rank, one in enumerate((TUBE, LOCK, BELL), 1)]
KINDS = st.sampled_from(OfferKind)

everywhere = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def group(sku: str) -> Group:
    return (OfferKind.CROSS, "bikes/mountain", f"accessories/{sku.lower()}")


def learnt(turn: str = "", level: Answers | None = None, **answers: Answers) -> Learnt:
    """What was answered about extras of the bike, by sku; the level is as expected unless it is given."""
    kinds = {OfferKind.CROSS: level} if level else {}
    return Learnt({group(sku): each for sku, each in answers.items()}, kinds, turn)


def taught_by(seed: int, case: Encounter, turn: str) -> Learnt:
    """Any answers to what could be offered in an encounter."""
    chance, (situation, candidates, limits) = random.Random(seed), case
    by_group = {
        each.group: Answers(chance.randint(0, 80), chance.randint(0, 300), chance.randint(0, 900), 40.0)
        for each in chances(situation, candidates, limits)
        if chance.random() < 0.7
    }
    return Learnt(by_group, {kind: Answers(chance.randint(0, 90), 5, 5, 40.0) for kind in OfferKind}, turn)


def on(case: Encounter) -> Encounter:
    situation, candidates, limits = case
    return situation, candidates, replace(limits, learn_from_answers=True)


def probabilities(decision: Decision) -> dict[str, float]:
    return {chance.sku: chance.probability for chance in decision.eligible}


@everywhere
@given(encounters(), st.integers(0, 2**32))
def test_where_the_merchant_does_not_allow_it_answers_change_nothing(case: Encounter, seed: int) -> None:
    assert decide(*case, taught_by(seed, case, "c:m")) == decide(*case)


@everywhere
@given(encounters(), st.integers(0, 2**32))
def test_learning_offers_nothing_that_would_have_been_withheld_for_a_reason(case: Encounter, seed: int) -> None:
    plain, taught = decide(*case), decide(*on(case), taught_by(seed, case, f"c:{seed}"))
    barred = {(row.sku, row.kind) for row in plain.withheld if row.reason is not Refusal.NOT_AMONG_BEST}
    assert barred.isdisjoint((offer.product.sku, offer.kind) for offer in taught.offers)
    assert len(taught.offers) == len(plain.offers)
    assert {offer.kind for offer in taught.offers} == {offer.kind for offer in plain.offers}
    refused = {
        (row.sku, row.kind, row.reason) for row in plain.withheld if row.reason is not Refusal.NOT_AMONG_BEST
    }
    assert refused <= {(row.sku, row.kind, row.reason) for row in taught.withheld}


@everywhere
@given(encounters(), st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_the_same_turn_gets_the_same_decision_over_every_channel(
    case: Encounter, seed: int, chance: random.Random
) -> None:
    situation, candidates, limits = on(case)
    taught = taught_by(seed, case, f"c:{seed}")
    web = decide(replace(situation, voice=False), candidates, limits, taught)
    shuffled = chance.sample(candidates, len(candidates))
    assert decide(replace(situation, voice=False), shuffled, limits, taught) == web
    voice = decide(replace(situation, voice=True), shuffled, limits, taught)
    assert voice.offers == web.offers[: limits.max_choices_voice]
    assert voice.eligible == web.eligible


@everywhere
@given(encounters(), st.integers(0, 2**32), st.sampled_from(["", "c:m"]), st.booleans())
def test_everybody_who_could_have_been_first_has_a_probability_and_they_sum_to_one(
    case: Encounter, seed: int, turn: str, learning: bool
) -> None:
    decision = decide(*(on(case) if learning else case), taught_by(seed, case, turn))
    family = {candidate.product.sku: candidate.product.family for candidate in case[1]}
    offers = [offer.product.sku for offer in decision.offers]
    could_have = (Refusal.NOT_AMONG_BEST, Refusal.ROLLOUT)
    spare = [row.sku for row in decision.withheld if row.reason in could_have]
    models = [family[chance.sku] for chance in decision.eligible]
    assert set(models) == {family[sku] for sku in (*offers, *spare)}
    assert len(models) == len(set(models))
    if models:
        assert sum(probabilities(decision).values()) == pytest.approx(1)
        assert not offers or probabilities(decision)[offers[0]] > 0


@everywhere
@given(encounters(), st.integers(0, 2**32))
def test_what_is_needed_comes_first_and_what_was_shown_last_whatever_shoppers_answered(
    case: Encounter, seed: int
) -> None:
    decision = decide(*on(case), taught_by(seed, case, f"c:{seed}"))
    before = {chance.sku: chance.precedence for chance in decision.eligible}
    order = [before[offer.product.sku] for offer in decision.offers]
    assert order == sorted(order)


def test_the_encounters_are_worth_learning_in() -> None:
    moved = 0
    for seed in range(1_500):
        case = encounter(seed)
        taught = decide(*on(case), taught_by(seed, case, f"c:{seed}"))
        moved += offered(taught)[:1] != offered(decide(*case))[:1]
    assert moved >= 20


def test_without_learning_the_first_in_rank_is_named_for_certain() -> None:
    decision = decide(after_the_yes(), ROWS, LIMITS)
    assert probabilities(decision) == {"TUBE": 1.0, "LOCK": 0.0, "BELL": 0.0}
    assert decision.ranking == "ranked-2"


def test_the_log_says_from_how_many_answers_was_learnt() -> None:
    decision = decide(after_the_yes(), ROWS, LEARNING, learnt(level=Answers(3, 4, 5, 2.0)))
    assert decision.ranking == "learnt-2:12"
    assert decide(after_the_yes(), [], LEARNING, learnt()).ranking == ""


def test_without_a_turn_nothing_is_drawn_and_the_best_so_far_comes_first() -> None:
    taught = learnt(BELL=Answers(accepted=90, declined=10, expected=20))
    decision = decide(after_the_yes(), ROWS, LEARNING, taught)
    assert offered(decision) == ["BELL", "TUBE", "LOCK"]
    assert probabilities(decision) == {"TUBE": 0.0, "LOCK": 0.0, "BELL": 1.0}


def test_what_is_declined_again_and_again_falls_behind_and_what_is_ignored_too() -> None:
    for answers in (Answers(declined=400, expected=80), Answers(ignored=400, expected=80)):
        decision = decide(after_the_yes(), ROWS, LEARNING, learnt(TUBE=answers))
        assert offered(decision) == ["LOCK", "BELL", "TUBE"]


def test_a_handful_of_noes_does_not_overturn_the_merchant() -> None:
    decision = decide(after_the_yes(), ROWS, LEARNING, learnt(TUBE=Answers(declined=3, expected=0.6)))
    assert offered(decision) == ["TUBE", "LOCK", "BELL"]


def test_where_every_offer_is_declined_the_untried_is_not_thought_better() -> None:
    all_noes = Answers(declined=2000, expected=400)
    taught = learnt(
        level=all_noes, TUBE=Answers(declined=1000, expected=200), LOCK=Answers(declined=1000, expected=200)
    )
    decision = decide(after_the_yes(), ROWS, LEARNING, taught)
    beliefs = {chance.sku: taught.belief(chance).mean for chance in decision.eligible}
    assert taught.level(OfferKind.CROSS) == pytest.approx(10 / 410)
    assert beliefs["BELL"] == pytest.approx(0.128 * 10 / 410)
    assert beliefs["TUBE"] == pytest.approx(1 / (1000 + 410 / 10 / 0.2))


def test_where_hardly_anything_is_taken_the_merchants_order_still_holds() -> None:
    decision = decide(after_the_yes(), ROWS, LEARNING, learnt(level=Answers(declined=50_000, expected=10_000)))
    assert offered(decision) == ["TUBE", "LOCK", "BELL"]
    beliefs = [learnt(level=Answers(declined=5_000, expected=1_000)).belief(chance) for chance in decision.eligible]
    assert [belief.mean for belief in beliefs] == pytest.approx([0.2 / 101, 0.16 / 101, 0.128 / 101])
    assert [belief.alpha for belief in beliefs] == pytest.approx([1, 1, 1])


def test_what_the_merchant_states_is_expected_to_be_taken_oftener_than_what_orders_show() -> None:
    strongest = counted(BIKE, BELL, replace(ENOUGH, confidence=1.0, lift=50.0))
    last_row = curated(BIKE, LOCK, rank=99)
    none = counted(BIKE, TUBE, replace(ENOUGH, together=1))
    candidates = [cross(LOCK, last_row), cross(BELL, strongest), cross(TUBE, none), up(better_bike())]
    priors = {chance.sku: chance.prior for chance in chances(after_the_yes(), candidates, LIMITS)}
    assert priors["LOCK"] > priors["BELL"] > priors["TUBE"] == 0.01
    assert priors["BETTER"] == 0.1
    rows = [chance.prior for chance in chances(after_the_yes(), ROWS, LIMITS)]
    assert rows == sorted(rows, reverse=True) == pytest.approx([0.2, 0.16, 0.128])


def test_products_of_one_need_share_what_is_learnt_and_the_policy_says_which_is_named() -> None:
    cheap = extra("CHEAP", category="accessories/bell")
    rows = [cross(TUBE, curated(BIKE, TUBE, rank=1)), cross(BELL, curated(BIKE, BELL, rank=2))]
    rows.append(cross(cheap, curated(BIKE, cheap, rank=3)))
    decision = decide(after_the_yes(), rows, LEARNING, learnt("chat:2", BELL=Answers(500, 10, 10, 100.0)))
    assert offered(decision) == ["BELL", "TUBE"]
    assert probabilities(decision)["CHEAP"] == 0.0
    assert probabilities(decision)["BELL"] == pytest.approx(1 - KEPT_AS_RANKED)


def test_one_turn_in_ten_goes_on_as_ranked_so_that_both_orders_can_be_compared() -> None:
    taught = learnt("c:m", TUBE=Answers(declined=5000, expected=1000))
    assert probabilities(decide(after_the_yes(), ROWS, LEARNING, taught))["TUBE"] == pytest.approx(KEPT_AS_RANKED)


def test_over_many_turns_each_is_named_as_often_as_the_log_says() -> None:
    eligible = decide(after_the_yes(), ROWS, LEARNING, learnt("chat:1")).eligible
    named = Counter(in_turn(eligible, learnt(f"chat:{n}"))[0] for n in range(10_000))
    for place, chance in enumerate(eligible):
        assert chance.probability > 0.04
        assert named[place] / 10_000 == pytest.approx(chance.probability, abs=0.015)


def test_a_product_without_a_category_is_a_need_of_its_own() -> None:
    anchor, one, other = (product(sku, category="") for sku in ("ANCHOR", "ONE", "OTHER"))
    rows = [cross(each, curated(anchor, each), anchor=anchor) for each in (one, other)]
    found = chances(after_the_yes(anchor), rows, LIMITS)
    assert [chance.group for chance in found] == [
        (OfferKind.CROSS, "anchor", "one"),
        (OfferKind.CROSS, "anchor", "other"),
    ]


def test_profit_weighs_damped_among_extras_and_pushes_no_step_up() -> None:
    chance = Chance("X", OfferKind.CROSS, "a", "b", 0.1, 10_000)
    assert worth(chance) == pytest.approx(10)
    assert worth(replace(chance, profit=0)) == 1
    assert worth(replace(chance, kind=OfferKind.UP)) == worth(replace(chance, kind=OfferKind.DOWN)) == 1


def test_learning_leaves_the_order_of_the_better_models_to_the_ladder() -> None:
    bikes = [up(better_bike(sku, price)) for sku, price in (("NEAR", 110_000), ("FAR", 140_000))]
    situation: Situation = asked(after_the_yes(), OfferKind.UP)
    taught = Learnt({(OfferKind.UP, "bikes/mountain", "bikes/mountain"): Answers(declined=900)}, turn="c:m")
    assert offered(decide(situation, bikes, LEARNING, taught)) == ["NEAR", "FAR"]


def test_a_required_part_is_named_before_what_everybody_takes() -> None:
    part = cross(LOCK, curated(BIKE, LOCK, rank=9, kind=RelationKind.REQUIRED_PART))
    favourite: Candidate = cross(BELL)
    taught = learnt("c:m", LOCK=Answers(declined=900), BELL=Answers(accepted=900))
    decision = decide(after_the_yes(), [part, favourite], LEARNING, taught)
    assert offered(decision) == ["LOCK", "BELL"]
    assert probabilities(decision) == {"LOCK": 1.0, "BELL": 0.0}


def test_both_parts_the_bike_needs_are_named_before_what_everybody_takes() -> None:
    parts = [cross(each, curated(BIKE, each, kind=RelationKind.REQUIRED_PART)) for each in (LOCK, TUBE)]
    noes = Answers(declined=900)
    taught = learnt("c:m", LOCK=noes, TUBE=noes, BELL=Answers(accepted=900))
    assert offered(decide(after_the_yes(), [cross(BELL), *parts], LEARNING, taught))[2] == "BELL"


def test_another_one_brings_another_one_however_well_the_last_was_liked() -> None:
    again = replace(asked(after_the_yes(), OfferKind.CROSS), shown_skus=frozenset({"BELL"}))
    decision = decide(again, ROWS, LEARNING, learnt("c:m", BELL=Answers(accepted=900)))
    assert offered(decision)[2] == "BELL"
    assert probabilities(decision)["BELL"] == 0.0
