"""Says which of several products suits a purpose, from what is recorded and nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.offers.attributes import is_there, listed
from actions.offers.products import Product
from actions.understanding.meanings import USE
from actions.understanding.units import amount

SHARE = 0.6
MARGIN = 0.25
LEAST_PEERS = 4
MOST_FACTS = 4


@dataclass(frozen=True, slots=True)
class Best:
    """The product that suits best, and the recorded attributes that speak for it, the strongest first."""

    product: Product
    facts: tuple[str, ...]


def best_for(uses: Sequence[str], products: Sequence[Product], peers: Iterable[Product] = ()) -> Best | None:
    """The product recorded for the most of the uses; None where no product is recorded for any.

    Products recorded for as many uses are told apart by what products for these uses typically have and others
    do not, counted among `peers` (the category, say) and the products themselves; then by rating and price.
    """
    wanted = {use.casefold() for use in uses}
    scored = [(len(wanted & set(listed(product.attributes.get(USE, "")))), product) for product in products]
    most = max((score for score, _ in scored), default=0)
    if not most:
        return None
    typical = _typical(wanted, [*products, *peers])
    best = max(
        (product for score, product in scored if score == most),
        key=lambda p: (len(_shared(p, typical)), p.stock > 0, p.rating or 0.0, -p.price.amount, p.sku),
    )
    return Best(best, (USE, *_shared(best, typical)[: MOST_FACTS - 1]))


def _typical(uses: set[str], peers: Sequence[Product]) -> list[tuple[str, str]]:
    """Recorded pairs that most products for these uses have and clearly fewer of the others."""
    unique = {product.family: product for product in peers}.values()
    meant = [p for p in unique if uses & set(listed(p.attributes.get(USE, "")))]
    rest = [p for p in unique if p not in meant]
    if len(meant) < 2 or len(rest) < 2 or len(meant) + len(rest) < LEAST_PEERS:
        return []
    here, there = _shares(meant), _shares(rest)
    gained = {pair: share - there.get(pair, 0.0) for pair, share in here.items() if share >= SHARE}
    return sorted((pair for pair, gain in gained.items() if gain >= MARGIN), key=lambda pair: (-gained[pair], pair))


def _shares(products: Sequence[Product]) -> dict[tuple[str, str], float]:
    counted = Counter(pair for product in products for pair in _pairs(product))
    return {pair: count / len(products) for pair, count in counted.items()}


def _pairs(product: Product) -> set[tuple[str, str]]:
    """What a product has: an attribute that is there at all; amounts say nothing without a scale."""
    return {
        (name, "there")
        for name, value in product.attributes.items()
        if name != USE and is_there(value) and amount(value) is None
    }


def _shared(product: Product, typical: Sequence[tuple[str, str]]) -> list[str]:
    own = _pairs(product)
    return [pair[0] for pair in typical if pair in own]
