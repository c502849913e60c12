"""Imports the merchant's cross-selling matrix."""

from typing import Any

from sqlalchemy import Connection, select

from actions.offers.products import Provenance, RelationKind
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.importing.fields import Fields
from actions.store.importing.files import SourceFile
from actions.store.importing.report import FileReport
from actions.store.importing.values import flag, parts, text, whole
from actions.store.selectors import EVERYTHING, is_selector
from actions.store.tables import relations

KEY = ["anchor", "target", "kind"]


def import_matrix(connection: Connection, file: SourceFile) -> FileReport:
    """Import the rows in the caller's transaction; a row is known by its anchor, target and kind.

    Without a column `approved` every row counts as approved: the merchant wrote it.
    """
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for source in file.rows():
        fields = Fields(source.line, source.values, file.problems)
        row = _row(fields)
        key = (row["anchor"], row["target"], row["kind"])
        if key in rows:
            fields.fault("anchor", "this anchor, target and kind are there twice")
        rows[key] = row
    if file.problems.count:
        return file.refused()
    known = {(r.anchor, r.target, r.kind): r._mapping for r in connection.execute(select(relations))}
    new = [row for key, row in rows.items() if key not in known]
    changed = [
        row
        for key, row in rows.items()
        if key in known and any(known[key][column] != value for column, value in row.items())
    ]
    if new or changed:
        upsert(connection, relations, [*new, *changed], KEY)
        bump_version(connection)
    same = len(rows) - len(new) - len(changed)
    return FileReport(file.path.name, file.lines, inserted=len(new), updated=len(changed), unchanged=same)


def match_rules(source: Any) -> dict[str, str]:
    """`wheel_size` (both sides alike) or `wheel_size=fits_wheel` (anchor's = target's), several with `|`."""
    rules: dict[str, str] = {}
    for part in parts(source):
        mine, _, theirs = part.partition("=")
        rules[mine.strip()] = theirs.strip() or mine.strip()
    return rules


def _row(fields: Fields) -> dict[str, Any]:
    row = {
        "anchor": _selector(fields, "anchor"),
        "target": _selector(fields, "target"),
        "kind": _kind(fields),
        "match": match_rules(fields.values.get("match")),
        "rank": fields.read("rank", whole, 0),
        "benefit_de": fields.text("benefit_de"),
        "benefit_en": fields.text("benefit_en"),
        "provenance": Provenance.MERCHANT.value,
        "state": _state(fields),
        "owner": fields.text("owner"),
        "dated": fields.text("date"),
    }
    fields.check_lengths(row, relations)
    return row


def _selector(fields: Fields, name: str) -> str:
    selector = fields.text(name)
    if name == "target" and not selector and fields.text("kind") == RelationKind.NONE_FITS:
        return EVERYTHING
    if not is_selector(selector):
        fields.fault(name, f"{selector!r} is none of sku:X, family:X, category:a/b, category:a/*")
    return selector


def _kind(fields: Fields) -> str:
    kind = fields.text("kind")
    if kind not in set(RelationKind):
        fields.fault("kind", f"{kind!r} is none of {', '.join(RelationKind)}")
    return kind


def _state(fields: Fields) -> str:
    if "approved" not in fields.values:
        return "approved"
    if text(fields.values["approved"]).casefold() == "rejected":
        return "rejected"
    return "approved" if fields.read("approved", flag, False) else "proposed"
