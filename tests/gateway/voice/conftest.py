"""A gateway with all voice channels open, and callers on each."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from actions.store.engine import reading
from actions.store.tables import conversations, messages
from tests.gateway.conftest import Build, Gateway
from tests.gateway.voice.callers import HOOK, SECRET, SKILL, TOKEN, Caller, Dialogflow, Echo, Phone, Webhook
from tests.gateway.voice.certificates import Authority, Chain
from tests.gateway.voice.judge import judge

__all__ = ["judge"]

CHANNELS = ("phone", "cx", "es", "webhook", "alexa")
ByVoice = Callable[..., Caller]


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def chain(authority: Authority) -> Chain:
    return authority.issue()


@pytest.fixture(scope="session")
def chain_file(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("alexa") / "chain.pem"
    file.write_bytes(chain.pem)
    return file


@pytest.fixture
def voices(chain_file: Path) -> dict[str, str]:
    """The settings that open every channel."""
    return {
        "TRESEN_TWILIO_AUTH_TOKEN": TOKEN,
        "TRESEN_DIALOGFLOW_SECRET": SECRET,
        "TRESEN_VOICE_SECRET": HOOK,
        "TRESEN_ALEXA_APPLICATION_ID": SKILL,
        "TRESEN_ALEXA_TEST_CHAIN": str(chain_file),
    }


@pytest.fixture
def gateway(build: Build, voices: dict[str, str]) -> Gateway:
    return build(**voices)


@pytest.fixture
async def by(client: httpx.AsyncClient, chain: Chain) -> AsyncIterator[ByVoice]:
    """Makes a caller on a channel."""
    yield lambda channel, **details: caller(client, chain, channel, **details)


def caller(client: httpx.AsyncClient, chain: Chain, channel: str, **details: str) -> Caller:
    """Somebody on a channel."""
    if channel == "phone":
        return Phone(client, **details)
    if channel == "webhook":
        return Webhook(client, **details)
    if channel == "alexa":
        return Echo(client, chain=chain, **details)
    return Dialogflow(client, es=channel == "es", **details)


def rows(gateway: Gateway) -> list[str]:
    """The texts of all messages that were ever taken in."""
    with reading(gateway.database) as connection:
        return list(connection.scalars(select(messages.c.text).order_by(messages.c.received_at)))


def chats(gateway: Gateway) -> list[tuple[str, str]]:
    """Channel and id of every conversation."""
    with reading(gateway.database) as connection:
        return [tuple(row) for row in connection.execute(select(conversations.c.channel, conversations.c.id))]
