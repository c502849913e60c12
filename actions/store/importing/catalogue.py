"""Imports catalogues: new products are added, known ones brought up to date, missing ones left alone or removed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select

from actions.store.bulk import upsert
from actions.store.engine import reading, writing
from actions.store.facts import bump_version, read_currency, read_language, stated_currency, write_facts
from actions.store.importing.delivery import Delivery, Entry, Terms
from actions.store.importing.detect import AUTO, CATALOGUES, TRESEN, catalogue_format, confirm, looks_like
from actions.store.importing.feed import write_relations
from actions.store.importing.fields import GARBLED
from actions.store.importing.files import SourceFile, import_files
from actions.store.importing.formats import google, shopify, woocommerce
from actions.store.importing.headers import refuse_without, unread
from actions.store.importing.mapping import OWN_CATALOGUE_FIELDS, CatalogueMapping, catalogue_mapping
from actions.store.importing.own import deliver
from actions.store.importing.products import ProductReader
from actions.store.importing.reading import SourceRow, UnreadableFileError
from actions.store.importing.report import FileReport, ImportReport, Progress
from actions.store.importing.values import text
from actions.store.importing.words import (
    add_categories,
    add_common_terms,
    add_mapped_categories,
    add_named_categories,
    colour_keys,
)
from actions.store.prices import note_prices
from actions.store.tables import products

READERS: Mapping[str, Callable[[Iterable[SourceRow], Terms], Delivery]] = {
    "woocommerce": woocommerce.read,
    "shopify": shopify.read,
    "google": google.read,
}
FORMATS = (AUTO, TRESEN, *READERS)


def import_catalogue(
    engine: Engine,
    paths: Iterable[Path],
    *,
    mapping: Path | Mapping[str, Any] | None = None,
    form: str = AUTO,
    terms: Terms | None = None,
    remove_missing: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the files, each in a transaction of its own: a file with a problem leaves nothing behind.

    `mapping` is a mapping file or its content; without it the `form` of each file is found out by its columns.
    `terms` say what a foreign file does not: the language of its texts, whether its prices are net.
    With `remove_missing` the files are the whole catalogue: what none names goes off sale, unless one
    was refused. Raises MappingError.
    """
    using = catalogue_mapping(mapping)
    named: set[str] = set()

    def import_one(connection: Connection, file: SourceFile) -> FileReport:
        try:
            if using is None and form in READERS:
                confirm(file.path, form, CATALOGUES, "catalogue")
            file.format = (TRESEN if using else form) if using or form != AUTO else catalogue_format(file.path)
        except UnreadableFileError as error:
            file.problems.add(error.line, "", str(error))
            return file.refused()
        return import_products(connection, file, using, terms, named)

    report = import_files(engine, paths, import_one, dry_run=dry_run, progress=progress)
    if not (remove_missing and report.ok):
        return report
    return replace(report, off_sale=_take_off_sale(engine, named, dry_run=dry_run))


def _take_off_sale(engine: Engine, named: Collection[str], *, dry_run: bool) -> tuple[str, ...]:
    """Every product on sale that no file named, by sku."""
    with reading(engine) as connection:
        gone = sorted(set(connection.scalars(select(products.c.sku).where(products.c.active))) - set(named))
    if gone and not dry_run:
        with writing(engine) as connection:
            off = products.update().where(products.c.sku == bindparam("gone")).values(active=False)
            connection.execute(off, [{"gone": sku} for sku in gone])
            bump_version(connection)
    return tuple(gone)


