"""Prepares candidates for a decision: what they tell about each other, and one voice for each edge."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from actions.offers.fitting import relation_speaks
from actions.offers.products import CROSS_RELATIONS, Product, Provenance, RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation

_SPEAKERS = {Provenance.MERCHANT: 0, Provenance.FEED: 1, Provenance.MINED: 2}


def informed(situation: Situation, candidates: Sequence[Candidate]) -> Situation:
    """The situation with what the candidates tell: declined families, opened categories, closed anchors, sizes."""
    products = [candidate.product for candidate in candidates]
    shown = _families_of(situation.shown_skus, products)
    return replace(
        situation,
        refused_families=situation.refused_families | _families_of(situation.refused, products),
        shown_skus=situation.shown_skus | {p.sku for p in products if p.family in shown},
        related_categories=situation.related_categories | _opened(situation, candidates),
        nothing_fits=situation.nothing_fits | _closed(candidates),
        family_sizes={**_sizes(products), **situation.family_sizes},
    )


def one_per_edge(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Of several relations between the same two products the one with the most authority, in a fixed order.

    The merchant is heard before a feed and a feed before counted orders; a row that withholds approval or says
    that nothing fits outweighs an unapproved count, and of two equal voices the more careful one speaks.
    """
    strongest: dict[tuple[str, OfferKind, str], Candidate] = {}
    for candidate in candidates:
        anchor = candidate.relation.anchor if candidate.relation else ""
        edge = (candidate.product.sku, candidate.kind, anchor)
        held = strongest.get(edge)
        if held is None or authority(candidate) < authority(held):
            strongest[edge] = candidate
    return tuple(strongest[edge] for edge in sorted(strongest))


def authority(candidate: Candidate) -> tuple[int, int, int, str]:
    """Sorts candidates for one product by who speaks for them; the last part only makes the order total."""
    relation = candidate.relation
    if relation is None:
        return (9, 0, 0, repr(candidate.product))
    careful = {False: 0, None: 1, True: 2}[relation.compatible]
    text = f"{relation!r}{candidate.product!r}{candidate.pull_of_others!r}"
    if relation_speaks(relation):
        return (_SPEAKERS[relation.provenance], careful, relation.place, text)
    if relation.kind is RelationKind.NONE_FITS:
        return (3, careful, relation.place, text)
    return (4 + _SPEAKERS[relation.provenance], careful, relation.place, text)


def _families_of(skus: frozenset[str], products: Iterable[Product]) -> frozenset[str]:
    return frozenset(product.family for product in products if product.sku in skus)


def _opened(situation: Situation, candidates: Sequence[Candidate]) -> frozenset[tuple[str, str]]:
    pairs = set()
    for candidate in candidates:
        anchor, relation = situation.basis(candidate.relation), candidate.relation
        stated = relation is not None and relation_speaks(relation) and relation.kind in CROSS_RELATIONS
        if (
            stated
            and anchor
            and candidate.kind is OfferKind.CROSS
            and anchor.category
            and candidate.product.category
        ):
            pairs.add((anchor.category, candidate.product.category))
    return frozenset(pairs)


def _closed(candidates: Sequence[Candidate]) -> frozenset[str]:
    relations = (candidate.relation for candidate in candidates)
    return frozenset(r.anchor for r in relations if r is not None and r.kind is RelationKind.NONE_FITS)


def _sizes(products: Iterable[Product]) -> dict[str, frozenset[str]]:
    sizes: dict[str, frozenset[str]] = {}
    for product in products:
        if product.size:
            sizes[product.family] = sizes.get(product.family, frozenset()) | {product.size}
    return sizes
