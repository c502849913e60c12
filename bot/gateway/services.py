"""The composition root of the gateway: what its routes share, built once per process or by a test."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine
from starlette.requests import Request

from actions.folders import RESPONSES
from actions.phrases import Phrasebook
from actions.settings import Settings
from actions.shop.embedded import EmbeddedShop
from actions.store.catalogue import Catalogue
from actions.store.engine import open_engine
from bot.gateway.caretaker import Caretaker
from bot.gateway.engine_client import Breaker, EngineClient, engine_connections
from bot.gateway.erasing import Eraser
from bot.gateway.health import Readiness
from bot.gateway.inbox import Inbox
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.origins import read_origins
from bot.gateway.relay import Relay
from bot.gateway.voice.alexa_requests import AlexaRequests
from bot.gateway.voice.alexa_setup import alexa_requests
from bot.gateway.voice.callers import Callers
from bot.gateway.voice.doors import VoiceKeys
from bot.gateway.voice.turns import BUDGET, Voice
from bot.privacy.erase_list import EraseList
from bot.privacy.periods import Periods
from bot.review.anchoring import AnchorFile
from bot.review.console import Console
from bot.seals import Seals, house_seals, read_or_make_key, utc_now
from bot.shopfront.pages import Pages
from bot.transcripts.speaking import Speaking
from bot.widget.files import WidgetFiles

ENGINE_START = 120.0


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the routes need; nothing here belongs to one shopper."""

    database: Engine
    catalogue: Catalogue
    phrases: Phrasebook
    seals: Seals
    engine: EngineClient
    inbox: Inbox
    relay: Relay
    caretaker: Caretaker
    limits: RateLimits
    metrics: Metrics
    pages: Pages
    widget: WidgetFiles
    readiness: Readiness
    voice: Voice
    voice_keys: VoiceKeys
    alexa: AlexaRequests
    console: Console
    speaking: Speaking
    engine_http: httpx.AsyncClient
    outward_http: httpx.AsyncClient
    public_url: str
    shop_origins: tuple[str, ...]
    api_key: str
    session_age: timedelta
    checkout_age: timedelta
    clock: Callable[[], datetime]

    async def in_thread[**Given, Answer](
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Run what touches the database outside the event loop."""
        return await asyncio.to_thread(work, *args, **kwargs)

    async def close(self) -> None:
        """Give back connections."""
        await self.engine_http.aclose()
        await self.outward_http.aclose()
        self.database.dispose()


def services_of(request: Request) -> Services:
    """The services of the running application."""
    services: Services = request.app.state.services
    return services


def assemble(
    *,
    database: Engine,
    engine_http: httpx.AsyncClient,
    seals: Seals,
    api_key: str,
    settings: Settings,
    responses: Path,
    clock: Callable[[], datetime] = utc_now,
    engine_pause: float = 0.1,
    engine_start: float = 0.0,
    voice_budget: float = BUDGET,
) -> Services:
    """Build the services over an open database and a connection to the engine."""
    catalogue, phrases, metrics = Catalogue(database), Phrasebook.load(responses), Metrics()
    engine, canary = _engine_clients(engine_http, settings, engine_pause, engine_start)
    spoken: dict[str, Any] = {"phrases": phrases, "seals": seals, "metrics": metrics}
    kept: dict[str, Any] = {"database": database, "catalogue": catalogue, "clock": clock, "seals": seals}
    shared = {**spoken, **kept, "engine": engine, "public_url": settings.public_url.rstrip("/")}
    speaking = _speaking(settings, seals)
    inbox = Inbox(**shared, eraser=_eraser(settings, database, seals, clock), speaking=speaking)
    limits, ages, outward = _limits(settings), _ages(settings), httpx.AsyncClient()
    callers = Callers(**kept, age=ages["session_age"])
    return Services(
        inbox=inbox,
        speaking=speaking,
        limits=limits,
        voice=Voice(callers=callers, inbox=inbox, limits=limits, budget=voice_budget, **spoken),
        alexa=alexa_requests(settings, outward, clock),
        readiness=Readiness(canary, catalogue, database),
        engine_http=engine_http,
        outward_http=outward,
        api_key=api_key,
        console=_console(settings, speaking, kept),
        **ages,
        **_at_work(database, engine, settings, clock),
        **_set(settings),
        **_files(),
        **shared,
    )


def _console(settings: Settings, speaking: Speaking, kept: Mapping[str, Any]) -> Console:
    """The team's console."""
    anchor = AnchorFile.of_house(settings.home)
    return Console(public_url=settings.public_url.rstrip("/"), speaking=speaking, anchor=anchor, **kept)


def _at_work(
    database: Engine, engine: EngineClient, settings: Settings, clock: Callable[[], datetime]
) -> dict[str, Any]:
    """What works beside the routes."""
    return {
        "relay": Relay(database, EmbeddedShop(database, clock), clock),
        "caretaker": Caretaker(database, engine, settings.home / "logs", Periods.read(settings), clock),
    }


def _ages(settings: Settings) -> dict[str, Any]:
    """After how long chats and links to the checkout end."""
    return {
        "session_age": timedelta(days=float(settings["TRESEN_SESSION_DAYS"])),
        "checkout_age": timedelta(hours=float(settings["TRESEN_CHECKOUT_HOURS"])),
    }


def _set(settings: Settings) -> dict[str, Any]:
    """What comes from the settings alone."""
    return {
        "voice_keys": VoiceKeys.read(settings),
        "shop_origins": read_origins(settings["TRESEN_SHOP_ORIGINS"]),
    }


def _speaking(settings: Settings, seals: Seals) -> Speaking:
    """Who answers shoppers, and after how long a person's silence the assistant does again."""
    return Speaking.of_house(seals, float(settings["TRESEN_TAKEOVER_MINUTES"]))


def _eraser(settings: Settings, database: Engine, seals: Seals, clock: Callable[[], datetime]) -> Eraser:
    """What erases, and keeps in mind what was."""
    return Eraser(database, EraseList.of_house(settings.home, seals), clock)


def _limits(settings: Settings) -> RateLimits:
    """How much is taken from one conversation and one address."""
    return RateLimits(settings["TRESEN_RATE_LIMIT"], settings["TRESEN_SESSION_LIMIT"])


def _files() -> dict[str, Any]:
    """What is read from our own files."""
    return {"pages": Pages.load(), "widget": WidgetFiles.load()}


def _engine_clients(
    http: httpx.AsyncClient, settings: Settings, pause: float, start: float
) -> tuple[EngineClient, EngineClient]:
    """Who asks for shoppers, and the canary, who asks even while the breaker keeps shoppers' messages away."""
    deadline = float(settings["TRESEN_ENGINE_TIMEOUT"])
    canary = EngineClient(http, deadline=deadline, pause=pause, breaker=Breaker(failures=10**9))
    return EngineClient(http, deadline=deadline, pause=pause, start_within=start), canary


def build_services(settings: Settings, environment: Mapping[str, str]) -> Services:
    """Build the services of a running gateway; keys that nobody gave are made in TRESEN_HOME."""
    home = settings.home
    return assemble(
        database=open_engine(settings.database_url),
        engine_http=engine_connections(settings.engine_url, environment.get("TRESEN_ENGINE_KEY", "")),
        seals=house_seals(home, environment),
        api_key=settings["TRESEN_API_KEY"] or read_or_make_key(home / "api.key"),
        settings=settings,
        responses=RESPONSES,
        engine_start=ENGINE_START,
    )
