"""Which recorded fact the words ask for, and that fact as it is said."""

from actions.dialogue import targets, telling
from actions.dialogue.naming import by_size as size_order
from actions.dialogue.turn import Turn
from actions.offers.products import Product
from actions.understanding.facts import asked_attribute, fact_name, recorded_fact


def asked_fact(turn: Turn) -> str:
    """The attribute asked for of what is being talked of, recorded or not; empty where the words name none."""
    products = talked_of(turn)
    return (asked_of(turn, products[0]) or "") if products else ""


def talked_of(turn: Turn) -> list[Product]:
    """The model in discussion, else all of those shown."""
    discussed = targets.family_in_discussion(turn)
    families = [discussed] if discussed else turn.memory.shown
    return targets.representatives(turn, families)


def asked_of(turn: Turn, product: Product) -> str | None:
    """The attribute the words ask for of a product; None where they name none."""
    typed = turn.incoming.text
    bounds = (name for name, values in turn.understood.wanted.items() if values[0].startswith((">=", "<=")))
    if bound := next((name for name in bounds if name in product.attributes), None):
        return bound
    return asked_attribute(typed, turn.reply.language, turn.lexicon, product) if typed else None


def fact(turn: Turn, product: Product, attribute: str) -> str:
    """One recorded fact in words, by size where the variants differ in it; empty where nothing is recorded."""
    name = fact_name(product, attribute)
    if not name:
        return ""
    if product.sku == turn.memory.focus_sku or name not in telling.told_by_variant(turn, product.family):
        return turn.names.value(name, recorded_fact(product, name))
    by_size = {p.size: p.attributes.get(name, "") for p in turn.snapshot.variants(product.family)}
    return "; ".join(
        f"{turn.names.wish('size', size)}: {turn.names.value(name, by_size[size])}"
        for size in sorted(by_size, key=size_order)
        if by_size[size]
    )
