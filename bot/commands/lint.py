"""`tresen lint`: checks on the sentences the shop says."""

from pathlib import Path

import typer

from bot.commands.shared import AsJson, log, print_json
from bot.wording_lint import lint

app = typer.Typer(no_args_is_help=True, help="Checks on the sentences the shop says.")


@app.callback()
def room() -> None:
    """Checks on the sentences the shop says."""


@app.command()
def wording(folder: Path = Path("data/responses"), as_json: AsJson = False) -> None:
    """Pressure words, claims without data, missing languages, voice variants that cannot be spoken."""
    found = lint(folder)
    if as_json:
        print_json([{"file": f.file, "response": f.response, "problem": f.problem} for f in found])
    for finding in found:
        log.print(f"{finding.file}: {finding.response} {finding.problem}", markup=False)
    if found:
        raise typer.Exit(1)
    log.print("Every sentence is in order.")
