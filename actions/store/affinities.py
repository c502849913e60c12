"""What might be offered on an anchor: the merchant's matrix, pairs counted in past orders, and the ladders."""

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection

from actions.offers.products import (
    CROSS_RELATIONS,
    Product,
    Provenance,
    Relation,
    RelationKind,
)
from actions.offers.situation import Candidate, OfferKind, Situation
from actions.offers.strength import pull_of_lines
from actions.store.catalogue import CatalogueSnapshot
from actions.store.ladders import is_step, ladder_of, learnt_step
from actions.store.pairs import evidence, mined_pairs
from actions.store.products import refreshed
from actions.store.relations import Edge, best_fitting, relation, relations_of
from actions.store.switches import next_models
from actions.store.variants import fitting_variant

__all__ = ["candidates", "evidence", "mined_pairs"]

MOST_MINED = 30
MOST_STEPS = 20
# further lines say little more, and each is read
MOST_LINES = 10
DIRECTIONS = {RelationKind.UPGRADE: OfferKind.UP, RelationKind.DOWNGRADE: OfferKind.DOWN}


def candidates(connection: Connection, snapshot: CatalogueSnapshot, situation: Situation) -> list[Candidate]:
    """Everything that is related to the anchor, with price and stock as of now; empty without an anchor.

    Order: cross-sells of the matrix, mined cross-sells, steps up, steps down; within each the strongest first.
    One candidate for each product and kind; a cross-sell of the matrix carries the counts too. The other lines of
    the cart bring no candidates: they only say how strongly they speak for those of the anchor.
    """
    anchor = situation.anchor
    if anchor is None:
        return []
    return _Search(connection, snapshot, situation, anchor).run()


class _Search:
    """One look for candidates."""

    def __init__(
        self, connection: Connection, snapshot: CatalogueSnapshot, situation: Situation, anchor: Product
    ) -> None:
        self.connection = connection
        self.snapshot = snapshot
        self.needs = situation.needs
        self.anchor = anchor
        self.related = relations_of(snapshot, anchor)
        others = _other_lines(situation, anchor)
        counted = snapshot.counted.of(connection, [anchor.family, *others])
        self.pairs = counted.get(anchor.family, {})
        self.pairs_of_others = [counted[family] for family in others if family in counted]
        self.live: dict[str, Product] = {}
        self.next: Mapping[str, float] = {}

    def run(self) -> list[Candidate]:
        related = self.related
        by_matrix = {member.family for edge in related.edges for member in edge.members if _is_cross(edge)}
        mined = self._mined_families(related.suppressed | by_matrix)
        up, down = self._steps(by_matrix)
        steps = {model[0].family for model in (*up, *down)}
        self.next = next_models(self.connection, self.anchor.family, steps)
        models = [edge.members for edge in related.edges] + mined + up + down
        self.live = refreshed(self.connection, (product for model in models for product in model))
        found = [
            *(self._from_matrix(edge) for edge in related.edges if _is_cross(edge)),
            *(self._from_counts(model) for model in mined),
            *(self._from_matrix(edge) for edge in related.edges if not _is_cross(edge)),
            *(self._from_ladder(model, OfferKind.UP) for model in up),
            *(self._from_ladder(model, OfferKind.DOWN) for model in down),
        ]
        return _once(found)

    def _mined_families(self, without: Iterable[str]) -> list[tuple[Product, ...]]:
        families = self.snapshot.families
        left_out = {*without, self.anchor.family}
        wanted = [family for family in self.pairs if family in families and family not in left_out]
        return [families[family] for family in wanted[:MOST_MINED]]

    def _steps(self, by_matrix: set[str]) -> tuple[list[tuple[Product, ...]], list[tuple[Product, ...]]]:
        """The steps without what is bought together with the anchor: a complement replaces nothing."""
        limits = self.snapshot.own_limits
        together = by_matrix | {
            family
            for family, counted in self.pairs.items()
            if counted.together >= limits.min_evidence and counted.lift >= limits.min_lift
        }
        ladder = ladder_of(self.snapshot, self.anchor)
        up = (model for model in ladder.up if model[0].family not in together)
        down = [model for model in ladder.down if model[0].family not in together]
        ceiling = self.needs.max_price
        if ceiling is not None:
            down.sort(key=lambda model: min(member.price.amount for member in model) > ceiling)
        return list(islice(up, MOST_STEPS)), down[:MOST_STEPS]

    def _variant(self, model: Iterable[Product]) -> Product | None:
        fresh = [self.live[member.sku] for member in model if member.sku in self.live]
        return fitting_variant(fresh, self.needs, self.anchor)

    def _from_matrix(self, edge: Edge) -> Candidate | None:
        product = self._variant(edge.members)
        if product is None:
            return None
        kind = OfferKind.CROSS if _is_cross(edge) else DIRECTIONS.get(edge.row.kind)
        if kind is None:
            # a substitute may be either; at the same price it is neither
            difference = product.price.amount - self.anchor.price.amount
            if difference == 0:
                return None
            kind = OfferKind.UP if difference > 0 else OfferKind.DOWN
        related = relation(edge, self.anchor, product, self.pairs.get(product.family))
        if kind is not OfferKind.CROSS:
            return Candidate(product, kind, related)
        return Candidate(product, kind, related, pull_of_others=self._pull_of_others(product))

    def _from_counts(self, model: tuple[Product, ...]) -> Candidate | None:
        members, compatible = best_fitting(self.related, self.anchor, model)
        product = self._variant(members)
        if product is None:
            return None
        counted = self.pairs[product.family]
        mined = Relation(
            anchor=self.anchor.sku,
            target=product.sku,
            kind=RelationKind.OFTEN_BOUGHT_WITH,
            provenance=Provenance.MINED,
            approved=False,
            evidence=counted,
            compatible=compatible,
        )
        return Candidate(product, OfferKind.CROSS, mined, pull_of_others=self._pull_of_others(product))

    def _pull_of_others(self, product: Product) -> float:
        pairs = (known.get(product.family) for known in self.pairs_of_others)
        return pull_of_lines(pairs, self.snapshot.own_limits)

    def _from_ladder(self, model: tuple[Product, ...], kind: OfferKind) -> Candidate | None:
        steps = (member for member in model if is_step(kind, self.anchor, self.live.get(member.sku, member)))
        product = self._variant(steps)
        if product is None:
            return None
        learnt, chance = learnt_step(self.snapshot, self.anchor, product), self.next.get(product.family, 0.0)
        if learnt is None:
            return Candidate(product, kind, next_chance=chance)
        return Candidate(product, kind, tiers=learnt.tiers, likeness=learnt.likeness, next_chance=chance)


def _other_lines(situation: Situation, anchor: Product) -> list[str]:
    """The models in the cart beside the anchor, each once, at most the latest few."""
    held = dict.fromkeys(item.product.family for item in situation.cart if item.product.family != anchor.family)
    return list(held)[-MOST_LINES:]


def _once(found: Iterable[Candidate | None]) -> list[Candidate]:
    kept: dict[tuple[OfferKind, str], Candidate] = {}
    for candidate in found:
        if candidate is not None:
            kept.setdefault((candidate.kind, candidate.product.sku), candidate)
    return list(kept.values())


def _is_cross(edge: Edge) -> bool:
    return edge.row.kind in CROSS_RELATIONS
