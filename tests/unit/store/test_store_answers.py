"""Every answer to the product named first is counted once, by group, and outlives the chat it was given in."""

import pytest
from shopfloor import product
from sqlalchemy import event, select

from actions.offers.acceptance import Answers
from actions.offers.decision import Chance, Decision, Offer, Reason, ReasonCode
from actions.offers.limits import OfferLimits
from actions.offers.situation import CartItem, OfferKind, Situation, Stage
from actions.store import answers, conversations, offer_log
from actions.store.tables import offer_answers, offer_decisions

BIKE, HELMET, LOCK = product("BIKE"), product("HELMET", category="helmets"), product("LOCK", category="locks")
GROUP = (OfferKind.CROSS, "bikes", "helmets")
LEARNING = OfferLimits(learn_from_answers=True)


def offer(target) -> Offer:
    return Offer(OfferKind.CROSS, target, BIKE, target.price, Reason(ReasonCode.CURATED))


def chance(target, probability: float, kind: OfferKind = OfferKind.CROSS) -> Chance:
    return Chance(target.sku, kind, "bikes", target.category, 0.2, 900, 1, probability)


def situation(*in_cart) -> Situation:
    return Situation(Stage.INTENT, anchor=BIKE, cart=tuple(CartItem(each) for each in in_cart))


@pytest.fixture
def show(connection, chat, now):
    """Offer a helmet, which the sentence names, and a lock beside it."""

    def show(message="m1", *, eligible=(chance(HELMET, 0.75), chance(LOCK, 0.25)), conversation=chat):
        decision = Decision((offer(HELMET), offer(LOCK)), (), "policy-1", tuple(eligible), "learnt-1:7")
        return offer_log.record(
            connection,
            conversation=conversation,
            message=message,
            situation=situation(),
            decision=decision,
            now=now,
        )

    return show


def test_the_log_holds_who_could_have_been_named_and_how_probable_it_was(connection, chat, show):
    show()
    (decision,) = offer_log.decisions_of(connection, chat)
    assert decision.ranking == "learnt-1:7"
    assert [(each["sku"], each["probability"]) for each in decision.eligible] == [("HELMET", 0.75), ("LOCK", 0.25)]
    assert decision.eligible[0] == {
        "sku": "HELMET",
        "kind": "cross",
        "anchor": "bikes",
        "category": "helmets",
        "prior": 0.2,
        "profit": 900,
        "precedence": 1,
        "probability": 0.75,
    }


@pytest.mark.parametrize("state", ["accepted", "declined", "ignored"])
def test_an_answer_is_counted_in_its_group_once(connection, show, now, state):
    named, _ = show()
    assert offer_log.answer(connection, named.id, state, now)
    counted = Answers(**{state: 1}, expected=0.2)
    assert answers.by_group(connection) == {GROUP: counted}
    assert not offer_log.answer(connection, named.id, state, now)
    assert show()[0].state == state
    assert not offer_log.answer(connection, named.id, "declined", now)
    assert answers.by_group(connection) == {GROUP: counted}


def test_one_passed_over_and_taken_after_all_is_one_answer(connection, show, now):
    named, _ = show()
    for state in ("ignored", "accepted", "accepted"):
        offer_log.answer(connection, named.id, state, now)
    assert answers.by_group(connection) == {GROUP: Answers(accepted=1, expected=0.2)}


def test_the_cards_beside_it_do_not_count(connection, show, now):
    named, beside = show()
    offer_log.answer(connection, beside.id, "accepted", now)
    assert answers.by_group(connection) == {}
    offer_log.answer(connection, named.id, "ignored", now)
    assert answers.by_group(connection) == {GROUP: Answers(ignored=1, expected=0.2)}


def test_answers_add_up_by_group_and_by_kind(connection, show, now):
    for number, state in enumerate(["accepted", "declined", "ignored", "declined"]):
        offer_log.answer(connection, show(f"m{number}")[0].id, state, now)
    up = (chance(HELMET, 1.0, OfferKind.UP),)
    offer_log.answer(connection, show("up", eligible=up)[0].id, "accepted", now)
    (cross, other) = (answers.by_group(connection)[OfferKind(kind), "bikes", "helmets"] for kind in ("cross", "up"))
    assert (cross.accepted, cross.declined, cross.ignored, cross.total) == (1, 2, 1, 4)
    assert cross.expected == pytest.approx(0.8)
    assert other == Answers(accepted=1, expected=0.2)
    assert answers.by_kind(connection) == {OfferKind.CROSS: cross, OfferKind.UP: other}


def test_an_answer_to_an_offer_from_before_the_log_held_chances_is_no_count(connection, show, now):
    named, _ = show(eligible=())
    connection.execute(offer_decisions.update().values(eligible=None, ranking=None))
    assert offer_log.answer(connection, named.id, "accepted", now)
    assert answers.by_group(connection) == {}


def test_what_was_answered_outlives_the_chat_without_naming_it(connection, chat, show, now):
    named, _ = show()
    offer_log.answer(connection, named.id, "accepted", now)
    conversations.delete(connection, chat)
    assert answers.by_group(connection) == {GROUP: Answers(accepted=1, expected=0.2)}
    assert chat not in str(connection.execute(select(offer_answers)).all())


def test_a_decision_learns_what_was_answered_about_anything_in_the_cart(connection, show, now):
    offer_log.answer(connection, show()[0].id, "declined", now)
    for held in (situation(), Situation(Stage.ORDERED, cart=(CartItem(BIKE),))):
        learnt = answers.learnt(connection, held, LEARNING, turn="c:m")
        assert learnt.by_group == {GROUP: Answers(declined=1, expected=0.2)}
        assert learnt.turn == "c:m"
    elsewhere = answers.learnt(connection, Situation(Stage.INTENT, anchor=LOCK), LEARNING)
    assert elsewhere.by_group == {}
    assert elsewhere.answers(OfferKind.CROSS).declined == 1


def test_where_nothing_is_to_be_learnt_nothing_is_read(connection, show, now):
    offer_log.answer(connection, show()[0].id, "declined", now)
    asked = []

    def hear(*given):
        asked.append(given[2])

    event.listen(connection.engine, "before_cursor_execute", hear)
    assert answers.learnt(connection, situation(), OfferLimits(), turn="c:m") is None
    assert asked == []
    assert answers.learnt(connection, situation(), LEARNING) is not None
    event.remove(connection.engine, "before_cursor_execute", hear)
    assert len(asked) == 2


def test_an_offer_that_failed_to_close_leaves_the_counts_alone(connection, show, now):
    named, _ = show()
    with pytest.raises(RuntimeError), connection.begin_nested():
        offer_log.answer(connection, named.id, "accepted", now)
        raise RuntimeError("the turn fails after the answer")
    assert answers.by_group(connection) == {}
    assert offer_log.get(connection, named.id).state == "shown"
