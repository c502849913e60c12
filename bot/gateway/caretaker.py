"""Forgets by itself what is past its period: once a day in the record, every quarter of an hour in the engine."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from actions.store.engine import reading
from actions.store.tables import conversations
from bot.gateway.engine_client import EngineClient
from bot.privacy.periods import Periods
from bot.privacy.retention import run_daily

log = logging.getLogger(__name__)

FIRST = 60.0
PAUSE = 900.0
# what fell silent longer ago than this was forgotten by an earlier round, or with an engine since restarted
LOOK_BACK = timedelta(hours=48)


class Caretaker:
    """One of these runs in every gateway; the day's work is done by whichever comes first."""

    def __init__(
        self, database: Engine, engine: EngineClient, logs: Path, periods: Periods, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._engine = engine
        self._logs = logs
        self._periods = periods
        self._clock = clock
        self._swept: datetime | None = None

    async def run(self, first: float = FIRST, pause: float = PAUSE) -> None:
        """Work until cancelled; a fault is logged and costs one round."""
        await asyncio.sleep(first)
        while True:
            try:
                await self.round()
            except Exception:
                log.exception("the caretaker lost a round")
            await asyncio.sleep(pause)

    async def round(self) -> None:
        """Whatever is due now."""
        now = self._clock()
        forgotten = await asyncio.to_thread(run_daily, self._database, self._logs, self._periods, now)
        if forgotten is not None:
            log.info("retention %s", " ".join(f"{name}={value}" for name, value in asdict(forgotten).items()))
        silent = await asyncio.to_thread(self._silent, now)
        for conversation in silent:
            await self._engine.forget(conversation)
        self._swept = now

    def _silent(self, now: datetime) -> list[str]:
        """The conversations that fell silent so long ago since the last round."""
        period = timedelta(hours=self._periods.engine_hours)
        since = (self._swept or now - LOOK_BACK) - period
        active = conversations.c.active_at
        query = select(conversations.c.id).where(active >= since, active < now - period)
        with reading(self._database) as connection:
            return list(connection.scalars(query))
