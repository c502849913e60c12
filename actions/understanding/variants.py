"""Settles which variant of a model is meant, or says what still has to be asked; nothing is ever guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from actions.offers.attributes import attribute, measure, span
from actions.offers.products import NOTHING, Product
from actions.understanding.criteria import meets
from actions.understanding.sizes import fitting

ASKED_FIRST = ("size", "colour")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The one variant that is meant."""

    product: Product


@dataclass(frozen=True, slots=True)
class Ask:
    """What has to be asked: an attribute with the values that can be had, as recorded; `stock` counts each."""

    attribute: str
    options: tuple[str, ...]
    stock: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoneLeft:
    """Nothing in stock is what was asked for: the wishes, and what is left instead, the nearest first."""

    asked: Mapping[str, str]
    alternatives: tuple[Product, ...]


def not_made(variants: Sequence[Product], wishes: Mapping[str, str]) -> NoneLeft | None:
    """A colour or size no variant is made in, also where all variants share one; None where every wish could be."""
    never = {
        name: wish
        for name, wish in wishes.items()
        if name in ASKED_FIRST and wish and not any(_is_meant(p, name, wish, variants) for p in variants)
    }
    recorded = {name: wish for name, wish in never.items() if any(attribute(p, name) for p in variants)}
    there = tuple(product for product in variants if product.stock > 0)
    return NoneLeft(recorded, there) if recorded else None


def resolve_variant(variants: Sequence[Product], wishes: Mapping[str, str] = NOTHING) -> Chosen | Ask | NoneLeft:
    """Choose among the variants of one model by the stated wishes.

    A wish for something in which the variants do not differ is ignored; one for something that follows from the
    size, as the height of the rider, settles the size. A variant that the shopper did not
    name is never chosen because it is the last one left: then there is one option to ask about.
    """
    differing = _differing(variants)
    asked = {name: wish for name, wish in wishes.items() if wish and _differ_in(variants, name)}
    meant = [p for p in variants if all(_is_meant(p, name, wish, variants) for name, wish in asked.items())]
    meant = well_inside(meant, asked)
    there = [product for product in meant if product.stock > 0]
    if not there:
        return NoneLeft(asked, _alternatives(variants, asked))
    still = [name for name in differing if len({attribute(product, name) for product in meant}) > 1]
    if not still:
        return Chosen(min(there, key=lambda product: (product.price.amount, product.sku)))
    return _ask(still[0], there)


def well_inside(fitting: Sequence[Product], wishes: Mapping[str, str]) -> list[Product]:
    """Of sizes made for overlapping measures those with room to both sides: 58 is inside 54 to 59.

    Where a measure lies inside several, or at the end of each, all stay.
    """
    left = list(fitting)
    for name, wish in wishes.items():
        asked = measure(wish)
        inside = [p for p in left if asked and _has_room(attribute(p, name), asked[0])]
        left = inside or left
    return left


def _has_room(recorded: str, asked: Decimal) -> bool:
    ends = span(recorded)
    return ends is not None and ends[0] < asked < ends[1]


def _ask(name: str, there: Sequence[Product]) -> Ask:
    stock: dict[str, int] = {}
    for product in there:
        value = attribute(product, name)
        stock[value] = stock.get(value, 0) + product.stock
    return Ask(name, tuple(stock), stock)


def _differing(variants: Sequence[Product]) -> list[str]:
    """In what the variants differ: size and colour; the merchant's attributes where those leave some alike."""
    names = dict.fromkeys([*ASKED_FIRST, *(name for product in variants for name in product.attributes)])
    differing = [name for name in names if _differ_in(variants, name)]
    settled = [name for name in differing if name in ASKED_FIRST]
    told_apart = len({tuple(attribute(p, name) for name in settled) for p in variants}) == len(variants)
    return settled if settled and told_apart else differing


def _differ_in(variants: Sequence[Product], name: str) -> bool:
    return len({attribute(product, name) for product in variants}) > 1


def _is_meant(product: Product, name: str, wish: str, variants: Sequence[Product]) -> bool:
    recorded = attribute(product, name)
    alternatives = wish.split("|")
    if name == "size":
        sizes = [variant.size for variant in variants]
        return any(recorded in fitting(sizes, size) for size in alternatives)
    exact = {value.casefold() for value in alternatives} & {attribute(v, name).casefold() for v in variants}
    return recorded.casefold() in exact if exact else meets(product, name, wish)


def _alternatives(variants: Sequence[Product], asked: Mapping[str, str]) -> tuple[Product, ...]:
    """Variants in stock, those that meet the most wishes first."""
    there = [product for product in variants if product.stock > 0]

    def missed(product: Product) -> int:
        return sum(not _is_meant(product, name, wish, variants) for name, wish in asked.items())

    return tuple(sorted(there, key=lambda product: (missed(product), product.price.amount, product.sku)))
