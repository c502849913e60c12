"""The worksheets for merchants hold what the programs read, and nothing they would refuse."""

import csv
from dataclasses import fields
from datetime import UTC, timedelta

import yaml

from actions.offers.campaigns import clashes, in_force, weakenings
from actions.offers.limits import OfferLimits
from actions.store.importing.campaign import read_campaign
from actions.store.policy import NAMES
from bot.reports.bounds import read_watch
from tests.architecture.repository import ROOT


def test_the_matrix_sheet_has_the_columns_of_the_example_shops() -> None:
    sheets = ["docs/templates/matrix.csv", "data/shop/radhaus/matrix.csv"]
    headers = [next(csv.reader((ROOT / sheet).read_text("utf-8").splitlines())) for sheet in sheets]
    assert headers[0] == headers[1]


def test_the_policy_sheet_names_limits_with_their_defaults() -> None:
    written = yaml.safe_load((ROOT / "docs/templates/policy.yml").read_text("utf-8"))["policy"]
    defaults = {field.name: getattr(OfferLimits(), field.name) for field in fields(OfferLimits)}
    assert set(written) <= set(NAMES)
    assert {name: defaults[name] for name in written} == written


def test_the_sheet_of_bounds_watches_figures_that_there_are() -> None:
    watch = read_watch((ROOT / "docs/templates/bounds.yml").read_text("utf-8"))
    assert len(watch.bounds) == 5


def test_the_campaign_sheet_could_be_applied_as_it_stands_and_would_change_something() -> None:
    campaign = read_campaign((ROOT / "docs/templates/campaign.yml").read_text("utf-8"), UTC).campaign
    own = OfferLimits()
    assert weakenings(own, campaign.changes) == ()
    assert clashes(campaign, [campaign]) == ()
    assert in_force(own, [campaign], campaign.starts) != own
    assert in_force(own, [campaign], campaign.starts - timedelta(seconds=1)) == own
