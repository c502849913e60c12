"""The order of the eligible, and the choice made of it: one of a model and, among extras, one of a category."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from actions.offers.comparison import kept
from actions.offers.fitting import relation_speaks
from actions.offers.limits import OfferLimits
from actions.offers.products import Product, RelationKind
from actions.offers.situation import Candidate, OfferKind, Situation
from actions.offers.strength import strength

Key = tuple[float | str, ...]
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
        return (seen, *_curated(situation, candidate), *key(situation, candidate, limits), *ties)

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


def precedence(situation: Situation, candidate: Candidate) -> int:
    """What no liking changes: new before shown before, and in each what the product needs before what suits it."""
    relation = candidate.relation
    needed = relation is not None and relation_speaks(relation) and relation.kind is RelationKind.REQUIRED_PART
    return 2 * (candidate.product.sku in situation.shown_skus) + (not needed)


def _curated(situation: Situation, candidate: Candidate) -> Key:
    """Needed parts, then the merchant's rows, those of what is talked of before those of other lines."""
    relation, anchor = candidate.relation, situation.anchor
    if relation is None or not relation_speaks(relation):
        return (1, 1, 0, 0)
    elsewhere = anchor is not None and relation.anchor != anchor.sku
    return (relation.kind is not RelationKind.REQUIRED_PART, 0, elsewhere, relation.place)


def _cross(_situation: Situation, candidate: Candidate, limits: OfferLimits) -> Key:
    return (-strength(candidate, limits).total,)


def _up(situation: Situation, candidate: Candidate, _limits: OfferLimits) -> Key:
    anchor = situation.basis(candidate.relation)
    steps = _tiers_between(anchor, candidate)
    step = 1 if steps is None else abs(steps - 1)
    return (step, -candidate.next_chance, -candidate.likeness, candidate.product.price.amount)


def _down(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Key:
    anchor, offered = situation.basis(candidate.relation), candidate.product
    if anchor is None:
        return ()
    price = offered.price.amount
    hardly_saves = (anchor.price.amount - price) * LEAST_SAVING < anchor.price.amount
    far_below = price * limits.max_price_step < anchor.price.amount
    steps = _tiers_between(anchor, candidate)
    step = 1 if steps is None else abs(steps + 1)
    return (hardly_saves, -kept(anchor, offered), far_below, step, -candidate.next_chance, price)


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
