"""`tresen matrix`: what the merchant says belongs together, out to a file and in again."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from actions.staff_words import line
from actions.store import audit_log
from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.engine import reading, writing
from actions.store.importing.files import import_files
from actions.store.importing.matrix import import_matrix
from actions.store.matrix_file import YAML, export_matrix
from actions.store.stale import matrix_findings
from bot.commands.imports import DryRun, tell
from bot.commands.opening import open_shop
from bot.commands.since import Since, moment
from bot.commands.telling import BY, AsJson, Language, counted, failing, print_json, say
from bot.reports.judged_offers import read_made, read_missed
from bot.reports.suggestions import Source, suggest

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The cross-selling matrix as the merchant plans it."
)
Written = Annotated[Path, typer.Argument(dir_okay=False, help="The CSV or YAML file to write.")]
Read = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The CSV or YAML file to read.")]
Curated = Annotated[
    bool, typer.Option("--no-proposals", help="Only rows of the matrix, no pairs from past orders.")
]
ForExcel = Annotated[
    bool, typer.Option("--excel", help="A CSV that a German Excel opens as a table: semicolons, marked as UTF-8.")
]
Remove = Annotated[bool, typer.Option("--remove-missing", help="Take out the rows that the file does not hold.")]


@app.command("export")
def export(file: Written, no_proposals: Curated = False, excel: ForExcel = False) -> None:
    """Write the matrix as CSV, or as YAML by the name of the file, with what past orders propose."""
    if excel and file.suffix.lower() in YAML:
        raise typer.BadParameter("--excel writes a CSV, and this name is that of a YAML file")
    shop, now = open_shop(), datetime.now(UTC)
    # first, and by itself: reading a large matrix must not keep others from writing
    with writing(shop) as connection:
        details = {"proposals": not no_proposals}
        audit_log.add(connection, who=BY, what="exported", subject="matrix", details=details, now=now)
    with failing(OSError, because="Not written: "), reading(shop) as connection:
        rows = export_matrix(connection, file, with_proposals=not no_proposals, excel=excel)
    say(f"{file}: {rows} rows")


@app.command("import")
def import_rows(
    file: Read, remove_missing: Remove = False, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Read the matrix from CSV or YAML; a row known already is updated, a missing one is named."""
    using = partial(import_matrix, remove_missing=remove_missing)
    report = import_files(open_shop(), [file], using, dry_run=dry_run, progress=None)
    tell(report, as_json=as_json)


@app.command("suggest")
def suggest_rows(
    source: Annotated[
        Source | None, typer.Option("--from", help="What is asked; both where it is not said.")
    ] = None,
    since: Since = "90d",
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What verdicts of the team and answers of shoppers suggest to look at; changes nothing."""
    after = moment(since, datetime.now(UTC))
    with reading(open_shop()) as connection:
        snapshot = read_snapshot(connection)
        found = suggest(read_made(connection, after), read_missed(connection, after))
    wanted = [each for each in found if source in (None, each.source)]
    if as_json:
        print_json([asdict(each) for each in wanted])
        return
    for each in wanted:
        names = {side: titled(snapshot, getattr(each, side), language) for side in ("anchor", "target")}
        print(line(f"suggest_{each.advice}", language, **{**asdict(each), **names}))
    if not wanted:
        print(line("suggest_nothing", language))


def titled(snapshot: CatalogueSnapshot, family: str, language: str) -> str:
    """A model by its title and the selector that means it."""
    variants = snapshot.variants(family)
    return f"{variants[0].title.of(language)} (family:{family})" if variants else f"family:{family}"


@app.command("check")
def check(as_json: AsJson = False) -> None:
    """Rows that lack a sentence, lead nowhere or cannot sell any more; exit code 1 where there are any."""
    with reading(open_shop()) as connection:
        snapshot = read_snapshot(connection)
        findings = matrix_findings(snapshot)
    if as_json:
        print_json(asdict(findings))
    for name, rows in findings.faults.items():
        for row in rows:
            say(f"{name.replace('_', ' ')}: {row}")
    waiting = len(findings.of_feed) + len(findings.proposed)
    if waiting and not as_json:
        say(f"{counted(waiting, 'proposal')} to be decided on.")
    if any(findings.faults.values()):
        raise typer.Exit(1)
    if not snapshot.matrix:
        say("The matrix has no rows: `tresen matrix import` reads yours, `tresen matrix export` proposes some.")
        return
    say("The matrix is in order.")
