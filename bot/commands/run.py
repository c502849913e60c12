"""`tresen run`: prepares the shop and starts the house."""

import time
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy import Engine

from actions.settings import read_settings
from actions.store import policy, policy_versions
from actions.store.catalogue import Catalogue
from actions.store.engine import writing
from actions.store.mining import mine
from bot import run as house
from bot.commands.imports import loaded, tell
from bot.commands.opening import open_shop
from bot.commands.telling import fail, failing, say

app = typer.Typer(add_completion=False)
# a voice channel is open where its setting is
VOICES = {
    "alexa": "TRESEN_ALEXA_APPLICATION_ID",
    "phone": "TRESEN_TWILIO_AUTH_TOKEN",
    "dialogflow": "TRESEN_DIALOGFLOW_SECRET",
    "webhook": "TRESEN_VOICE_SECRET",
}


@app.command()
def run() -> None:
    """Start engine, actions and gateway, and look after them until Ctrl-C."""
    began = time.monotonic()
    settings = read_settings()
    with failing(house.CannotRunError):
        house.check_settings(settings)
        house.check_engine_python()
        house.check_ports(settings)
        prepare(Path(settings["TRESEN_SHOP"]))
        house.train(say, settings)
    say("Starting engine, actions and gateway")

    def announce() -> None:
        say(f"Ready after {time.monotonic() - began:.0f} s")
        say(f"  Shop and chat   {settings.public_url}/")
        for name in (name for name, setting in VOICES.items() if settings[setting]):
            say(f"  Voice           {settings.public_url}/voice/{name}")
        say(f"  Health          {settings.public_url}/health/ready")
        say("Ctrl-C stops everything.")

    supervisor = house.Supervisor(house.processes(settings), say)
    raise typer.Exit(supervisor.run(lambda: house.is_ready(settings), announce))


def prepare(folder: Path) -> None:
    """Bring the database to the newest schema; fill an empty one with the shop of `folder` and count its pairs."""
    engine = open_shop()
    if not Catalogue(engine).snapshot().products:
        _fill(engine, folder)
    now = datetime.now(UTC)
    with writing(engine) as connection:
        policy_versions.keep(connection, policy.limits(connection, now), now)


def _fill(engine: Engine, folder: Path) -> None:
    if not folder.is_dir():
        raise fail(f"TRESEN_SHOP names no folder: {folder}")
    say(f"Database: loading the shop {folder.name}")
    tell(loaded(engine, folder))
    say("Affinities: counting what was bought together")
    counted = mine(engine)
    simulated = " (simulated history)" if counted.simulated else ""
    say(f"  {counted.pairs:,} pairs from {counted.orders:,} orders{simulated}")
