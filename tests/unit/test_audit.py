"""The audit reads what was written down: an offer that broke a promise is named, what cannot be told is counted."""

from dataclasses import replace

import pytest

from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind
from bot.transcripts.audit import Promise, Verdict, judge
from bot.transcripts.record import Line, Made, Record

LIMITS = OfferLimits()
BIKE = frozenset({"BIKE"})
WELCOME = Line(0)
READ_BACK = Line(1, "purchase_intent", read_back=BIKE)
YES = Line(2, "confirm", cart=BIKE)
HELMET = Made("o1", "d1", 2, OfferKind.CROSS, "HELMET-RED", "helmet", LIMITS)
LOCK = Made("o2", "d2", 4, OfferKind.CROSS, "LOCK", "lock", LIMITS)


def talk(*more: Line, **known: object) -> Record:
    """A bike was read back, agreed to and a helmet offered; then what the test says."""
    made = {"conversation": "c", "offers": (HELMET,), **known}
    return Record(lines=(WELCOME, READ_BACK, YES, *more), **made)


def said(*intents: str | None) -> tuple[Line, ...]:
    """More messages after the first offer."""
    plain = {"deny": ""}
    return tuple(
        Line(3 + n, intent, cart=BIKE, refuses=plain.get(intent or "")) for n, intent in enumerate(intents)
    )


def verdicts(record: Record, sku: str = "HELMET-RED") -> dict[Promise, Verdict]:
    return {each.promise: each.verdict for each in judge(record) if each.sku == sku}


def verdict(record: Record, promise: Promise, sku: str = "LOCK") -> Verdict:
    return verdicts(record, sku)[promise]


def test_an_offer_after_the_yes_keeps_every_promise() -> None:
    assert set(verdicts(talk()).values()) == {Verdict.KEPT}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((WELCOME, Line(1), Line(2, "confirm", cart=BIKE)), Verdict.BROKEN),
        ((WELCOME, READ_BACK, replace(YES, intent="ask_price")), Verdict.BROKEN),
        ((WELCOME, READ_BACK, replace(YES, cart=frozenset())), Verdict.BROKEN),
        ((WELCOME, READ_BACK, replace(YES, cart=frozenset({"LOCK"}))), Verdict.BROKEN),
        ((WELCOME, Line(1), replace(YES, read_back=BIKE)), Verdict.BROKEN),
        ((WELCOME, READ_BACK, replace(YES, intent="purchase_intent")), Verdict.KEPT),
        ((WELCOME, READ_BACK, replace(YES, intent=None)), Verdict.NOT_DECIDABLE),
        ((WELCOME, READ_BACK, replace(YES, cart=None)), Verdict.NOT_DECIDABLE),
        ((READ_BACK, replace(YES, intent="deny")), Verdict.NOT_DECIDABLE),
        ((READ_BACK, YES), Verdict.KEPT),
    ],
)
def test_order_first_needs_a_yes_to_what_was_read_back(lines: tuple[Line, ...], expected: Verdict) -> None:
    record = Record("c", lines, (HELMET,))
    assert verdict(record, Promise.ORDER_FIRST, "HELMET-RED") is expected


def test_a_cheaper_model_may_come_before_the_yes_and_its_yes_counts() -> None:
    cheaper = replace(HELMET, decision="d0", position=1, kind=OfferKind.DOWN, sku="OTHER-BIKE", family="other")
    taken = replace(cheaper, state="accepted", answered_at=2)
    lines = (WELCOME, Line(1, "object_price"), Line(2, "confirm", cart=frozenset({"OTHER-BIKE"})))
    for offer, expected in ((cheaper, Verdict.BROKEN), (taken, Verdict.KEPT)):
        record = Record("c", lines, (offer, HELMET))
        assert verdict(record, Promise.ORDER_FIRST, "OTHER-BIKE") is Verdict.KEPT
        assert verdict(record, Promise.ORDER_FIRST, "HELMET-RED") is expected


