"""The console over an empty shop, with people of every role and a clock that stands still until it is moved."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from shutil import copy
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select
from starlette.applications import Starlette
from starlette.routing import Mount

from actions.store import staff
from actions.store.catalogue import Catalogue
from actions.store.columns import metadata
from actions.store.engine import open_engine, reading, writing
from actions.store.staff import Role
from bot.review.anchoring import AnchorFile
from bot.review.app import create_console
from bot.review.console import Console
from bot.review.rendering import Rendering
from bot.seals import Seals
from bot.transcripts.speaking import Speaking
from tests.gateway.shop import open_shop

URL = "http://shop.test"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RENDERING = Rendering.load()


@dataclass
class Clock:
    """The house's clock, moved by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, tells its origin, and sends the token of the page it is on."""

    client: httpx.AsyncClient
    token: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Origin": URL, "Sec-Fetch-Site": "same-origin"})

    async def get(self, path: str = "/", **more: Any) -> httpx.Response:
        answer = await self.client.get(f"/console{path}", **more)
        found = re.search(r'name="token" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        return await self.client.post(f"/console{path}", data={"token": self.token, **fields}, headers=self.headers)

    async def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        await self.get("/sign-in")
        answer = await self.post("/sign-in", name=name, password=password)
        if answer.status_code == 303:
            await self.get("/")
        return answer


@dataclass
class Room:
    """The console with what tests look into."""

    app: Starlette
    console: Console
    clock: Clock
    database: Engine

    def browser(self, address: str = "192.0.2.1") -> Browser:
        """A browser at `address`."""
        transport = httpx.ASGITransport(self.app, client=(address, 50000))
        return Browser(httpx.AsyncClient(transport=transport, base_url=URL))

    async def as_(self, role: Role) -> Browser:
        """A browser in which somebody of this role is signed in."""
        browser = self.browser()
        assert (await browser.sign_in(role.word)).status_code == 303
        return browser

    def everything(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        with reading(self.database) as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }


def said(html: str) -> str:
    """A page as people read it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("console")
    engine = open_shop(folder)
    with writing(engine) as connection:
        for role in Role:
            staff.add(
                connection,
                name=role.word,
                shown_as=f"Frau {role.word.title()}",
                role=role,
                password=CHEAP.hash(PASSWORD),
                language="de",
            )
    engine.dispose()
    return folder / "core.db"


@pytest.fixture
def database(tmp_path: Path, shop_file: Path) -> Iterator[Engine]:
    database = open_engine(f"sqlite:///{copy(shop_file, tmp_path)}")
    yield database
    database.dispose()


@pytest.fixture
def room(database: Engine, tmp_path: Path) -> Room:
    clock = Clock()
    console = Console(
        database=database,
        catalogue=Catalogue(database),
        seals=Seals("only for tests", clock),
        clock=clock,
        public_url=URL,
        speaking=Speaking.of_house(Seals("only for tests", clock), minutes=15),
        anchor=AnchorFile.of_house(tmp_path),
        hasher=CHEAP,
        rendering=RENDERING,
    )
    app = Starlette(routes=[Mount("/console", create_console(console))])
    return Room(app, console, clock, database)


@pytest.fixture
async def as_role(room: Room) -> AsyncIterator[Callable[[Role], Any]]:
    yield room.as_
