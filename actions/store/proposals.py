"""What past orders propose for the matrix: well-counted pairs that no row speaks of yet."""

from sqlalchemy import Connection

from actions.offers.fitting import is_enough
from actions.offers.products import Evidence, Product, Provenance, RelationKind
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow
from actions.store.relations import relations_of

MOST_OF_ONE = 5


def proposals(connection: Connection, snapshot: CatalogueSnapshot) -> list[tuple[MatrixRow, Evidence]]:
    """The rows with their counts, by anchor and the most telling first, a few for each model."""
    return [found for family in sorted(snapshot.families) for found in proposals_of(connection, snapshot, family)]


def proposals_of(
    connection: Connection, snapshot: CatalogueSnapshot, family: str
) -> list[tuple[MatrixRow, Evidence]]:
    """Those of one model.

    What somebody wrote, approved or rejected, in whatever words, is not proposed again.
    """
    counted = snapshot.counted.of(connection, [family]).get(family, {})
    if not counted:
        return []
    taken = _spoken_of(snapshot, snapshot.families[family][0])
    fresh = [pair for pair in counted.items() if pair[0] in snapshot.families and pair[0] not in taken]
    telling = [(target, evidence) for target, evidence in fresh if is_enough(evidence, snapshot.own_limits)]
    return [(_row(family, target, evidence), evidence) for target, evidence in telling[:MOST_OF_ONE]]


def _spoken_of(snapshot: CatalogueSnapshot, anchor: Product) -> set[str]:
    related = relations_of(snapshot, anchor)
    return {member.family for edge in related.edges for member in edge.members} | related.suppressed


def _row(family: str, target: str, evidence: Evidence) -> MatrixRow:
    return MatrixRow(
        anchor=f"family:{family}",
        target=f"family:{target}",
        kind=RelationKind.OFTEN_BOUGHT_WITH,
        provenance=Provenance.MINED,
        state="proposed",
        confidence=round(evidence.confidence, 4),
    )
