"""`tresen affinity` and `tresen matrix`: what is bought together, and what the merchant says belongs together."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from actions.store.affinities import mined_pairs
from actions.store.engine import reading, writing
from actions.store.importing import diagnose
from actions.store.importing.files import import_files
from actions.store.importing.matrix import import_matrix
from actions.store.matrix_file import export_matrix
from actions.store.mining import mine as mine_orders
from actions.store.mining import roll_back
from actions.store.mining import versions as all_versions
from bot.commands.imports import tell
from bot.commands.shared import AsJson, fail, log, open_filled_shop, open_shop, print_json

app = typer.Typer(no_args_is_help=True, help="What past orders say is bought together.")
matrix = typer.Typer(no_args_is_help=True, help="The cross-selling matrix as the merchant plans it.")


@app.command()
def mine(as_json: AsJson = False) -> None:
    """Count all pairs anew; the version before stays and can be put back."""
    engine, _ = open_filled_shop()
    report = mine_orders(engine)
    if as_json:
        print_json(asdict(report))
        return
    simulated = " (simulated history)" if report.simulated else ""
    log.print(f"Version {report.version}: {report.pairs:,} pairs from {report.orders:,} orders{simulated}")


@app.command()
def show(sku: str, limit: int = 15, as_json: AsJson = False) -> None:
    """What was bought together with a product, with its counts."""
    engine, catalogue = open_filled_shop()
    snapshot = catalogue.snapshot()
    product = snapshot.product(sku)
    if product is None:
        raise fail(f"There is no product {sku}.")
    with reading(engine) as connection:
        pairs = list(mined_pairs(connection, product.family).items())[:limit]
    if as_json:
        print_json([{"family": family, **asdict(evidence)} for family, evidence in pairs])
        return
    for family, evidence in pairs:
        title = snapshot.variants(family)[0].title.de if snapshot.variants(family) else family
        print(f"{evidence.together:>6} of {evidence.anchor_orders}  lift {evidence.lift:6.2f}  {title}")


@app.command()
def versions(as_json: AsJson = False) -> None:
    """Every counted version; one is in force."""
    with reading(open_shop()) as connection:
        rows = all_versions(connection)
    if as_json:
        print_json([dict(zip(("version", "mined_at", "orders", "current"), row, strict=True)) for row in rows])
        return
    for version, mined_at, orders, current in rows:
        print(f"{version:>4}  {mined_at:%Y-%m-%d %H:%M}  {orders:>8} orders{'  in force' if current else ''}")


@app.command()
def rollback(version: int) -> None:
    """Put an earlier version back in force."""
    with writing(open_shop()) as connection:
        if not roll_back(connection, version):
            raise fail(f"There is no version {version}.")
    log.print(f"Version {version} is in force.")


@matrix.command("export")
def export(file: Path) -> None:
    """Write the matrix as CSV."""
    with reading(open_shop()) as connection:
        rows = export_matrix(connection, file)
    log.print(f"{file}: {rows} rows")


@matrix.command("import")
def import_rows(file: Annotated[Path, typer.Argument(exists=True)], as_json: AsJson = False) -> None:
    """Read the matrix from CSV; a row known already is updated."""
    report = import_files(open_shop(), [file], import_matrix, dry_run=False, progress=None)
    tell(report, as_json=as_json)


@matrix.command("check")
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
            log.print(f"{name.replace('_', ' ')}: {row}", markup=False)
    if any(problems.values()):
        raise typer.Exit(1)
    log.print("The matrix is in order.")
