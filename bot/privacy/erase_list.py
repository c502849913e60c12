"""What was erased, as keyed marks outside the database, so that a restored backup can be erased again."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.seals import Seals

Mark = Callable[[str], str]
FILE = "erased.jsonl"


class What(StrEnum):
    """A whole conversation, only what was said in it so far, or everything of a customer."""

    CONVERSATION = "conversation"
    CONTENT = "content"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the list: the mark of what was erased, and when."""

    what: What
    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EraseList:
    """A file that only grows; `mark` is a keyed hash, so the list names nobody."""

    file: Path
    mark: Mark

    @classmethod
    def of_house(cls, home: Path, seals: Seals) -> "EraseList":
        """The list in TRESEN_HOME, beside the database."""
        return cls(home / FILE, lambda text: seals.fingerprint("erased", text))

    def add(self, what: What, name: str, now: datetime) -> None:
        """Write an erasure down; it is on the disk when this returns."""
        line = json.dumps({"what": what, "mark": self.mark(f"{what}:{name}"), "at": now.isoformat()})
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> tuple[Erasure, ...]:
        """Every erasure, oldest first."""
        if not self.file.exists():
            return ()
        lines = (json.loads(line) for line in self.file.read_text("utf-8").splitlines())
        return tuple(Erasure(What(x["what"]), x["mark"], datetime.fromisoformat(x["at"])) for x in lines)

    def latest(self, what: What) -> dict[str, datetime]:
        """When each mark of this kind was last erased."""
        return {erasure.mark: erasure.at for erasure in self.read() if erasure.what is what}

    def mark_of(self, what: What, name: str) -> str:
        """The mark this conversation or customer would have."""
        return self.mark(f"{what}:{name}")
