"""What verdicts and answers suggest for the matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.offers.situation import OfferKind
from bot.reports.intervals import share_interval
from bot.reports.suggestions import Advice, Made, Source, suggest

CROSS = OfferKind.CROSS


def made(
    number: int, target: str = "HELMET", state: str = "ignored", verdict: str | None = None, *causes: str
) -> Made:
    return Made(f"c{number}", f"d{number}", CROSS, "BIKE", target, state, verdict, frozenset(causes))


def told(found) -> list[tuple[str, str, int, int]]:
    return [(each.advice, each.target, each.count, each.of) for each in found]


def test_a_pair_that_two_reviewers_object_to_is_looked_at_again() -> None:
    offers = [made(1, "HELMET", "declined", "bad", "wrong_offer"), made(2, "HELMET", "ignored", "ok", "tone")]
    assert suggest(offers) == []
    offers.append(made(3, "HELMET", "ignored", "bad", "should_not_have_offered"))
    assert told(suggest(offers)) == [(Advice.OBJECTED, "HELMET", 2, 2)]
    offers += [made(number, "HELMET", "accepted", "good") for number in (4, 5)]
    assert suggest(offers) == []


def test_two_cards_of_one_conversation_are_one_objection() -> None:
    twice = [made(1, "HELMET", "ignored", "bad", "wrong_offer")] * 2
    assert suggest(twice) == []


def test_a_model_that_lacked_an_offer_in_two_conversations_is_named() -> None:
    assert suggest([], [("c1", "BIKE"), ("c1", "BIKE")]) == []
    (found,) = suggest([], [("c1", "BIKE"), ("c2", "BIKE"), ("c3", "LOCK")])
    assert (found.advice, found.anchor, found.count, found.source) == (Advice.MISSED, "BIKE", 2, Source.REVIEWS)


def test_what_hardly_anybody_takes_and_what_is_taken_gladly_stand_out_from_twenty_answers_on() -> None:
    loved = [made(n, "BELL", "accepted" if n % 2 else "declined") for n in range(60)]
    unloved = [made(100 + n, "ROPE", "declined") for n in range(30)]
    assert told(suggest([*loved, *unloved])) == [
        (Advice.GLADLY_TAKEN, "BELL", 30, 60),
        (Advice.HARDLY_TAKEN, "ROPE", 0, 30),
    ]
    assert [each.usual for each in suggest([*loved, *unloved])] == [pytest.approx(30 / 90)] * 2
    assert "ROPE" not in {target for _, target, _, _ in told(suggest([*loved, *unloved[:19]]))}


def test_who_takes_another_one_of_a_choice_has_not_declined_this() -> None:
    choices = [
        Made(f"c{n}", f"d{n}", CROSS, "BIKE", target, state)
        for n in range(40)
        for target, state in (("BELL", "accepted"), ("ROPE", "ignored"))
    ]
    assert suggest(choices) == []


def test_an_offer_nobody_has_reacted_to_is_no_answer() -> None:
    yeses = [made(n, "BELL", "accepted") for n in range(30)]
    assert suggest([*yeses, *(made(100 + n, "ROPE", "shown") for n in range(30))]) == []


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_a_share(counts: tuple[int, int]) -> None:
    count, of = counts
    low, high = share_interval(count, of)
    assert 0 <= low <= count / of <= high <= 1


def test_the_interval_is_that_of_wilson() -> None:
    assert share_interval(10, 50) == pytest.approx((0.1124, 0.3304), abs=1e-4)
    assert share_interval(0, 0) == (0.0, 1.0)
