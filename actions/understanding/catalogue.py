"""What understanding needs to know of a catalogue; the store's snapshot and a test's hand-made one both fit."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from actions.offers.products import Product, Words


class CategoryWords(Protocol):
    """A category by its path ("bikes/road"), the words for it and the uses it serves.

    `titled_in` are the languages the merchant gave it a title in.
    """

    @property
    def category(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def titled_in(self) -> Collection[str]: ...
    @property
    def synonyms_de(self) -> Sequence[str]: ...
    @property
    def synonyms_en(self) -> Sequence[str]: ...
    @property
    def uses(self) -> Sequence[str]: ...


class TermWords(Protocol):
    """A recorded value or attribute name (`term`) of a kind, with the words for it."""

    @property
    def term(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> Words: ...
    @property
    def synonyms_de(self) -> Sequence[str]: ...
    @property
    def synonyms_en(self) -> Sequence[str]: ...


class Snapshot(Protocol):
    """One state of a catalogue."""

    @property
    def products(self) -> Mapping[str, Product]: ...
    @property
    def families(self) -> Mapping[str, tuple[Product, ...]]: ...
    @property
    def categories(self) -> Mapping[str, CategoryWords]: ...
    @property
    def terms(self) -> Sequence[TermWords]: ...


def above(path: str) -> tuple[str, ...]:
    """The categories a path lies in, itself last: "a/b/c" lies in "a", "a/b" and "a/b/c"."""
    steps = path.split("/")
    return tuple("/".join(steps[:count]) for count in range(1, len(steps) + 1))


def within(path: str, category: str) -> bool:
    """True where a path is the category or lies below it; everything lies within ""."""
    return not category or path == category or path.startswith(f"{category}/")


def related(one: str, other: str) -> bool:
    """True where one category lies within the other."""
    return within(one, other) or within(other, one)