def test_strict_waits_for_the_order() -> None:
    offer = replace(HELMET, limits=replace(LIMITS, order_first="strict"))
    for ordered, expected in ((None, Verdict.BROKEN), (3, Verdict.BROKEN), (2, Verdict.KEPT)):
        record = talk(offers=(offer,), ordered=ordered)
        assert verdict(record, Promise.ORDER_FIRST, "HELMET-RED") is expected


@pytest.mark.parametrize(
    ("asks", "kind", "expected"),
    [
        ("ask_accessories", OfferKind.CROSS, Verdict.KEPT),
        ("greet", OfferKind.CROSS, Verdict.BROKEN),
        (None, OfferKind.CROSS, Verdict.NOT_DECIDABLE),
    ],
)
def test_asked_is_what_the_shopper_asked_and_not_what_the_policy_claims(
    asks: str | None, kind: OfferKind, expected: Verdict
) -> None:
    offer = replace(HELMET, position=1, kind=kind, claims_asked=True)
    record = Record("c", (WELCOME, Line(1, asks)), (offer,))
    assert verdict(record, Promise.ORDER_FIRST, "HELMET-RED") is expected


def test_a_cheaper_one_may_be_found_after_the_question_what_matters() -> None:
    cheaper = replace(LOCK, kind=OfferKind.DOWN, claims_asked=True)
    lines = said("stop_offers", "deny")
    assert verdict(talk(*lines, offers=(HELMET, cheaper)), Promise.OFFERS_ENDED) is Verdict.BROKEN
    asked = talk(*said("stop_offers", "deny"), offers=(HELMET, cheaper))
    asked = replace(asked, lines=(asked.lines[0], replace(READ_BACK, intent="ask_cheaper"), *asked.lines[2:]))
    assert verdict(asked, Promise.OFFERS_ENDED) is Verdict.KEPT


@pytest.mark.parametrize(
    ("first", "after", "asked", "expected"),
    [
        (replace(HELMET, state="declined", answered_at=3), "deny", False, Verdict.BROKEN),
        (replace(HELMET, state="declined", answered_at=3), "ask_accessories", True, Verdict.BROKEN),
        (replace(HELMET, state="declined", answered_at=5), "greet", False, Verdict.KEPT),
        (HELMET, "deny", False, Verdict.BROKEN),
        (HELMET, "greet", False, Verdict.KEPT),
        (replace(HELMET, state="ignored", answered_at=3), "deny", False, Verdict.KEPT),
    ],
)
def test_a_declined_model_does_not_come_again_in_any_colour(
    first: Made, after: str, asked: bool, expected: Verdict
) -> None:
    again = replace(first, decision="d2", position=4, sku="HELMET-BLUE", state="shown", claims_asked=asked)
    record = talk(*said(after, "ask_accessories" if asked else "greet", "deny"), offers=(first, again))
    assert verdict(record, Promise.NO_IS_A_NO, "HELMET-BLUE") is expected
    assert verdict(record, Promise.NO_IS_A_NO, "HELMET-RED") is Verdict.KEPT


@pytest.mark.parametrize(
    ("refuses", "state", "expected"),
    [
        ("o1", "ignored", Verdict.BROKEN),
        ("o1-too", "ignored", Verdict.BROKEN),
        ("o1", "accepted", Verdict.KEPT),
        ("another", "shown", Verdict.KEPT),
        (None, "shown", Verdict.KEPT),
    ],
)
def test_a_no_button_further_up_is_a_no_to_all_that_came_with_it(
    refuses: str | None, state: str, expected: Verdict
) -> None:
    first = replace(HELMET, state=state)
    beside = replace(HELMET, id="o1-too", sku="PUMP", family="pump")
    again = replace(HELMET, id="o3", decision="d3", position=5, sku="HELMET-BLUE")
    no = Line(4, "deny", cart=BIKE, refuses=refuses)
    record = talk(*said("greet"), no, *said("", "", "greet")[2:], offers=(first, beside, again))
    assert verdict(record, Promise.NO_IS_A_NO, "HELMET-BLUE") is expected


