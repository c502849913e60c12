"""Keeps the list of conversations a few seconds behind the record, while the house runs."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

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
