"""Imports catalogues: new products are added, known ones brought up to date, missing ones left alone."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from actions.store.bulk import upsert
from actions.store.facts import bump_version, read_currency
from actions.store.importing.files import SourceFile, import_files
from actions.store.importing.mapping import (
    CatalogueMapping,
    catalogue_mapping,
    category_words,
    mapped,
)
from actions.store.importing.products import ProductReader
from actions.store.importing.report import FileReport, ImportReport, Progress
from actions.store.importing.words import (
    add_categories,
    add_common_terms,
    add_mapped_categories,
    colour_keys,
)
from actions.store.tables import products


def import_catalogue(
    engine: Engine,
    paths: Iterable[Path],
    *,
    mapping: Path | Mapping[str, Any] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the files, each in a transaction of its own: a file with a problem leaves nothing behind.

    `mapping` is a mapping file or its content; without it the columns are Tresen's own. Raises MappingError.
    """
    using = catalogue_mapping(mapping)

    def import_one(connection: Connection, file: SourceFile) -> FileReport:
        return import_products(connection, file, using)

    return import_files(engine, paths, import_one, dry_run=dry_run, progress=progress)


def import_products(
    connection: Connection, file: SourceFile, mapping: CatalogueMapping | None = None
) -> FileReport:
    """Import one file in the caller's transaction, which the caller rolls back where the report is not ok."""
    add_common_terms(connection)
    minor = mapping is not None and mapping.price == "minor"
    reader = ProductReader(file.problems, read_currency(connection), minor, colour_keys(connection))
    words: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for source in file.rows():
        if mapping and file.lines == 1:
            for column in sorted(mapping.sources() - set(source.values)):
                file.problems.add(1, column, "the mapping reads this column, the file does not have it")
        row = reader.read(source.line, mapped(mapping, source.values) if mapping else source.values)
        if row is not None:
            rows.append(row)
        if mapping:
            words.update(category_words(mapping, source.values))
    if file.problems.count:
        return file.refused()
    if mapping:
        add_mapped_categories(connection, mapping, words)
    add_categories(connection, (row["category"] for row in rows))
    return _write(connection, file, rows)


def _write(connection: Connection, file: SourceFile, rows: Sequence[dict[str, Any]]) -> FileReport:
    known = {row.sku: row._mapping for row in connection.execute(select(products))}
    new = [row for row in rows if row["sku"] not in known]
    changed = [
        row
        for row in rows
        if row["sku"] in known and any(known[row["sku"]][column] != value for column, value in row.items())
    ]
    upsert(connection, products, [*new, *changed], ["sku"])
    bump_version(connection)
    same = len(rows) - len(new) - len(changed)
    return FileReport(file.path.name, file.lines, inserted=len(new), updated=len(changed), unchanged=same)
