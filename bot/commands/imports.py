"""`tresen import` and `tresen doctor`: files into the database, and what the data lacks."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from actions.store.engine import reading
from actions.store.importing import (
    FileReport,
    Findings,
    ImportReport,
    diagnose,
    import_catalogue,
    import_orders,
    load_shop,
)
from actions.store.importing.mapping import MappingError
from actions.store.mining import mine
from bot.commands.shared import AsJson, fail, failing, log, open_shop, print_json

app = typer.Typer(no_args_is_help=True, help="Catalogue, orders or a whole shop from files.")
Files = Annotated[list[Path], typer.Argument(exists=True, help="CSV, JSONL or Parquet, also gzipped.")]
Mapping = Annotated[Path | None, typer.Option(exists=True, help="YAML that says which column is which field.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]


class Shown:
    """A progress line for long imports."""

    def __init__(self) -> None:
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=log, transient=True
        )
        self._task = self._bar.add_task("Reading")

    def __enter__(self) -> "Shown":
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, name: str, lines: int) -> None:
        self._bar.update(self._task, description=f"{name}: {lines:,} lines")


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
    with Shown() as shown:
        report = load_shop(open_shop(), folder, progress=shown)
    tell(report, as_json=as_json)


def tell(report: ImportReport, *, as_json: bool = False) -> None:
    """Print what was imported; exit code 1 where a file was refused."""
    if as_json:
        print_json({**asdict(report), "ok": report.ok})
    else:
        for file in report.files:
            _tell_file(file, dry_run=report.dry_run)
    if not report.ok:
        raise typer.Exit(1)


def _tell_file(file: FileReport, *, dry_run: bool) -> None:
    for problem in file.problems:
        log.print(f"{file.path} line {problem.line}, {problem.column}: {problem.reason}", markup=False)
    if not file.ok:
        log.print(f"{file.path}: {file.problem_count} problems, nothing imported", markup=False)
        return
    would = "would be " if dry_run else ""
    counts = f"{file.inserted} {would}new, {file.updated} {would}changed, {file.unchanged} unchanged"
    log.print(f"{file.path}: {file.lines} lines, {counts}", markup=False)
    if file.unknown_products:
        lines = sum(file.unknown_products.values())
        log.print(f"  {lines} lines name {len(file.unknown_products)} products the catalogue lacks", markup=False)


def fill(engine: Engine, folder: Path) -> None:
    """Load a shop into an empty database and count what was bought together."""
    if not folder.is_dir():
        raise fail(f"TRESEN_SHOP names no folder: {folder}")
    log.print(f"Database: loading the shop {folder.name}")
    with Shown() as shown:
        report = load_shop(engine, folder, progress=shown)
    tell(report)
    log.print("Affinities: counting what was bought together")
    counted = mine(engine)
    simulated = " (simulated history)" if counted.simulated else ""
    log.print(f"  {counted.pairs:,} pairs from {counted.orders:,} orders{simulated}")


def doctor(as_json: AsJson = False) -> None:
    """Say what the data lacks."""
    with reading(open_shop()) as connection:
        findings = diagnose(connection)
    if as_json:
        print_json(asdict(findings))
        return
    for sentence in _sentences(findings):
        print(sentence)


def _sentences(findings: Findings) -> list[str]:
    told = {
        "products have no cost: never offered": findings.without_cost,
        "products have no tier: they climb by price alone": findings.without_tier,
        "products lack a benefit sentence in a language": findings.without_benefit,
        "products are out of stock": findings.out_of_stock,
        "categories have no title": findings.categories_without_title,
        "products in orders are unknown to the catalogue": [sku for sku, _ in findings.unknown_in_orders],
        "matrix rows resolve to nothing": findings.relations_to_nothing,
        "matrix rows lack a benefit sentence": findings.relations_without_benefit,
    }
    lines = [f"{len(found)} {what} ({', '.join(found[:3])} ...)" for what, found in told.items() if found]
    return [f"{findings.products} products", *lines]
