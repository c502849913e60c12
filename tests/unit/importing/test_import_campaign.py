"""The campaign file: days and moments by the shop's clock, and every mistake with its line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.offers.situation import Placement
from actions.store.importing.campaign import CampaignFileError, read_campaign

BERLIN = ZoneInfo("Europe/Berlin")
HEAD = "name: xmas\nstarts: 2026-12-01\nends: 2026-12-24\n"
POLICY = "policy:\n  shipping_cost: 0\n"


def problems(text: str) -> list[tuple[int, str, str]]:
    """Line, key and reason of everything that is wrong."""
    with pytest.raises(CampaignFileError) as found:
        read_campaign(text, UTC)
    return [(each.line, each.column, each.reason) for each in found.value.problems]


def spanning(starts: str, ends: str, zone=BERLIN) -> tuple[datetime, datetime]:
    campaign = read_campaign(f"name: a\nstarts: {starts}\nends: {ends}\n{POLICY}", zone).campaign
    return campaign.starts, campaign.ends


def test_a_campaign_is_read_with_the_line_of_each_key():
    text = f"# ours\n{HEAD}title: Advent\npolicy:\n  free_shipping_from: 2000\n\n  order_first: strict\n"
    read = read_campaign(text, UTC)
    assert (read.campaign.name, read.campaign.title) == ("xmas", "Advent")
    assert read.campaign.changes == {"free_shipping_from": 2000, "order_first": "strict"}
    assert read.lines == {
        **{"name": 2, "starts": 3, "ends": 4, "title": 5, "policy": 6},
        **{"free_shipping_from": 7, "order_first": 9},
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("free_shipping_from: null", None),
        ("free_shipping_from:", None),
        ("free_shipping_from: none", None),
        ("max_price_step: 1.25", 1.25),
        ("use_feed: no", False),
        ("placements_off: [cart, after]", frozenset({Placement.CART, Placement.AFTER})),
        ("placements_off: cart, after", frozenset({Placement.CART, Placement.AFTER})),
        ("high_ticket: '90000'", 90_000),
    ],
)
def test_limits_are_written_as_in_shop_yml(written, value):
    (found,) = read_campaign(f"{HEAD}policy:\n  {written}\n", UTC).campaign.changes.values()
    assert found == value


def test_days_are_whole_days_of_the_shop():
    starts, ends = spanning("2026-12-01", "2026-12-24")
    assert (starts, ends) == (datetime(2026, 11, 30, 23, tzinfo=UTC), datetime(2026, 12, 24, 23, tzinfo=UTC))
    assert (starts.tzinfo, ends.tzinfo) == (UTC, UTC)


def test_one_day_is_a_campaign_too_and_the_day_the_clocks_change_is_an_hour_longer():
    starts, ends = spanning("2026-10-25", "2026-10-25")
    assert (ends - starts).total_seconds() == 25 * 3600


def test_moments_may_name_their_offset_and_are_the_shops_where_they_do_not():
    assert spanning("2026-12-01 08:00", "2026-12-24T18:00") == (
        datetime(2026, 12, 1, 7, tzinfo=UTC),
        datetime(2026, 12, 24, 17, tzinfo=UTC),
    )
    assert spanning("2026-07-01T08:00:00-05:00", "2026-07-01T14:00Z") == (
        datetime(2026, 7, 1, 13, tzinfo=UTC),
        datetime(2026, 7, 1, 14, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", (1, "", "the file holds no keys with values")),
        ("- a\n- b\n", (1, "", "the file holds no keys with values")),
        ("name: [", (1, "", "not valid YAML")),
        (f"{HEAD}policy:\n  a: b: c\n", (5, "", "not valid YAML")),
        ("name: \x07", (1, "", "not valid YAML")),
        (f"{HEAD}{POLICY}prices: 3\n", (6, "prices", "no such key; there are name, title")),
        (f"{HEAD}{POLICY}name: other\n", (6, "name", "it stands there twice")),
        (f"{HEAD}policy: free\n", (4, "policy", "it holds no limits with values")),
        (f"{HEAD}policy: {{}}\n", (4, "policy", "it holds no limits with values")),
        (f"{HEAD}policy:\n  min_profit: 3\n", (5, "min_profit", "is not an offer limit")),
        (f"{HEAD}policy:\n  title: 3\n", (5, "title", "is not an offer limit")),
        (f"{HEAD}policy:\n  max_choices_web: many\n", (5, "max_choices_web", "cannot be 'many'")),
        (f"{HEAD}policy:\n  shipping_cost: -1\n", (5, "shipping_cost", "cannot be '-1': it is not below zero")),
        (f"{HEAD}policy:\n  shipping_cost:\n    a: 1\n", (5, "shipping_cost", "it holds no plain value")),
        (f"{HEAD}policy:\n  shipping_cost: 0\n  shipping_cost: 1\n", (6, "shipping_cost", "it stands there twice")),
        (HEAD.replace("xmas", "X Mas!") + POLICY, (1, "name", "write it in up to 60 small letters")),
        (HEAD.replace("xmas", "[a]") + POLICY, (1, "name", "it holds no plain value")),
        (f"{HEAD}title: {'a' * 161}\n{POLICY}", (4, "title", "it has more than 160 characters")),
        (HEAD.replace("2026-12-01", "soon") + POLICY, (2, "starts", "'soon' is no day like 2026-12-24")),
        (HEAD.replace("2026-12-24", "24.12.2026") + POLICY, (3, "ends", "'24.12.2026' is no day")),
        (HEAD.replace("2026-12-24", "2026-11-30") + POLICY, (3, "ends", "it ends before it starts")),
        (HEAD.replace("2026-12-24", "9999-12-31") + POLICY, (3, "ends", "the year 9999 cannot be meant")),
        (HEAD.replace("2026-12-01", "0026-12-01 08:00") + POLICY, (2, "starts", "the year 26 cannot be meant")),
        (HEAD.replace("2026-12-24", "2026-02-30") + POLICY, (3, "ends", "'2026-02-30' is no day")),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(text, found):
    line, key, reason = found
    ((where, what, why),) = problems(text)
    assert (where, what) == (line, key)
    assert why.startswith(reason)
    assert why


def test_all_mistakes_are_named_at_once_in_the_order_of_their_lines():
    text = "name: X\nstarts: never\ncolour: red\npolicy:\n  min_lift: x\n"
    assert [(line, key) for line, key, _ in problems(text)] == [
        *((1, "ends"), (1, "name")),
        *((2, "starts"), (3, "colour"), (5, "min_lift")),
    ]
