"""What might be offered on an anchor: the merchant's matrix, pairs counted in past orders, and the ladders."""

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection

from actions.offers.fitting import is_enough
from actions.offers.limits import OfferLimits
from actions.offers.products import (
    CROSS_RELATIONS,
    Evidence,
    Product,
    Provenance,
    Relation,
    RelationKind,
)
from actions.offers.situation import Candidate, Needs, OfferKind, Situation
from actions.offers.strength import pull_of_lines
from actions.store.catalogue import CatalogueSnapshot
from actions.store.ladders import is_step, ladder_of, learnt_step
from actions.store.pairs import evidence, mined_pairs
from actions.store.products import refreshed
from actions.store.relations import Edge, best_fitting, relation, relations_of
from actions.store.switches import next_models
from actions.store.variants import fitting_variant

__all__ = ["bought_together", "candidates", "evidence", "mined_pairs"]

MOST_MINED = 30
MOST_STEPS = 20
# further lines say little more, and each is read
MOST_LINES, MOST_SOURCES = 10, 3
DIRECTIONS = {RelationKind.UPGRADE: OfferKind.UP, RelationKind.DOWNGRADE: OfferKind.DOWN}


def candidates(connection: Connection, snapshot: CatalogueSnapshot, situation: Situation) -> list[Candidate]:
    """Everything that is related to the anchor, with price and stock as of now; empty without an anchor.

    Order: cross-sells of the matrix, mined cross-sells, steps up, steps down; within each the strongest first. A
    cross-sell of the matrix carries the counts too. After them come the extras that the latest other lines of the
    cart speak for with enough authority, each with its own line as anchor. One candidate for each product, kind
    and line; every line says how strongly it speaks for those of the others.
    """
    anchor = situation.anchor
    if anchor is None:
        return []
    others = _other_lines(situation, anchor)
    counted = snapshot.counted.of(connection, [line.family for line in (anchor, *others)])
    chosen = _Search(snapshot, situation.needs, anchor, counted)
    up, down = chosen.steps()
    beside = [_Search(snapshot, situation.needs, line, counted) for line in others[-MOST_SOURCES:][::-1]]
    for line in beside:
        line.keep_what_speaks(unwanted=chosen.related.suppressed)
    models = [*up, *down, *(model for line in (chosen, *beside) for model in line.models())]
    live = refreshed(connection, (product for model in models for product in model))
    following = next_models(connection, anchor.family, {model[0].family for model in (*up, *down)})
    return _once(
        [
            *chosen.extras(live),
            *chosen.replacements(live),
            *(chosen.step(model, OfferKind.UP, live, following) for model in up),
            *(chosen.step(model, OfferKind.DOWN, live, following) for model in down),
            *(found for line in beside for found in line.extras(live)),
        ]
    )


Models = list[tuple[Product, ...]]
Live = Mapping[str, Product]


