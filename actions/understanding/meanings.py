"""Gathers what the words of a catalogue mean: categories, brands, models, colours, values, attributes, uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from actions.offers.attributes import listed
from actions.offers.products import Product
from actions.understanding.catalogue import CategoryWords, Snapshot, TermWords, above
from actions.understanding.colours import colours_in
from actions.understanding.generic import same_values, use_phrases
from actions.understanding.spelling import stem_of
from actions.understanding.units import amount

SEPARATORS = re.compile(r"\s*(?:&|/|,|;|\+|\bund\b|\band\b|\bsowie\b)\s*", re.IGNORECASE)
UNIT_SUFFIX = re.compile(r"_[a-z]{1,3}$")
LONGEST_VALUE = 4
HEAD_SHARE = 0.6
USE = "use"


class Kind(StrEnum):
    """What a word of the catalogue names."""

    CATEGORY = "category"
    BRAND = "brand"
    FAMILY = "family"
    COLOUR = "colour"
    SIZE = "size"
    VALUE = "value"
    ATTRIBUTE = "attribute"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a phrase may name; a full title or synonym weighs 1, a word that only heads a title less.

    `spelt` holds the folded words of the phrase, so that "Fernseher" and "Fernsehen" can be told apart. `lent` are
    meanings by a word that is not the shop's own.
    """

    kind: Kind
    name: str
    weight: float = 1.0
    spelt: str = ""
    lent: bool = False


Named = tuple[str, Meaning]


def phrases_of(snapshot: Snapshot) -> Iterator[Named]:
    """Every phrase of a catalogue with one of its meanings."""
    yield from _category_phrases(snapshot)
    for term in snapshot.terms:
        yield from _term_phrases(term)
    for variants in snapshot.families.values():
        yield from _model_phrases(variants[0])
    for product in snapshot.products.values():
        yield from _field_phrases(product)
    yield from _attribute_phrases(snapshot)
    for phrase, uses in use_phrases().items():
        yield from ((" ".join(phrase), Meaning(Kind.USE, use, 0.5)) for use in uses)


def _category_phrases(snapshot: Snapshot) -> Iterator[Named]:
    paths = {path for product in snapshot.products.values() for path in above(product.category) if path}
    for path in sorted(paths | set(snapshot.categories)):
        slug = re.sub(r"[-_]+", " ", path.rsplit("/", maxsplit=1)[-1])
        yield slug, Meaning(Kind.CATEGORY, path, 0.8)
        words = snapshot.categories.get(path)
        titles = (words.title.de, words.title.en) if words else (slug,)
        for title in titles:
            yield from _title_phrases(title, path)
        for synonym in _synonyms(words) if words else ():
            yield synonym, Meaning(Kind.CATEGORY, path)


def _title_phrases(title: str, path: str) -> Iterator[Named]:
    """The whole title, its parts between "and" and commas, and the word each part ends in."""
    yield title, Meaning(Kind.CATEGORY, path)
    parts = [part for part in SEPARATORS.split(title) if part and not part.endswith("-")]
    for part in parts:
        if len(parts) > 1:
            yield part, Meaning(Kind.CATEGORY, path, 0.9 if part == parts[0] else 0.8)
        head = part.split()[-1]
        if head != part:
            yield head, Meaning(Kind.CATEGORY, path, 0.6)


def _synonyms(words: CategoryWords | TermWords) -> tuple[str, ...]:
    return (*words.synonyms_de, *words.synonyms_en)


def _term_phrases(term: TermWords) -> Iterator[Named]:
    kinds = {"color": "colour", "farbe": "colour", "material": "value", "marke": "brand"}
    kind = kinds.get(term.kind, term.kind)
    meaning = Meaning(Kind(kind) if kind in set(Kind) else Kind.VALUE, term.term)
    for text in (term.words.de, term.words.en, *_synonyms(term)):
        yield text, meaning
        bare = re.sub(r"\s*\(.*\)|\s+in \S+$", "", text)
        if meaning.kind is Kind.ATTRIBUTE and bare != text:
            yield bare, meaning


def _model_phrases(product: Product) -> Iterator[Named]:
    meaning = Meaning(Kind.FAMILY, product.family)
    for title in dict.fromkeys((product.title.de, product.title.en)):
        yield title, meaning
    if product.model:
        yield product.model, meaning
        yield f"{product.brand} {product.model}", meaning


def _field_phrases(product: Product) -> Iterator[Named]:
    yield product.brand, Meaning(Kind.BRAND, product.brand)
    yield product.size, Meaning(Kind.SIZE, product.size)
    if product.colour and not colours_in(product.colour):
        yield product.colour, Meaning(Kind.COLOUR, product.colour)


def _attribute_phrases(snapshot: Snapshot) -> Iterator[Named]:
    seen: set[tuple[str, str]] = set()
    for product in snapshot.products.values():
        seen.update(product.attributes.items())
    for name in sorted({name for name, _ in seen} - {USE}):
        yield name.replace("_", " "), Meaning(Kind.ATTRIBUTE, name)
        yield UNIT_SUFFIX.sub("", name).replace("_", " "), Meaning(Kind.ATTRIBUTE, name)
    for value in sorted({value for name, listing in seen if name != USE for value in listed(listing)}):
        yield from _value_phrases(value)
    for value in sorted({use for name, listing in seen if name == USE for use in listed(listing)}):
        yield value, Meaning(Kind.USE, value)


def _value_phrases(value: str) -> Iterator[Named]:
    if amount(value) is not None or len(value.split()) > LONGEST_VALUE:
        return
    meaning = Meaning(Kind.VALUE, value)
    yield value, meaning
    for phrase in same_values().get(stem_of(value.replace("-", "").replace(" ", "")), ()):
        yield " ".join(phrase), meaning
