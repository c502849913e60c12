"""The guarded call to the engine: a deadline, patience while it restarts, and answers judged by their content."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import Any
from urllib.parse import quote

import httpx

log = logging.getLogger(__name__)

DOOR = "/webhooks/tresen"
PATH = f"{DOOR}/webhook"
FORGET_TRIES = 3
FORGET_SECONDS = 2.0
RESTARTING = frozenset({502, 503, 504})
STARTING = "engine_starting"
ERASED = "utter_erased"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message for the engine; `message` is a line it may obey, so typed text must have been disarmed."""

    sender: str
    message_id: str
    message: str
    channel: str
    language: str
    metadata: dict[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """The body the engine's connector expects."""
        return {
            "sender": self.sender,
            "message_id": self.message_id,
            "message": self.message,
            "channel": self.channel,
            "language": self.language,
            "metadata": self.metadata,
        }


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What the engine understood and said."""

    messages: tuple[dict[str, Any], ...]
    nlu: dict[str, Any]
    actions: tuple[str, ...]
    model: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class EngineFault:
    """No usable answer in time; `code` says why."""

    code: str
    milliseconds: int


def has_erased(outcome: EngineAnswer | EngineFault) -> bool:
    """True where the shopper asked for it and the actions have erased what was said; the engine still knows it."""
    said = outcome.messages if isinstance(outcome, EngineAnswer) else ()
    customs = (message.get("custom") for message in said)
    return any(isinstance(custom, dict) and custom.get("response") == ERASED for custom in customs)


class Patience(IntEnum):
    """How often one message is tried: never again, a few times, until the deadline."""

    ONCE = 1
    SOME = 3
    ENDLESS = 1_000_000


class BadAnswerError(Exception):
    """The engine answered, but not to this message or with nothing to say."""

    def __init__(self, code: str, patience: Patience) -> None:
        super().__init__(code)
        self.code = code
        self.patience = patience


@dataclass(slots=True)
class Breaker:
    """After `failures` calls in a row without an answer the engine is left alone for `rest` seconds."""

    failures: int = 5
    rest: float = 5.0
    _in_a_row: int = field(default=0, init=False)
    _open_until: float = field(default=0.0, init=False)

    def allows(self, now: float) -> bool:
        """False while the engine rests; afterwards one call at a time may try it again."""
        if self._in_a_row < self.failures:
            return True
        if now < self._open_until:
            return False
        self._open_until = now + self.rest
        return True

    def record(self, now: float, *, answered: bool) -> None:
        """Count a call."""
        self._in_a_row = 0 if answered else self._in_a_row + 1
        if self._in_a_row >= self.failures:
            self._open_until = now + self.rest


class EngineClient:
    """Asks the engine for one turn; repeats are safe because actions answer a message id once."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        deadline: float,
        pause: float = 0.1,
        breaker: Breaker | None = None,
        start_within: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """For `start_within` seconds an engine that never answered yet counts as starting, not as broken."""
        self._http = http
        self._deadline = deadline
        self._pause = pause
        self._breaker = breaker or Breaker()
        self._clock = clock
        self._starts_until = clock() + start_within

    async def answer(self, turn: Turn) -> EngineAnswer | EngineFault:
        """Return the engine's answer, or what kept it from answering within the deadline."""
        started = self._clock()
        if not self._breaker.allows(started):
            return EngineFault("circuit_open", 0)
        outcome = await self._persist(turn, started)
        if isinstance(outcome, EngineAnswer):
            self._starts_until = 0.0
        elif outcome.code == STARTING:
            return outcome
        self._breaker.record(self._clock(), answered=isinstance(outcome, EngineAnswer))
        if isinstance(outcome, EngineFault):
            log.warning(
                "engine fault code=%s message=%s ms=%d", outcome.code, turn.message_id, outcome.milliseconds
            )
        return outcome

    async def forget(self, conversation: str) -> bool:
        """Take an erased conversation out of the engine's memory; False where it could not be told.

        An engine that is down has nothing in memory, and has nothing when it starts again.
        """
        path = f"{DOOR}/conversations/{quote(conversation, safe='')}"
        for attempt in range(FORGET_TRIES):
            try:
                answer = await self._http.delete(path, timeout=FORGET_SECONDS)
                if answer.status_code == 204:
                    return True
            except httpx.ConnectError:
                break
            except httpx.HTTPError:
                pass
            await asyncio.sleep(self._pause * 2**attempt)
        log.warning("engine was not told to forget conversation=%s", conversation)
        return False

    async def _persist(self, turn: Turn, started: float) -> EngineAnswer | EngineFault:
        code = "engine_timeout"
        try:
            async with asyncio.timeout(self._deadline):
                for attempt in count(1):
                    try:
                        return self._judge(turn, await self._post(turn), started)
                    except httpx.TransportError:
                        code = "engine_unreachable"
                        is_down = True
                    except BadAnswerError as error:
                        code = error.code
                        is_down = error.patience is Patience.ENDLESS
                        if attempt >= error.patience:
                            break
                    if is_down and self._clock() < self._starts_until:
                        return EngineFault(STARTING, self._since(started))
                    await asyncio.sleep(min(self._pause * 2 ** min(attempt, 5), 1.0))
        except TimeoutError:
            pass
        return EngineFault(code, self._since(started))

    async def _post(self, turn: Turn) -> httpx.Response:
        return await self._http.post(PATH, json=turn.document, timeout=None)

    def _judge(self, turn: Turn, response: httpx.Response, started: float) -> EngineAnswer:
        status = response.status_code
        if status != 200:
            patience = Patience.ENDLESS if status in RESTARTING else Patience.SOME
            raise BadAnswerError(f"engine_status_{status}", Patience.ONCE if status < 500 else patience)
        try:
            document = response.json()
        except (ValueError, RecursionError) as error:
            raise BadAnswerError("engine_garbage", Patience.SOME) from error
        if not isinstance(document, dict) or document.get("message_id") != turn.message_id:
            raise BadAnswerError("engine_wrong_echo", Patience.SOME)
        messages = document.get("messages")
        if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
            raise BadAnswerError("engine_garbage", Patience.SOME)
        if not messages:
            raise BadAnswerError("engine_empty", Patience.SOME)
        nlu, actions = document.get("nlu"), document.get("actions")
        return EngineAnswer(
            messages=tuple(messages),
            nlu=nlu if isinstance(nlu, dict) else {},
            actions=tuple(map(str, actions)) if isinstance(actions, list) else (),
            model=str(document.get("model") or "")[:40],
            milliseconds=self._since(started),
        )

    def _since(self, started: float) -> int:
        return round((self._clock() - started) * 1000)


def engine_connections(url: str, key: str) -> httpx.AsyncClient:
    """The connection pool to the engine on the loopback."""
    return httpx.AsyncClient(
        base_url=url,
        headers={"X-Engine-Key": key},
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=50),
        trust_env=False,
    )
