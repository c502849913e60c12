"""The worksheets for merchants hold what the programs read, and nothing they would refuse."""

import csv
from dataclasses import fields

import yaml

from actions.offers.limits import OfferLimits
from actions.store.policy import NAMES
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
