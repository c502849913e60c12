"""The composition root: what the custom actions share, built once per process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from actions.folders import RESPONSES
from actions.phrases import Phrasebook
from actions.settings import read_settings
from actions.store.catalogue import Catalogue, CatalogueSnapshot
from actions.store.engine import open_engine
from actions.understanding.lexicon import Lexicon


def utc_now() -> datetime:
    """The clock everything uses."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Services:
    """Engine, catalogue, sentences and clock; tests build their own."""

    engine: Engine
    catalogue: Catalogue
    phrases: Phrasebook
    clock: Callable[[], datetime] = utc_now
    _lexicon: tuple[int, Lexicon] | None = field(default=None)

    def lexicon(self, snapshot: CatalogueSnapshot) -> Lexicon:
        """The lexicon of this catalogue version, rebuilt only when the catalogue changed."""
        if self._lexicon is None or self._lexicon[0] != snapshot.version:
            self._lexicon = (snapshot.version, Lexicon.build(snapshot))
        return self._lexicon[1]

    def share_lexicon_of(self, other: "Services") -> None:
        """Take over the lexicon of services on the same catalogue."""
        self._lexicon = other._lexicon


def build(database_url: str, responses: Path = RESPONSES) -> Services:
    """Open the core database and read the sentences."""
    engine = open_engine(database_url)
    return Services(engine, Catalogue(engine), Phrasebook.load(responses))


@cache
def services() -> Services:
    """The services of this process, from its settings."""
    return build(read_settings().database_url)
