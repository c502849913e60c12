"""`tresen import`: catalogue, orders or a whole shop from files into the database."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from actions.store.importing import FileReport, ImportReport, import_catalogue, import_orders, load_shop
from actions.store.importing.mapping import MappingError
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, failing, log, print_json, say

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Catalogue, orders or a whole shop from files.")
Files = Annotated[
    list[Path],
    typer.Argument(exists=True, dir_okay=False, help="CSV, JSON lines or Parquet, also gzipped."),
]
Mapping = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="YAML that says which column is which field."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]
SELDOM = 100_000


class Shown:
    """A progress line for long imports; where nobody watches, a line now and then."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._bar = Progress(*columns, console=log, transient=True, disable=not log.is_terminal)
        self._task = self._bar.add_task("Reading")

    def __enter__(self) -> "Shown":
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, name: str, lines: int) -> None:
        self._bar.update(self._task, description=f"{name}: {lines:,} lines")
        if self._bar.disable and lines % SELDOM == 0:
            say(f"{name}: {lines:,} lines")


@app.command()
def catalogue(files: Files, mapping: Mapping = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Products; every bad line is named and then nothing of the file is imported."""
    with failing(MappingError), Shown() as shown:
        report = import_catalogue(open_shop(), files, mapping=mapping, dry_run=dry_run, progress=shown)
    tell(report, as_json=as_json)


@app.command()
def orders(files: Files, mapping: Mapping = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Past orders; a line imported before is not imported again."""
    with failing(MappingError), Shown() as shown:
        report = import_orders(open_shop(), files, mapping=mapping, dry_run=dry_run, progress=shown)
    tell(report, as_json=as_json)


@app.command()
def shop(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)], as_json: AsJson = False) -> None:
    """A whole shop: facts, categories, terms, products, matrix and orders from one folder."""
    tell(loaded(open_shop(), folder), as_json=as_json)


def loaded(engine: Engine, folder: Path) -> ImportReport:
    """Load the shop of a folder with its progress on show."""
    with Shown() as shown:
        return load_shop(engine, folder, progress=shown)


def tell(report: ImportReport, *, as_json: bool = False) -> None:
    """Say what was imported; exit code 1 where a file was refused."""
    if as_json:
        print_json({**asdict(report), "ok": report.ok})
    else:
        for file in report.files:
            _tell_file(file, dry_run=report.dry_run)
    if not report.ok:
        raise typer.Exit(1)


def _tell_file(file: FileReport, *, dry_run: bool) -> None:
    for problem in file.problems:
        where = f"{problem.line}, {problem.column}" if problem.column else problem.line
        say(f"{file.path} line {where}: {problem.reason}")
    if not file.ok:
        say(f"{file.path}: {file.problem_count} problem{'s' * (file.problem_count > 1)}, nothing imported")
        return
    would = "would be " if dry_run else ""
    counts = f"{file.inserted} {would}new, {file.updated} {would}changed, {file.unchanged} unchanged"
    say(f"{file.path}: {file.lines} lines, {counts}")
    if file.unknown_products:
        lines = sum(file.unknown_products.values())
        say(f"  {lines} lines name {len(file.unknown_products)} products the catalogue lacks")
