"""Writes the matrix back into the file format it is imported from."""

import csv
from pathlib import Path

from sqlalchemy import Connection

from actions.store.matrix import MatrixRow, read_matrix

COLUMNS = ("anchor", "target", "kind", "match", "rank", "benefit_de", "benefit_en", "owner", "date", "approved")
APPROVAL = {"approved": "yes", "proposed": "no", "rejected": "rejected"}


def export_matrix(connection: Connection, file: Path) -> int:
    """Write every row as CSV, rejected ones too; returns how many. Importing the file again changes nothing."""
    rows = read_matrix(connection)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_line(row) for row in rows)
    return len(rows)


def _line(row: MatrixRow) -> list[str | int]:
    match = "|".join(mine if mine == theirs else f"{mine}={theirs}" for mine, theirs in sorted(row.match.items()))
    words = (row.benefit.de, row.benefit.en, row.owner, row.dated, APPROVAL[row.state])
    return [row.anchor, row.target, str(row.kind), match, row.rank, *words]
