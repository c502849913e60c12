"""The chart of the policy is made of the rules that decide, in their order, with the limits in force."""

import re
from collections import defaultdict
from dataclasses import fields, replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from offer_encounters import encounter

from actions.offers.candidates import informed
from actions.offers.eligibility import RULES
from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind
from bot.reports.policy_chart import mermaid, svg
from bot.reports.policy_steps import QUESTIONS, name_of, steps

LIMITS = OfferLimits()
SVG = "{http://www.w3.org/2000/svg}"


def test_every_rule_has_its_question_and_no_question_lacks_its_rule() -> None:
    assert set(QUESTIONS) == {name_of(rule) for rules in RULES.values() for rule in rules}
    named = {name for question in QUESTIONS.values() for name in question.limits}
    assert named <= {field.name for field in fields(OfferLimits)}


def test_a_rule_gives_no_other_reason_than_those_drawn_and_an_answer_to_a_question_as_drawn() -> None:
    given = defaultdict(set)
    for seed in range(1_500):
        situation, candidates, limits = encounter(seed)
        known = informed(situation, candidates)
        for candidate in candidates:
            for rule in RULES[candidate.kind]:
                reason = rule(known, candidate, limits)
                if reason is not None:
                    given[name_of(rule)].add((reason, known.asks_for(candidate.kind)))
    for name, reasons in given.items():
        assert {reason for reason, _ in reasons} <= set(QUESTIONS[name].refusals), name
        # a rule that still refused somebody who asked holds always
        assert QUESTIONS[name].always or not any(asked for _, asked in reasons), name
    assert len(given) > len(QUESTIONS) - 4


@pytest.mark.parametrize("kind", OfferKind)
def test_the_ladder_has_every_rule_in_its_order(kind: OfferKind) -> None:
    asked = [step.question for step in steps(kind, LIMITS, "en")]
    assert asked == [QUESTIONS[name_of(rule)].en for rule in RULES[kind]]


def test_the_source_names_the_limits_in_force() -> None:
    source = mermaid(replace(LIMITS, min_profit_cross=345, holdout=0.1), "de")
    assert source.startswith("flowchart TD\n")
    assert "min_profit_cross = 345" in source
    assert "holdout = 0.1" in source
    assert source.count("subgraph") == source.count("  end\n") == len(OfferKind)


def test_every_place_of_the_source_is_drawn_once_and_reached() -> None:
    source = mermaid(LIMITS, "en")
    drawn = re.findall(r"(\w+)(?:\[\"|\(\[\"|\{\")", source)
    places = [place for place in drawn if place not in {kind.value for kind in OfferKind}]
    assert len(places) == len(set(places))
    rules = sum(len(rules) for rules in RULES.values())
    # a diamond and its refusal for each rule, a beginning and an end for each kind
    assert len(places) == 2 * rules + 2 * len(OfferKind)


@pytest.mark.parametrize("kind", OfferKind)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_drawing_is_sound_and_needs_no_style(kind: OfferKind, language: str) -> None:
    root = ET.fromstring(svg(kind, LIMITS, language))
    said = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for step in steps(kind, LIMITS, language):
        assert step.question.split("?")[0][:50] in said
        assert all(refusal in said for refusal in step.refusals)
    assert all(f"nein zu {step.refusals[0]}" in _drawn(kind, language) for step in steps(kind, LIMITS, language))
    assert all("style" not in element.attrib and "class" not in element.attrib for element in root.iter())
    assert not list(root.iter(f"{SVG}script"))
    lowest = max(float(element.attrib["y"]) for element in root.iter(f"{SVG}text"))
    assert lowest < float(root.attrib["height"])
    boxes = [(float(e.attrib["y"]), float(e.attrib["height"])) for e in root.iter(f"{SVG}rect")]
    assert all(top + height <= below for (top, height), (below, _) in pairwise(boxes))


def _drawn(kind: OfferKind, language: str) -> str:
    """The texts of a drawing whose reasons are put into words."""
    root = ET.fromstring(svg(kind, LIMITS, language, lambda refusal: f"nein zu {refusal}"))
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
