"""The return on investment, worked out by hand, and assumptions that cannot be."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.assumptions import AssumptionError, measured_by, read, read_file
from bot.reports.facts import Arm, Facts, Talks
from bot.reports.roi import INPUTS, Assumption, Case, Kind, reckon
from bot.reports.roi_wording import LABELS, RESULTS, in_words
from bot.reports.scope import Scope
from tests.architecture.repository import ROOT

SCOPE = Scope(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
GIVEN = {
    "visits": 10_000,
    "chat_share": "4%",
    "order_rate": "8%",
    "extra_orders": "10%",
    "average_order": 85,
    "margin": "30%",
    "uplift": 0.1,
    "hosting": 20,
    "hours": 4,
    "hourly_cost": 40,
    "setup": 2_000,
    "months": 20,
}


def unmeasured(name: str) -> Assumption:
    raise AssumptionError(f"{name} is not measured yet", f"{name} ist noch nicht gemessen")


def test_a_month_worked_out_by_hand() -> None:
    likely = reckon(read(GIVEN, unmeasured))[1]
    # 400 conversations, 32 orders, 3.2 of them extra: 3.2 * 85 * 0.3 = 81.60; offers 400 * 0.10 = 40.00
    assert (likely.case, likely.conversations, likely.orders) == (Case.LIKELY, 400.0, 32.0)
    assert (likely.chat_profit, likely.offer_profit) == (8_160, 4_000)
    # 20 + 4 * 40 + 2,000 / 20 = 280.00; 121.60 - 280.00 = -158.40
    assert (likely.cost, likely.gain, likely.roi) == (28_000, -15_840, pytest.approx(-158.4 / 280))
    # 121.60 - 180.00 a month never brings the setup back
    assert likely.pays_back is None


def test_a_setup_comes_back_out_of_what_is_left_each_month() -> None:
    likely = reckon(read({**GIVEN, "uplift": 1.0}, unmeasured))[1]
    # 81.60 + 400.00 - 180.00 = 301.60 a month
    assert likely.pays_back == 6.6
    assert likely.roi == pytest.approx((481.6 - 280) / 280)


@given(st.floats(0, 5), st.floats(0, 5))
def test_more_uplift_never_brings_less(one: float, other: float) -> None:
    less, more = sorted((one, other))
    gains = [reckon(read({**GIVEN, "uplift": each}, unmeasured))[0].gain for each in (less, more)]
    assert gains[0] <= gains[1]


def test_without_any_cost_there_is_no_ratio() -> None:
    free = {**GIVEN, "hosting": 0, "hours": 0, "setup": 0}
    assert [each.roi for each in reckon(read(free, unmeasured))] == [None] * 3


def test_the_worksheet_can_be_reckoned_as_it_stands() -> None:
    text = (ROOT / "docs/templates/roi.yml").read_text("utf-8")
    assert set(yaml.safe_load(text)["assumptions"]) == set(INPUTS)
    cases = reckon(read_file(text, unmeasured))
    assert [case.case for case in cases] == list(Case)
    assert cases[0].gain < cases[1].gain < cases[2].gain


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"visits": -1}, "visits cannot be '-1'"),
        ({"margin": "130%"}, "at most 100%"),
        ({"visits": "many"}, "it is a number"),
        ({"visits": True}, "it is a number"),
        ({"visits": "nan"}, "beyond all measure"),
        ({"months": 0}, "at least 1"),
        ({"visits": {"low": 1, "high": 2}}, "needs one value, or low, likely, high"),
        ({"visits": "measured"}, "cannot be measured here"),
        ({"uplift": "measured"}, "uplift is not measured yet"),
        ({"luck": 1}, "no such assumption: luck"),
    ],
)
def test_what_cannot_be_is_named(change: dict, complaint: str) -> None:
    with pytest.raises(AssumptionError, match=complaint) as refused:
        read({**GIVEN, **change}, unmeasured)
    (name,) = change
    assert name in refused.value.words["de"]
    assert refused.value.words["de"] != refused.value.words["en"]


@pytest.mark.parametrize(
    "text", ["", "- 1", "assumptions: 1", "assumptions: {visits: [", "assumptions: {visits: 1}"]
)
def test_a_file_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(AssumptionError):
        read_file(text, unmeasured)


def test_what_is_measured_comes_with_its_interval_and_is_called_so() -> None:
    talks = Talks(talks=100, bought=20, orders=20, revenue=200_000, profit=50_000)
    earning, idle = Arm(50, 20, 20, 50_000, 60_000_000), Arm(50, 10, 10, 20_000, 20_000_000)
    facts = Facts(talks=talks, arms={"offers": earning, "holdout": idle})
    measure = measured_by(facts, SCOPE)
    names = ("order_rate", "average_order", "margin", "uplift")
    found = read({**GIVEN, **dict.fromkeys(names, "measured")}, measure)
    assert (found["order_rate"].likely, found["average_order"].likely, found["margin"].likely) == (0.2, 100.0, 0.25)
    # 10.00 a conversation against 4.00
    assert found["uplift"].likely == 6.0
    assert found["uplift"].low < 6.0 < found["uplift"].high
    assert {name for name, each in found.items() if each.measured} == set(names)
    part = measured_by(replace(facts, talks=replace(talks, simulated=1)), SCOPE)
    labelled = read({**GIVEN, "margin": "measured"}, part)
    told = in_words(labelled, reckon(labelled), "en", "EUR")["inputs"]
    assert {row["origin"] for row in told if row["name"] == "margin"} == {"measured, partly simulated"}
    with pytest.raises(AssumptionError, match="margin is not measured yet"):
        measured_by(replace(facts, talks=Talks(talks=3)), SCOPE)("margin")


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_input_and_every_result_has_a_label(language: str) -> None:
    given = read(GIVEN, unmeasured)
    told = in_words(given, reckon(given), language, "EUR")
    assert [row["name"] for row in told["inputs"]] == list(INPUTS) == list(LABELS)
    assert [row["name"] for row in told["results"]] == list(RESULTS)
    shares = [row["values"][0] for row in told["inputs"] if INPUTS[row["name"]] is Kind.SHARE]
    assert shares == (["4 %", "8 %", "10 %", "30 %"] if language == "de" else ["4%", "8%", "10%", "30%"])
    assert told["results"][-1]["values"][1] == ("nie" if language == "de" else "never")
