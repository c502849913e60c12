"""`tresen matrix`: what the merchant says belongs together, out to a file and in again."""

from pathlib import Path
from typing import Annotated

import typer

from actions.store.engine import reading
from actions.store.importing import diagnose
from actions.store.importing.files import import_files
from actions.store.importing.matrix import import_matrix
from actions.store.matrix_file import export_matrix
from bot.commands.imports import DryRun, tell
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, failing, print_json, say

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The cross-selling matrix as the merchant plans it."
)
Written = Annotated[Path, typer.Argument(dir_okay=False, help="The CSV file to write.")]
Read = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The CSV file to read.")]


@app.command("export")
def export(file: Written) -> None:
    """Write the matrix as CSV."""
    with failing(OSError, because="Not written: "), reading(open_shop()) as connection:
        rows = export_matrix(connection, file)
    say(f"{file}: {rows} rows")


@app.command("import")
def import_rows(file: Read, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Read the matrix from CSV; a row known already is updated."""
    report = import_files(open_shop(), [file], import_matrix, dry_run=dry_run, progress=None)
    tell(report, as_json=as_json)


@app.command("check")
def check(as_json: AsJson = False) -> None:
    """Rows that lack a benefit sentence or resolve to nothing; exit code 1 where there are any."""
    with reading(open_shop()) as connection:
        findings = diagnose(connection)
    problems = {
        "without_benefit": findings.relations_without_benefit,
        "resolves_to_nothing": findings.relations_to_nothing,
    }
    if as_json:
        print_json(problems)
    for name, rows in problems.items():
        for row in rows:
            say(f"{name.replace('_', ' ')}: {row}")
    if any(problems.values()):
        raise typer.Exit(1)
    say("The matrix is in order.")
