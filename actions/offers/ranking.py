"""The order of the eligible, and the choice made of it: one of a model and, among extras, one of a category."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.offers.comparison import kept
from actions.offers.earning import profit_of
from actions.offers.fitting import is_enough, relation_speaks
from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence, Product, RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation

Key = tuple[float | str, ...]
MARGIN_EXPONENT = 0.25
# a learnt weight beside confidence x ln(1 + lift): tried on earlier orders of three shops
LEARNT = 10.0
LEAST_SAVING = 20


def ranked(
    kind: OfferKind, situation: Situation, candidates: Iterable[Candidate], limits: OfferLimits
) -> tuple[Candidate, ...]:
    """The eligible candidates of one kind, one variant of each model, the best first; ties go by sku.

    What was shown before comes last, so that "another one?" brings another one.
    """
    key = _KEYS[kind]

    def place(candidate: Candidate) -> Key:
        seen = candidate.product.sku in situation.shown_skus
        ties = (-candidate.product.popularity, candidate.product.sku)
        return (seen, *_curated(candidate), *key(situation, candidate, limits), *ties)

    best: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (_other_variant(situation, c), *place(c))):
        best.setdefault(candidate.product.family, candidate)
    return tuple(sorted(best.values(), key=place))


def choose(kind: OfferKind, ordered: Sequence[Candidate], most: int) -> tuple[Candidate, ...]:
    """The first `most` of them; extras of different categories, so that three offers are not three helmets."""
    chosen: list[Candidate] = []
    served: set[str] = set()
    for candidate in ordered:
        need = candidate.product.category if kind is OfferKind.CROSS else candidate.product.sku
        if len(chosen) < most and (not need or need not in served):
            chosen.append(candidate)
            served.add(need)
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly past orders and profit speak for an extra, in the parts it is made of.

    `counted` is confidence x ln(1 + lift) of the pair with the anchor and `learnt` ten times its learnt weight,
    `other_lines` the same two of every other line of the cart; `profit` is the factor profit^0.25.
    """

    counted: float
    learnt: float
    other_lines: float
    profit: float

    @property
    def pull(self) -> float:
        """What past orders alone say."""
        return self.counted + self.learnt + self.other_lines

    @property
    def total(self) -> float:
        """What the order goes by."""
        return self.pull * self.profit


def strength(candidate: Candidate, limits: OfferLimits) -> Strength:
    """The strength of an extra. Lift alone favours rare pairs and profit alone dear ones, so both are damped."""
    evidence = candidate.relation.evidence if candidate.relation else None
    profit = max(profit_of(candidate, limits) or 0, 0)
    return Strength(*_pull_of(evidence, limits), candidate.pull_of_others, math.pow(profit, MARGIN_EXPONENT))


def pull_of_lines(pairs: Iterable[Evidence | None], limits: OfferLimits) -> float:
    """How strongly past orders speak for one product from several lines of a cart, whatever their order."""
    return math.fsum(part for evidence in pairs for part in _pull_of(evidence, limits))


def _pull_of(evidence: Evidence | None, limits: OfferLimits) -> tuple[float, float]:
    """What the counts and the learnt weight of one pair say; nothing where the orders are too few.

    A weight below 0 says that others explain the purchase better. No line of a cart speaks against an extra.
    """
    if evidence is None or not is_enough(evidence, limits):
        return 0.0, 0.0
    return evidence.confidence * math.log1p(evidence.lift), LEARNT * max(evidence.weight, 0.0)


def precedence(situation: Situation, candidate: Candidate) -> int:
    """What no liking changes: new before shown before, and in each what the product needs before what suits it."""
    relation = candidate.relation
    needed = relation is not None and relation_speaks(relation) and relation.kind is RelationKind.REQUIRED_PART
    return 2 * (candidate.product.sku in situation.shown_skus) + (not needed)


def _curated(candidate: Candidate) -> Key:
    relation = candidate.relation
    if relation is None or not relation_speaks(relation):
        return (1, 1, 0)
    return (relation.kind is not RelationKind.REQUIRED_PART, 0, relation.rank)


def _cross(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Key:
    return (-strength(candidate, limits).total,)


def _up(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Key:
    anchor = situation.basis(candidate.relation)
    steps = _tiers_between(anchor, candidate)
    return (1 if steps is None else abs(steps - 1), -candidate.likeness, candidate.product.price.amount)


def _down(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Key:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None:
        return ()
    price = offered.price.amount
    hardly_saves = (anchor.price.amount - price) * LEAST_SAVING < anchor.price.amount
    far_below = price * limits.max_price_step < anchor.price.amount
    steps = _tiers_between(anchor, candidate)
    return (hardly_saves, -kept(anchor, offered), far_below, 1 if steps is None else abs(steps + 1), price)


def _tiers_between(anchor: Product | None, candidate: Candidate) -> int | None:
    offered = candidate.product
    if anchor is None or anchor.tier is None or offered.tier is None:
        return candidate.tiers
    return offered.tier - anchor.tier


def _other_variant(situation: Situation, candidate: Candidate) -> Key:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None or candidate.kind is OfferKind.CROSS:
        return ()
    return (offered.size != anchor.size, offered.colour != anchor.colour)


_KEYS: Mapping[OfferKind, Callable[[Situation, Candidate, OfferLimits], Key]] = {
    OfferKind.CROSS: _cross,
    OfferKind.UP: _up,
    OfferKind.DOWN: _down,
}
