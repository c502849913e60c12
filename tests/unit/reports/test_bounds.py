"""Bounds for figures: what is kept, what lies outside, and of what there is too little to say."""

import pytest

from bot.reports.bounds import FEWEST, BoundsError, Verdict, judge, read_watch, written
from bot.reports.figures import Figure, Unit, mean, share


def verdicts(text: str, *figures: Figure) -> dict[str, Verdict]:
    return {each.figure.name: each.verdict for each in judge(figures, read_watch(text))}


def test_a_share_outside_its_bounds_is_named_and_one_on_the_edge_is_kept() -> None:
    file = "bounds: {order_rate: {min: 2%}, fallback_rate: {max: 0.1}, handoff_rate: {min: 1%, max: 25%}}"
    figures = (share("order_rate", 1, 100), share("fallback_rate", 10, 100), share("handoff_rate", 26, 100))
    assert verdicts(file, *figures) == {
        "order_rate": Verdict.OUTSIDE,
        "fallback_rate": Verdict.KEPT,
        "handoff_rate": Verdict.OUTSIDE,
    }


def test_money_is_in_the_shops_currency_and_times_as_they_are() -> None:
    file = "bounds: {average_order_value: {min: 40.00}, latency_p95: {max: 1500}}"
    slow = Figure("latency_p95", Unit.MILLISECONDS, 1501, 50, 1501)
    figures = (mean("average_order_value", 40_00 * 50, 50), slow)
    assert verdicts(file, *figures) == {"average_order_value": Verdict.KEPT, "latency_p95": Verdict.OUTSIDE}


@pytest.mark.parametrize(
    ("head", "cases", "verdict"),
    [
        ("", FEWEST - 1, Verdict.TOO_FEW),
        ("", FEWEST, Verdict.OUTSIDE),
        ("fewest: 5\n", 5, Verdict.OUTSIDE),
        ("fewest: 5\n", 0, Verdict.TOO_FEW),
    ],
)
def test_of_too_few_cases_nothing_is_said(head: str, cases: int, verdict: Verdict) -> None:
    assert verdicts(f"{head}bounds: {{order_rate: {{min: 2%}}}}", share("order_rate", 0, cases)) == {
        "order_rate": verdict
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "needs `bounds:`"),
        ("bounds: {}", "needs `bounds:`"),
        ("bounds: {order_rate: {min: 1}}\nmail: me", "needs `bounds:`"),
        ("bounds: {order_rat: {min: 1%}}", "there is no figure order_rat"),
        ("bounds: {order_rate: 2%}", "needs min, max or both"),
        ("bounds: {order_rate: {least: 2%}}", "needs min, max or both"),
        ("bounds: {order_rate: {min: much}}", "cannot be 'much'"),
        ("bounds: {order_rate: {min: true}}", "it is a number"),
        ("bounds: {order_rate: {min: .inf}}", "it is a number"),
        ("bounds: {order_rate: {min: 3%, max: 2%}}", "min is above max"),
        ("fewest: 0\nbounds: {order_rate: {min: 3%}}", "fewest cannot be 0"),
        ("bounds: [", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BoundsError, match=why):
        read_watch(text)


def test_bounds_are_told_as_they_were_written() -> None:
    (bound,) = read_watch("bounds: {order_rate: {min: 2%, max: 0.5}}").bounds.values()
    assert written(bound) == "min 0.02, max 0.5"
