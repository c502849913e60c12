"""The merchant's own texts that press: where they stand and with which words. Nothing of that is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actions.offers.pressure import Pressure, pressure_in
from actions.offers.products import Words
from actions.store.catalogue import CatalogueSnapshot
from actions.store.products import TEXTS

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class PressingText:
    """One text to mend: the table, the row in it (a sku, `anchor -> target (kind)`, the name of a fact), the
    column, its language, and what is wrong with which words."""

    table: str
    row: str
    column: str
    language: str
    problem: str


def pressing_texts(snapshot: CatalogueSnapshot) -> Iterator[PressingText]:
    """Every finding in the shop's facts, the products on sale, and the rows of the matrix that are not rejected."""
    for name, value in snapshot.facts.values.items():
        if isinstance(value, Mapping):
            yield from _found("shop", name, {name: Words(*(str(value.get(each) or "") for each in LANGUAGES))})
    for product in snapshot.products.values():
        yield from _found("products", product.sku, {name: getattr(product, name) for name in TEXTS})
    for row in snapshot.matrix:
        if not row.rejected:
            yield from _found("matrix", row.name, {"benefit": row.benefit})


def pressing_in(name: str, words: Words) -> Iterator[tuple[str, str, Pressure]]:
    """Column, language and what is wrong, of one text in both languages."""
    for language in LANGUAGES:
        for pressure in pressure_in(getattr(words, language)):
            yield f"{name}_{language}", language, pressure


def _found(table: str, row: str, texts: Mapping[str, Words]) -> Iterator[PressingText]:
    for name, words in texts.items():
        for column, language, pressure in pressing_in(name, words):
            yield PressingText(table, row, column, language, str(pressure))
