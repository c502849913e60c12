"""The `tresen` command: parse, call one function, choose an exit code."""

import sys
import time
from pathlib import Path

import typer

from actions.settings import read_settings
from actions.store.catalogue import Catalogue
from bot import run as house
from bot.commands import affinity, imports, lint, offers, transcripts
from bot.commands.shared import log, open_shop

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Tresen, the selling assistant behind the counter."
)
app.command("offer")(offers.offer)
app.command("doctor")(imports.doctor)
app.add_typer(offers.explain, name="explain")
app.add_typer(offers.limits, name="policy")
app.add_typer(imports.app, name="import")
app.add_typer(affinity.app, name="affinity")
app.add_typer(affinity.matrix, name="matrix")
app.add_typer(transcripts.app, name="transcripts")
app.add_typer(lint.app, name="lint")


def main() -> None:
    """Entry point; a known failure is one clear line and exit code 1."""
    try:
        app()
    except house.CannotRunError as error:
        log.print(str(error), markup=False)
        sys.exit(1)


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
    engine = open_shop()
    if not Catalogue(engine).snapshot().products:
        imports.fill(engine, Path(read_settings()["TRESEN_SHOP"]))


@app.command()
def train() -> None:
    """Train the model if its training data changed."""
    house.check_engine_python()
    house.train(log.print)
