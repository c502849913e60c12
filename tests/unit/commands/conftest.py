"""Runs `tresen` in this process, in a state directory of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
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


TEA_SHOP = """sku,family,title_de,title_en,category,price,cost,stock,tier,attributes
POT,pot,Kanne,Pot,kitchen/pots,29.00,9.00,20,1,volume_l=1
POT-2,pot-2,Kanne groß,Large pot,kitchen/pots,39.00,12.00,20,2,volume_l=1.5
CUP,cup,Tasse,Cup,kitchen/cups,8.00,2.00,50,,
SAUCER,saucer,Untertasse,Saucer,kitchen/saucers,5.00,1.00,50,,
DRYER,dryer,Föhn,Hair dryer,bathroom/dryers,24.00,8.00,20,,
TEA,tea,Tee,Tea,food/tea,6.00,2.00,90,,
LAMP,lamp,Lampe,Lamp,light/lamps,30.00,10.00,9,,
"""


def tea_orders() -> list[str]:
    """200 pots, 72 of them with a cup and 102 with a hair dryer; tea that ten customers buy every six weeks, and
    lamps of which nobody wants another."""
    found = []
    for number in range(400):
        moment = f"2026-0{1 + number % 6}-{1 + number % 27:02}T10:00:00Z"
        held = ["POT"] * (number < 200) + ["CUP"] * (number < 72) + ["DRYER"] * (98 <= number < 200)
        found += [f"P{number},{moment},,{sku},1" for sku in held or ["SAUCER"]]
    start = date(2026, 1, 1)
    for customer, again in product(range(10), range(4)):
        day = start + timedelta(days=42 * again + 4 * customer)
        found.append(f"T{customer}-{again},{day}T10:00:00Z,C{customer},TEA,1")
    found += [f"L{day},{start + timedelta(days=day)}T10:00:00Z,,LAMP,1" for day in range(20)]
    return found


@pytest.fixture
def teashop(tresen: Tresen, tmp_path: Path) -> Tresen:
    """A merchant who sells pots, cups and, by chance with many pots, hair dryers; nothing is in the matrix."""
    (tmp_path / "products.csv").write_text(TEA_SHOP, "utf-8")
    (tmp_path / "orders.csv").write_text(
        "\n".join(["order_id,ts,customer_id,sku,quantity", *tea_orders()]), "utf-8"
    )
    assert tresen("import", "catalogue", tmp_path / "products.csv").code == 0
    assert tresen("import", "orders", tmp_path / "orders.csv").code == 0
    assert tresen("affinity", "mine").code == 0
    return tresen
