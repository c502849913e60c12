"""Rate limits: messages per conversation, new chats per address, codes tried."""

import math
import time
from collections import OrderedDict

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from bot.gateway.problems import ProblemError

REMEMBERED = 10_000
# six digits in ten minutes: a handful of tries for one caller, few enough for all of them together
GUESSES_OF_A_CALLER = parse("5/10 minute")
GUESSES_OF_ALL = parse("60/10 minute")


class RateLimits:
    """Counts in this process; a message that comes again with its id is counted once."""

    def __init__(self, messages: str, sessions: str) -> None:
        """Limits are written like "60/minute"."""
        self._messages = parse(messages)
        self._sessions = parse(sessions)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._counted: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def count_message(self, conversation: str, client_id: str) -> None:
        """Raise 429 where the conversation sends too many new messages."""
        seen = (conversation, client_id)
        if seen in self._counted:
            return
        await self._count(self._messages, "message", conversation)
        self._counted[seen] = None
        if len(self._counted) > REMEMBERED:
            self._counted.popitem(last=False)

    async def count_session(self, address: str) -> None:
        """Raise 429 where an address opens too many chats."""
        await self._count(self._sessions, "session", address)

    async def count_guess(self, caller: str) -> None:
        """Raise 429 where a caller, or all of them together, try too many codes."""
        await self._count(GUESSES_OF_A_CALLER, "guess", caller)
        await self._count(GUESSES_OF_ALL, "guess")

    async def _count(self, limit: RateLimitItem, *key: str) -> None:
        if await self._limiter.hit(limit, *key):
            return
        window = await self._limiter.get_window_stats(limit, *key)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        raise ProblemError(
            429, "too-many-requests", f"the limit is {limit}; try again in {wait} s", {"Retry-After": str(wait)}
        )
