"""What the matrix says about one anchor: its selectors resolved to models, its fitting rules answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.offers.products import CROSS_RELATIONS, Evidence, Product, Provenance, Relation, RelationKind
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow, fits
from actions.store.selectors import covers, selectors_of

MOST_FAMILIES = 40


@dataclass(frozen=True, slots=True)
class Edge:
    """One model the matrix relates to the anchor, by the row that speaks most precisely.

    `members` are its variants with the best answer to "does it fit": True, None (not recorded) or False.
    `undecided` is a proposal of a feed that may not speak for itself and silences nobody else.
    """

    row: MatrixRow
    members: tuple[Product, ...]
    compatible: bool | None
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """The edges of an anchor, the families that the merchant does not want mined for it, and `guards`: rows that
    lead to the anchor under a fitting rule, which holds in the other direction too (tyre to tube, tube to tyre)."""

    edges: tuple[Edge, ...]
    suppressed: frozenset[str]
    guards: tuple[MatrixRow, ...] = ()


def relations_of(snapshot: CatalogueSnapshot, anchor: Product) -> Relations:
    """Resolve the matrix for `anchor`, once in the life of the snapshot."""
    known = snapshot.relations.get(anchor.sku)
    if known is None:
        known = snapshot.relations[anchor.sku] = _resolve(snapshot, anchor)
    return known


def rows_between(snapshot: CatalogueSnapshot, anchor: Product, target: Product) -> tuple[MatrixRow, ...]:
    """Every row that speaks of both in this direction, rejected ones and "nothing fits" too."""
    return tuple(row for row in _rows(snapshot, anchor) if covers(row.target, target))


def relation(edge: Edge, anchor: Product, target: Product, evidence: Evidence | None) -> Relation | None:
    """The edge as a relation from `anchor` to the variant `target`.

    Where nobody has decided on a feed's proposal, past orders speak for an extra if there are any, and for a
    replacement the category that both share; that is None, as for any other step of the ladder.
    """
    crosses = edge.row.kind in CROSS_RELATIONS
    if edge.undecided and not crosses and anchor.category == target.category:
        return None
    counted = edge.undecided and crosses and evidence is not None
    return Relation(
        anchor=anchor.sku,
        target=target.sku,
        kind=RelationKind.OFTEN_BOUGHT_WITH if counted else edge.row.kind,
        provenance=Provenance.MINED if counted else edge.row.provenance,
        approved=edge.row.approved,
        rank=edge.row.rank,
        benefit=edge.row.benefit,
        evidence=evidence,
        compatible=edge.compatible,
    )


def best_fitting(
    related: Relations, anchor: Product, members: Iterable[Product]
) -> tuple[tuple[Product, ...], bool | None]:
    """Those of the `members` that fit the anchor best by the guards, and how well; without a rule they fit."""

    def verdict(member: Product) -> bool | None:
        rows = (row for row in related.guards if covers(row.anchor, member))
        return _strictest(fits(row.match, member, anchor) for row in rows)

    return _best((verdict(member), member) for member in members)


def _resolve(snapshot: CatalogueSnapshot, anchor: Product) -> Relations:
    found: list[Edge] = []
    suppressed: set[str] = set()
    whole: set[tuple[bool, str]] = set()
    single: set[tuple[bool, str]] = set()
    for row in _rows(snapshot, anchor):
        if row.rejected or row.kind is RelationKind.NONE_FITS:
            suppressed |= {product.family for product in snapshot.select(row.target)}
            continue
        one_product = row.target.startswith("sku:")
        for edge in edges(snapshot, anchor, row):
            key = (row.kind in CROSS_RELATIONS, edge.members[0].family)
            if key in whole or (key in single and not one_product):
                continue
            (single if one_product else whole).add(key)
            found.append(edge)
    guards = tuple(row for row in snapshot.matrix if row.match and covers(row.target, anchor))
    return Relations(tuple(found), frozenset(suppressed), guards)


def _rows(snapshot: CatalogueSnapshot, anchor: Product) -> list[MatrixRow]:
    """The rows that speak of `anchor`: approved ones first, then the precise before the broad, then by rank."""
    found = [row for selector in selectors_of(anchor) for row in snapshot.rows_by_anchor.get(selector, ())]
    return sorted(found, key=lambda row: not row.approved)


def edges(snapshot: CatalogueSnapshot, anchor: Product, row: MatrixRow) -> list[Edge]:
    """One edge for each model the row's target means, what fits first, then what sells best."""
    grouped: dict[str, list[Product]] = {}
    for product in snapshot.select(row.target):
        if product.sku != anchor.sku and (product.family != anchor.family or row.target.startswith("sku:")):
            grouped.setdefault(product.family, []).append(product)
    best = sorted(grouped.items(), key=lambda item: (-sum(one.popularity for one in item[1]), item[0]))
    found = [_edge(row, anchor, members, use_feed=snapshot.own_limits.use_feed) for _, members in best]
    return sorted(found, key=lambda edge: _order(edge.compatible))[:MOST_FAMILIES]


def _edge(row: MatrixRow, anchor: Product, members: Iterable[Product], *, use_feed: bool) -> Edge:
    undecided = row.provenance is Provenance.FEED and not row.approved and not use_feed
    best, compatible = _best((fits(row.match, anchor, member), member) for member in members)
    return Edge(row, best, compatible, undecided)


def _best(verdicts: Iterable[tuple[bool | None, Product]]) -> tuple[tuple[Product, ...], bool | None]:
    found = list(verdicts)
    best = min((verdict for verdict, _ in found), key=_order)
    return tuple(member for verdict, member in found if verdict is best), best


def _strictest(verdicts: Iterable[bool | None]) -> bool | None:
    return max(verdicts, key=_order, default=True)


def _order(compatible: bool | None) -> int:
    return 0 if compatible else 1 if compatible is None else 2
