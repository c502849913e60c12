"""The `tresen` command: parse, call one function, choose an exit code."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from actions.settings import read_settings
from actions.store.engine import migrate, open_engine
from bot import run as house

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Tresen, the selling assistant behind the counter."
)
log = Console(stderr=True, highlight=False)
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document.")]


def main() -> None:
    """Entry point; a known failure is one clear line and exit code 1."""
    try:
        app()
    except house.CannotRunError as error:
        log.print(str(error))
        sys.exit(1)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str))


@contextmanager
def failing(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into one line and exit code 1."""
    try:
        yield
    except errors as error:
        log.print(str(error))
        raise typer.Exit(1) from error


@app.command()
def run() -> None:
    """Start engine, actions and gateway, and look after them until Ctrl-C."""
    began = time.monotonic()
    settings = read_settings()
    house.check_engine_python()
    house.check_ports(settings)
    prepare()
    house.train(log.print)
    log.print("Starting engine, actions and gateway")

    def announce() -> None:
        log.print(f"Ready after {time.monotonic() - began:.0f} s")
        log.print(f"  Shop and chat   {settings.public_url}/")
        log.print(f"  Health          {settings.public_url}/health/ready")
        log.print("Ctrl-C stops everything.")

    supervisor = house.Supervisor(house.processes(settings), log.print)
    raise typer.Exit(supervisor.run(lambda: house.is_ready(settings), announce))


def prepare() -> None:
    """Bring the database to the newest schema; fill an empty one with the shop and its affinities."""
    from actions.store.importing import load_shop  # noqa: PLC0415  (heavy; only where needed)
    from actions.store.mining import mine  # noqa: PLC0415

    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    migrate(engine)
    from actions.store.catalogue import Catalogue  # noqa: PLC0415

    if Catalogue(engine).snapshot().products:
        return
    folder = Path(settings["TRESEN_SHOP"])
    log.print(f"Database: loading the shop {folder.name}")
    report = load_shop(engine, folder)
    log.print(f"  {report}")
    log.print("Affinities: counting what was bought together")
    log.print(f"  {mine(engine)}")


@app.command()
def train() -> None:
    """Train the model if its training data changed."""
    house.check_engine_python()
    house.train(log.print)
