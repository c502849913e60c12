"""The matrix in the console: what is proposed and what is written, with its evidence, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from actions.offers.products import Product, Provenance
from actions.store import matrix_entries, policy
from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.engine import reading
from actions.store.facts import catalogue_version
from actions.store.matrix import MatrixRow
from actions.store.matrix_entries import ANY, WAITING, Entry, Key, WantedRows
from actions.store.matrix_faults import Standing, standing
from actions.store.pairs import counted_at
from actions.store.staff import Role
from bot.review.conversations import formats
from bot.review.page import Page
from bot.review.visit import RefusedError, Visit

AT_ONCE = 30
STATES = (WAITING, "approved", "rejected", ANY)
LONGEST_SEARCH = 120
LONGEST_SELECTOR = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A row as the page shows it: `anchor` and `target` are names, empty where a selector means many or nothing."""

    entry: Entry
    standing: Standing
    anchor: str
    target: str
    query: str


def show(visit: Visit) -> Response:
    """GET /matrix: the rows that the address asks for; without a filter, those that wait for a decision."""
    asked = visit.request.query_params
    wanted, after = read_wanted(asked), read_key(asked.get("after", "").split("~"))
    if wanted is None or (asked.get("after") and after is None):
        raise RefusedError(400, "refused_value")
    with reading(visit.console.database) as connection:
        snapshot = fresh(visit, connection)
        found = matrix_entries.page(connection, snapshot, wanted, AT_ONCE + 1, after)
        counted = counted_at(connection)
    return visit.render(
        "matrix.html",
        rows=[listed(visit, snapshot, entry) for entry in found[:AT_ONCE]],
        more=_next(asked, found),
        wanted=wanted,
        states=STATES,
        sources=[each.value for each in Provenance],
        counted=counted,
        list=visit.request.url.query,
        **words(visit),
    )


def listed(visit: Visit, snapshot: CatalogueSnapshot, entry: Entry) -> Listed:
    """The row with the names of what it means and what would keep it back."""
    row = entry.row
    limits = policy.limits(snapshot, visit.console.clock())
    query = urlencode({"anchor": row.anchor, "target": row.target, "kind": row.kind.value})
    return Listed(
        entry=entry,
        standing=standing(snapshot, row, limits),
        anchor=_name(visit, snapshot, row.anchor),
        target=_name(visit, snapshot, row.target),
        query=query,
    )


def fresh(visit: Visit, connection: Connection) -> CatalogueSnapshot:
    """The catalogue as this transaction sees it, so that a decision made just now is shown."""
    known = visit.console.catalogue.snapshot()
    return known if catalogue_version(connection) == known.version else read_snapshot(connection)


def read_wanted(asked: Mapping[str, str]) -> WantedRows | None:
    """The filters of an address; None where one of them is none of ours."""
    state, source = asked.get("state") or WAITING, asked.get("provenance", "")
    anchor = asked.get("anchor", "").strip()
    if state not in STATES or source not in ("", *Provenance) or len(anchor) > LONGEST_SEARCH:
        return None
    return WantedRows(state, source, anchor)


def read_key(parts: list[str]) -> Key | None:
    """Anchor, target and kind, None where a part is missing or too long."""
    if len(parts) != 3 or not all(0 < len(part) <= LONGEST_SELECTOR for part in parts):
        return None
    return (parts[0], parts[1], parts[2])


def seen(row: MatrixRow) -> str:
    """Which state of a row a form was made of, so that nobody overwrites what they have not seen."""
    return "|".join([row.state, str(row.rank), row.dated, row.owner, row.benefit.de, row.benefit.en])


def words(visit: Visit) -> dict[str, Any]:
    """What both pages of the matrix are written with."""
    return {**formats(visit), "seen": seen, "any_state": ANY}


def _name(visit: Visit, snapshot: CatalogueSnapshot, selector: str) -> str:
    meant: tuple[Product, ...] = ()
    if selector.startswith(("family:", "sku:")):
        meant = snapshot.select(selector)
    category = snapshot.categories.get(selector.removeprefix("category:").removesuffix("/*"))
    return meant[0].title.of(visit.language) if meant else category.title.of(visit.language) if category else ""


def _next(asked: Mapping[str, str], found: tuple[Entry, ...]) -> str:
    if len(found) <= AT_ONCE:
        return ""
    last = found[AT_ONCE - 1].row
    return urlencode({**asked, "after": "~".join((last.anchor, last.target, last.kind.value))})


PAGES = (Page("/matrix", show, Role.EDITOR, title="nav_matrix"),)
