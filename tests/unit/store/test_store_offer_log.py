"""Everything offered and withheld is written down, once."""

import pytest
from shopfloor import product

from actions.offers.decision import (
    Decision,
    Detail,
    DetailCode,
    Difference,
    Offer,
    Reason,
    ReasonCode,
    Refusal,
    Withheld,
)
from actions.offers.products import Evidence, Money, Words
from actions.offers.situation import Hesitation, OfferKind, Situation, Stage
from actions.store import carts, offer_log

BIKE = product("BIKE")
HELMET = product("HELMET", price=Money(5_990))
REASON = Reason(
    code=ReasonCode.BOUGHT_TOGETHER,
    benefit=Words("Schützt den Kopf.", "Protects your head."),
    evidence=Evidence(36, 115, 22_514, 0.0016, 0.31, 16.1, simulated=True),
    gains=(Difference("weight", "15", "12"),),
    needs_met=("use",),
)
OFFER = Offer(OfferKind.CROSS, HELMET, BIKE, Money(5_990), REASON)
WITHHELD = Withheld(
    "LAWNMOWER", OfferKind.CROSS, Refusal.UNRELATED, (Detail(DetailCode.NO_RELATION, {"anchor": "BIKE"}),)
)
SITUATION = Situation(Stage.INTENT, anchor=BIKE, asked_for=OfferKind.CROSS, hesitation=Hesitation.PRICE_SENSITIVITY)


@pytest.fixture
def record(connection, chat, now):
    def record(*offers, message="m1", conversation=chat):
        decision = Decision(offers, (WITHHELD,), "policy-1")
        return offer_log.record(
            connection, conversation=conversation, message=message, situation=SITUATION, decision=decision, now=now
        )

    return record


def test_an_offer_is_shown_with_its_reason(connection, chat, record):
    (shown,) = record(OFFER)
    assert (shown.kind, shown.sku, shown.anchor, shown.price) == (OfferKind.CROSS, "HELMET", "BIKE", Money(5_990))
    assert shown.reason["code"] == "bought_together"
    assert shown.reason["evidence"]["together"] == 36
    assert offer_log.get(connection, shown.id) == shown
    assert offer_log.of_conversation(connection, chat) == (shown,)


def test_the_reason_comes_back_as_it_was(record):
    (shown,) = record(OFFER)
    assert offer_log.reason_of(shown) == REASON


def test_what_was_withheld_is_kept_with_its_reason(connection, chat, record):
    record(OFFER)
    (decision,) = offer_log.decisions_of(connection, chat)
    assert decision.withheld == [
        {
            "sku": "LAWNMOWER",
            "kind": "cross",
            "reason": "unrelated",
            "details": [{"code": "no_relation", "anchor": "BIKE"}],
        }
    ]
    assert (decision.policy_version, decision.stage, decision.asked_for) == ("policy-1", "intent", "cross")
    assert [offered["sku"] for offered in decision.offered] == ["HELMET"]


def test_silence_is_a_decision_too(connection, chat, record):
    assert record() == ()
    assert [decision.offered for decision in offer_log.decisions_of(connection, chat)] == [[]]


def test_the_same_message_again_makes_no_second_offer(connection, chat, record):
    first, second = record(OFFER), record(OFFER)
    assert first == second
    assert len(offer_log.of_conversation(connection, chat)) == 1
    assert len(offer_log.decisions_of(connection, chat)) == 1


def test_another_message_makes_another_offer(connection, chat, record):
    record(OFFER)
    record(OFFER, message="m2")
    assert len(offer_log.of_conversation(connection, chat)) == 2


def test_an_offer_is_answered_once(connection, record, now):
    (shown,) = record(OFFER)
    assert offer_log.answer(connection, shown.id, "declined", now)
    assert not offer_log.answer(connection, shown.id, "accepted", now)
    assert offer_log.get(connection, shown.id).state == "declined"
    assert record(OFFER)[0].state == "declined"


def test_an_offer_nobody_made_has_no_answer(connection, now):
    assert offer_log.get(connection, "nothing") is None
    assert not offer_log.answer(connection, "nothing", "accepted", now)


def test_a_decision_outside_a_conversation_is_kept_without_offers_to_answer(connection, record):
    first, second = (record(OFFER, conversation=None, message=None)[0] for _ in range(2))
    assert first.id != second.id
    assert offer_log.get(connection, first.id) is None


def test_a_cart_line_remembers_the_offer_it_came_from(connection, chat, record, now):
    (shown,) = record(OFFER)
    carts.put(connection, chat, HELMET, 1, shown.id, now=now)
    carts.put(connection, chat, HELMET, 1, now=now)
    (line,) = carts.lines(connection, chat)
    assert (line.offer, line.quantity) == (shown.id, 2)
