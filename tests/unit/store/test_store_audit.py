"""The audit finds in either database what gateway and actions wrote there, however many chats there are."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from shopfloor import product

from actions.offers.campaigns import Campaign
from actions.offers.decision import Decision, Offer, Reason, ReasonCode
from actions.offers.limits import OfferLimits
from actions.offers.products import Money
from actions.offers.situation import OfferKind, Situation, Stage
from actions.store import campaigns, conversations, handoffs, messages, offer_log, orders, policy, replies
from actions.store.carts import CartLine
from actions.store.tables import offer_decisions, policy_versions
from bot.transcripts import records
from bot.transcripts.audit import Promise
from bot.transcripts.audit_report import audit
from bot.transcripts.record import Line

BIKE, HELMET = product("BIKE"), product("HELMET", price=Money(5_990))
OFFER = Offer(OfferKind.CROSS, HELMET, BIKE, Money(5_990), Reason(ReasonCode.CURATED))
READ_BACK = {"intent": "confirm", "entities": {"to": "readback:BIKE:1:64900", "sku": "BIKE"}}
NO = {"intent": "deny", "entities": {"to": "readback:BIKE:1:64900"}}
REPLY = [
    {"type": "text", "text": "Ich lese vor."},
    {"type": "choices", "choices": [{"title": "Ja", "payload": READ_BACK}, {"title": "Nein", "payload": NO}]},
]


@pytest.fixture
def talk(connection, now):
    """`talk("c1", "confirm")`: welcome, a read-back, the word said to it, and an offer in its answer."""

    def talk(chat, word, cart=("BIKE",)):
        conversations.create(connection, conversation_id=chat, language="de", channel="web", now=now)
        says(chat, 0, "", None)
        asked = says(chat, 1, "nehme ich", "purchase_intent")
        replies.store(connection, chat, asked, "action_begin_purchase", REPLY, now)
        agreed = says(chat, 2, "ja", word, cart)
        offered(chat, agreed, 2)
        return chat

    def says(chat, position, text, intent, cart=(), button=None):
        at = now + timedelta(minutes=position)
        taken_in = messages.accept(
            connection,
            conversation=chat,
            client_id=f"m{position}",
            text=text,
            payload=button,
            digest="",
            now=at,
        )
        reply = json.dumps({"messages": [], "cart": {"lines": [{"sku": sku} for sku in cart]}}).encode()
        nlu = {"intent": intent} if intent else None
        messages.answer(connection, taken_in.message_id, reply, nlu=nlu, now=at)
        return taken_in.message_id

    def offered(chat, message, position):
        decision = Decision((OFFER,), (), OfferLimits().version)
        at = now + timedelta(minutes=position, seconds=1)
        situation = Situation(Stage.INTENT, anchor=BIKE)
        (shown,) = offer_log.record(
            connection, conversation=chat, message=message, situation=situation, decision=decision, now=at
        )
        return shown

    talk.says, talk.offered = says, offered
    return talk


def test_the_record_is_read_as_it_was_written(connection, now, talk) -> None:
    chat = talk("c1", "confirm")
    (shown,) = offer_log.of_conversation(connection, chat)
    talk.says(chat, 3, "nein danke", "deny", ("BIKE",))
    offer_log.answer(connection, shown.id, "declined", now + timedelta(minutes=3, seconds=1))
    handoffs.open(connection, conversation=chat, reason="asked", context={}, now=now + timedelta(minutes=2))
    handoffs.open(connection, conversation=chat, reason="export_data", context={}, now=now)
    lines = [CartLine("BIKE", 1, Money(64_900))]
    after = now + timedelta(minutes=9)
    orders.place(connection, conversation=chat, key="k", lines=lines, shipping=Money(0), now=after)
    (record,) = records.read_records(connection, now)
    bike = frozenset({"BIKE"})
    assert record.lines == (
        Line(0),
        Line(1, "purchase_intent", read_back=bike),
        Line(2, "confirm", cart=bike),
        Line(3, "deny", cart=bike, refuses=""),
    )
    (offer,) = record.offers
    assert (offer.position, offer.sku, offer.state, offer.answered_at) == (2, "HELMET", "declined", 3)
    assert (record.handed_off, record.ordered, record.whole) == (2, 3, True)


def test_a_no_is_about_what_its_button_was_shown_with(connection, now, talk) -> None:
    chat = talk("c1", "confirm")
    (shown,) = offer_log.of_conversation(connection, chat)
    talk.says(chat, 3, "", None, button=NO)
    talk.says(chat, 4, "", None, button={"intent": "deny", "entities": {"offer": shown.id}})
    (record,) = records.read_records(connection, now)
    assert [(line.intent, line.refuses) for line in record.lines[3:]] == [("deny", None), ("deny", shown.id)]


def test_limits_that_a_campaign_tightened_are_those_of_the_offers_moment(connection, now, talk) -> None:
    talk("c1", "confirm")
    campaign = Campaign("spring", now + timedelta(days=1), now + timedelta(days=9), {"max_offers_kind": 1})
    campaigns.apply(connection, campaign, OfferLimits(), now)
    talk("c2", "confirm")
    talk.offered("c2", talk.says("c2", 2 * 24 * 60, "hallo", "greet", ("BIKE",)), 2 * 24 * 60)
    limits = {each.conversation: each.offers for each in records.read_records(connection, now)}
    assert [offer.limits for offer in limits["c1"]] == [OfferLimits()]
    assert [offer.limits for offer in limits["c2"]] == [OfferLimits(), None]


def test_an_offer_is_judged_by_the_limits_it_was_made_under_whatever_they_are_now(connection, now, talk) -> None:
    chat = talk("c1", "confirm")
    talk.offered(chat, talk.says(chat, 3, "und sonst?", "greet", ("BIKE",)), 3)
    kept = audit(connection, now)
    policy.change(connection, {"max_offers_kind": 1, "refusals_end_offers": 0}, now + timedelta(hours=1))
    assert audit(connection, now) == kept
    assert (kept.violations, set(kept.not_decidable.values())) == ((), {0})
    (record,) = records.read_records(connection, now)
    assert [offer.limits for offer in record.offers] == [OfferLimits()] * 2


def test_loosening_the_limits_later_excuses_nothing(connection, now, talk) -> None:
    policy.change(connection, {"max_offers_kind": 1}, now)
    chat, tight = talk("c1", "confirm"), policy.limits(connection, now)
    talk.offered(chat, talk.says(chat, 3, "und sonst?", "greet", ("BIKE",)), 3)
    connection.execute(offer_decisions.update().values(policy_version=tight.version))
    policy.change(connection, {"max_offers_kind": 9}, now + timedelta(hours=1))
    assert [each.promise for each in audit(connection, now).violations] == [Promise.NOT_TOO_MANY]


def test_limits_that_were_never_written_down_leave_it_open(connection, now, talk) -> None:
    chat = talk("c1", "confirm")
    talk.offered(chat, talk.says(chat, 3, "und sonst?", "greet", ("BIKE",)), 3)
    policy.change(connection, {"max_offers_kind": 1}, now + timedelta(hours=1))
    connection.execute(policy_versions.delete())
    assert audit(connection, now).not_decidable[Promise.NOT_TOO_MANY] == 1


def test_a_broken_promise_is_named_with_chat_message_and_product(connection, now, talk) -> None:
    talk("c1", "confirm")
    talk("c2", "ask_price")
    found = audit(connection, now)
    assert (found.conversations, found.with_offers, found.offered, found.unasked) == (2, 2, 2, 2)
    (broken,) = found.violations
    assert (broken.conversation, broken.position, broken.promise, broken.sku) == (
        "c2",
        2,
        Promise.ORDER_FIRST,
        "HELMET",
    )
    assert set(found.not_decidable.values()) == {0}


def test_chats_are_read_in_batches_and_only_those_of_the_time(connection, now, talk, monkeypatch) -> None:
    monkeypatch.setattr(records, "AT_ONCE", 2)
    for number in range(5):
        talk(f"c{number}", "ask_price")
    older = replace(conversations.get(connection, "c4"))
    conversations.save(connection, older, now - timedelta(days=31))
    found = audit(connection, now - timedelta(days=30))
    assert [each.conversation for each in found.violations] == ["c0", "c1", "c2", "c3"]


def test_an_answer_that_was_lost_is_no_proof_of_anything(connection, now, talk) -> None:
    chat = talk("c1", "confirm")
    connection.execute(
        records.messages.update().where(records.messages.c.position == 2).values(reply=None, nlu=None)
    )
    found = audit(connection, now)
    assert found.violations == ()
    assert found.not_decidable[Promise.ORDER_FIRST] == 1
    assert next(records.read_records(connection, now)).lines[2] == Line(2, None, cart=None), chat
