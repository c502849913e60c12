"""Facts a shopper is told before buying, offers or not: what is missing to work and what it costs to run."""

from collections.abc import Iterable

from actions.offers.products import Product, Relation, RelationKind, Words


def completeness(product: Product, cart: Iterable[Product] = (), relations: Iterable[Relation] = ()) -> Words:
    """What the product lacks to work; empty where nothing is recorded or the cart holds every required part."""
    required = {r.target for r in relations if r.anchor == product.sku and r.kind is RelationKind.REQUIRED_PART}
    supplied = bool(required) and required <= {held.sku for held in cart}
    return Words() if supplied else product.not_included


def running_cost(product: Product) -> Words:
    """What the product needs again and again; empty where nothing is recorded."""
    return product.running_cost


def completeness_facts(
    product: Product, cart: Iterable[Product] = (), relations: Iterable[Relation] = ()
) -> tuple[Words, ...]:
    """Both facts, the missing part first; only those that are recorded, and without a word that presses."""
    facts = (completeness(product, cart, relations).honest(), running_cost(product).honest())
    return tuple(fact for fact in facts if fact != Words())
