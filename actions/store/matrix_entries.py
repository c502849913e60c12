"""The matrix as somebody decides on it: every row and every counted proposal, a page at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from sqlalchemy import Connection

from actions.offers.products import Evidence, Product, Provenance
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow
from actions.store.proposals import anchors, proposals_of

Key = tuple[str, str, str]
WAITING = "proposed"
ANY = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row with what orders say; it is `stored` unless it is a proposal nobody has decided on."""

    row: MatrixRow
    evidence: Evidence | None
    stored: bool


@dataclass(frozen=True, slots=True)
class WantedRows:
    """Which rows are looked for: a state or all, a source or "" for any, words of the anchor or its selector."""

    state: str = WAITING
    provenance: str = ""
    anchor: str = ""


def page(
    connection: Connection,
    snapshot: CatalogueSnapshot,
    wanted: WantedRows,
    limit: int,
    after: Key | None = None,
) -> tuple[Entry, ...]:
    """The first rows of those wanted, or the first after one, by anchor, target and kind."""
    stored = (Entry(row, None, True) for row in sorted(snapshot.matrix, key=_key_of) if _is_wanted(row, wanted))
    counted = _counted(connection, snapshot, wanted, after)
    both = merge(stored, counted, key=lambda entry: entry.row.key)
    further = (entry for entry in both if after is None or entry.row.key > after)
    named = (entry for entry in further if _names(snapshot, entry.row.anchor, wanted.anchor))
    return tuple(_with_evidence(connection, snapshot, islice(named, limit)))


def find(connection: Connection, snapshot: CatalogueSnapshot, key: Key) -> Entry | None:
    """The row of this key, or what orders propose under it."""
    stored = next((Entry(row, None, True) for row in snapshot.matrix if row.key == key), None)
    if stored is not None:
        return next(_with_evidence(connection, snapshot, [stored]))
    proposed = proposals_of(connection, snapshot, key[0])
    return next((Entry(row, evidence, False) for row, evidence in proposed if row.key == key), None)


def models(snapshot: CatalogueSnapshot, selector: str) -> tuple[Product, ...]:
    """One product of each model that a selector means."""
    return tuple({product.family: product for product in snapshot.select(selector)}.values())


def _counted(
    connection: Connection, snapshot: CatalogueSnapshot, wanted: WantedRows, after: Key | None
) -> Iterator[Entry]:
    """What orders propose, one kind or model after the other, so that a page asks for no more than it shows."""
    if wanted.state not in (WAITING, ANY) or wanted.provenance not in ("", Provenance.MINED.value):
        return
    for anchor in anchors(snapshot):
        is_past = after is not None and anchor < after[0]
        if is_past or not _names(snapshot, anchor, wanted.anchor):
            continue
        found = [Entry(row, evidence, False) for row, evidence in proposals_of(connection, snapshot, anchor)]
        yield from sorted(found, key=lambda entry: entry.row.key)


def _with_evidence(
    connection: Connection, snapshot: CatalogueSnapshot, entries: Iterable[Entry]
) -> Iterator[Entry]:
    """What orders say of rows between two models; of a whole category they say nothing."""
    shown = list(entries)
    sides = [(_family(snapshot, each.row.anchor), _family(snapshot, each.row.target)) for each in shown]
    counted = snapshot.counted.of(connection, [anchor for anchor, _ in sides if anchor])
    for entry, (anchor, target) in zip(shown, sides, strict=True):
        yield Entry(entry.row, entry.evidence or counted.get(anchor, {}).get(target), entry.stored)


def _family(snapshot: CatalogueSnapshot, selector: str) -> str:
    kind, _, _ = selector.partition(":")
    found = snapshot.select(selector) if kind in ("family", "sku") else ()
    return found[0].family if found else ""


def _is_wanted(row: MatrixRow, wanted: WantedRows) -> bool:
    return wanted.state in (ANY, row.state) and wanted.provenance in ("", row.provenance.value)


def _names(snapshot: CatalogueSnapshot, anchor: str, words: str) -> bool:
    """Whether these words stand in the selector, or in a name of what it means."""
    sought = words.casefold()
    if not sought or sought in anchor.casefold():
        return True
    meant = models(snapshot, anchor)
    return any(sought in name.casefold() for product in meant for name in (product.title.de, product.title.en))


def _key_of(row: MatrixRow) -> Key:
    return row.key
