"""Keeps the last turns of the newest conversations in memory; the core database is the record, this is a cache."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class BoundedTrackerStore(TrackerStore):
    """At most `conversations` trackers, each cut to its slots and the last `turns` turns.

    A turn costs the same however long the chat is: Rasa replays all events for every action and sends them
    all to the action server.
    """

    def __init__(
        self,
        domain: "Domain | None" = None,
        event_broker: Any = None,
        conversations: int = 5000,
        turns: int = 4,
        **_more: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._conversations = conversations
        self._turns = turns
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the shortened tracker; the conversation longest unheard of goes when there are too many."""
        self._trackers[tracker.sender_id] = self._shortened(tracker)
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > self._conversations:
            self._trackers.popitem(last=False)

    async def retrieve(self, sender_id: str) -> "DialogueStateTracker | None":
        """A copy: a turn that breaks off leaves the kept tracker as it was."""
        kept = self._trackers.get(sender_id)
        return kept.copy() if kept is not None else None

    async def exists(self, conversation_id: str) -> bool:
        return conversation_id in self._trackers

    async def keys(self) -> Iterable[str]:
        return list(self._trackers)

    def forget(self, sender_id: str) -> None:
        """Keep nothing of this sender; one that is not known is no error."""
        self._trackers.pop(sender_id, None)

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        events = list(tracker.events)
        starts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(starts) <= self._turns or tracker.active_loop or tracker.is_paused():
            return tracker
        # the event before a user's line is the listening action that belongs to it
        first = max(starts[-self._turns] - 1, 0)
        short = self.init_tracker(tracker.sender_id)
        for event in [*self._slots(tracker, events[first:]), *events[first:]]:
            short.update(event)
        return short

    @staticmethod
    def _slots(tracker: DialogueStateTracker, kept: list[Event]) -> list[Event]:
        """Values set before the kept turns, as events, or replaying would lose them."""
        set_later = {event.key for event in kept if isinstance(event, SlotSet)}
        return [
            SlotSet(slot.name, slot.value)
            for slot in tracker.slots.values()
            if slot.value != slot.initial_value and slot.name not in set_later
        ]
