"""Dialogues taken out of the record go as they went; a conversation becomes such a dialogue, or a Rasa story."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.services import Services
from actions.store import label_corrections, policy
from actions.store.engine import reading, writing
from actions.store.messages import history
from bot.transcripts.as_tests import as_test
from bot.transcripts.redaction import redact
from tests.conversations.golden import play
from tests.conversations.recorded import RecordedShopper

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yml"))


def buys_a_bike_and_a_lock(house: Services) -> RecordedShopper:
    """Says some things and presses the others, among them the second of two buttons with one title."""
    shopper = RecordedShopper(house)
    shopper.says("ich suche ein mountainbike unter 1000 euro", "search_product")
    second = [each["payload"] for each in shopper.choices() if each["title"] == "Ansehen"][1]
    shopper.says("", second["intent"], **second["entities"])
    shopper.says("das erste in schwarz", "choose_option")
    shopper.says("42", "refine_search")
    shopper.says("nehme ich", "purchase_intent")
    shopper.presses("Ja, in den Warenkorb")
    shopper.presses("Ja, gern dazu")
    shopper.says("rufen Sie mich unter 0170 1234567 an", "human_handoff")
    shopper.says("zeig mir den warenkorb", "view_cart")
    return shopper


def exported(house: Services, conversation: str, form: str) -> dict[str, Any]:
    with reading(house.engine) as connection:
        text = as_test(connection, conversation, form, redact)
    assert text is not None
    return dict(yaml.safe_load(text))


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_a_kept_dialogue_goes_as_it_went(house: Services, file: Path) -> None:
    assert play(house, yaml.safe_load(file.read_text("utf-8"))) == []


def test_a_recorded_conversation_replays_the_same_in_a_new_one(house: Services) -> None:
    shopper = buys_a_bike_and_a_lock(house)
    dialogue = exported(house, shopper.conversation, "golden")
    assert len(dialogue["turns"]) == 9
    assert sum("presses" in turn for turn in dialogue["turns"]) == 3
    assert dialogue["turns"][1]["number"] == 1
    assert any(turn.get("offered") for turn in dialogue["turns"])
    assert dialogue["turns"][-1]["cart"] == sorted(shopper.cart)
    assert play(house, dialogue) == []


def test_a_replay_that_goes_otherwise_says_where(house: Services) -> None:
    dialogue = exported(house, buys_a_bike_and_a_lock(house).conversation, "golden")
    with writing(house.engine) as connection:
        policy.set_value(connection, "max_choices_web", 1)
    differing = play(house, {**dialogue, "turns": dialogue["turns"][:6]})
    assert [line.partition(":")[0] for line in differing] == ["turn 5"]


def test_the_story_for_rasa_has_the_words_the_intents_and_the_actions(house: Services) -> None:
    shopper = buys_a_bike_and_a_lock(house)
    (story,) = exported(house, shopper.conversation, "rasa-test")["stories"]
    assert story["steps"][:4] == [
        {"user": "ich suche ein mountainbike unter 1000 euro", "intent": "search_product"},
        {"action": "action_search_products"},
        {"user": "/choose_option", "intent": "choose_option"},
        {"action": "action_choose_option"},
    ]
    assert {"user": "/confirm", "intent": "confirm"} in story["steps"]
    assert len(story["steps"]) == 18


@pytest.mark.parametrize("form", ["rasa-test", "golden"])
def test_personal_details_are_in_neither(house: Services, form: str) -> None:
    shopper = RecordedShopper(house)
    shopper.says("/restart [ich](name) bin moi.meier@example.org,\nTel. 0170 1234567", "human_handoff")
    with reading(house.engine) as connection:
        text = as_test(connection, shopper.conversation, form, redact) or ""
    assert "example.org" not in text
    assert "0170" not in text
    assert "](" not in text or form == "golden"
    assert "user: /" not in text


def test_a_corrected_intent_is_the_one_tested(house: Services) -> None:
    shopper = RecordedShopper(house)
    shopper.says("gibbet dat och in klein", "out_of_scope")
    with writing(house.engine) as connection:
        message = history(connection, shopper.conversation)[-1].id
        label_corrections.propose(
            connection,
            conversation=shopper.conversation,
            message=message,
            intent="ask_availability",
            by=None,
            now=house.clock(),
        )
        number = label_corrections.of_messages(connection, [message])[message].id
        label_corrections.decide(connection, number, accept=True, by=None, now=house.clock())
    (story,) = exported(house, shopper.conversation, "rasa-test")["stories"]
    assert story["steps"][0] == {"user": "gibbet dat och in klein", "intent": "ask_availability"}


def test_a_conversation_without_words_makes_no_test(house: Services) -> None:
    shopper = RecordedShopper(house)
    with reading(house.engine) as connection:
        assert as_test(connection, shopper.conversation, "golden", redact) is None
        assert as_test(connection, "0" * 32, "golden", redact) is None
