"""A gateway over a small shop and a scripted engine."""

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copy
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette

from actions.settings import read_settings
from actions.store.engine import open_engine
from bot.gateway.app import create_app
from bot.gateway.services import Services, assemble
from bot.gateway.voice.turns import BUDGET
from bot.seals import Seals, utc_now
from tests.gateway.engine import ScriptedEngine
from tests.gateway.shop import open_shop

API_KEY = "the-shops-key"
PHRASES = """
responses:
  utter_greeting_disclosure:
  - id: greeting_disclosure.de
    text: "Guten Tag, ich bin ein automatischer Assistent."
  - id: greeting_disclosure.en
    condition: [{type: slot, name: language, value: en}]
    text: "Hello, I am an automated assistant."
  utter_fallback_engine:
  - id: fallback_engine.de
    text: "Das hat gerade nicht geklappt."
  - id: fallback_engine.en
    condition: [{type: slot, name: language, value: en}]
    text: "That did not work just now."
  utter_fault:
  - id: fault.de
    text: "Da ist etwas schiefgegangen."
  - id: fault.en
    condition: [{type: slot, name: language, value: en}]
    text: "Something went wrong."
"""


@dataclass
class Gateway:
    """The running application with what tests look into."""

    app: Starlette
    services: Services
    engine: ScriptedEngine
    database: Engine

    def client(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A caller from `address`."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 50000))
        return httpx.AsyncClient(transport=transport, base_url="http://shop.test")


@dataclass
class Chat:
    """One shopper's chat."""

    client: httpx.AsyncClient
    session: str
    token: str
    opened: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, **body: Any) -> httpx.Response:
        """Send a message; an id is made up where none is given."""
        return await self.client.post("/api/messages", json={"id": uuid.uuid4().hex, **body}, headers=self.headers)

    async def say(self, words: str, **more: Any) -> dict[str, Any]:
        """Send text and return the answer."""
        answer = await self.post(text=words, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()


Build = Callable[..., Gateway]


@pytest.fixture(scope="session")
def responses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("responses")
    for topic in ("gateway", "voice"):
        copy(f"data/responses/{topic}.yml", folder)
    (folder / "test.yml").write_text(PHRASES, "utf-8")
    return folder


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    open_shop(folder).dispose()
    return folder / "core.db"


@pytest.fixture
def database(tmp_path: Path, shop_file: Path) -> Iterator[Engine]:
    database = open_engine(f"sqlite:///{copy(shop_file, tmp_path)}")
    yield database
    database.dispose()


@pytest.fixture
async def build(database: Engine, responses: Path) -> AsyncIterator[Build]:
    async with AsyncExitStack() as stack:

        def make(
            *,
            transport: httpx.AsyncBaseTransport | None = None,
            clock: Callable[[], datetime] = utc_now,
            engine_start: float = 0.0,
            voice_budget: float = BUDGET,
            **settings: str,
        ) -> Gateway:
            engine = ScriptedEngine()
            http = httpx.AsyncClient(
                transport=transport or httpx.ASGITransport(engine.app), base_url="http://engine.test"
            )
            stack.push_async_callback(http.aclose)
            values = {
                "TRESEN_HOME": str(Path(str(database.url.database)).parent),
                "TRESEN_PUBLIC_URL": "http://shop.test",
                "TRESEN_RATE_LIMIT": "1000/minute",
                "TRESEN_SESSION_LIMIT": "1000/minute",
                "TRESEN_ENGINE_TIMEOUT": "5",
                **settings,
            }
            services = assemble(
                database=database,
                engine_http=http,
                seals=Seals("only for tests", clock),
                clock=clock,
                api_key=API_KEY,
                settings=read_settings(values),
                responses=responses,
                engine_pause=0,
                engine_start=engine_start,
                voice_budget=voice_budget,
            )
            return Gateway(create_app(services), services, engine, database)

        yield make


@pytest.fixture
def gateway(build: Build) -> Gateway:
    return build()


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with gateway.client() as client:
        yield client


async def open_chat(client: httpx.AsyncClient, **body: Any) -> Chat:
    """Open a chat."""
    answer = await client.post("/api/sessions", json=body)
    assert answer.status_code == 201, answer.text
    opened = answer.json()
    return Chat(client, opened["session"], opened["token"], opened)


@pytest.fixture
async def chat(client: httpx.AsyncClient) -> Chat:
    return await open_chat(client)
