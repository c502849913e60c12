"""The hard filters of a search: one named criterion per stated need, each a plain yes or no about a product."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.offers.attributes import OWN_FIELDS, attribute, listed, satisfies
from actions.offers.products import Product
from actions.offers.situation import Needs
from actions.understanding.catalogue import within
from actions.understanding.colours import same_colour
from actions.understanding.sizes import fitting, size_fits

UNWANTED = "not "


@dataclass(frozen=True, slots=True)
class Criterion:
    """One need by its name ("max_price", "colour", "frame"), what was asked, and whether a product meets it."""

    name: str
    asked: str
    is_met: Callable[[Product], bool]


def criteria(
    needs: Needs, tier: int | None, unwanted: Mapping[str, Sequence[str]], candidates: Iterable[Product]
) -> tuple[Criterion, ...]:
    """The criteria of a search over some candidates; a tier filters only where the shop records tiers there."""
    products = tuple(candidates)
    made: list[Criterion] = []
    if needs.max_price is not None:
        made.append(_price("max_price", needs.max_price, 1))
    if needs.min_price is not None:
        made.append(_price("min_price", needs.min_price, -1))
    for name, wanted in needs.attributes.items():
        if wanted.strip():
            made.append(_wish(name, wanted, products))
    if tier is not None and any(product.tier is not None for product in products):
        made.append(Criterion("tier", str(tier), lambda product: product.tier == tier))
    for name, values in unwanted.items():
        made.append(_refusal(name, tuple(values)))
    return tuple(made)


def meets(product: Product, name: str, wanted: str) -> bool:
    """Whether a product has a wished quality; bars part alternatives, colours and sizes match by what they mean."""
    recorded = attribute(product, name)
    field = OWN_FIELDS.get(name, name)
    alternatives = [part for part in wanted.split("|") if part]
    if field == "colour":
        return any(same_colour(recorded, colour) for colour in alternatives)
    if field == "size":
        return any(size_fits(recorded, size) for size in alternatives) if recorded else False
    if field in ("brand", "model"):
        return recorded.casefold() in (part.casefold() for part in alternatives)
    return satisfies(recorded, wanted)


def _price(name: str, limit: int, sign: int) -> Criterion:
    return Criterion(name, str(limit), lambda product: sign * product.price.amount <= sign * limit)


def _wish(name: str, wanted: str, products: tuple[Product, ...]) -> Criterion:
    if name == "size" and not any(product.size for product in products):
        return Criterion(name, wanted, lambda _product: True)
    if name == "size":
        exact = _exact_sizes(wanted, products)
        return Criterion(name, wanted, lambda product: product.size in exact)
    return Criterion(name, wanted, lambda product: meets(product, name, wanted))


def _exact_sizes(wanted: str, products: tuple[Product, ...]) -> frozenset[str]:
    sizes = {product.size for product in products if product.size}
    return frozenset(size for asked in wanted.split("|") for size in fitting(sizes, asked))


def _refusal(name: str, values: tuple[str, ...]) -> Criterion:
    def is_met(product: Product) -> bool:
        if name == "category":
            return not any(within(product.category, value) for value in values)
        if name == "family":
            return product.family not in values
        recorded = attribute(product, name)
        if name == "colour":
            return not any(same_colour(recorded, value) for value in values)
        have = {part.casefold() for part in (recorded, *listed(recorded))}
        return not any(value.casefold() in have for value in values)

    return Criterion(UNWANTED + name, "|".join(values), is_met)
