"""The catalogue as one snapshot in memory, read again when the database says that it has changed."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, select

from actions.affinity.ladder import Ladders
from actions.affinity.tiers import Offered
from actions.offers.campaigns import Campaign
from actions.offers.limits import OfferLimits
from actions.offers.products import Product, Words
from actions.store import campaigns, policy
from actions.store.engine import reading
from actions.store.facts import ShopFacts, catalogue_version, read_facts
from actions.store.matrix import MatrixRow, read_matrix
from actions.store.pairs import PairMemory
from actions.store.products import live_product, read_products, take_stock
from actions.store.tables import categories, terms

__all__ = ["Catalogue", "CatalogueSnapshot", "Category", "Term", "live_product", "take_stock"]

CHECK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Category:
    """A need the shop serves, by its path, with the words shoppers use for it.

    `titled_in` are the languages the merchant gave it a title in; without any, the title is made of the path.
    """

    category: str
    title: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    titled_in: frozenset[str] = frozenset(("de", "en"))


@dataclass(frozen=True, slots=True)
class Term:
    """A value of the catalogue (a colour, a use, a material) with the words shoppers use for it."""

    term: str
    kind: str
    words: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class CatalogueSnapshot:
    """One state of the catalogue; price and stock in it may be a moment old (`live_product` is not).

    Which limits are in force depends on the moment: `policy.limits(snapshot, now)` says it.
    """

    products: Mapping[str, Product]
    categories: Mapping[str, Category] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    facts: ShopFacts = field(default_factory=ShopFacts)
    version: int = 0
    own_limits: OfferLimits = field(default_factory=OfferLimits)
    campaigns: tuple[Campaign, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()

    @cached_property
    def families(self) -> Mapping[str, tuple[Product, ...]]:
        """The variants of each model, by sku."""
        grouped: dict[str, list[Product]] = {}
        for product in self.products.values():
            grouped.setdefault(product.family, []).append(product)
        return {family: tuple(sorted(members, key=_sku)) for family, members in grouped.items()}

    @cached_property
    def sizes_made(self) -> Mapping[str, frozenset[str]]:
        """The sizes each model is made in, in stock or not."""
        sizes = {family: frozenset(p.size for p in members if p.size) for family, members in self.families.items()}
        return {family: made for family, made in sizes.items() if made}

    @cached_property
    def rows_by_anchor(self) -> Mapping[str, tuple[MatrixRow, ...]]:
        """The rows of the matrix by the selector of their anchor."""
        grouped: dict[str, list[MatrixRow]] = {}
        for row in self.matrix:
            grouped.setdefault(row.anchor, []).append(row)
        return {anchor: tuple(rows) for anchor, rows in grouped.items()}

    @cached_property
    def resolved(self) -> dict[str, tuple[Product, ...]]:
        """A memory for what selectors were found to mean."""
        return {}

    @cached_property
    def relations(self) -> dict[str, Any]:
        """A memory of `actions.store.relations` by anchor."""
        return {}

    @cached_property
    def ladders(self) -> dict[str, Any]:
        """A memory of `actions.store.ladders` by anchor."""
        return {}

    @cached_property
    def counted(self) -> PairMemory:
        """A memory of what was counted of pairs."""
        return PairMemory()

    @cached_property
    def learnt_ladders(self) -> Ladders:
        """The steps that names and prices suggest where the merchant wrote no tiers."""
        return Ladders(
            Offered(p.sku, p.title.of("en"), p.category, float(p.price.amount), p.brand, p.tier)
            for p in self.products.values()
        )

    @cached_property
    def _below(self) -> Mapping[str, tuple[Product, ...]]:
        grouped: dict[str, list[Product]] = {}
        for product in self.products.values():
            steps = product.category.split("/")
            for count in range(1, len(steps) + 1):
                grouped.setdefault("/".join(steps[:count]), []).append(product)
        return {path: tuple(members) for path, members in grouped.items()}

    def product(self, sku: str) -> Product | None:
        return self.products.get(sku)

    def variants(self, family: str) -> tuple[Product, ...]:
        """The products of one family; empty where there is none."""
        return self.families.get(family, ())

    def in_category(self, path: str) -> list[Product]:
        """The products of the category and of those below it."""
        return list(self._below.get(path, ()))

    def select(self, selector: str) -> tuple[Product, ...]:
        """The products a selector of the matrix means."""
        if selector not in self.resolved:
            self.resolved[selector] = self._select(selector)
        return self.resolved[selector]

    def _select(self, selector: str) -> tuple[Product, ...]:
        kind, _, name = selector.partition(":")
        if kind == "sku":
            product = self.products.get(name)
            return (product,) if product else ()
        if kind == "family":
            return self.variants(name)
        if selector == "*":
            return tuple(self.products.values())
        if name.endswith("/*"):
            return self._below.get(name.removesuffix("/*"), ())
        return tuple(product for product in self._below.get(name, ()) if product.category == name)


class Catalogue:
    """Hands out the snapshot; one object serves all threads of a process."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._snapshot: CatalogueSnapshot | None = None
        self._checked = 0.0

    def snapshot(self) -> CatalogueSnapshot:
        """The catalogue as it was at most a second ago, price and stock changes by orders excepted."""
        with self._lock:
            now = self._clock()
            if self._snapshot is None or now - self._checked >= CHECK_SECONDS:
                with reading(self._engine) as connection:
                    if self._snapshot is None or catalogue_version(connection) != self._snapshot.version:
                        self._snapshot = read_snapshot(connection)
                self._checked = now
            return self._snapshot


def read_snapshot(connection: Connection) -> CatalogueSnapshot:
    """Read everything at once; the version is read first, so that a change in between is noticed later."""
    version = catalogue_version(connection)
    return CatalogueSnapshot(
        products={product.sku: product for product in read_products(connection)},
        categories={category.category: category for category in _read_categories(connection)},
        terms=_read_terms(connection),
        facts=read_facts(connection),
        version=version,
        own_limits=policy.own_limits(connection),
        campaigns=campaigns.every(connection),
        matrix=read_matrix(connection),
    )


def _read_categories(connection: Connection) -> list[Category]:
    return [
        Category(
            category=row.category,
            title=_title(row.category, row.title_de, row.title_en),
            synonyms_de=tuple(row.synonyms_de),
            synonyms_en=tuple(row.synonyms_en),
            uses=tuple(row.uses),
            titled_in=frozenset(lang for lang in ("de", "en") if row._mapping[f"title_{lang}"]),
        )
        for row in connection.execute(select(categories).order_by(categories.c.category))
    ]


def _read_terms(connection: Connection) -> tuple[Term, ...]:
    return tuple(
        Term(row.term, row.kind, Words(row.de, row.en), tuple(row.synonyms_de), tuple(row.synonyms_en))
        for row in connection.execute(select(terms).order_by(terms.c.kind, terms.c.term))
    )


def _title(path: str, german: str, english: str) -> Words:
    """A category that nobody gave a title speaks by the last step of its path: Mountain Bikes, MP4&MP3."""
    if german or english:
        return Words(german, english)
    words = path.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    spoken = words.title() if words.islower() else words
    return Words(spoken, spoken)


def _sku(product: Product) -> str:
    return product.sku
