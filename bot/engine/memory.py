"""Takes a conversation out of the engine's memory, after the turn in progress if there is one."""

from typing import Any

from bot.engine.locks import FairLocks
from bot.engine.tracker_store import BoundedTrackerStore


async def forget_conversation(agent: Any, conversation: str) -> None:
    """Remove the trackers of all epochs of a conversation; its senders are named `<conversation>.<epoch>`."""
    store, locks = _our_store(agent.tracker_store), agent.lock_store
    running = locks.held() if isinstance(locks, FairLocks) else []
    for sender in {*await store.keys(), *running}:
        if sender.rpartition(".")[0] == conversation:
            async with locks.lock(sender):
                store.forget(sender)


def _our_store(store: Any) -> BoundedTrackerStore:
    """The store of endpoints.yml inside the wrappers Rasa puts around it; TypeError where it is another."""
    while store is not None and not isinstance(store, BoundedTrackerStore):
        store = getattr(store, "_tracker_store", None)
    if store is None:
        raise TypeError("the engine's memory is not the bounded store of endpoints.yml")
    return store
