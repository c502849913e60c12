"""The engine's memory is short and bounded, and one conversation waits for nobody but itself."""

import asyncio

from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.locks import FairLocks
from bot.engine.memory import forget_conversation
from bot.engine.tracker_store import BoundedTrackerStore

DOMAIN = Domain.from_dict(
    {
        "slots": {
            "language": {"type": "text", "initial_value": "de", "mappings": [{"type": "custom"}]},
            "stage": {"type": "text", "mappings": [{"type": "custom"}]},
        }
    }
)


def talk(tracker: DialogueStateTracker, turns: int) -> None:
    for number in range(turns):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(f"line {number}"))
        tracker.update(ActionExecuted("utter_answer"))


def remembered(store: BoundedTrackerStore, sender: str) -> DialogueStateTracker:
    tracker = asyncio.run(store.retrieve(sender))
    assert tracker is not None
    return tracker


def new(store: BoundedTrackerStore, sender: str) -> DialogueStateTracker:
    return asyncio.run(store.get_or_create_tracker(sender))


def test_only_the_last_turns_are_remembered_and_all_slots() -> None:
    store = BoundedTrackerStore(DOMAIN, turns=2)
    tracker = new(store, "a")
    tracker.update(SlotSet("language", "en"))
    talk(tracker, 5)
    tracker.update(SlotSet("stage", "cart"))
    asyncio.run(store.save(tracker))
    kept = remembered(store, "a")
    assert [event.text for event in kept.events if isinstance(event, UserUttered)] == ["line 3", "line 4"]
    assert isinstance(kept.events[1], ActionExecuted)
    assert kept.get_slot("language") == "en"
    assert kept.get_slot("stage") == "cart"


def test_the_conversation_longest_unheard_of_goes_first() -> None:
    store = BoundedTrackerStore(DOMAIN, conversations=2)
    for sender in ("a", "b", "a", "c"):
        asyncio.run(store.save(new(store, sender)))
    assert asyncio.run(store.keys()) == ["a", "c"]
    assert asyncio.run(store.retrieve("b")) is None
    assert not asyncio.run(store.exists("b"))


def test_a_turn_that_breaks_off_leaves_no_trace() -> None:
    store = BoundedTrackerStore(DOMAIN)
    new(store, "a")
    talk(remembered(store, "a"), 1)
    assert not [event for event in remembered(store, "a").events if isinstance(event, UserUttered)]


def test_a_turn_in_progress_is_awaited_before_its_conversation_is_forgotten() -> None:
    class Agent:
        tracker_store = FailSafeTrackerStore(BoundedTrackerStore(DOMAIN))
        lock_store = FairLocks()

    async def turn_and_erasure() -> None:
        agent, in_turn = Agent(), asyncio.Event()

        async def turn() -> None:
            async with agent.lock_store.lock("a.0"):
                in_turn.set()
                await asyncio.sleep(0)
                await agent.tracker_store.save(await agent.tracker_store.get_or_create_tracker("a.0"))

        running = asyncio.ensure_future(turn())
        await in_turn.wait()
        await forget_conversation(agent, "a")
        await running
        assert not await agent.tracker_store.exists("a.0")

    asyncio.run(turn_and_erasure())


def test_turns_of_one_conversation_follow_each_other_and_others_do_not_wait() -> None:
    order: list[str] = []

    async def turn(locks: FairLocks, sender: str, name: str, entered: "asyncio.Event | None" = None) -> None:
        async with locks.lock(sender):
            order.append(f"{name} in")
            if entered is not None:
                await entered.wait()
            order.append(f"{name} out")

    async def three_turns() -> None:
        locks, other_done = FairLocks(), asyncio.Event()
        waiting = [
            asyncio.ensure_future(turn(locks, "a", "first", other_done)),
            asyncio.ensure_future(turn(locks, "a", "second")),
        ]
        await asyncio.sleep(0)  # lets both of them begin
        await turn(locks, "b", "other")
        other_done.set()
        await asyncio.gather(*waiting)

    asyncio.run(three_turns())
    assert order == ["first in", "other in", "other out", "first out", "second in", "second out"]
