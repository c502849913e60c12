"""The page on the offer policy says what the code does."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from actions.offers.campaigns import FACTS, RAILS
from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.pressure import PRESSURE, pressure_in
from actions.offers.situation import OfferKind, Stage
from actions.offers.timing import stage_table

PAGE = (Path(__file__).parents[3] / "docs" / "offer-policy.md").read_text(encoding="utf-8")


def rows(section: str) -> dict[str, list[str]]:
    """The table rows of a section by the code in their first column."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {cell[0].strip("`"): cell[1:] for cell in cells if cell[0].startswith("`")}


def test_every_reason_code_is_explained_and_no_other() -> None:
    assert set(rows("Reason codes")) == {reason.value for reason in Refusal}


def test_every_kind_of_pressure_is_explained_by_words_that_are_found() -> None:
    told = rows("What is not said")
    assert set(told) == set(PRESSURE)
    for label, (examples, *_) in told.items():
        quoted = re.findall(r'"([^"]+)"', examples)
        assert quoted
        assert [{found.label for found in pressure_in(text)} for text in quoted] == [{label}] * len(quoted)


def test_every_limit_is_explained_with_its_default() -> None:
    told = {name: cells[0].strip("`") for name, cells in rows("Limits").items()}
    defaults = {field.name: getattr(OfferLimits(), field.name) for field in fields(OfferLimits)}
    written = {
        name: "none" if value is None or value == frozenset() else str(value).lower()
        for name, value in defaults.items()
    }
    assert told == written


@pytest.mark.parametrize(("order_first", "position"), [("intent", 1), ("strict", 2)])
def test_the_stage_tables_are_the_ones_that_decide(order_first, position) -> None:
    table = PAGE.split("| Stage |")[position].split("\n\n")[0]
    lines = {stage: next(li for li in table.splitlines() if li.startswith(f"| `{stage}`")) for stage in Stage}
    answers = {stage: re.findall(r"\b(yes|no)\b", line) for stage, line in lines.items()}
    written = {
        stage: {kind for kind, answer in zip(OfferKind, answers[stage], strict=True) if answer == "yes"}
        for stage in Stage
    }
    decided = stage_table(replace(OfferLimits(), order_first=order_first))
    assert written == {stage: {kind for kind in OfferKind if stage in decided[kind]} for stage in Stage}


def test_what_a_campaign_may_do_to_each_limit_is_told_as_it_is_decided() -> None:
    text = PAGE.split("\n## Campaigns\n")[1].split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if re.search(r"\| `\w+_\w+`", line)]
    told = {name: allowed for allowed, names in lines for name in re.findall(r"`(\w+)`", names)}
    facts = dict.fromkeys(FACTS, "change it freely: a fact, not a guard rail")
    assert told == {name: rail.allowed for name, rail in RAILS.items()} | facts


def test_every_limit_named_beside_a_reason_exists() -> None:
    named = {name for cells in rows("Reason codes").values() for name in re.findall(r"`(\w+)`", cells[-1])}
    assert named <= {field.name for field in fields(OfferLimits)}
    assert len(named) >= 15
