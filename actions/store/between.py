"""What is on record between two products: why the one is, or is not, looked at beside the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from actions.offers.fitting import is_related
from actions.offers.products import CROSS_RELATIONS, Evidence, Product, Provenance, RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation
from actions.store.affinities import bought_together
from actions.store.catalogue import CatalogueSnapshot
from actions.store.ladders import fitting_attributes, is_step
from actions.store.matrix import MatrixRow, fits
from actions.store.relations import rows_between
from actions.store.selectors import UNSORTED


class Tie(StrEnum):
    """What ties two products together for one kind of move, or keeps them apart before any rule is asked."""

    RELATED = "related"
    # past orders hold both, but neither a row nor the categories say that they belong together
    COUNTED_ONLY = "counted_only"
    REJECTED = "rejected"
    NOTHING_FITS = "nothing_fits"
    ANOTHER_MOVE = "another_move"
    SAME_MODEL = "same_model"
    SAME_NEED = "same_need"
    OTHER_NEED = "other_need"
    OTHER_FIT = "other_fit"
    NOT_DEARER = "not_dearer"
    NOT_CHEAPER = "not_cheaper"
    LOWER_TIER = "lower_tier"
    COMPLEMENT = "complement"
    OTHERS_FIRST = "others_first"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Between:
    """The tie for the move asked for, every row of the matrix that speaks of both, and the counted orders."""

    tie: Tie
    rows: tuple[MatrixRow, ...]
    evidence: Evidence | None


def between(
    connection: Connection,
    snapshot: CatalogueSnapshot,
    situation: Situation,
    pair: tuple[Product, Product],
    found: Sequence[Candidate],
) -> Between:
    """What is on record of the pair (main product, other one) for the move that `situation` asks for.

    `found` are the candidates for the other one's model; without any the tie says why there are none.
    """
    anchor, offered = pair
    rows = rows_between(snapshot, anchor, offered)
    evidence = snapshot.counted.of(connection, [anchor.family]).get(anchor.family, {}).get(offered.family)
    kind = situation.asked_for
    if found:
        tie = _tie_of_found(situation, pair, found)
    elif kind is None or kind is OfferKind.CROSS:
        tie = _tie_of_extra(pair, rows, evidence)
    else:
        tie = _tie_of_step(snapshot, pair, kind, rows, evidence)
    return Between(tie, rows, evidence)


def _tie_of_found(situation: Situation, pair: tuple[Product, Product], found: Sequence[Candidate]) -> Tie:
    """Counted orders alone do not make two products belong together."""
    relations = [each.relation for each in found if each.relation and each.relation.provenance is Provenance.MINED]
    decided = any(relation.approved for relation in relations) or len(relations) < len(found)
    if decided or any(is_related(situation, each) for each in found):
        return Tie.RELATED
    return Tie.SAME_NEED if _same_need(pair) else Tie.COUNTED_ONLY


def _same_need(pair: tuple[Product, Product]) -> bool:
    return pair[0].category == pair[1].category != UNSORTED


def _tie_of_extra(pair: tuple[Product, Product], rows: Sequence[MatrixRow], evidence: Evidence | None) -> Tie:
    anchor, offered = pair
    if anchor.family == offered.family:
        return Tie.SAME_MODEL
    if any(row.rejected for row in rows):
        return Tie.REJECTED
    if any(row.kind is RelationKind.NONE_FITS for row in rows):
        return Tie.NOTHING_FITS
    if rows and not any(row.kind in CROSS_RELATIONS for row in rows):
        return Tie.ANOTHER_MOVE
    if rows or evidence is not None:
        return Tie.OTHERS_FIRST
    return Tie.SAME_NEED if _same_need(pair) else Tie.NOTHING


def _tie_of_step(
    snapshot: CatalogueSnapshot,
    pair: tuple[Product, Product],
    kind: OfferKind,
    rows: Sequence[MatrixRow],
    evidence: Evidence | None,
) -> Tie:
    anchor, offered = pair
    if anchor.family == offered.family or anchor.name_without_colour == offered.name_without_colour:
        return Tie.SAME_MODEL
    if UNSORTED in (anchor.category, offered.category) or anchor.category != offered.category:
        return Tie.OTHER_NEED
    if fits({name: name for name in fitting_attributes(snapshot, anchor)}, anchor, offered) is False:
        return Tie.OTHER_FIT
    if not is_step(kind, anchor, offered):
        return _tie_of_no_step(pair, kind)
    complements = any(row.kind in CROSS_RELATIONS and not row.rejected for row in rows)
    if complements or (evidence and bought_together(evidence, snapshot.own_limits)):
        return Tie.COMPLEMENT
    return Tie.OTHERS_FIRST


def _tie_of_no_step(pair: tuple[Product, Product], kind: OfferKind) -> Tie:
    anchor, offered = pair
    if kind is OfferKind.DOWN:
        return Tie.NOT_CHEAPER
    return Tie.LOWER_TIER if offered.price.amount > anchor.price.amount else Tie.NOT_DEARER
