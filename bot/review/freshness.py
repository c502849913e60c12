"""While the house runs: keeps the list a few seconds behind the record, hands back what nobody answers any more."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from actions.store import takeovers
from actions.store.engine import reading, writing
from bot.review.console import Console
from bot.transcripts import digesting

PAUSE = 5.0
log = logging.getLogger(__name__)


async def keep_fresh(console: Console, pause: float = PAUSE) -> None:
    """Read what changed, again and again, until cancelled; first what happened while the house stood still."""
    since: datetime | None = None
    caught_up = False
    while True:
        began = console.clock()
        try:
            await asyncio.to_thread(digesting.refresh, console.database, began, since)
            if not caught_up:
                await asyncio.to_thread(digesting.catch_up, console.database, began)
                caught_up = True
            since = began
        except SQLAlchemyError:
            log.exception("digests could not be refreshed")
        await asyncio.sleep(pause)


async def hand_back_silent(console: Console, pause: float = PAUSE) -> None:
    """Give conversations back whose person has fallen silent, again and again, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(_hand_back_silent, console)
        except SQLAlchemyError:
            log.exception("conversations could not be handed back")
        await asyncio.sleep(pause)


def _hand_back_silent(console: Console) -> None:
    now, speaking = console.clock(), console.speaking
    with reading(console.database) as connection:
        is_due = bool(takeovers.fallen_silent(connection, now - speaking.silence))
    if is_due:
        with writing(console.database) as connection:
            speaking.hand_back_silent(connection, now)
