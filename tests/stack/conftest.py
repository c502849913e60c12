"""One running house for all tests that speak over HTTP."""

from collections.abc import Callable, Iterator

import pytest

from tests.stack.house import House, Visitor


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Engine, actions and gateway, started as a merchant would."""
    made = House.build(tmp_path_factory.mktemp("house"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def visitor(house: House) -> Visitor:
    """A German shopper who has opened the chat."""
    made = Visitor(house.url)
    made.comes_in()
    return made


@pytest.fixture
def english_visitor(house: House) -> Visitor:
    """An English shopper who has opened the chat."""
    made = Visitor(house.url, language="en")
    made.comes_in()
    return made


@pytest.fixture
def comes_in(house: House) -> Callable[[], Visitor]:
    """Opens as many chats as a test needs."""

    def open_chat() -> Visitor:
        made = Visitor(house.url)
        made.comes_in()
        return made

    return open_chat
