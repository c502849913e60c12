"""One turn at a time per conversation, woken at once: Rasa's own waiters look up only every second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockStore


class FairLocks(LockStore):
    """Locks of this one process, in order of arrival; a lock nobody holds or awaits is forgotten."""

    def __init__(self, *_endpoint: Any, **_more: Any) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def held(self) -> list[str]:
        """The conversations somebody holds or awaits, those whose first turn is still running among them."""
        return list(self._locks)

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_lifetime: float, **_more: float) -> AsyncIterator[asyncio.Lock]:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield lock
