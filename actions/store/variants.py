"""Which variant of a model to speak of: colour and size as wished, and in stock."""

from collections.abc import Iterable

from actions.offers.attributes import attribute, satisfies
from actions.offers.products import Product
from actions.offers.situation import Needs


def fitting_variant(variants: Iterable[Product], needs: Needs, anchor: Product) -> Product | None:
    """The variant in stock that agrees most with the stated needs, then with the anchor; among equals the
    cheapest, and of these the one bought most.

    Size is compared with the anchor's only inside one category: a helmet's M says nothing about a jacket.
    """
    return min(variants, key=lambda variant: _rank(variant, needs, anchor), default=None)


def _rank(variant: Product, needs: Needs, anchor: Product) -> tuple[bool, int, bool, bool, int, int, str]:
    same_size = bool(variant.size) and variant.category == anchor.category and variant.size == anchor.size
    same_colour = bool(variant.colour) and variant.colour == anchor.colour
    return (
        variant.stock < 1,
        -sum(_has(variant, name, value) for name, value in needs.attributes.items()),
        not same_size,
        not same_colour,
        variant.price.amount,
        -variant.popularity,
        variant.sku,
    )


def _has(variant: Product, name: str, value: str) -> bool:
    return satisfies(attribute(variant, name), value)
