"""Names of products, variants and recorded facts in the shopper's language."""

from actions.offers.products import Product
from actions.store.catalogue import CatalogueSnapshot, Term

VARIANT_KINDS = ("colour", "size")


class Namer:
    """Turns recorded values into words through the shop's terms; an unknown value is said as recorded."""

    def __init__(self, snapshot: CatalogueSnapshot, language: str) -> None:
        self._language = language
        self._snapshot = snapshot
        self._terms: dict[str, Term] = {}
        for term in snapshot.terms:
            self._terms.setdefault(term.term.casefold(), term)

    def word(self, value: str) -> str:
        """One recorded value or attribute name in words."""
        term = self._terms.get(value.casefold())
        return term.words.of(self._language) if term else value.replace("_", " ")

    def words(self, value: str) -> str:
        """A recorded value that may list several, as "Gelände, Pendeln"."""
        return ", ".join(self.word(part.strip()) for part in value.replace("|", ",").split(",") if part.strip())

    def label(self, attribute: str) -> str:
        """An attribute's name as a heading."""
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
