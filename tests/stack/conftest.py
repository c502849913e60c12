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
def visitor(comes_in: Callable[..., Visitor]) -> Visitor:
    """A German shopper who has opened the chat."""
    return comes_in()


@pytest.fixture
def english_visitor(comes_in: Callable[..., Visitor]) -> Visitor:
    """An English shopper who has opened the chat."""
    return comes_in(language="en")


@pytest.fixture
def comes_in(house: House) -> Iterator[Callable[..., Visitor]]:
    """Opens as many chats as a test needs, and closes their connections."""
    opened: list[Visitor] = []

    def open_chat(**details: str) -> Visitor:
        made = Visitor(house.url, **details)
        opened.append(made)
        if not made.token:
            made.comes_in()
        return made

    yield open_chat
    for each in opened:
        each.client.close()
