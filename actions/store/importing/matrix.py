"""Imports the merchant's cross-selling matrix, and what people decided on proposals."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.offers.products import Provenance, RelationKind
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.importing.fields import Fields
from actions.store.importing.files import SourceFile
from actions.store.importing.headers import refuse_without, unread
from actions.store.importing.moments import iso_day
from actions.store.importing.report import FileReport
from actions.store.importing.values import decimal, flag, parts, text, whole
from actions.store.matrix_file import COLUMNS
from actions.store.selectors import EVERYTHING, answering, is_selector
from actions.store.tables import products, relations

KEY = ["anchor", "target", "kind"]
UNDECIDED = "proposals nobody has decided on"

Key = tuple[str, str, str]


def import_matrix(
    connection: Connection, file: SourceFile, *, remove_missing: bool = False, today: date | None = None
) -> FileReport:
    """Import the rows in the caller's transaction; a row is known by its anchor, target and kind.

    Without a column `approved` every row counts as approved: the merchant wrote it. Proposals of past orders are
    kept only once somebody has decided on them or written something: they are counted anew each time. Rows that
    the file does not hold are reported, and taken out with `remove_missing`. A selector that no product answers to
    is kept and noted: the catalogue may follow. Notes also name columns that are not read and decisions that the
    file changes.
    """
    known = {(r.anchor, r.target, r.kind): dict(r._mapping) for r in connection.execute(select(relations))}
    day = (today or datetime.now(UTC).date()).isoformat()
    rows: dict[Key, dict[str, Any]] = {}
    notes: list[str] = []
    unsaid = 0
    answered = _answered(connection)
    for source in file.rows(guarded=True):
        fields = Fields(source.line, source.values, file.problems)
        unsaid += "approved" not in source.values
        row = _row(fields)
        key = (row["anchor"], row["target"], row["kind"])
        if key in rows:
            fields.fault("anchor", "this anchor, target and kind are there twice")
        rows[key] = _decided(row, known.get(key), fields, day)
        notes += _unanswered(fields, rows[key], answered)
        for told in (fields.garbled, fields.pressing):
            notes += told("benefit_de", "benefit_en")
    refuse_without(file, ("anchor", "kind"), "matrix")
    if file.problems.count:
        return file.refused()
    report = _write(connection, file, rows, known, remove_missing=remove_missing)
    return replace(report, notes=(*_of_columns(file, unsaid, len(rows)), *_taken_back(rows, known), *notes))


def _of_columns(file: SourceFile, unsaid: int, rows: int) -> Iterator[str]:
    """Notes on columns that are not read, and on rows that do not say whether they are approved."""
    yield from unread(file.columns, COLUMNS)
    if unsaid and unsaid == rows:
        yield f"no column approved: {'the row counts' if rows == 1 else f'all {rows} rows count'} as approved"
    elif unsaid:
        yield f"approved is missing in {unsaid} of {rows} rows, which count as approved"


def _taken_back(rows: Mapping[Key, dict[str, Any]], known: Mapping[Key, dict[str, Any]]) -> Iterator[str]:
    """Notes on decisions that the file changes: an older export may do so without anybody meaning it."""
    changed = [
        (known[key], row)
        for key, row in rows.items()
        if key in known and known[key]["state"] not in {"proposed", row["state"]}
    ]
    if len(changed) > 1:
        yield f"{len(changed)} decisions taken back"
    for held, row in changed:
        by = f" by {held['owner']}" if held["owner"] else ""
        since = f" on {held['dated']}" if held["dated"] else ""
        yield (
            f"decision taken back: {row['anchor']} -> {row['target']} ({row['kind']}), "
            f"was {held['state']}{by}{since}, now {row['state']}"
        )


def _answered(connection: Connection) -> frozenset[str]:
    """Every selector that some product answers to, off sale or not."""
    c = products.c
    rows = connection.execute(select(c.sku, c.family, c.category)).tuples()
    return frozenset(selector for row in rows for selector in answering(*row))


def _unanswered(fields: Fields, row: Mapping[str, Any], answered: frozenset[str]) -> Iterator[str]:
    """A note for anchor and target where nothing is meant by them; what was rejected need not exist any more."""
    for name in ("anchor", "target"):
        if fields.sound and row["state"] != "rejected" and row[name] not in answered:
            yield f"line {fields.line}, {name}: no product answers to {row[name]}"


def match_rules(source: Any) -> dict[str, str]:
    """`wheel_size` (both sides alike) or `wheel_size=fits_wheel` (anchor's = target's), several with `|`."""
    rules: dict[str, str] = {}
    for part in parts(source):
        mine, _, theirs = part.partition("=")
        rules[mine.strip()] = theirs.strip() or mine.strip()
    return rules


def _write(
    connection: Connection,
    file: SourceFile,
    rows: Mapping[Key, dict[str, Any]],
    known: Mapping[Key, dict[str, Any]],
    *,
    remove_missing: bool,
) -> FileReport:
    untouched = {key for key, row in rows.items() if key not in known and _is_untouched(row)}
    new = [row for key, row in rows.items() if key not in known and key not in untouched]
    changed = [row for key, row in rows.items() if key in known and _differs(known[key], row)]
    missing = sorted(key for key in known if key not in rows)
    upsert(connection, relations, [*new, *changed], KEY)
    if remove_missing:
        for key in missing:
            connection.execute(relations.delete().where(relations.c.id == known[key]["id"]))
    if new or changed or (remove_missing and missing):
        bump_version(connection)
    same = len(rows) - len(new) - len(changed) - len(untouched)
    return FileReport(
        *(file.path.name, file.lines, len(new), len(changed), same),
        removed=len(missing) if remove_missing else 0,
        left_out={UNDECIDED: len(untouched)} if untouched else {},
        missing=tuple(
            f"{anchor} -> {target} ({kind}, {known[anchor, target, kind]['state']})"
            for anchor, target, kind in missing
        ),
    )


def _differs(held: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return any(held[column] != value for column, value in row.items())


def _is_untouched(row: Mapping[str, Any]) -> bool:
    written = any(row[name] for name in ("match", "rank", "benefit_de", "benefit_en", "owner", "dated"))
    return row["provenance"] == Provenance.MINED.value and row["state"] == "proposed" and not written


def _row(fields: Fields) -> dict[str, Any]:
    row = {
        "anchor": _selector(fields, "anchor"),
        "target": _selector(fields, "target"),
        "kind": _kind(fields),
        "match": match_rules(fields.values.get("match")),
        "rank": fields.read("rank", whole, 0),
        "benefit_de": fields.text("benefit_de"),
        "benefit_en": fields.text("benefit_en"),
        "provenance": fields.read("provenance", _provenance, ""),
        "confidence": fields.read("confidence", _share, None),
        "state": _state(fields),
        "owner": fields.text("owner"),
        "dated": fields.read("date", iso_day, ""),
    }
    fields.check_lengths(row, relations)
    return row


def _decided(row: dict[str, Any], held: Mapping[str, Any] | None, fields: Fields, today: str) -> dict[str, Any]:
    """What the file does not say stays; a proposal that somebody decides on carries the day of the decision."""
    source = row["provenance"] or (held["provenance"] if held else Provenance.MERCHANT.value)
    filled = row | {"provenance": source}
    if held and "confidence" not in fields.values:
        filled["confidence"] = held["confidence"]
    if source != Provenance.MERCHANT.value and not row["dated"] and row["state"] != "proposed":
        already = held is not None and held["state"] == row["state"]
        filled["dated"] = held["dated"] if already and held else today
    return filled


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
    if text(fields.values["approved"]).casefold() in {"rejected", "abgelehnt"}:
        return "rejected"
    return "approved" if fields.read("approved", flag, False) else "proposed"


def _provenance(value: Any) -> str:
    if text(value) not in set(Provenance):
        raise ValueError(f"{text(value)!r} is none of {', '.join(Provenance)}")
    return text(value)


def _share(value: Any) -> float:
    share = float(decimal(value))
    if not 0 <= share <= 1:
        raise ValueError(f"{text(value)!r} is not between 0 and 1")
    return share
