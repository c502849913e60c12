"""`tresen policy`: the merchant's limits, read and changed."""

from dataclasses import fields

import pytest

from actions.offers.limits import OfferLimits


def test_every_limit_is_shown_with_the_version(electronics) -> None:
    shown = electronics.asked("policy", "show")
    assert set(shown) == {field.name for field in fields(OfferLimits)} | {"version", "campaigns"}
    assert shown["campaigns"] == []
    assert shown["high_ticket"] == 180000
    lines = electronics("policy", "show").out.splitlines()
    assert "min_profit_cross = 200" in lines
    assert "placements_off = None" in lines


def test_a_changed_limit_counts_from_the_next_decision_on(electronics) -> None:
    before = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    said = electronics("policy", "set", "max_choices_web=1")
    after = electronics.asked("offer", "--cart", "LAPTOP-BASIC", "--kind", "cross")
    assert (said.code, said.sentences) == (0, ["max_choices_web = 1"])
    assert len(before["offers"]) > len(after["offers"]) == 1
    assert before["policy_version"] != after["policy_version"]


def test_a_placement_is_switched_off_by_name(electronics) -> None:
    electronics("policy", "set", "placements_off = cart, checkout")
    assert electronics.asked("policy", "show")["placements_off"] == ["cart", "checkout"]
    assert "placements_off = cart, checkout" in electronics("policy", "show").out.splitlines()


def test_no_placement_is_off_in_the_word_that_the_list_has_for_it(electronics) -> None:
    electronics("policy", "set", "placements_off=cart")
    assert electronics("policy", "set", "placements_off=none").sentences == ["placements_off = none"]
    assert electronics.asked("policy", "show")["placements_off"] == []


@pytest.mark.parametrize(
    ("language", "since", "changed"),
    [
        ("de", "seit", "  min_profit_cross: 300 statt 200"),
        ("en", "since", "  min_profit_cross: 300 instead of 200"),
    ],
)
def test_every_version_says_what_was_otherwise_before_it(electronics, language, since, changed) -> None:
    first = electronics.asked("policy", "show")["version"]
    electronics("policy", "set", "min_profit_cross=300")
    second = electronics.asked("policy", "show")["version"]
    lines = electronics("policy", "versions", "--lang", language).out.splitlines()
    assert lines[-1] == changed
    assert [line.split()[:2] for line in lines if not line.startswith("  ")] == [[first, since], [second, since]]
    kept = electronics.asked("policy", "versions")
    assert [each["policy"]["min_profit_cross"] for each in kept] == [200, 300]


@pytest.mark.parametrize(
    ("assignment", "named"),
    [
        ("min_profit=300", "min_profit is not an offer limit"),
        ("max_choices_web=many", "max_choices_web cannot be 'many'"),
        ("min_profit_cross=-5", "min_profit_cross cannot be '-5'"),
        ("order_first=never", "order_first cannot be 'never'"),
        ("max_price_step=inf", "max_price_step cannot be 'inf'"),
        ("min_lift=nan", "min_lift cannot be 'nan'"),
        ("placements_off=street", "placements_off cannot be 'street'"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(electronics, assignment, named) -> None:
    before = electronics.asked("policy", "show")
    said = electronics("policy", "set", assignment)
    assert said.code == 1
    assert len(said.sentences) == 1
    assert said.sentences[0].startswith(named)
    assert electronics.asked("policy", "show") == before


def test_the_chart_names_the_limits_in_force(electronics) -> None:
    electronics("policy", "set", "min_profit_cross=345")
    source = electronics("policy", "chart", "--lang", "de").out
    assert source.startswith("flowchart TD\n")
    assert "min_profit_cross = 345" in source
