"""Rasa's own markers find an offer that came too early or too late, also in the short memory of one turn."""

import asyncio

import pytest
from marking import MARKERS, applied
from rasa.core.evaluation.marker_base import Marker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.tracker_store import BoundedTrackerStore

DOMAIN = Domain.load("domain.yml")
EARLY, LATE, BOTH = "offered_before_the_yes", "offered_after_the_end", "more_and_less_in_one_turn"
BOUGHT, ENDED = {"purchase_confirmed": True}, {"offers_ended": True}
MORE, LESS = {"more_offered": True, "less_offered": None}, {"more_offered": None, "less_offered": True}
NOTHING = {"more_offered": None, "less_offered": None}


def turn(**slots: "bool | None") -> "list[Event]":
    """A line of the shopper and the slots that the action returned, in one order or the other."""
    events: list[Event] = [SlotSet(name, value) for name, value in slots.items()]
    return [UserUttered("..."), ActionExecuted("action_answer_yes"), *events, ActionExecuted("action_listen")]


RIGHT = {
    "an extra with the yes": [turn(**NOTHING), turn(**MORE, **BOUGHT)],
    "an extra after the yes": [turn(**BOUGHT, **NOTHING), turn(**MORE)],
    "a cheaper one before the yes": [turn(**LESS)],
    "no offers any more": [turn(**BOUGHT, **MORE), turn(**ENDED, **NOTHING), turn()],
    "offers wanted again": [turn(**BOUGHT, **ENDED), turn(offers_ended=None, **NOTHING), turn(**MORE)],
    "everything taken out again": [turn(**BOUGHT, **MORE), turn(purchase_confirmed=None, **NOTHING)],
    "the end said before what was reset": [turn(**MORE, **BOUGHT), turn(**NOTHING, **ENDED)],
}
WRONG = {
    "an extra before the yes": (EARLY, [turn(), turn(**MORE)]),
    "an extra once the cart is empty": (EARLY, [turn(**BOUGHT), turn(purchase_confirmed=None), turn(**MORE)]),
    "an extra after the end": (LATE, [turn(**BOUGHT, **ENDED), turn(**MORE)]),
    "a cheaper one after the end": (LATE, [turn(**ENDED), turn(), turn(**LESS)]),
    "an extra in the turn that ends offers": (LATE, [turn(**BOUGHT), turn(**MORE, **ENDED)]),
    "both in one turn": (BOTH, [turn(**BOUGHT, more_offered=True, less_offered=True)]),
}


def whole(turns: "list[list[Event]]") -> "list[Event]":
    return [ActionExecuted("action_listen"), *(event for events in turns for event in events)]


def remembered(turns: "list[list[Event]]") -> "list[list[Event]]":
    """What the engine's memory of one turn holds after each turn."""
    store = BoundedTrackerStore(DOMAIN, turns=1)
    kept = []
    for number, events in enumerate(turns):
        tracker: DialogueStateTracker = asyncio.run(store.get_or_create_tracker("a"))
        for event in events if number else [ActionExecuted("action_listen"), *events]:
            tracker.update(event)
        asyncio.run(store.save(tracker))
        kept.append(list(asyncio.run(store.retrieve("a")).events))
    return kept


def test_the_markers_name_slots_and_actions_of_the_domain() -> None:
    marker = Marker.from_path(MARKERS)
    assert marker.validate_against_domain(DOMAIN)
    assert {str(each) for each in marker.sub_markers} == {EARLY, LATE, BOTH}


@pytest.mark.parametrize("name", RIGHT)
def test_a_conversation_that_keeps_its_promises_has_no_mark(name: str) -> None:
    none = {EARLY: 0, LATE: 0, BOTH: 0}
    assert applied([whole(RIGHT[name])]) == none
    assert applied(remembered(RIGHT[name])) == none


@pytest.mark.parametrize("name", WRONG)
def test_a_planted_breach_has_one_mark(name: str) -> None:
    promise, turns = WRONG[name]
    expected = {EARLY: 0, LATE: 0, BOTH: 0, promise: 1}
    assert applied([whole(turns)]) == expected
    assert applied(remembered(turns)) == expected