def import_products(
    connection: Connection,
    file: SourceFile,
    mapping: CatalogueMapping | None = None,
    terms: Terms | None = None,
    named: set[str] | None = None,
) -> FileReport:
    """Import one file in the caller's transaction, which the caller rolls back where the report is not ok.

    The skus the file sells are added to `named`.
    """
    add_common_terms(connection)
    told = terms or Terms()
    told = replace(told, currency=read_currency(connection), language=told.language or read_language(connection))
    foreign = file.format in READERS
    delivery = READERS[file.format](file.rows(), told) if foreign else deliver(file, mapping)
    if foreign and not stated_currency(connection):
        told = replace(told, currency=_usual_currency(delivery.entries, told.currency))
    known = {row.sku: dict(row._mapping) for row in connection.execute(select(products))}
    minor = mapping is not None and mapping.price == "minor"
    colours = colour_keys(connection)
    reader = ProductReader(file.problems, told.currency, minor, colours, known, foreign, delivery.mark)
    shown = (entry for entry in delivery.entries if not entry.hidden)
    rows = [row for row in map(reader.read, shown) if row is not None]
    own = mapping is None and not foreign
    if own:
        refuse_without(file, _needed(file, delivery, known), "catalogue")
    if file.problems.count:
        return file.refused()
    if named is not None:
        named.update(row["sku"] for row in rows)
    _write_categories(connection, delivery, mapping, told.language)
    if foreign and rows and not stated_currency(connection):
        write_facts(connection, {"currency": told.currency})
    skipped = unread(file.columns, OWN_CATALOGUE_FIELDS) if own else ()
    notes = (*skipped, *reader.odd.notes(), *reader.notes)
    report = replace(_write(connection, file, rows, known), notes=notes)
    hidden = [entry.values.get("sku") for entry in delivery.entries if entry.hidden]
    return _told(connection, report, delivery, _withdraw(connection, hidden, known))


def _needed(file: SourceFile, delivery: Delivery, known: Collection[str]) -> Iterator[str]:
    """The columns that a file of ours must have: among known products it is lines that lack something."""
    yield "sku"
    other = looks_like(tuple(file.columns), "catalogue")
    if other or not any(text(entry.values.get("sku")) in known for entry in delivery.entries):
        yield from ("category", "price")
        if "title_en" not in file.columns:
            yield "title_de"


def _usual_currency(entries: Sequence[Entry], otherwise: str) -> str:
    """The currency most of the prices are in, for a shop that has not said its own."""
    counted = Counter(str(entry.values["currency"]) for entry in entries if entry.values.get("currency"))
    return counted.most_common(1)[0][0] if counted else otherwise


def _write_categories(
    connection: Connection, delivery: Delivery, mapping: CatalogueMapping | None, language: str
) -> None:
    if mapping:
        add_mapped_categories(connection, mapping, delivery.categories)
    else:
        add_named_categories(connection, delivery.categories, language)


def _write(
    connection: Connection, file: SourceFile, rows: Sequence[dict[str, Any]], known: Mapping[str, Mapping[str, Any]]
) -> FileReport:
    new = [row for row in rows if row["sku"] not in known]
    changed = [
        row
        for row in rows
        if row["sku"] in known and any(known[row["sku"]][column] != value for column, value in row.items())
    ]
    add_categories(connection, (row["category"] for row in rows))
    upsert(connection, products, [*new, *changed], ["sku"])
    note_prices(connection)
    bump_version(connection)
    same = len(rows) - len(new) - len(changed)
    return FileReport(file.path.name, file.lines, len(new), len(changed), same, format=file.format)


def _withdraw(connection: Connection, hidden: Iterable[Any], known: Mapping[str, Mapping[str, Any]]) -> int:
    """Products that the shop has taken off sale are no longer sold here either."""
    gone = sorted(sku for sku in set(hidden) if sku in known and known[sku]["active"])
    for sku in gone:
        connection.execute(products.update().where(products.c.sku == sku).values(active=False))
    return len(gone)


def _garbled(delivery: Delivery) -> Iterator[str]:
    """Says so where titles read like `GrÃ¶ÃŸe`: such a file was saved in the wrong encoding before it came here."""
    titles = (str(entry.values.get(f"title_{end}", "")) for entry in delivery.entries for end in ("de", "en"))
    found = [title for title in titles if GARBLED.search(title)]
    if found:
        yield f"{len(found)} titles look as if the file had been saved in the wrong encoding, such as {found[0]!r}"


def _told(connection: Connection, report: FileReport, delivery: Delivery, withdrawn: int) -> FileReport:
    relations = write_relations(connection, delivery)
    return replace(
        report,
        removed=withdrawn,
        left_out=dict(sorted((+delivery.left_out).items())),
        relations=relations,
        notes=(*_garbled(delivery), *delivery.notes, *report.notes),
    )
