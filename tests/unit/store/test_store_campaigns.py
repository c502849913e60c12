"""Campaigns in the database: applied, replaced, ended, and in force by the clock alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from shopfloor import sell, stock_up
from sqlalchemy import select

from actions.offers.campaigns import Campaign
from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind, Placement
from actions.store import campaigns, policy
from actions.store.campaigns import CampaignError, Ended, Kept
from actions.store.catalogue import Catalogue, read_snapshot
from actions.store.engine import reading, writing
from actions.store.facts import catalogue_version
from actions.store.mining import mine
from actions.store.tables import campaigns as table

DAY = timedelta(days=1)


@pytest.fixture
def week(now) -> Campaign:
    """A campaign that begins tomorrow and lasts a week, with cheaper shipping and fewer offers."""
    changes = {"free_shipping_from": 2_000, "max_offers_conversation": 2}
    return Campaign("week", now + DAY, now + 8 * DAY, changes, "Eine Woche")


@pytest.fixture
def put(connection, now):
    """Apply a campaign to the merchant's own limits."""
    return lambda campaign, at=now: campaigns.apply(connection, campaign, policy.own_limits(connection), at)


def refused(put, campaign, at=None) -> dict[str, str]:
    """Why the campaign is not taken, by key."""
    with pytest.raises(CampaignError) as found:
        put(campaign, at) if at else put(campaign)
    return {each.key: each.reason for each in found.value.objections}


def test_a_campaign_comes_back_as_it_was_applied(connection, put, week):
    changes = {"placements_off": frozenset({Placement.CART, Placement.AFTER}), "high_ticket": 90_000}
    other = replace(
        week, name="other", changes={**changes, "free_shipping_from": None}, starts=week.ends, ends=week.ends + DAY
    )
    assert (put(other), put(week)) == (Kept.NEW, Kept.NEW)
    assert campaigns.every(connection) == (week, other)


def test_the_limits_follow_the_clock_and_nothing_is_written_or_read_again(connection, put, week):
    put(week)
    own, snapshot = OfferLimits(), read_snapshot(connection)
    for source in (connection, snapshot):
        assert policy.limits(source, week.starts - DAY) == own
        assert policy.limits(source, week.starts).free_shipping_from == 2_000
        assert policy.limits(source, week.ends - timedelta(seconds=1)).max_offers_conversation == 2
        assert policy.limits(source, week.ends) == own
        assert policy.own_limits(source) == own


def test_every_process_hears_of_a_campaign(engine, now, week):
    seconds = iter(range(0, 100, 2))
    catalogue = Catalogue(engine, lambda: next(seconds))
    assert policy.limits(catalogue.snapshot(), week.starts) == OfferLimits()
    with writing(engine) as connection:
        campaigns.apply(connection, week, OfferLimits(), now)
    applied = catalogue.snapshot()
    assert policy.limits(applied, week.starts).free_shipping_from == 2_000
    assert catalogue.snapshot() is applied
    with writing(engine) as connection:
        campaigns.end(connection, "week", week.starts + DAY)
    assert policy.limits(catalogue.snapshot(), week.starts + DAY) == OfferLimits()


def test_the_same_campaign_again_changes_nothing(connection, put, week):
    put(week)
    before = catalogue_version(connection)
    assert put(week) is Kept.UNCHANGED
    assert put(week, week.ends + DAY) is Kept.UNCHANGED
    assert catalogue_version(connection) == before


def test_a_changed_campaign_of_the_same_name_takes_its_place(connection, put, week):
    put(week)
    longer = replace(week, ends=week.ends + DAY, changes={"shipping_cost": 0})
    assert put(longer) is Kept.REPLACED
    assert campaigns.every(connection) == (longer,)
    assert policy.limits(connection, week.ends) == OfferLimits(shipping_cost=0)


