"""The example shops that come with the product, opened once."""

import shutil
from pathlib import Path

import pytest
from shop_building import Shop

from actions.store.catalogue import Catalogue
from actions.store.engine import migrate, open_engine
from actions.store.importing import load_shop
from actions.understanding.lexicon import Lexicon

SHOPS = Path(__file__).parents[3] / "data" / "shop"
FILES = ("shop.yml", "categories.csv", "terms.csv", "products.csv")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shop]:
    return {}


@pytest.fixture
def demo(opened: dict[str, Shop], tmp_path_factory: pytest.TempPathFactory):
    """Opens an example shop by name, without its past orders; each is imported once."""

    def open_shop(name: str) -> Shop:
        if name not in opened:
            folder = tmp_path_factory.mktemp(name)
            for file in FILES:
                shutil.copy(SHOPS / name / file, folder)
            engine = open_engine(f"sqlite:///{folder}/core.db")
            migrate(engine)
            assert load_shop(engine, folder).ok
            snapshot = Catalogue(engine).snapshot()
            engine.dispose()
            opened[name] = Shop(snapshot, Lexicon.build(snapshot))
        return opened[name]

    return open_shop
