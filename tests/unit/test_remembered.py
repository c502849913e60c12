"""What an answer changed of what is remembered is told by name, before and after."""

from actions.dialogue.remembered import changes
from actions.store.conversations import Conversation

BEFORE = Conversation("c", memory={"category": "", "wishes": {}, "max_price": None, "question": None, "words": []})


def test_needs_and_the_open_question_are_told_with_what_they_were() -> None:
    asked = {"asked": "variant", "family": "grat-1"}
    memory = {"category": "bikes/mountain", "wishes": {"colour": "black"}, "max_price": 100_000, "question": asked}
    after = Conversation("c", memory={**memory, "words": ["anna@shop.test"]})
    assert changes(BEFORE, after) == [
        ["category", "", "bikes/mountain"],
        ["max_price", "", "1000.00"],
        ["wishes", "", "colour: black"],
        ["question", "", "variant"],
    ]
    assert changes(after, after) == []


def test_a_no_and_an_opt_out_are_told() -> None:
    after = Conversation("c", opted_out=True, refusals=1, memory={**BEFORE.memory, "refused": ["HELM", "LOCK"]})
    assert changes(BEFORE, after) == [
        ["refused", "", "HELM, LOCK"],
        ["opted_out", "", "✓"],
        ["refusals", "", "1"],
    ]
