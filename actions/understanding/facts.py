"""Tells which recorded fact a question asks for, so that the answer comes from the record or is "unknown"."""

from actions.offers.attributes import attribute
from actions.offers.products import Product
from actions.understanding.generic import same_values
from actions.understanding.lexicon import Lexicon
from actions.understanding.meanings import Kind
from actions.understanding.questions import asked_words
from actions.understanding.reading import Reading
from actions.understanding.units import unit_of_name

FIELDS = frozenset({"colour", "size", "brand"})


def asked_attribute(text: str, _language: str, lexicon: Lexicon, product: Product | None = None) -> str | None:
    """The attribute a question is about: "wie schwer ist das?" asks for `weight_kg` where that is recorded.

    With a product, its own attribute is preferred. A general word the shop records nothing for is returned as
    it is ("weight"), so that the answer can be "das weiß ich nicht"; None where the question names no attribute.
    """
    reading = lexicon.read(text)
    categories = (product.category,) if product else ()
    return (
        _named(reading, lexicon, categories)
        or _general(reading, lexicon, categories)
        or _by_value(reading, lexicon, categories)
    )


def named_attribute(text: str, lexicon: Lexicon, product: Product) -> str | None:
    """The attribute of a product that a message names, not one that it only names a value of."""
    reading, categories = lexicon.read(text), (product.category,)
    return _named(reading, lexicon, categories) or _general(reading, lexicon, categories)


def fact_name(product: Product, name: str) -> str:
    """The recorded attribute of a name in any unit ("weight" and `weight_kg` find `weight_g`), or empty."""
    if attribute(product, name):
        return name
    return next((key for key, value in product.attributes.items() if value and _base(key) == _base(name)), "")


def recorded_fact(product: Product, name: str) -> str:
    """What is recorded for an attribute or its general name; empty for nothing."""
    found = fact_name(product, name)
    return attribute(product, found) if found else ""


def _base(attribute_name: str) -> str:
    return attribute_name.rpartition("_")[0] if unit_of_name(attribute_name) else attribute_name


def _named(reading: Reading, lexicon: Lexicon, categories: tuple[str, ...]) -> str | None:
    """An attribute by the shop's own name for it, what the category records first."""
    here = lexicon.records.attributes(categories)
    names = [meaning.name for m in reading.mentions for meaning in m.of(Kind.ATTRIBUTE)]
    return next((name for name in names if name in here), None) or next(iter(names), None)


def _general(reading: Reading, lexicon: Lexicon, categories: tuple[str, ...]) -> str | None:
    for token in reading.tokens:
        name = asked_words().get(token.stem)
        if name is None:
            continue
        recorded = [*lexicon.records.attributes(categories), *lexicon.records.attributes(())]
        return name if name in FIELDS else next((a for a in recorded if name in (a, _base(a))), name)
    return None


def _by_value(reading: Reading, lexicon: Lexicon, categories: tuple[str, ...]) -> str | None:
    """An attribute by one of its values: "hat das Scheibenbremsen" asks for the brakes."""
    for mention in reading.mentions:
        for meaning in mention.of(Kind.VALUE):
            value = meaning.name.casefold()
            holders = lexicon.records.holding(categories, value)
            if holders:
                return holders[0]
    known = any(t.stem in same_values() and not lexicon.repairer.is_everyday(t) for t in reading.tokens)
    return "material" if known else None
