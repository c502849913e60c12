"""What the pages of the console share, built once per process or by a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import Engine

from actions.store.catalogue import Catalogue
from bot.review.anchoring import AnchorFile
from bot.review.passwords import HASHER
from bot.review.rendering import Rendering
from bot.seals import Seals
from bot.transcripts.redaction import Redactor
from bot.transcripts.speaking import Speaking


@dataclass(frozen=True, slots=True)
class Console:
    """The database, the seals and the clock of the house, who speaks to shoppers, how far the audit log had come,
    and what renders its pages."""

    database: Engine
    catalogue: Catalogue
    seals: Seals
    clock: Callable[[], datetime]
    public_url: str
    speaking: Speaking
    anchor: AnchorFile
    hasher: PasswordHasher = HASHER
    rendering: Rendering = field(default_factory=Rendering.load)

    @property
    def redact(self) -> Redactor:
        """Hides personal data in what shoppers wrote, wherever it is shown."""
        return Redactor.of_shop(self.catalogue.snapshot().facts)
