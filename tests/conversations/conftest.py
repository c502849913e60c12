"""The demo shop, loaded once and copied for every test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from actions import services
from actions.store.engine import migrate, open_engine
from actions.store.importing import Terms, import_catalogue, load_shop
from actions.store.mining import mine
from tests.conversations.shopper import Shopper


@pytest.fixture(scope="session")
def filled_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo shop and its counted affinities."""
    file = tmp_path_factory.mktemp("shop") / "core.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    assert load_shop(engine, Path("data/shop/radhaus")).ok
    mine(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def lexicon_of_the_shop(filled_shop: Path) -> services.Services:
    """Services whose lexicon is built once."""
    house = services.build(f"sqlite:///{filled_shop}")
    house.lexicon(house.catalogue.snapshot())
    return house


@pytest.fixture
def house(filled_shop: Path, lexicon_of_the_shop: services.Services, tmp_path: Path) -> Iterator[services.Services]:
    """Services on a fresh copy of the shop."""
    copy = tmp_path / "core.db"
    shutil.copy(filled_shop, copy)
    made = services.build(f"sqlite:///{copy}")
    made.share_lexicon_of(lexicon_of_the_shop)
    yield made
    made.engine.dispose()


@pytest.fixture
def shopper(house: services.Services) -> Shopper:
    """A German shopper on the web."""
    return Shopper(house)


@pytest.fixture
def english_shopper(house: services.Services) -> Shopper:
    """An English shopper on the web."""
    return Shopper(house, language="en")


@pytest.fixture
def comes_in(house: services.Services) -> Callable[..., Shopper]:
    """Makes shoppers with a language and a channel."""
    return lambda **details: Shopper(house, **details)


@pytest.fixture
def shop_of(tmp_path: Path) -> Callable[..., services.Services]:
    """Opens a shop that consists of one catalogue file."""

    def opened(file: Path, terms: Terms | None = None) -> services.Services:
        url = f"sqlite:///{tmp_path / 'core.db'}"
        engine = open_engine(url)
        migrate(engine)
        assert import_catalogue(engine, [file], terms=terms).ok
        engine.dispose()
        return services.build(url)

    return opened
