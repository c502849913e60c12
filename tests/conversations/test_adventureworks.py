"""The main job on somebody else's catalogue and real order lines, with no change to code or training.

Runs where `TRESEN_BENCH_DATA` names the folder of data sets (docs/affinity.md tells where they come from).
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from actions import services
from tests.conversations.shopper import Shopper

MAPPINGS = Path("data/mappings")
DATA = Path(os.environ.get("TRESEN_BENCH_DATA", "no data sets")) / "adventureworks"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="TRESEN_BENCH_DATA names no folder with adventureworks")


@pytest.fixture(scope="module")
def sports_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogue, orders, counted affinities and eight matrix rows, brought in by the commands a merchant types."""
    home = tmp_path_factory.mktemp("adventureworks")
    surroundings = {**os.environ, "TRESEN_HOME": str(home), "TRESEN_DATABASE_URL": ""}
    mapping = str(MAPPINGS / "adventureworks.yml")
    for words in (
        ["import", "catalogue", str(DATA / "items.parquet"), "--mapping", mapping],
        ["import", "orders", str(DATA / "orders.parquet"), "--mapping", mapping],
        ["affinity", "mine"],
        ["matrix", "import", str(MAPPINGS / "adventureworks_matrix.csv")],
    ):
        program = [sys.executable, "-c", "from bot.cli import main; main()", *words]
        subprocess.run(program, env=surroundings, check=True, capture_output=True)
    return home / "core.db"


@pytest.fixture
def visit(sports_shop: Path, tmp_path: Path):
    """Shoppers of that shop."""
    copy = tmp_path / "core.db"
    shutil.copy(sports_shop, copy)
    return lambda language: Shopper(services.build(f"sqlite:///{copy}"), language=language)


@pytest.mark.parametrize(
    ("language", "search", "choice", "take", "yes"),
    [
        ("de", "ich suche ein mountainbike unter 1000 euro", "das erste", "nehme ich", "ja"),
        ("en", "i'm looking for a mountain bike under 1000 euros", "the first one", "i'll take it", "yes"),
    ],
)
def test_a_bike_is_found_read_back_bought_and_what_fits_is_offered(
    visit, language: str, search: str, choice: str, take: str, yes: str
) -> None:
    shopper = visit(language)
    shopper.says(search, "search_product")
    assert shopper.cards
    assert all(card["price"]["amount"] <= 100_000 for card in shopper.cards)
    shopper.says(choice, "choose_option")
    shopper.says(take, "purchase_intent")
    for _ in range(3):
        if shopper.state.memory["question"]["asked"] == "readback":
            break
        shopper.presses(shopper.choices()[0]["title"])
    assert shopper.cart == {}
    shopper.says(yes, "confirm")
    assert len(shopper.cart) == 1
    assert {str(offer.kind) for offer in shopper.shown()} <= {"up", "cross"}
    assert shopper.offers, Counter((w["kind"], w["reason"]) for d in shopper.decisions() for w in d.withheld)


def test_too_dear_gets_the_cheaper_bike_that_still_fits_and_no_way_back_up(visit) -> None:
    shopper = visit("de")
    shopper.says("ich suche ein rennrad", "search_product")
    dearest = max(range(len(shopper.cards)), key=lambda i: shopper.cards[i]["price"]["amount"])
    shopper.says(("das erste", "das zweite", "das dritte")[dearest], "choose_option")
    shopper.says("das ist mir zu teuer", "object_price")
    shopper.says("höchstens 1500 euro", "refine_search")
    assert [offer["kind"] for offer in shopper.offers] == ["down"]
    assert shopper.offers[0]["cards"][0]["price"]["amount"] <= 150_000
    shopper.says("ja", "confirm")
    assert "up" not in {str(offer.kind) for offer in shopper.shown()}
