"""A real browser before a gateway on a free port; the engine behind it is scripted."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from actions.settings import read_settings
from bot.gateway.app import create_app
from bot.gateway.services import assemble
from bot.seals import Seals
from tests.gateway.conftest import database, responses, shop_file
from tests.gateway.engine import ScriptedEngine

__all__ = ["database", "responses", "shop_file"]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LOUD = ("error", "warning")
ARTEFACTS = Path("artefacts")


@dataclass
class House:
    """The running gateway, its scripted engine and its database."""

    url: str
    engine: ScriptedEngine
    database: Engine


@dataclass
class Visit:
    """A page with what went wrong on it and what it asked of whom."""

    page: Page
    complaints: list[str]
    requests: list[str]

    def shoot(self, name: str) -> None:
        """Keep a picture for people."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture
def shop_origins() -> str:
    """Whose pages may show the chat; a module about other sites says so by a fixture of this name."""
    return ""


@pytest.fixture
def engine_start() -> float:
    """For how long the engine counts as starting."""
    return 0.0


@pytest.fixture
def house(database: Engine, responses: Path, shop_origins: str, engine_start: float) -> Iterator[House]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()  # callers wait from here on, even before the server takes its first
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    engine = ScriptedEngine()
    http = httpx.AsyncClient(transport=httpx.ASGITransport(engine.app), base_url="http://engine.test")
    services = assemble(
        database=database,
        engine_http=http,
        seals=Seals("only for tests"),
        api_key="key",
        settings=read_settings(
            {
                "TRESEN_HOME": str(Path(str(database.url.database)).parent),
                "TRESEN_PUBLIC_URL": url,
                "TRESEN_SHOP_ORIGINS": shop_origins,
            }
        ),
        responses=responses,
        engine_start=engine_start,
    )
    server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield House(url, engine, database)
    server.should_exit = True
    thread.join()


# not longer than a module: Playwright keeps an event loop running, which asynchronous tests would trip over
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


Enter = Callable[..., Visit]


@pytest.fixture
def enter(browser: Browser) -> Iterator[Enter]:
    """Lets shoppers in, each with a browser of their own: width, height, and what Playwright can be told."""
    contexts = []

    def come_in(width: int = 1280, height: int = 860, **details: Any) -> Visit:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, **{"has_touch": width < 600, **details})
        contexts.append(context)
        return watched(context.new_page())

    yield come_in
    for context in contexts:
        context.close()


@pytest.fixture
def visit(enter: Enter) -> Visit:
    return enter()


@pytest.fixture
def phone(enter: Enter) -> Visit:
    return enter(320, 640)


def watched(page: Page) -> Visit:
    """The page with everything it complains about and asks for written down."""
    page.set_default_timeout(15_000)
    visit = Visit(page, [], [])
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type in LOUD else None)
    page.on("dialog", lambda dialog: (visit.complaints.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: visit.requests.append(request.url))
    return visit
