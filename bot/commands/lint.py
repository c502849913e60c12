"""`tresen lint`: checks on the sentences the shop says."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
import yaml

from actions.folders import RESPONSES
from actions.store.catalogue import read_snapshot
from actions.store.engine import reading
from actions.store.pressing import pressing_texts
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, fail, failing, print_json, say
from bot.wording_lint import lint

app = typer.Typer(no_args_is_help=True, add_completion=False)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Where the responses are.")]


@app.callback()
def sentences() -> None:
    """Checks on the sentences the shop says."""


@app.command()
def wording(folder: Folder = RESPONSES, as_json: AsJson = False) -> None:
    """Pressure and claims without data, in the sentences and in the shop's own texts; missing languages and voice
    variants that cannot be spoken."""
    if not any(folder.glob("*.yml")):
        raise fail(f"There are no responses in {folder}.")
    with failing(yaml.YAMLError, KeyError, TypeError, because=f"No responses as Rasa writes them in {folder}: "):
        found = lint(folder)
    with reading(open_shop()) as connection:
        pressing = list(pressing_texts(read_snapshot(connection)))
    if as_json:
        print_json([*map(asdict, found), *map(asdict, pressing)])
    for finding in found:
        say(f"{finding.file}: {finding.response} {finding.problem}")
    for each in pressing:
        say(f"{each.table}: {each.row} {each.column} {each.problem}")
    if found or pressing:
        raise typer.Exit(1)
    say("Every sentence is in order.")