class _Search:
    """One look for candidates beside one product; `counted` are the pairs of all lines of the cart."""

    def __init__(
        self,
        snapshot: CatalogueSnapshot,
        needs: Needs,
        anchor: Product,
        counted: Mapping[str, Mapping[str, Evidence]],
    ) -> None:
        self.snapshot = snapshot
        self.needs = needs
        self.anchor = anchor
        self.related = relations_of(snapshot, anchor)
        self.pairs = counted.get(anchor.family, {})
        self.pairs_of_others = [pairs for family, pairs in counted.items() if family != anchor.family]
        self.edges = self.related.edges
        by_matrix = {member.family for edge in self.edges for member in edge.members if _is_cross(edge)}
        self.by_matrix = frozenset(by_matrix)
        self.mined = self._mined_families(self.related.suppressed | self.by_matrix)

    def keep_what_speaks(self, unwanted: frozenset[str]) -> None:
        """Only extras that a row or enough orders speak for, and none of the `unwanted` models."""
        limits = self.snapshot.own_limits
        self.edges = tuple(
            edge
            for edge in self.edges
            if _is_cross(edge) and _may_speak(edge, limits) and edge.members[0].family not in unwanted
        )
        self.mined = [
            model
            for model in self.mined
            if model[0].family not in unwanted and is_enough(self.pairs[model[0].family], limits)
        ]

    def models(self) -> Models:
        """What rows and counts relate to the product."""
        return [*(edge.members for edge in self.edges), *self.mined]

    def extras(self, live: Live) -> list[Candidate | None]:
        """Cross-sells: those of the matrix, then those counted."""
        stated = (self._from_matrix(edge, live) for edge in self.edges if _is_cross(edge))
        return [*stated, *(self._from_counts(model, live) for model in self.mined)]

    def replacements(self, live: Live) -> list[Candidate | None]:
        """What the matrix puts in the place of the product."""
        return [self._from_matrix(edge, live) for edge in self.edges if not _is_cross(edge)]

    def _mined_families(self, without: Iterable[str]) -> Models:
        families = self.snapshot.families
        left_out = {*without, self.anchor.family}
        wanted = [family for family in self.pairs if family in families and family not in left_out]
        return [families[family] for family in wanted[:MOST_MINED]]

    def steps(self) -> tuple[Models, Models]:
        """The steps up and down without what is bought together with the product: a complement replaces nothing."""
        limits = self.snapshot.own_limits
        together = self.by_matrix | {
            family for family, counted in self.pairs.items() if bought_together(counted, limits)
        }
        ladder = ladder_of(self.snapshot, self.anchor)
        up = (model for model in ladder.up if model[0].family not in together)
        down = [model for model in ladder.down if model[0].family not in together]
        ceiling = self.needs.max_price
        if ceiling is not None:
            down.sort(key=lambda model: min(member.price.amount for member in model) > ceiling)
        return list(islice(up, MOST_STEPS)), down[:MOST_STEPS]

    def _variant(self, model: Iterable[Product], live: Live) -> Product | None:
        fresh = [live[member.sku] for member in model if member.sku in live]
        return fitting_variant(fresh, self.needs, self.anchor)

    def _from_matrix(self, edge: Edge, live: Live) -> Candidate | None:
        product = self._variant(edge.members, live)
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

    def _from_counts(self, model: tuple[Product, ...], live: Live) -> Candidate | None:
        members, compatible = best_fitting(self.related, self.anchor, model)
        product = self._variant(members, live)
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

    def step(
        self, model: tuple[Product, ...], kind: OfferKind, live: Live, following: Mapping[str, float]
    ) -> Candidate | None:
        """A step of the ladder; `following` is who moved on to which model, as a share."""
        steps = (member for member in model if is_step(kind, self.anchor, live.get(member.sku, member)))
        product = self._variant(steps, live)
        if product is None:
            return None
        learnt, chance = learnt_step(self.snapshot, self.anchor, product), following.get(product.family, 0.0)
        if learnt is None:
            return Candidate(product, kind, next_chance=chance)
        return Candidate(product, kind, tiers=learnt.tiers, likeness=learnt.likeness, next_chance=chance)


def _other_lines(situation: Situation, anchor: Product) -> list[Product]:
    """The models in the cart beside the anchor, each once, at most the latest few."""
    held = {item.product.family: item.product for item in situation.cart if item.product.family != anchor.family}
    return list(held.values())[-MOST_LINES:]


def _once(found: Iterable[Candidate | None]) -> list[Candidate]:
    kept: dict[tuple[OfferKind, str, str], Candidate] = {}
    for candidate in found:
        if candidate is not None:
            several = candidate.kind is OfferKind.CROSS and candidate.relation
            line = candidate.relation.anchor if several and candidate.relation else ""
            kept.setdefault((candidate.kind, candidate.product.sku, line), candidate)
    return list(kept.values())


def bought_together(counted: Evidence, limits: OfferLimits) -> bool:
    """Whether orders hold both often enough that neither can be meant to take the other's place."""
    return counted.together >= limits.min_evidence and counted.lift >= limits.min_lift


def _may_speak(edge: Edge, limits: OfferLimits) -> bool:
    return edge.row.approved or (edge.row.provenance is Provenance.FEED and limits.use_feed)


def _is_cross(edge: Edge) -> bool:
    return edge.row.kind in CROSS_RELATIONS
