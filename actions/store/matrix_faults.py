"""Why a row of the matrix would not lead to an offer even where it is approved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from actions.offers.decision import Refusal
from actions.offers.limits import OfferLimits
from actions.offers.products import CROSS_RELATIONS, Product, Relation, RelationKind
from actions.offers.situation import Candidate, OfferKind
from actions.offers.standing import standing_refusal
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import MatrixRow
from actions.store.matrix_entries import models
from actions.store.relations import Edge, edges

# a broad row is judged by some of the models it starts from
MOST_ANCHORS = 6
DIRECTIONS = {RelationKind.UPGRADE: OfferKind.UP, RelationKind.DOWNGRADE: OfferKind.DOWN}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many pairs of products were looked at, and how many of them each reason keeps back."""

    pairs: int
    reasons: tuple[tuple[Refusal, int], ...]

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of the row could be offered."""
        return self.pairs == sum(count for _, count in self.reasons)


def standing(snapshot: CatalogueSnapshot, row: MatrixRow, limits: OfferLimits) -> Standing:
    """What the row would lead to if it were approved, with price, cost and stock as the snapshot has them."""
    if row.kind is RelationKind.NONE_FITS:
        return Standing(1, ())
    verdicts = list(_verdicts(snapshot, row, limits))
    counted = Counter(verdict for verdict in verdicts if verdict is not None)
    return Standing(len(verdicts), tuple(counted.most_common()))


def _verdicts(snapshot: CatalogueSnapshot, row: MatrixRow, limits: OfferLimits) -> Iterator[Refusal | None]:
    for anchor in models(snapshot, row.anchor)[:MOST_ANCHORS]:
        for edge in edges(snapshot, anchor, row):
            # of the variants that fit, the one there is most of
            offered = max(edge.members, key=lambda product: (product.stock, product.sku))
            yield standing_refusal(anchor, _candidate(row, edge, anchor, offered), limits)


def _candidate(row: MatrixRow, edge: Edge, anchor: Product, offered: Product) -> Candidate:
    related = Relation(
        anchor=anchor.sku,
        target=offered.sku,
        kind=row.kind,
        provenance=row.provenance,
        approved=True,
        compatible=edge.compatible,
    )
    if row.kind in CROSS_RELATIONS:
        return Candidate(offered, OfferKind.CROSS, related)
    dearer = offered.price.amount > anchor.price.amount
    return Candidate(offered, DIRECTIONS.get(row.kind, OfferKind.UP if dearer else OfferKind.DOWN), related)