def test_what_would_weaken_a_rail_is_refused_with_every_reason_and_nothing_is_stored(connection, put, week):
    policy.set_value(connection, "min_profit_cross", 200)
    before = catalogue_version(connection)
    asked = {"min_profit_cross": 150, "use_mined": True, "shipping_cost": 0, "high_ticket": 5_000}
    assert refused(put, replace(week, changes=asked)) == {
        "min_profit_cross": "150 would weaken your own 200; a campaign may raise it, not lower it",
        "use_mined": "true would weaken your own false; a campaign may switch it off, not on",
    }
    assert campaigns.every(connection) == ()
    assert catalogue_version(connection) == before


def test_a_refused_replacement_leaves_the_campaign_as_it_was(connection, put, week):
    put(week)
    assert list(refused(put, replace(week, changes={"max_choices_web": 9}))) == ["max_choices_web"]
    assert campaigns.every(connection) == (week,)


def test_two_prices_for_sending_at_one_time_are_refused_with_the_other_campaigns_name(put, week):
    put(week)
    reasons = refused(put, replace(week, name="month", starts=week.starts + DAY, changes={"free_shipping_from": 0}))
    assert reasons["free_shipping_from"].startswith("the campaign week runs at the same time and has 2000;")
    assert put(replace(week, name="later", starts=week.ends, ends=week.ends + DAY)) is Kept.NEW


def test_what_is_over_is_not_applied(connection, put, week):
    assert refused(put, week, week.ends) == {"ends": "it is over already"}
    assert campaigns.every(connection) == ()


def test_checking_writes_nothing(connection, now, week):
    assert campaigns.check(connection, week, OfferLimits(), now) is Kept.NEW
    assert campaigns.every(connection) == ()


def test_a_running_campaign_ends_at_once_and_stays_on_record(connection, put, week):
    put(week)
    stopped = week.starts + DAY
    assert campaigns.end(connection, "week", stopped) is Ended.STOPPED
    assert campaigns.every(connection) == (replace(week, ends=stopped),)
    assert policy.limits(connection, stopped) == OfferLimits()
    assert policy.limits(connection, stopped - timedelta(seconds=1)) != OfferLimits()
    assert campaigns.end(connection, "week", stopped + DAY) is Ended.OVER
    assert put(week, stopped + DAY) is Kept.REPLACED


def test_a_campaign_that_has_not_begun_is_called_off(connection, put, week, now):
    put(week)
    before = catalogue_version(connection)
    assert campaigns.end(connection, "week", now) is Ended.CALLED_OFF
    assert campaigns.every(connection) == ()
    assert catalogue_version(connection) == before + 1
    assert campaigns.end(connection, "week", now) is None


def test_a_policy_tightened_afterwards_is_not_undone_by_the_campaign(connection, put, week):
    put(week)
    policy.set_value(connection, "max_offers_conversation", 1)
    policy.set_value(connection, "free_shipping_from", 9_000)
    held = policy.limits(connection, week.starts)
    assert (held.max_offers_conversation, held.free_shipping_from) == (1, 2_000)
    policy.set_value(connection, "max_offers_conversation", 3)
    assert policy.limits(connection, week.starts).max_offers_conversation == 2


def test_moments_are_stored_in_utc(engine, put, week, connection):
    put(week)
    stored = connection.execute(select(table.c.starts, table.c.ends, table.c.changed_at)).one()
    assert {moment.utcoffset() for moment in stored} == {timedelta(0)}
    assert stored.starts == week.starts


def test_more_evidence_asked_for_a_time_turns_no_complement_into_a_replacement(engine, ask, shop, now, week):
    with shop() as connection:
        stock_up(
            connection,
            {"sku": "BOTTLE", "category": "bottles", "price": 500},
            {"sku": "CAGE", "category": "bottles", "price": 900},
            {"sku": "SOAP", "category": "care"},
        )
        sell(connection, now, "BOTTLE CAGE", "SOAP", times=25)
    mine(engine)
    usual = ask("BOTTLE")
    with shop() as connection:
        asked = replace(week, changes={"min_evidence": 500, "min_lift": 9.0})
        campaigns.apply(connection, asked, OfferLimits(), now)
    assert [(found.product.sku, found.kind) for found in usual] == [("CAGE", OfferKind.CROSS)]
    assert ask("BOTTLE") == usual
    with reading(engine) as connection:
        assert policy.limits(connection, week.starts).min_evidence == 500
