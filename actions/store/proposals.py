"""What past orders propose for the matrix: pairs no row speaks of yet, for new products those of their kind."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection

from actions.offers.fitting import is_enough
from actions.offers.products import Evidence, Product, Provenance, RelationKind
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow
from actions.store.pairs import evidence_of_sums, orders_of
from actions.store.relations import relations_of
from actions.store.selectors import UNSORTED

MOST_OF_ONE = 5

Proposal = tuple[MatrixRow, Evidence]


def proposals(connection: Connection, snapshot: CatalogueSnapshot) -> list[Proposal]:
    """The rows with their counts, by anchor and the most telling first, a few for each."""
    return [found for anchor in anchors(snapshot) for found in proposals_of(connection, snapshot, anchor)]


def anchors(snapshot: CatalogueSnapshot) -> list[str]:
    """The selectors something may be proposed for, sorted: every model, and every kind of products."""
    kinds = {product.category for product in snapshot.products.values()} - {"", UNSORTED}
    return sorted([*(f"family:{family}" for family in snapshot.families), *(f"category:{kind}" for kind in kinds)])


def proposals_of(connection: Connection, snapshot: CatalogueSnapshot, anchor: str) -> list[Proposal]:
    """Those of one selector.

    What somebody wrote, approved or rejected, in whatever words, is not proposed again.
    """
    kind, _, name = anchor.partition(":")
    if kind == "category":
        return _of_kind(connection, snapshot, name)
    return _of_model(connection, snapshot, name) if name in snapshot.families else []


def _of_model(connection: Connection, snapshot: CatalogueSnapshot, family: str) -> list[Proposal]:
    counted = snapshot.counted.of(connection, [family]).get(family, {})
    if not counted:
        return []
    taken = _spoken_of(snapshot, snapshot.families[family][0])
    return _telling(snapshot, f"family:{family}", counted.items(), taken)


def _of_kind(connection: Connection, snapshot: CatalogueSnapshot, category: str) -> list[Proposal]:
    """Nothing where every model of the kind is known by orders of its own: these say more."""
    members = {product.family for product in snapshot.select(f"category:{category}")}
    orders = orders_of(connection, members)
    new = sorted(family for family in members if orders.get(family, 0) < snapshot.own_limits.min_evidence)
    if not new or not orders:
        return []
    together: Counter[str] = Counter()
    for neighbours in snapshot.counted.of(connection, orders).values():
        together.update({target: pair.together for target, pair in neighbours.items() if target not in members})
    counted = evidence_of_sums(connection, sum(orders.values()), together)
    taken = _spoken_of(snapshot, snapshot.families[new[0]][0])
    return _telling(snapshot, f"category:{category}", counted.items(), taken)


def _telling(
    snapshot: CatalogueSnapshot, anchor: str, counted: Iterable[tuple[str, Evidence]], taken: set[str]
) -> list[Proposal]:
    fresh = (pair for pair in counted if pair[0] in snapshot.families and pair[0] not in taken)
    telling = ((target, evidence) for target, evidence in fresh if is_enough(evidence, snapshot.own_limits))
    return [(_row(anchor, target, evidence), evidence) for target, evidence in islice(telling, MOST_OF_ONE)]


def _spoken_of(snapshot: CatalogueSnapshot, anchor: Product) -> set[str]:
    related = relations_of(snapshot, anchor)
    return {member.family for edge in related.edges for member in edge.members} | related.suppressed


def _row(anchor: str, target: str, evidence: Evidence) -> MatrixRow:
    return MatrixRow(
        anchor=anchor,
        target=f"family:{target}",
        kind=RelationKind.OFTEN_BOUGHT_WITH,
        provenance=Provenance.MINED,
        state="proposed",
        confidence=round(evidence.confidence, 4),
    )
