"""How strongly past orders speak for an extra: from the product it goes with, and from the rest of the cart."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_builders import (
    BIKE,
    ENOUGH,
    LIMITS,
    after_the_yes,
    counted,
    cross,
    curated,
    extra,
    is_offered,
    offered,
    product,
    why_not,
)
from offer_encounters import Encounter, encounter, encounters

from actions.offers.acceptance import COUNTED, chances
from actions.offers.decision import Decision, Refusal
from actions.offers.policy import decide
from actions.offers.situation import Candidate
from actions.offers.strength import pull_of_lines, strength

everywhere = settings(max_examples=150, deadline=None, derandomize=True, database=None)
PULLS = st.lists(st.floats(0, 9), min_size=12, max_size=12)
WEIGHTS = st.lists(st.floats(-1, 1), min_size=12, max_size=12)


def of_the_department(sku: str, **changes) -> Candidate:
    """An extra that past orders alone speak for."""
    found = product(sku, 5_000, category=f"bikes/{sku.lower()}")
    return cross(found, counted(BIKE, found, replace(ENOUGH, **changes)))


def beside(candidate: Candidate, pull: float) -> Candidate:
    """The same where other lines of the cart speak for it too."""
    return replace(candidate, pull_of_others=pull)


def weighing(candidate: Candidate, weight: float) -> Candidate:
    """The same where something else was learnt of the pair."""
    relation = candidate.relation
    if relation is None or relation.evidence is None:
        return candidate
    return replace(candidate, relation=replace(relation, evidence=replace(relation.evidence, weight=weight)))


def reworked(case: Encounter, pulls: list[float], weights: list[float]) -> Encounter:
    """The encounter with other weights and other pulls of the cart's other lines."""
    situation, candidates, limits = case
    together = zip(candidates, pulls, weights, strict=False)
    return situation, [beside(weighing(each, weight), pull) for each, pull, weight in together], limits


def judged(decision: Decision) -> set[tuple[str, str, str]]:
    """Who was refused for what; who was only passed over is not."""
    return {
        (row.sku, row.kind, row.reason) for row in decision.withheld if row.reason is not Refusal.NOT_AMONG_BEST
    }


@everywhere
@given(encounters(), PULLS, WEIGHTS)
def test_what_was_learnt_and_the_other_lines_change_nobodys_eligibility(
    case: Encounter, pulls: list[float], weights: list[float]
) -> None:
    family = {candidate.product.sku: candidate.product.family for candidate in case[1]}
    plain, other = decide(*case), decide(*reworked(case, pulls, weights))
    assert judged(plain) == judged(other)
    assert {family[chance.sku] for chance in plain.eligible} == {family[chance.sku] for chance in other.eligible}
    said = {offer.product.sku: offer.reason.evidence for offer in plain.offers}
    for offer in other.offers:
        before, now = said.get(offer.product.sku), offer.reason.evidence
        if before and now:
            assert replace(before, weight=0) == replace(now, weight=0)


@pytest.mark.parametrize("thin", [{"together": 19}, {"confidence": 0.02}, {"lift": 1.1}])
def test_what_the_anchor_cannot_say_is_not_offered_however_loud_the_rest_of_the_cart(
    thin: dict[str, float],
) -> None:
    assert is_offered(after_the_yes(), of_the_department("A"))
    loud = beside(of_the_department("A", weight=0.9, **thin), 9.0)
    assert why_not(after_the_yes(), loud) is Refusal.NOT_ENOUGH_EVIDENCE


def test_the_encounters_are_worth_reordering() -> None:
    moved = 0
    for seed in range(2_000):
        case = encounter(seed)
        other = reworked(case, [seed % 7, 0.0, 3.0] * 4, [0.2] * 12)
        moved += offered(decide(*case)) != offered(decide(*other))
    assert moved >= 20


@everywhere
@given(st.floats(0.001, 9), st.integers(0, 3), st.booleans())
def test_of_equals_the_one_that_a_second_line_speaks_for_comes_first(
    pull: float, rank: int, by_matrix: bool
) -> None:
    alone, both = extra("A"), extra("B")
    if by_matrix:
        candidates = [cross(one, curated(BIKE, one, rank=rank, evidence=ENOUGH)) for one in (alone, both)]
    else:
        candidates = [of_the_department("A"), of_the_department("B")]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["A", "B"]
    candidates[1] = beside(candidates[1], pull)
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["B", "A"]


def test_no_line_of_the_cart_outweighs_the_merchants_rank_or_word() -> None:
    first, second = extra("FIRST"), extra("SECOND")
    rows = [cross(first, curated(BIKE, first, rank=1)), beside(cross(second, curated(BIKE, second, rank=2)), 9.0)]
    loud = beside(of_the_department("LOUD", weight=0.9), 9.0)
    assert offered(decide(after_the_yes(), [loud, *rows], LIMITS)) == ["FIRST", "SECOND", "LOUD"]


def test_of_equal_counts_the_one_that_explains_more_comes_first() -> None:
    candidates = [of_the_department("A"), of_the_department("B", weight=0.01)]
    assert offered(decide(after_the_yes(), candidates, LIMITS)) == ["B", "A"]


def test_a_weight_below_nothing_speaks_against_nobody() -> None:
    assert strength(of_the_department("A", weight=-0.5), LIMITS) == strength(of_the_department("A"), LIMITS)


@pytest.mark.parametrize("thin", [{"together": 19}, {"confidence": 0.02}, {"lift": 1.1}])
def test_a_pair_too_rare_to_be_spoken_of_pulls_nothing_whatever_was_learnt(thin: dict[str, float]) -> None:
    assert pull_of_lines([replace(ENOUGH, weight=0.9, **thin), None], LIMITS) == 0
    found = strength(of_the_department("A", weight=0.9, **thin), LIMITS)
    assert (found.counted, found.learnt) == (0, 0)


@everywhere
@given(st.lists(st.floats(0.03, 1), min_size=3, max_size=9), st.randoms(use_true_random=False))
def test_the_same_cart_pulls_the_same_in_whatever_order_it_was_filled(
    figures: list[float], chance: random.Random
) -> None:
    lines = [replace(ENOUGH, confidence=figure, weight=figure / 3) for figure in figures]
    shuffled = chance.sample(lines, len(lines))
    assert pull_of_lines(lines, LIMITS) == pull_of_lines(shuffled, LIMITS)


def test_the_lines_of_a_cart_add_up() -> None:
    lines = [replace(ENOUGH, confidence=0.1 * n, weight=0.07 * n) for n in range(1, 9)]
    each = [pull_of_lines([line], LIMITS) for line in lines]
    assert pull_of_lines(lines, LIMITS) == pytest.approx(sum(each))
    candidate = beside(of_the_department("A", weight=0.2), pull_of_lines(lines, LIMITS))
    found = strength(candidate, LIMITS)
    assert found.pull == pytest.approx(found.counted + found.learnt + sum(each))
    assert found.total == found.pull * found.profit


def test_what_is_expected_follows_the_order_and_stays_below_any_row() -> None:
    ordered = [of_the_department("A"), of_the_department("B", weight=0.1), of_the_department("C", weight=0.1)]
    ordered[2] = beside(ordered[2], 5.0)
    loud = beside(of_the_department("D", weight=1.0), 1e6)
    last = extra("LAST")
    row = cross(last, curated(BIKE, last, rank=99))
    *counts, most, stated = (chance.prior for chance in chances(after_the_yes(), [*ordered, loud, row], LIMITS))
    assert counts == sorted(set(counts))
    assert counts[-1] < most <= COUNTED < stated