@pytest.mark.parametrize(
    ("intents", "known", "expected"),
    [
        (("stop_offers", "greet"), {}, Verdict.BROKEN),
        (("greet", "stop_offers"), {}, Verdict.BROKEN),
        (("stop_offers", "resume_offers"), {}, Verdict.KEPT),
        (("complaint", "resume_offers"), {}, Verdict.BROKEN),
        (("human_handoff", "greet"), {"handed_off": 3}, Verdict.BROKEN),
        (("greet", "greet"), {"handed_off": 5}, Verdict.KEPT),
        ((None, "greet"), {}, Verdict.NOT_DECIDABLE),
        (("greet", "greet"), {}, Verdict.KEPT),
    ],
)
def test_offers_end_with_a_word_a_complaint_or_a_call_for_a_person(
    intents: tuple[str | None, ...], known: dict[str, int], expected: Verdict
) -> None:
    record = talk(*said(*intents), offers=(HELMET, LOCK), **known)
    assert verdict(record, Promise.OFFERS_ENDED) is expected


def declined(*noes: int) -> tuple[Made, ...]:
    """Offers that were declined at these messages, two cards each."""
    return tuple(
        replace(
            HELMET, decision=f"n{no}", sku=f"{card}-{no}", family=f"{card}-{no}", state="declined", answered_at=no
        )
        for no in noes
        for card in ("A", "B")
    )


@pytest.mark.parametrize(
    ("noes", "third", "expected"),
    [
        ((3,), "greet", Verdict.KEPT),
        ((3, 4), "greet", Verdict.BROKEN),
        ((2, 3), "greet", Verdict.BROKEN),
        ((2, 3), "resume_offers", Verdict.KEPT),
    ],
)
def test_so_many_noes_end_offers_and_an_offer_of_two_cards_counts_once(
    noes: tuple[int, ...], third: str, expected: Verdict
) -> None:
    record = talk(*said("deny", third), offers=(*declined(*noes), LOCK))
    assert verdict(record, Promise.OFFERS_ENDED) is expected


def test_there_are_no_more_offers_than_the_limits_allow() -> None:
    others = [replace(HELMET, decision=f"o{n}", sku=f"O{n}", family=f"o{n}", kind=OfferKind.DOWN) for n in range(4)]
    of_the_kind = [replace(other, kind=OfferKind.CROSS) for other in others[:2]]
    cards = [replace(other, decision="same") for other in others]
    for before, expected in (
        (others, Verdict.BROKEN),
        (others[:3], Verdict.KEPT),
        (of_the_kind, Verdict.BROKEN),
        (of_the_kind[:1], Verdict.KEPT),
        (cards, Verdict.KEPT),
    ):
        record = talk(*said("greet", "greet"), offers=(*before, LOCK))
        assert verdict(record, Promise.NOT_TOO_MANY) is expected


def test_which_limits_were_in_force_then_nobody_knows() -> None:
    older = replace(LOCK, limits=None)
    record = talk(*said("deny", "greet"), offers=(replace(HELMET, state="declined", answered_at=3), older))
    assert verdict(record, Promise.NOT_TOO_MANY) is Verdict.NOT_DECIDABLE
    assert verdict(record, Promise.OFFERS_ENDED) is Verdict.NOT_DECIDABLE
    assert verdict(record, Promise.ORDER_FIRST) is Verdict.KEPT
    assert verdict(talk(offers=(older,)), Promise.NOT_TOO_MANY) is Verdict.KEPT


def test_where_something_was_erased_only_what_is_left_can_be_judged() -> None:
    lines = (replace(READ_BACK, position=7), replace(YES, position=8))
    assert verdicts(Record("c", lines, (replace(HELMET, position=8),))) == {
        Promise.ORDER_FIRST: Verdict.KEPT,
        Promise.NO_IS_A_NO: Verdict.NOT_DECIDABLE,
        Promise.OFFERS_ENDED: Verdict.NOT_DECIDABLE,
        Promise.NOT_TOO_MANY: Verdict.NOT_DECIDABLE,
    }


def test_of_an_offer_whose_message_is_gone_nothing_can_be_told() -> None:
    record = talk(offers=(replace(HELMET, position=None),))
    assert set(verdicts(record).values()) == {Verdict.NOT_DECIDABLE}
