"""What may take an anchor's place: dearer and cheaper models that serve the same need."""

from dataclasses import dataclass

from actions.affinity.ladder import Step
from actions.offers.products import Product
from actions.offers.situation import OfferKind
from actions.store.catalogue import CatalogueSnapshot
from actions.store.matrix import fits
from actions.store.selectors import UNSORTED, covers


@dataclass(frozen=True, slots=True)
class Ladder:
    """Models of the anchor's category as tuples of variants, the nearest step first."""

    up: tuple[tuple[Product, ...], ...]
    down: tuple[tuple[Product, ...], ...]


def ladder_of(snapshot: CatalogueSnapshot, anchor: Product) -> Ladder:
    """The steps above and below `anchor`, once in the life of the snapshot.

    Up is dearer and of no lower tier, the next tier before a dearer model of the same; down is cheaper. A model
    that differs in what the matrix fits by (another wheel size among tyres) is no replacement and left out; of
    products whose need is not known nothing replaces anything.
    """
    known = snapshot.ladders.get(anchor.sku)
    if known is None:
        known = snapshot.ladders[anchor.sku] = _build(snapshot, anchor)
    return known


def is_step(kind: OfferKind, anchor: Product, product: Product) -> bool:
    """True where `product` is dearer and of no lower tier (up), or cheaper (down)."""
    if kind is OfferKind.UP:
        lower = anchor.tier is not None and product.tier is not None and product.tier < anchor.tier
        return product.price.amount > anchor.price.amount and not lower
    return product.price.amount < anchor.price.amount


def learnt_step(snapshot: CatalogueSnapshot, anchor: Product, product: Product) -> Step | None:
    """The step that names and prices suggest, where one of the two has no written tier."""
    if (anchor.tier is not None and product.tier is not None) or anchor.sku not in snapshot.products:
        return None
    return snapshot.learnt_ladders.step(anchor.sku, product.sku)


def _build(snapshot: CatalogueSnapshot, anchor: Product) -> Ladder:
    if anchor.category == UNSORTED:
        return Ladder((), ())
    must_agree = {name: name for name in fitting_attributes(snapshot, anchor)}
    families: dict[str, list[Product]] = {}
    for product in snapshot.select(f"category:{anchor.category}"):
        if product.family != anchor.family and fits(must_agree, anchor, product) is not False:
            families.setdefault(product.family, []).append(product)
    models = _one_of_each([tuple(members) for _, members in sorted(families.items())], anchor)
    up = [model for model in models if any(is_step(OfferKind.UP, anchor, member) for member in model)]
    down = [model for model in models if any(is_step(OfferKind.DOWN, anchor, member) for member in model)]
    return Ladder(
        tuple(sorted(up, key=lambda model: (_tier_order(snapshot, anchor, model), _distance(anchor, model)))),
        tuple(sorted(down, key=lambda model: _distance(anchor, model))),
    )


def _one_of_each(models: list[tuple[Product, ...]], anchor: Product) -> list[tuple[Product, ...]]:
    """Where colours of one model came in as families of their own, that in the anchor's colour stands for all.

    Another colour of the anchor itself is no step.
    """
    chosen: dict[tuple[str, ...], tuple[Product, ...]] = {}
    for model in sorted(models, key=lambda members: (members[0].colour != anchor.colour, members[0].stock <= 0)):
        chosen.setdefault(model[0].name_without_colour, model)
    chosen.pop(anchor.name_without_colour, None)
    return sorted(chosen.values(), key=lambda members: members[0].family)


def fitting_attributes(snapshot: CatalogueSnapshot, product: Product) -> frozenset[str]:
    """The attributes of `product` by which rows of the matrix decide whether it fits something else."""
    rows = (row for row in snapshot.matrix if row.match and covers(row.target, product))
    return frozenset(name for row in rows for name in row.match.values())


def _tier_order(snapshot: CatalogueSnapshot, anchor: Product, model: tuple[Product, ...]) -> int:
    if anchor.tier is not None and model[0].tier is not None:
        step = model[0].tier - anchor.tier
    else:
        learnt = learnt_step(snapshot, anchor, model[0])
        step = learnt.tiers if learnt else 0
    return {1: 0, 0: 1}.get(step, step)


def _distance(anchor: Product, model: tuple[Product, ...]) -> int:
    return min(abs(member.price.amount - anchor.price.amount) for member in model)
