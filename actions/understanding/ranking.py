"""Orders hits: match first, then stock, then what was preferred, popularity, rating and price."""

from collections.abc import Sequence
from typing import Protocol

from actions.offers.attributes import measure
from actions.offers.products import Product
from actions.understanding.matching import Match
from actions.understanding.pointing import Comparison
from actions.understanding.understood import Understood

UNITLESS = 0.0


class Hit(Protocol):
    """What is ranked: a model with the variant to show."""

    @property
    def family(self) -> str: ...
    @property
    def product(self) -> Product: ...
    @property
    def in_stock(self) -> bool: ...


def rank[H: Hit](hits: Sequence[H], understood: Understood, match: Match) -> list[H]:
    """The hits, best first; the same hits always come in the same order.

    What is made for an age comes after what is made for everybody; where an age is asked for, nothing else is left.
    """
    order = understood.comparison or understood.preference or _by_tier(understood, hits)

    def key(hit: H) -> tuple[object, ...]:
        product = hit.product
        return (
            -round(match.scores.get(hit.family, 0.0), 1),
            not hit.in_stock,
            "age" in product.attributes,
            measured(product, order),
            -product.popularity,
            -(product.rating or 0.0) if product.rating_count else 0.0,
            product.price.amount,
            hit.family,
        )

    return _models_first(sorted(hits, key=key))


def _models_first[H: Hit](hits: Sequence[H]) -> list[H]:
    """Where colours of one model were not put into one family, the next model comes before the next colour."""
    seen: set[tuple[str, ...]] = set()
    again = []
    for place, hit in enumerate(hits):
        name = hit.product.name_without_colour
        again.append((name in seen, place))
        seen.add(name)
    return [hits[place] for _, place in sorted(again)]


def _by_tier[H: Hit](understood: Understood, hits: Sequence[H]) -> Comparison | None:
    """Where the shop records no tiers, "cheap" and "premium" order by price."""
    if understood.tier in (1, 3) and not any(hit.product.tier for hit in hits):
        return Comparison("price", highest=understood.tier == 3)
    return None


def measured(product: Product, order: Comparison | None) -> float:
    """A product's place in an order, smaller first; what is not recorded comes last, no order puts all alike."""
    if order is None:
        return UNITLESS
    value = figure_of(product, order.attribute)
    if value is None:
        return float("inf")
    return -value if order.highest else value


def figure_of(product: Product, name: str) -> float | None:
    """The number recorded as "price", "rating", "weight" or another attribute; None where there is none."""
    if name == "price":
        return float(product.price.amount)
    if name == "rating":
        return product.rating if product.rating_count else None
    if name == "popularity":
        return float(product.popularity)
    attribute = attribute_of(product, name)
    if not attribute:
        return None
    recorded = product.attributes[attribute]
    read = measure(f"{recorded} {attribute.rpartition('_')[2]}" if "_" in attribute else recorded)
    return float(read[0]) if read else None


def attribute_of(product: Product, name: str) -> str:
    """The recorded attribute of a general name: "weight" is `weight_kg` here; empty where none is recorded."""
    return next((a for a in product.attributes if name in (a, a.rpartition("_")[0] or a)), "")
