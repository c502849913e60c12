"""Keeps outside the database how far the audit log had come, so that entries cut off at its end are missed."""

import asyncio
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.store import audit_log
from actions.store.audit_log import Anchor
from actions.store.engine import reading

FILE = "audit-anchor"
PAUSE = 10.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """A file with the number and the checksum of an entry that once was the last; processes may share it."""

    file: Path

    @classmethod
    def of_house(cls, home: Path) -> "AnchorFile":
        """The file in TRESEN_HOME."""
        return cls(home / FILE)

    def read(self) -> Anchor | None:
        """What was written last; ValueError where the file says something else."""
        return Anchor.read(self.file.read_text("utf-8")) if self.file.exists() else None

    def advance(self, database: Engine) -> Anchor | None:
        """Write down the last entry; returns the one that was written before, if the log no longer holds it.

        Then the file stays as it is: it proves what is missing.
        """
        # before the log is read: what another process writes down meanwhile may be newer than what is read here
        known = self.read()
        with reading(database) as connection:
            if known and not audit_log.holds(connection, known):
                return known
            last = audit_log.head(connection)
        if last and last != known:
            self._write(last)
        return None

    def _write(self, anchor: Anchor) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.file.parent, prefix=f".{FILE}.")
        with os.fdopen(handle, "w") as stream:
            stream.write(f"{anchor}\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(self.file)


async def keep_anchored(database: Engine, anchor: AnchorFile, pause: float = PAUSE) -> None:
    """Write the last entry down, again and again, until cancelled; a cut is logged once."""
    told: Anchor | None = None
    while True:
        try:
            missing = await asyncio.to_thread(anchor.advance, database)
            if missing and missing != told:
                log.error("the audit log was cut off: it held entry %s", missing.number)
            told = missing
        except (SQLAlchemyError, OSError, ValueError):
            log.exception("the audit log could not be anchored")
        await asyncio.sleep(pause)
