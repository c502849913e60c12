"""Alive, ready, and how it goes: liveness, a real canary turn, and the figures for Prometheus."""

import asyncio
import ipaddress
import time
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.store import conversations, outbox
from actions.store.catalogue import Catalogue
from actions.store.engine import reading, writing
from bot.gateway.engine_client import EngineAnswer, EngineClient, Turn
from bot.gateway.incoming import TURNS_PER_EPOCH

CANARY = "canary"
CANARY_LINE = "Zeigen Sie mir bitte meinen Warenkorb"
FAULT = "utter_fault"
FRESH_SECONDS = 2.0

Checks = dict[str, str]


class Readiness:
    """Says whether a shopper would be answered now, by a turn of its own; asked often, it answers from memory."""

    def __init__(self, engine: EngineClient, catalogue: Catalogue, database: Engine) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._database = database
        self._lock = asyncio.Lock()
        self._turns = 0
        self._checked = -FRESH_SECONDS
        self._checks: Checks = {}

    async def check(self) -> Checks:
        """Return what was checked: "ok" or the name of the fault by part."""
        async with self._lock:
            if time.monotonic() - self._checked >= FRESH_SECONDS:
                self._checks = {"catalogue": await asyncio.to_thread(self._catalogue_fault)}
                self._checks["engine"] = await self._engine_fault()
                self._checked = time.monotonic()
            return self._checks

    async def _engine_fault(self) -> str:
        self._turns += 1
        await asyncio.to_thread(self._open_canary)
        message_id = f"{CANARY}-{self._turns}-{time.time_ns()}"
        outcome = await self._engine.answer(
            Turn(
                sender=f"{CANARY}.{self._turns // TURNS_PER_EPOCH}",
                message_id=message_id,
                message=CANARY_LINE,
                channel="web",
                language="de",
                metadata={"conversation": CANARY, "payload": False},
            )
        )
        await asyncio.to_thread(self._forget_canary)
        if not isinstance(outcome, EngineAnswer):
            return outcome.code
        # an action that fails says so in a sentence of its own, which is an answer but not readiness
        said = (message.get("custom") or {} for message in outcome.messages)
        return "action_failed" if any(custom.get("response") == FAULT for custom in said) else "ok"

    def _catalogue_fault(self) -> str:
        try:
            return "ok" if self._catalogue.snapshot().products else "empty"
        except SQLAlchemyError:
            return "database_unreachable"

    def _open_canary(self) -> None:
        try:
            with writing(self._database) as connection:
                conversations.delete(connection, CANARY)
                conversations.create(
                    connection, conversation_id=CANARY, language="de", channel="web", now=datetime.now(UTC)
                )
        except SQLAlchemyError:
            self._checks["catalogue"] = "database_unreachable"

    def _forget_canary(self) -> None:
        try:
            with writing(self._database) as connection:
                conversations.delete(connection, CANARY)
        except SQLAlchemyError:
            self._checks["catalogue"] = "database_unreachable"


def parcels(database: Engine) -> dict[str, int]:
    """How many parcels of the outbox are in each state."""
    with reading(database) as connection:
        return outbox.counts(connection)


def is_loopback(address: str) -> bool:
    """True for a peer on this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
