"""Rows of the matrix that cannot sell any more, or cannot say why they should."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.offers.limits import OfferLimits
from actions.offers.products import CROSS_RELATIONS, Product, Provenance, RelationKind
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow
from actions.store.pressing import pressing_in

Rows = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixFindings:
    """Each field names rows, in the order of the matrix; empty means that nothing is wrong there.

    A row counts as out of stock, or as earning too little, when that is true of everything it would offer. In
    `benefit_presses` each row is followed by the column and the words that are not said. Those `of_feed` and
    `proposed` wait for a decision, which is no fault.
    """

    without_benefit: Rows = ()
    resolves_to_nothing: Rows = ()
    out_of_stock: Rows = ()
    cost_unknown: Rows = ()
    margin_lost: Rows = ()
    benefit_presses: Rows = ()
    of_feed: Rows = ()
    proposed: Rows = ()

    @property
    def faults(self) -> dict[str, Rows]:
        """What somebody has to mend, by name."""
        names = ("without_benefit", "resolves_to_nothing", "out_of_stock", "cost_unknown", "margin_lost")
        return {name: getattr(self, name) for name in (*names, "benefit_presses")}


def matrix_findings(snapshot: CatalogueSnapshot) -> MatrixFindings:
    """Look every row through that is not rejected."""
    found: dict[str, list[str]] = {}
    for row in snapshot.matrix:
        if not row.rejected:
            for name in _wrong(snapshot, row):
                found.setdefault(name, []).append(row.name)
            for column, _, pressure in pressing_in("benefit", row.benefit):
                found.setdefault("benefit_presses", []).append(f"{row.name} {column}, {pressure}")
    return MatrixFindings(**{name: tuple(rows) for name, rows in found.items()})


def _wrong(snapshot: CatalogueSnapshot, row: MatrixRow) -> Iterator[str]:
    targets = snapshot.select(row.target)
    if not row.approved:
        yield "of_feed" if row.provenance is Provenance.FEED else "proposed"
    if not snapshot.select(row.anchor) or not targets:
        yield "resolves_to_nothing"
        return
    if row.kind is RelationKind.NONE_FITS:
        return
    if not (row.benefit.de and row.benefit.en) and (row.approved or row.provenance is Provenance.MERCHANT):
        yield "without_benefit"
    if row.approved:
        yield from _unsellable(row, targets, snapshot.own_limits)


def _unsellable(row: MatrixRow, targets: tuple[Product, ...], limits: OfferLimits) -> Iterator[str]:
    if all(product.stock < 1 for product in targets):
        yield "out_of_stock"
    profits = [product.profit for product in targets if product.profit is not None]
    if not profits:
        yield "cost_unknown"
        return
    cross = row.kind in CROSS_RELATIONS
    floor = limits.min_profit_cross + limits.handling_cost if cross else limits.min_profit_down
    if max(profits) < floor:
        yield "margin_lost"
