"""`tresen retention`: what has become too old is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from actions.store.engine import writing
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, print_json, say
from bot.transcripts.privacy import forget_before

app = typer.Typer(no_args_is_help=True, add_completion=False, help="What has become too old.")
Days = Annotated[int, typer.Option(min=1, max=36500, help="Days of silence.")]


@app.callback()
def room() -> None:
    """What has become too old."""


@app.command("run")
def run_retention(days: Days = 90, as_json: AsJson = False) -> None:
    """Forget what was said in conversations that have been silent for so many days."""
    with writing(open_shop()) as connection:
        forgotten = forget_before(connection, datetime.now(UTC) - timedelta(days=days))
    if as_json:
        print_json({"forgotten": forgotten, "days": days})
        return
    say(f"{forgotten} conversations forgotten (silent for {days} days).")
