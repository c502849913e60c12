"""The rollout: decided as for anybody, spoken to whom it has reached, and every question answered."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_encounters import Encounter, encounter, encounters

from actions.offers.decision import Decision, Refusal
from actions.offers.lots import FULL, SHADOW, Lots, place
from actions.offers.policy import decide
from actions.offers.situation import OfferKind

everywhere = settings(max_examples=200, deadline=None, derandomize=True, database=None)
shares = st.floats(0, 1)


def aloud_and_in_silence(case: Encounter) -> tuple[Decision, Decision]:
    situation, candidates, limits = case
    aloud, silent = (
        decide(replace(situation, rolled_out=reached), candidates, limits) for reached in (True, False)
    )
    return aloud, silent


def held_back(decision: Decision) -> set[tuple[str, OfferKind]]:
    return {(row.sku, row.kind) for row in decision.withheld if row.reason is Refusal.ROLLOUT}


@everywhere
@given(encounters())
def test_in_silence_nothing_is_offered_unasked_and_the_log_names_just_what_would_have_been(case: Encounter) -> None:
    aloud, silent = aloud_and_in_silence(case)
    spoken = {(offer.product.sku, offer.kind) for offer in aloud.offers}
    asked = case[0].asked_for
    assert not [offer for offer in silent.offers if offer.kind is not asked]
    assert held_back(silent) == {pair for pair in spoken if pair[1] is not asked}
    assert not held_back(aloud)


@everywhere
@given(encounters())
def test_everything_else_is_withheld_for_the_same_reasons(case: Encounter) -> None:
    aloud, silent = aloud_and_in_silence(case)
    others = [row for row in silent.withheld if row.reason is not Refusal.ROLLOUT]
    assert others == list(aloud.withheld)
    assert silent.eligible == aloud.eligible


@everywhere
@given(encounters())
def test_a_question_is_answered_the_same_in_silence(case: Encounter) -> None:
    situation, candidates, limits = case
    for kind in OfferKind:
        aloud, silent = aloud_and_in_silence((replace(situation, asked_for=kind), candidates, limits))
        assert silent == aloud


def test_the_encounters_hold_offers_of_every_kind_that_are_held_back() -> None:
    kinds = Counter(kind for seed in range(300) for _, kind in held_back(aloud_and_in_silence(encounter(seed))[1]))
    assert min(kinds[kind] for kind in OfferKind) > 5


@given(shares, shares, shares)
def test_whom_a_share_has_reached_a_larger_one_keeps(lot: float, one: float, other: float) -> None:
    small, large = sorted((one, other))
    if Lots(rollout=lot).is_rolled_out(small):
        assert Lots(rollout=lot).is_rolled_out(large)


@pytest.mark.parametrize(
    ("lot", "share", "reached"),
    [
        (place("0" * 64), SHADOW, False),
        (place("0" * 64), 0.01, True),
        (place("1" + "0" * 63), 0.0625, False),
        (place("f" * 64), 0.99, False),
        (place("f" * 64), FULL, True),
        (None, 0.99, False),
        (None, FULL, True),
    ],
)
def test_the_lowest_places_in_the_row_come_first_and_who_has_none_comes_last(lot, share, reached) -> None:
    assert Lots(rollout=lot).is_rolled_out(share) is reached
