"""`tresen retention`: what has become too old is forgotten."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from actions.settings import read_settings
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, counted, print_json, say
from bot.privacy.periods import Periods
from bot.privacy.retention import run

app = typer.Typer(no_args_is_help=True, add_completion=False, help="What has become too old.")
Days = Annotated[
    float | None, typer.Option(min=0.01, max=36500, help="Days of silence in place of TRESEN_TRANSCRIPT_DAYS.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count what would be forgotten.")]


@app.callback()
def room() -> None:
    """What has become too old."""


@app.command("run")
def run_retention(days: Days = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Forget what is past its period, as the running house does by itself every day."""
    settings = read_settings()
    periods = Periods.read(settings)
    in_force = replace(periods, transcript_days=days) if days else periods
    engine, now = open_shop(), datetime.now(UTC)
    forgotten = run(engine, settings.home / "logs", in_force, now, dry_run=dry_run)
    if as_json:
        print_json({**asdict(forgotten), "periods": asdict(in_force)})
        return
    say(
        f"{'Would be made' if dry_run else 'Made'} anonymous: {counted(forgotten.conversations, 'conversation')}"
        f" (silent for {in_force.transcript_days:g} days). {'Would be forgotten' if dry_run else 'Forgotten'}:"
        f" {counted(forgotten.originals, 'sealed original')}, {counted(forgotten.codes, 'code')},"
        f" {counted(forgotten.log_lines, 'log line')}. Held: {forgotten.held}."
    )
