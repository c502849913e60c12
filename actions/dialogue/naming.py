"""Names of products, variants and recorded facts in the shopper's language."""

import re

from actions.offers.products import Product
from actions.phrases import Phrasebook
from actions.store.catalogue import CatalogueSnapshot, Term

VARIANT_KINDS = ("colour", "size")
DECIMAL = re.compile(r"\d+\.\d+")
LETTER_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")


def by_size(value: str) -> tuple[int, float, str]:
    """Sorts sizes as people do: numbers by value, letters from XS to XXL, anything else by the alphabet."""
    number = re.match(r"\d+(?:[.,]\d+)?", value)
    if number:
        return (0, float(number.group().replace(",", ".")), value)
    folded = value.casefold()
    return (1, LETTER_SIZES.index(folded), value) if folded in LETTER_SIZES else (2, 0.0, folded)


class Namer:
    """Turns recorded values into words through the shop's terms; an unknown value is said as recorded."""

    def __init__(self, snapshot: CatalogueSnapshot, language: str, phrases: Phrasebook | None = None) -> None:
        self._language = language
        self._phrases = phrases
        self._snapshot = snapshot
        self._terms: dict[str, Term] = {}
        for term in snapshot.terms:
            self._terms.setdefault(term.term.casefold(), term)

    def word(self, value: str) -> str:
        """One recorded value or attribute name in words."""
        term = self._terms.get(value.casefold())
        if term:
            return term.words.of(self._language)
        if self._language == "de" and DECIMAL.fullmatch(value):
            return value.replace(".", ",")
        return value.replace("_", " ")

    def words(self, value: str) -> str:
        """A recorded value that may list several, as "Gelände, Pendeln"."""
        return ", ".join(self.word(part.strip()) for part in value.replace("|", ",").split(",") if part.strip())

    def label(self, attribute: str) -> str:
        """An attribute's name as a heading."""
        own = f"utter_label_{attribute}"
        if self._phrases and attribute.casefold() not in self._terms and own in self._phrases.names():
            return self._phrases.say(own, self._language)
        text = self.word(attribute)
        return text[:1].upper() + text[1:]

    def title(self, product: Product) -> str:
        """The model's title without its variant."""
        return product.title.of(self._language)

    def variant(self, product: Product) -> str:
        """Colour and size as the shopper knows them, "schwarz, Größe 42"; empty where the model has one variant."""
        if len(self._snapshot.variants(product.family)) < 2:
            return ""
        parts = [self.word(product.colour)] if product.colour else []
        if product.size:
            parts.append(f"{self.label('size')} {product.size}")
        return ", ".join(parts)

    def full(self, product: Product) -> str:
        """Title with variant in brackets."""
        variant = self.variant(product)
        return f"{self.title(product)} ({variant})" if variant else self.title(product)

    def category(self, category: str) -> str:
        """The category's title, or its last path element."""
        known = self._snapshot.categories.get(category)
        return known.title.of(self._language) if known else self.word(category.rsplit("/", maxsplit=1)[-1])
