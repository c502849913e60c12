"""Forgets what has become too old: conversations, sealed originals, codes and log lines, each after its period."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from actions.store import sign_ins, staff
from actions.store.bulk import insert_new
from actions.store.engine import reading, writing
from actions.store.scrubbing import scrub
from actions.store.tables import link_codes, privacy_holds, retention_runs
from bot.privacy.anonymising import anonymise, drop_originals, due, originals_due
from bot.privacy.log_files import shorten_logs
from bot.privacy.periods import Periods

AT_ONCE = 200
# longer than any session of the console is good for
STAFF_SESSION = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What one run forgot, or would forget; `held` conversations were passed over."""

    conversations: int
    originals: int
    codes: int
    log_lines: int
    held: int
    dry_run: bool


def run(engine: Engine, logs: Path, periods: Periods, now: datetime, *, dry_run: bool = False) -> Forgotten:
    """Forget what is due now; a dry run only counts."""
    chats_before = now - timedelta(days=periods.transcript_days)
    originals_before = now - timedelta(days=periods.original_days)
    with reading(engine) if dry_run else writing(engine) as connection:
        chats = len(due(connection, chats_before))
        originals = originals_due(connection, originals_before)
        expired = link_codes.c.valid_until <= now
        codes = connection.scalar(select(func.count()).select_from(link_codes).where(expired)) or 0
        held = connection.scalar(select(func.count()).select_from(privacy_holds)) or 0
        if not dry_run:
            drop_originals(connection, originals_before)
            connection.execute(link_codes.delete().where(expired))
            staff.close_old(connection, now - STAFF_SESSION)
            sign_ins.forget(connection, now)
    if not dry_run:
        _anonymise_all(engine, chats_before, now)
        scrub(engine)
    shortened = shorten_logs(logs, now - timedelta(days=periods.log_days), dry_run=dry_run)
    return Forgotten(chats, originals, codes, shortened.lines, held, dry_run)


def _anonymise_all(engine: Engine, before: datetime, now: datetime) -> None:
    """A few conversations in each transaction, so that nobody who is being served waits long."""
    remaining = True
    while remaining:
        with writing(engine) as connection:
            some = due(connection, before)[:AT_ONCE]
            anonymise(connection, some, now)
            remaining = len(some) == AT_ONCE


def run_daily(engine: Engine, logs: Path, periods: Periods, now: datetime) -> Forgotten | None:
    """The same once a day, whichever process comes first; None where the day's work is done."""
    day = now.date().isoformat()
    if not _is_first(engine, day, now):
        return None
    forgotten = run(engine, logs, periods, now)
    _note(engine, day, asdict(forgotten))
    return forgotten


def _is_first(engine: Engine, day: str, now: datetime) -> bool:
    runs = retention_runs.c
    with writing(engine) as connection:
        if connection.scalar(select(runs.day).where(runs.day == day)) is not None:
            return False
        insert_new(connection, retention_runs, [{"day": day, "ran_at": now, "result": {}}], ["day"])
        return connection.scalar(select(runs.ran_at).where(runs.day == day)) == now


def _note(engine: Engine, day: str, result: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(retention_runs.update().where(retention_runs.c.day == day).values(result=result))
