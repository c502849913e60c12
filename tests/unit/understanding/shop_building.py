"""Builds small shops by hand and does with them what the assistant does: understand, refine, find."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from actions.offers.products import Money, Product, Words
from actions.offers.situation import Needs
from actions.understanding.finder import Found, find
from actions.understanding.lexicon import Lexicon
from actions.understanding.needs import merge_needs, merge_unwanted
from actions.understanding.understood import Understood, understand


@dataclass(frozen=True)
class Category:
    category: str
    title: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def titled_in(self) -> tuple[str, ...]:
        return tuple(language for language in ("de", "en") if getattr(self.title, language))


@dataclass(frozen=True)
class Term:
    term: str
    kind: str
    words: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    products: Mapping[str, Product]
    categories: Mapping[str, Category] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @cached_property
    def families(self) -> Mapping[str, tuple[Product, ...]]:
        grouped: dict[str, list[Product]] = {}
        for product in self.products.values():
            grouped.setdefault(product.family, []).append(product)
        return {family: tuple(members) for family, members in grouped.items()}


@dataclass(frozen=True)
class Shop:
    """A catalogue with its lexicon, and the two things one does with them."""

    snapshot: Snapshot
    lexicon: Lexicon

    def understand(self, text: str, language: str = "de", within: str = "") -> Understood:
        return understand(text, language, self.lexicon, within=within)

    def search(self, *messages: str, language: str = "de", limit: int = 20) -> Found:
        """What is found after these messages; the first begins a search, the others refine it."""
        needs, unwanted, words = Needs(), {}, ()
        for turn, message in enumerate(messages):
            understood = self.understand(message, language, within=needs.category)
            unwanted = merge_unwanted(unwanted, needs, understood, new_search=turn == 0)
            needs = merge_needs(needs, understood, new_search=turn == 0, snapshot=self.snapshot)
            words = understood.words or words
        return find(needs, understood, self.snapshot, self.lexicon, limit=limit, words=words, unwanted=unwanted)

    def found(self, *messages: str, language: str = "de") -> set[str]:
        """The families found."""
        return {hit.family for hit in self.search(*messages, language=language).families}


def model(
    family: str,
    category: str,
    title: tuple[str, str],
    price: float,
    *,
    colours: Iterable[str] = ("",),
    sizes: Iterable[str] = ("",),
    stock: int = 5,
    **more: object,
) -> list[Product]:
    """The variants of one model, every colour in every size."""
    made = []
    attributes = {key: str(value) for key, value in dict(more.pop("attributes", {})).items()}  # type: ignore[call-overload]
    for colour in colours:
        for size in sizes:
            sku = "-".join(filter(None, (family, colour, size))).replace(" ", "")
            made.append(
                Product(
                    sku=sku,
                    family=family,
                    title=Words(*title),
                    category=category,
                    price=Money(round(price * 100)),
                    stock=stock,
                    colour=colour,
                    size=size,
                    attributes=attributes,
                    **more,  # type: ignore[arg-type]
                )
            )
    return made


def shop(models: Iterable[list[Product]], categories: Iterable[Category], terms: Iterable[Term] = ()) -> Shop:
    products = {product.sku: product for variants in models for product in variants}
    snapshot = Snapshot(products, {category.category: category for category in categories}, tuple(terms))
    return Shop(snapshot, Lexicon.build(snapshot))
