"""Writes the matrix as a file that people decide on and give back: the rows in force and what orders propose."""

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import IO

import yaml
from sqlalchemy import Connection

from actions.offers.products import Evidence
from actions.store.affinities import mined_pairs
from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.matrix import MatrixRow
from actions.store.proposals import proposals
from actions.store.spreadsheets import safe

COLUMNS = (
    *("anchor", "target", "kind", "match", "rank", "benefit_de", "benefit_en", "owner", "date", "approved"),
    *("provenance", "confidence", "note"),
)
Counts = Callable[[str], Mapping[str, Evidence]]
APPROVAL = {"approved": "yes", "proposed": "no", "rejected": "rejected"}
YAML = frozenset({".yml", ".yaml"})


def export_matrix(connection: Connection, file: Path, *, with_proposals: bool = True, excel: bool = False) -> int:
    """Write every row, rejected ones too, as CSV or by its name as YAML; returns how many.

    With `excel` the CSV has semicolons and the mark of UTF-8, as a German Excel wants them.

    Importing the file again changes nothing: no cell of the CSV is a formula to a spreadsheet, and `import_matrix`
    takes away what keeps it from being one. The column `note` is for the people who read it.
    """
    rows = list(_lines(connection, with_proposals=with_proposals))
    with file.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as target:
        if file.suffix.lower() in YAML:
            _write_yaml(target, rows)
        else:
            _write_csv(target, [list(COLUMNS), *rows], ";" if excel else ",")
    return len(rows)


def _write_csv(target: IO[str], rows: list[list[str]], delimiter: str) -> None:
    """No cell is a formula to a spreadsheet."""
    plain = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    # the writer leaves a lone carriage return bare, which ends the line for whoever reads it
    quoted = csv.writer(target, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        writer = quoted if any("\r" in cell for cell in row) else plain
        writer.writerow([safe(cell) for cell in row])


def _write_yaml(target: IO[str], rows: list[list[str]]) -> None:
    """One mapping a row; what is empty is left out."""
    documents = [{name: value for name, value in zip(COLUMNS, row, strict=True) if value} for row in rows]
    # an empty list, not an empty file: it can be told from a mistake
    yaml.safe_dump(documents, target, allow_unicode=True, sort_keys=False, width=1_000)


def _lines(connection: Connection, *, with_proposals: bool) -> Iterator[list[str]]:
    snapshot = read_snapshot(connection)
    remembered: Counts = lru_cache(maxsize=1)(partial(mined_pairs, connection))
    for row in snapshot.matrix:
        yield _line(row, _note(snapshot, row, _counted(remembered, row)))
    if with_proposals:
        for row, evidence in proposals(connection, snapshot):
            yield _line(row, _note(snapshot, row, evidence))


def _line(row: MatrixRow, note: str) -> list[str]:
    match = "|".join(mine if mine == theirs else f"{mine}={theirs}" for mine, theirs in sorted(row.match.items()))
    words = (row.benefit.de, row.benefit.en, row.owner, row.dated, APPROVAL[row.state])
    sure = "" if row.confidence is None else f"{row.confidence:g}"
    return [row.anchor, row.target, str(row.kind), match, str(row.rank), *words, row.provenance.value, sure, note]


def _counted(counts: Counts, row: MatrixRow) -> Evidence | None:
    """What past orders say of a row between two models; the rows of one anchor follow one another."""
    anchor, _, family = row.anchor.partition(":")
    target, _, other = row.target.partition(":")
    if anchor != "family" or target != "family":
        return None
    return counts(family).get(other)


def _note(snapshot: CatalogueSnapshot, row: MatrixRow, evidence: Evidence | None) -> str:
    """The products by name, and how often they were bought together."""
    names = [_name(snapshot, selector) for selector in (row.anchor, row.target)]
    named = " + ".join(names) if all(names) else ""
    if evidence is None:
        return named
    simulated = ", simulated history" if evidence.simulated else ""
    counted = "purchases of its kind" if row.anchor.startswith("category:") else "orders"
    counts = f"{evidence.together} of {evidence.anchor_orders} {counted}, lift {evidence.lift:.1f}{simulated}"
    return f"{named}: {counts}" if named else counts


def _name(snapshot: CatalogueSnapshot, selector: str) -> str:
    if selector.startswith("category:"):
        return ""
    members = snapshot.select(selector) if selector != "*" else ()
    return members[0].title.of(snapshot.facts.language) if members else ""
