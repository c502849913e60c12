"""`tresen import`: catalogue, orders or a whole shop from files into the database."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer
from sqlalchemy import Engine

from actions.store.importing import (
    ImportReport,
    Terms,
    import_catalogue,
    import_orders,
    import_returns,
    load_shop,
)
from actions.store.importing.mapping import MappingError
from bot.commands.opening import customer_pseudonyms, open_shop
from bot.commands.progress import Shown
from bot.commands.reporting import told
from bot.commands.telling import AsJson, failing, print_json, say

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Catalogue, orders or a whole shop from files.")
Files = Annotated[
    list[Path],
    typer.Argument(exists=True, dir_okay=False, help="CSV, JSON, XML or Parquet, also gzipped."),
]
Mapping = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="YAML that says which column is which field."),
]
Remove = Annotated[
    bool, typer.Option("--remove-missing", help="The files are the whole catalogue: what none names goes off sale.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")]
CatalogueForm = Literal["auto", "tresen", "woocommerce", "shopify", "google"]
OrderForm = Literal["auto", "tresen", "woocommerce", "shopify", "ga4"]
FormHelp = "Which software exported it; found out by the columns where it is not said."
Texts = Annotated[Literal["de", "en"] | None, typer.Option("--lang", help="Language of the file's texts.")]
Net = Annotated[bool, typer.Option("--net", help="The prices in the file lack the tax.")]


@app.command()
def catalogue(
    files: Files,
    form: Annotated[CatalogueForm, typer.Option("--format", help=FormHelp)] = "auto",
    mapping: Mapping = None,
    language: Texts = None,
    net: Net = False,
    remove_missing: Remove = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Products, from Tresen's own files, WooCommerce, Shopify or a Google Merchant feed, and what they relate.

    Every bad line is named, and then nothing of the file is imported.
    """
    terms = Terms(language=language or "", net=net)
    with failing(MappingError), Shown(files) as shown:
        report = import_catalogue(
            open_shop(),
            files,
            mapping=mapping,
            form=form,
            terms=terms,
            remove_missing=remove_missing,
            dry_run=dry_run,
            progress=shown,
        )
    tell(report, as_json=as_json)


@app.command()
def orders(
    files: Files,
    form: Annotated[OrderForm, typer.Option("--format", help=FormHelp)] = "auto",
    mapping: Mapping = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Past orders, from Tresen's own files, WooCommerce, Shopify or Google Analytics 4.

    A line imported before is not imported again; who bought is kept as a pseudonym only.
    """
    with failing(MappingError), Shown(files) as shown:
        report = import_orders(
            open_shop(),
            files,
            mapping=mapping,
            form=form,
            pseudonym=customer_pseudonyms(),
            dry_run=dry_run,
            progress=shown,
        )
    tell(report, as_json=as_json)


@app.command()
def returns(files: Files, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """What came back of orders placed here: order, sku, quantity and date; figures count without it.

    Every bad line is named, and then nothing of the file is imported.
    """
    with Shown(files) as shown:
        report = import_returns(open_shop(), files, dry_run=dry_run, progress=shown)
    tell(report, as_json=as_json)


@app.command()
def shop(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """A whole shop: facts, categories, terms, products, matrix and orders from one folder.

    Every bad line of every file is named, and then nothing of the shop is kept.
    """
    tell(loaded(open_shop(), folder, dry_run=dry_run), as_json=as_json)


def loaded(engine: Engine, folder: Path, *, dry_run: bool = False) -> ImportReport:
    """Load the shop of a folder with its progress on show."""
    with Shown(sorted(folder.glob("*.csv*"))) as shown:
        return load_shop(engine, folder, pseudonym=customer_pseudonyms(), dry_run=dry_run, progress=shown)


def tell(report: ImportReport, *, as_json: bool = False) -> None:
    """Say what was imported; exit code 1 where a file was refused."""
    if as_json:
        print_json({**asdict(report), "ok": report.ok})
    else:
        for sentence in told(report):
            say(sentence)
    if not report.ok:
        raise typer.Exit(1)
