"""Conversations that were really played, read again from what was written down: no promise was broken."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.dialogue import buying, offering
from actions.dialogue.turn import Turn
from actions.offers import eligibility, timing
from actions.offers.campaigns import Campaign
from actions.offers.products import Product
from actions.offers.situation import Stage
from actions.services import Services
from actions.store import campaigns, policy, policy_versions
from actions.store.engine import reading, writing
from actions.store.tables import campaigns as campaign_rows
from actions.store.tables import offer_decisions
from bot.transcripts.audit import Promise
from bot.transcripts.audit_report import Audit, audit
from tests.conversations import moves
from tests.conversations.recorded import RecordedShopper
from tests.conversations.test_the_anchor_line import MOST_STEPS, Talk, steps

EVER = datetime(2020, 1, 1, tzinfo=UTC)
TALKS = 24


def audited(house: Services) -> Audit:
    with reading(house.engine) as connection:
        return audit(connection, EVER)


def play(house: Services, talks: int) -> None:
    """Talks of shoppers who say and press whatever comes to their mind."""
    for seed in range(talks):
        talk = Talk(house, ("de", "en")[seed % 2], Counter(), "no offer", RecordedShopper)
        for move in moves.opening(talk.language, moves.BEGINNINGS[seed % len(moves.BEGINNINGS)]):
            talk.turn(move)
        try:
            for habit, which in steps(seed, MOST_STEPS):
                talk.step(habit, which)
        finally:
            talk.leave()


def broken(found: Audit) -> set[Promise]:
    return {each.promise for each in found.violations}


def test_whatever_shoppers_say_and_press_no_offer_breaks_a_promise(house: Services) -> None:
    play(house, TALKS)
    found = audited(house)
    assert found.violations == ()
    assert found.conversations == TALKS
    assert found.unasked >= TALKS // 2
    assert found.offered > found.unasked
    assert set(found.not_decidable.values()) == {0}


BUYS = (("grat 2 in schwarz 42 nehme ich", "purchase_intent"), ("ja", "confirm"))
NO, NO_OFFERS = ("nein danke", "deny"), ("keine werbung bitte", "stop_offers")
ASKS = (("was passt dazu?", "ask_accessories"),) * 4
OFTEN = (timing.caps_leave_room, timing.kind_does_not_rest)


@pytest.mark.parametrize(
    ("forgotten", "said", "promise"),
    [
        ((timing.was_not_declined,), (*BUYS, NO, *ASKS), Promise.NO_IS_A_NO),
        ((timing.shopper_wants_offers,), (NO_OFFERS, *BUYS), Promise.OFFERS_ENDED),
        ((timing.mood_allows_it,), (("ich bin sehr unzufrieden", "complaint"), *BUYS), Promise.OFFERS_ENDED),
        (OFTEN, BUYS * 3, Promise.NOT_TOO_MANY),
    ],
)
def test_a_policy_that_forgets_a_rule_is_found_out(
    house: Services,
    monkeypatch: pytest.MonkeyPatch,
    forgotten: tuple[eligibility.Rule, ...],
    said: tuple[tuple[str, str], ...],
    promise: Promise,
) -> None:
    for forgets in (False, True):
        if forgets:
            kept = {
                kind: tuple(r for r in rules if r not in forgotten) for kind, rules in eligibility.RULES.items()
            }
            monkeypatch.setattr(eligibility, "RULES", kept)
        shopper = RecordedShopper(house)
        for text, intent in said:
            shopper.says(text, intent)
        assert broken(audited(house)) == ({promise} if forgets else set())


def test_an_offer_before_the_yes_is_found_out(house: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    read_back = buying.read_back

    def presses(turn: Turn, product: Product, *more: Any, **named: Any) -> None:
        read_back(turn, product, *more, **named)
        turn.reach(Stage.INTENT)
        offering.propose_next(turn, product)

    monkeypatch.setattr(buying, "read_back", presses)
    monkeypatch.setattr(timing, "_is_secured", lambda *_: True)
    shopper = RecordedShopper(house)
    shopper.says(*BUYS[0])
    assert {(each.promise, each.position) for each in audited(house).violations} == {(Promise.ORDER_FIRST, 1)}
    assert {each.sku for each in audited(house).violations} == {offer.sku for offer in shopper.shown()}


def test_offers_of_a_campaign_are_judged_by_its_limits_when_all_limits_are_others(house: Services) -> None:
    shopper = RecordedShopper(house)
    now = house.clock()
    strict = Campaign("sale", now - timedelta(days=1), now + timedelta(days=9), {"order_first": "strict"})
    for text, intent in BUYS:
        shopper.says(text, intent)
    with writing(house.engine) as connection:
        campaigns.apply(connection, strict, policy.own_limits(connection), now)
    orders = RecordedShopper(house)
    for text, intent in (*BUYS, ASKS[0]):
        orders.says(text, intent)
    with writing(house.engine) as connection:
        campaigns.end(connection, "sale", now)
        policy.change(connection, {"max_offers_kind": 0, "holdout": 0.5}, now)
        connection.execute(campaign_rows.delete())
    found = audited(house)
    assert found.offered == len(shopper.shown()) + len(orders.shown()) > found.unasked > 0
    assert (found.violations, set(found.not_decidable.values())) == ((), {0})
    with reading(house.engine) as connection:
        named = {row.policy_version for row in connection.execute(select(offer_decisions.c.policy_version))}
        kept = policy_versions.by_version(connection)
    assert {kept[each].order_first for each in named} == {"intent", "strict"}


def test_what_was_erased_is_not_taken_for_kept(house: Services) -> None:
    shopper = RecordedShopper(house)
    for text, intent in (*BUYS, ("löschen Sie meine daten", "erase_data"), ("ja", "confirm"), *BUYS):
        shopper.says(text, intent)
    found = audited(house)
    assert found.violations == ()
    assert found.offered == len(shopper.shown()) > 0
    assert found.not_decidable == {
        Promise.ORDER_FIRST: 0,
        Promise.NO_IS_A_NO: found.offered,
        Promise.OFFERS_ENDED: found.offered,
        Promise.NOT_TOO_MANY: found.offered,
    }
