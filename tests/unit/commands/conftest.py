"""Runs `tresen` in this process, in a state directory of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from typer.testing import CliRunner

from actions.settings import TABLE
from actions.store.engine import migrate, open_engine
from actions.store.importing import load_shop
from actions.store.mining import mine
from bot.cli import app

SHOPS = Path("data/shop")
WIDE_ENOUGH_FOR_HELP = "200"


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, documents on standard output, sentences on standard error."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        return self.err.splitlines()

    @property
    def document(self) -> Any:
        """The one JSON document; anything beside it is an error."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Tresen:
    """The command line of one merchant."""

    home: Path

    def __call__(self, *words: object) -> Said:
        result = CliRunner().invoke(app, [str(word) for word in words], prog_name="tresen")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def asked(self, *words: object) -> Any:
        """The document of a command that must succeed."""
        said = self(*words, "--json")
        assert said.code == 0, said.err
        return said.document


@pytest.fixture
def tresen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tresen:
    """A merchant without a shop."""
    for setting in TABLE:
        # an empty value stands for the default and hides a developer's own .env
        monkeypatch.setenv(setting.name, "")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("TRESEN_HOME", str(home))
    monkeypatch.setenv("COLUMNS", WIDE_ENOUGH_FOR_HELP)
    return Tresen(home)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The database of an example shop, loaded and counted once."""
    made: dict[str, Path] = {}

    def database(shop: str) -> Path:
        if shop not in made:
            file = tmp_path_factory.mktemp(shop) / "core.db"
            engine = open_engine(f"sqlite:///{file}")
            migrate(engine)
            assert load_shop(engine, SHOPS / shop).ok
            mine(engine)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            made[shop] = file
        return made[shop]

    return database


@pytest.fixture
def electronics(tresen: Tresen, filled: Callable[[str], Path]) -> Tresen:
    """A merchant who sells laptops, televisions and a toy."""
    copy(filled("electronics"), tresen.home / "core.db")
    return tresen


@pytest.fixture
def kitchen(tresen: Tresen, filled: Callable[[str], Path]) -> Tresen:
    """A merchant who sells kitchen machines and a printer."""
    copy(filled("kitchen"), tresen.home / "core.db")
    return tresen
