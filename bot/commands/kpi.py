"""`tresen kpi`: figures from the log, each with what it counts."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from actions.store.engine import reading
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, print_json
from bot.transcripts.fatigue import read_fatigue

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Figures, each with what it counts.")
Days = Annotated[int, typer.Option(min=1, max=36500, help="Days back from now.")]


@app.callback()
def figures() -> None:
    """Figures, each with what it counts."""


@app.command()
def fatigue(days: Days = 30, as_json: AsJson = False) -> None:
    """Conversations with no, one or more offers, opt-outs, noes and complaints."""
    with reading(open_shop()) as connection:
        counted = read_fatigue(connection, datetime.now(UTC) - timedelta(days=days))
    if as_json:
        print_json(asdict(counted))
        return
    for name, value in asdict(counted).items():
        print(f"{name.replace('_', ' ')}: {value}")
