"""The Rasa project and the code name the same things: intents, rules, actions, responses."""

from collections import Counter
from functools import cache
from typing import Any

import pytest
import yaml

from actions.__main__ import executor
from tests.architecture.repository import files, text

RASAS_OWN = {"nlu_fallback"}


@cache
def document(name: str) -> dict[str, Any]:
    return yaml.load(text(name), Loader=yaml.CSafeLoader)


def documents(folder: str) -> dict[str, dict[str, Any]]:
    return {name: document(name) for name in files() if name.startswith(f"{folder}/") and name.endswith(".yml")}


@cache
def registered() -> frozenset[str]:
    return frozenset(executor().actions)


DOMAIN = document("domain.yml")
RULES = [rule for page in documents("data/rules").values() for rule in page["rules"]]
RESPONSES = {name for page in documents("data/responses").values() for name in page["responses"]}
# a retrieval intent's response is written by topic: utter_chitchat/joke is said by utter_chitchat
SAYABLE = RESPONSES | {name.partition("/")[0] for name in RESPONSES if "/" in name}


def steps(rule: dict[str, Any], kind: str) -> list[str]:
    return [step[kind] for step in rule["steps"] if kind in step]


def test_every_intent_has_exactly_one_rule() -> None:
    ruled = Counter(intent for rule in RULES for intent in steps(rule, "intent"))
    assert ruled == Counter(DOMAIN["intents"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_a_rule_is_one_intent_and_one_action_that_exists(rule: dict[str, Any]) -> None:
    assert [list(step) for step in rule["steps"]] == [["intent"], ["action"]]
    (action,) = steps(rule, "action")
    assert action in (SAYABLE if action.startswith("utter_") else registered())


def test_every_custom_action_of_the_domain_is_served_and_every_served_one_is_in_the_domain() -> None:
    custom = [name for name in DOMAIN["actions"] if not name.startswith("utter_")]
    assert sorted(custom) == sorted(registered())


def test_every_custom_action_is_called_by_a_rule() -> None:
    called = {action for rule in RULES for action in steps(rule, "action")}
    assert registered() - called == set()


def test_every_response_the_domain_lists_is_written() -> None:
    assert {name for name in DOMAIN["actions"] if name.startswith("utter_")} <= SAYABLE
    assert "responses" not in DOMAIN


def test_nothing_is_named_twice() -> None:
    for part in ("intents", "actions"):
        assert [name for name, times in Counter(DOMAIN[part]).items() if times > 1] == []
    assert [name for name, times in Counter(rule["rule"] for rule in RULES).items() if times > 1] == []


def test_there_are_no_stories_because_the_open_question_is_a_row() -> None:
    pages = {name: page for name, page in documents("data").items() if not name.startswith("data/shop/")}
    assert [name for name, page in pages.items() if "stories" in page] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_intent_has_utterances_in_both_languages(language: str) -> None:
    taught = {
        block["intent"]
        for page in documents(f"data/nlu/{language}").values()
        for block in page["nlu"]
        if "intent" in block
    }
    assert {intent.partition("/")[0] for intent in taught} == set(DOMAIN["intents"]) - RASAS_OWN


def test_both_languages_teach_the_same_intents() -> None:
    taught = {
        language: {
            block["intent"]
            for page in documents(f"data/nlu/{language}").values()
            for block in page["nlu"]
            if "intent" in block
        }
        for language in ("de", "en")
    }
    assert taught["de"] == taught["en"]


def test_every_topic_of_small_talk_has_its_response() -> None:
    topics = {
        block["intent"]
        for page in documents("data/nlu/de").values()
        for block in page["nlu"]
        if "chitchat/" in block.get("intent", "")
    }
    assert {f"utter_{topic}" for topic in topics} == {
        name for name in RESPONSES if name.startswith("utter_chitchat/")
    }


def test_no_slot_influences_the_dialogue() -> None:
    slots = DOMAIN["slots"]
    assert [name for name, slot in slots.items() if slot.get("influence_conversation") is not False] == []
