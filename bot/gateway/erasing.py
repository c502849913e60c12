"""Erases a chat for good: from the record, from the files under it, and onto the list that outlives a backup."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from actions.store.engine import writing
from actions.store.scrubbing import scrub
from bot.gateway.problems import ProblemError
from bot.privacy.erase_list import EraseList, What
from bot.privacy.erasing import erase_subject
from bot.privacy.holds import HeldError

HELD = "this chat has to be kept for now, for a dispute or by law; ask the shop for the reason"


@dataclass(frozen=True, slots=True)
class Eraser:
    """What the gateway erases with; `erased` lies beside the database, not in it."""

    database: Engine
    erased: EraseList
    clock: Callable[[], datetime]

    def erase(self, conversation: str) -> None:
        """Erase the whole chat; raises ProblemError (409) where it must be kept."""
        try:
            with writing(self.database) as connection:
                if erase_subject(connection, conversation).rows:
                    self.erased.add(What.CONVERSATION, conversation, self.clock())
        except HeldError as held:
            raise ProblemError(409, "legal-hold", HELD) from held
        scrub(self.database)

    def content_erased(self, conversation: str) -> None:
        """The actions have erased what was said; finish it."""
        self.erased.add(What.CONTENT, conversation, self.clock())
        scrub(self.database)
