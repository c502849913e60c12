"""Loads a shop from its folder: facts, limits, words, products, matrix and past orders."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, Engine

from actions.store import policy
from actions.store.engine import writing
from actions.store.facts import FACTS, TIME_ZONE, time_zone, write_facts
from actions.store.importing.catalogue import import_products
from actions.store.importing.customers import Pseudonym, no_pseudonyms
from actions.store.importing.files import NothingKeptError, SourceFile
from actions.store.importing.headers import unread
from actions.store.importing.matrix import import_matrix
from actions.store.importing.orders import import_order_lines
from actions.store.importing.report import FileReport, ImportReport, Problem, Progress
from actions.store.importing.words import import_categories, import_terms

Part = tuple[tuple[str, ...], Callable[[Connection, SourceFile], FileReport]]
PARTS: tuple[Part, ...] = (
    (("categories.csv",), import_categories),
    (("terms.csv",), import_terms),
    (("products.csv",), import_products),
    (("matrix.csv",), import_matrix),
)
WRAPPED = frozenset({"facts", "policy"})
ORDERS = ("orders.csv", "orders.csv.gz")


def load_shop(
    engine: Engine,
    folder: Path,
    *,
    pseudonym: Pseudonym = no_pseudonyms,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Load the whole shop in one transaction: with a problem in any file, or `dry_run`, nothing of it is kept.

    `shop.yml` and `products.csv` must be there, the other files may be missing. Loading again brings it up to date.
    `pseudonym` hides who ordered where the orders name an e-mail address.
    """
    parts: tuple[Part, ...] = (*PARTS, (ORDERS, partial(import_order_lines, pseudonym=pseudonym)))
    reports: list[FileReport] = []
    with suppress(NothingKeptError), writing(engine) as connection:
        reports.append(_load_facts(connection, folder / "shop.yml"))
        for names, import_one in parts:
            present = [folder / name for name in names if (folder / name).exists()]
            wanted = present or ([folder / names[0]] if names == ("products.csv",) else [])
            reports += [import_one(connection, SourceFile(path, progress)) for path in wanted]
        if dry_run or not all(report.ok for report in reports):
            raise NothingKeptError
    whole = ImportReport(tuple(reports), dry_run)
    if whole.ok:
        return whole
    return ImportReport(tuple(_not_kept(each) for each in reports), dry_run, nothing_kept=True)


def _not_kept(report: FileReport) -> FileReport:
    """The file without what it would have changed, had the others been in order."""
    return replace(report, inserted=0, updated=0, unchanged=0, removed=0, missing=(), relations={})


def _load_facts(connection: Connection, path: Path) -> FileReport:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(document, Mapping):
            raise ValueError("it holds no names with values")
        facts, limits = _sorted(document)
        if TIME_ZONE in facts:
            time_zone(facts[TIME_ZONE])
        write_facts(connection, facts)
        policy.change(connection, limits)
    except (OSError, yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        return FileReport(path.name, problems=(Problem(1, "", reason),), problem_count=1)
    notes = tuple(unread(facts, (*FACTS, *sorted({*policy.NAMES, *WRAPPED}))))
    return FileReport(path.name, len(facts) + len(limits), inserted=len(facts) + len(limits), notes=notes)


def _sorted(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and offer limits; the parts `facts` and `policy` are optional wrapping."""
    flat = {name: value for name, value in document.items() if name not in WRAPPED}
    flat |= document.get("facts") or {}
    limits = {name: value for name, value in flat.items() if name in policy.NAMES}
    limits |= document.get("policy") or {}
    return {name: value for name, value in flat.items() if name not in policy.NAMES}, limits
