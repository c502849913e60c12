"""`tresen lint`: checks on the sentences the shop says."""

from pathlib import Path
from typing import Annotated

import typer
import yaml

from bot.commands.telling import AsJson, fail, failing, print_json, say
from bot.wording_lint import lint

app = typer.Typer(no_args_is_help=True, add_completion=False)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Where the responses are.")]


@app.callback()
def sentences() -> None:
    """Checks on the sentences the shop says."""


@app.command()
def wording(folder: Folder = Path("data/responses"), as_json: AsJson = False) -> None:
    """Pressure words, claims without data, missing languages, voice variants that cannot be spoken."""
    if not any(folder.glob("*.yml")):
        raise fail(f"There are no responses in {folder}.")
    with failing(yaml.YAMLError, KeyError, TypeError, because=f"No responses as Rasa writes them in {folder}: "):
        found = lint(folder)
    if as_json:
        print_json([{"file": f.file, "response": f.response, "problem": f.problem} for f in found])
    for finding in found:
        say(f"{finding.file}: {finding.response} {finding.problem}")
    if found:
        raise typer.Exit(1)
    say("Every sentence is in order.")
