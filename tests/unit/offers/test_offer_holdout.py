"""The hold-out: nothing unasked but the cheaper one on hesitation, and every question answered as for everybody."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_encounters import Encounter, encounter, encounters

from actions.offers.decision import Refusal
from actions.offers.lots import HELD_OUT, OFFERED, arm
from actions.offers.policy import decide
from actions.offers.situation import OfferKind

everywhere = settings(max_examples=200, deadline=None, derandomize=True, database=None)
MORE = (OfferKind.CROSS, OfferKind.UP)
hashes = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


def both_arms(case: Encounter):
    situation, candidates, limits = case
    return tuple(
        decide(replace(situation, held_out=held, rolled_out=True), candidates, limits) for held in (False, True)
    )


@everywhere
@given(encounters())
def test_a_held_out_shopper_gets_nothing_more_and_nothing_dearer_unasked(case: Encounter) -> None:
    situation = case[0]
    _, held = both_arms(case)
    assert not [o for o in held.offers if o.kind in MORE and situation.asked_for is not o.kind]


@everywhere
@given(encounters())
def test_a_question_is_answered_the_same_in_both_arms(case: Encounter) -> None:
    situation, candidates, limits = case
    for kind in OfferKind:
        offered, held = both_arms((replace(situation, asked_for=kind), candidates, limits))
        assert held.offers == offered.offers


@everywhere
@given(encounters())
def test_the_cheaper_one_is_offered_in_both_arms(case: Encounter) -> None:
    offered, held = both_arms(case)
    if offered.offers and offered.offers[0].kind is OfferKind.DOWN:
        assert held.offers == offered.offers


@everywhere
@given(encounters())
def test_what_the_hold_out_went_without_would_have_been_offered_or_was_next(case: Encounter) -> None:
    offered, held = both_arms(case)
    without = {(row.sku, row.kind) for row in held.withheld if row.reason is Refusal.HOLDOUT}
    spoken = {(offer.product.sku, offer.kind) for offer in offered.offers if offer.kind in MORE}
    eligible = {Refusal.OTHER_KIND_FIRST, Refusal.NOT_AMONG_BEST}
    next_in_line = {(row.sku, row.kind) for row in offered.withheld if row.reason in eligible}
    asked = case[0].asked_for
    assert without == {pair for pair in spoken | next_in_line if pair[1] in MORE and pair[1] is not asked}


def test_the_encounters_hold_offers_that_a_hold_out_goes_without() -> None:
    reasons = Counter(row.reason for seed in range(300) for row in both_arms(encounter(seed))[1].withheld)
    assert reasons[Refusal.HOLDOUT] > 50


@given(hashes, st.floats(0, 0.5), st.floats(0, 0.5))
def test_who_is_held_out_stays_so_when_the_share_grows(fingerprint: str, one: float, other: float) -> None:
    small, large = sorted((one, other))
    if arm(fingerprint, small) == HELD_OUT:
        assert arm(fingerprint, large) == HELD_OUT


@pytest.mark.parametrize(
    ("fingerprint", "share", "group"),
    [
        ("0" * 64, 0.1, HELD_OUT),
        ("1" + "0" * 63, 0.1, HELD_OUT),  # 1/16 = 0.0625
        ("2" + "0" * 63, 0.1, OFFERED),  # 2/16 = 0.125
        ("f" * 64, 0.5, OFFERED),
        ("0" * 64, 0.0, None),
    ],
)
def test_the_first_digits_are_the_lot(fingerprint: str, share: float, group: str | None) -> None:
    assert arm(fingerprint, share) == group
