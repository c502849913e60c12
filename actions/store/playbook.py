"""What staff may say with which product, decided by the same policy as in the chat."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from actions.offers.decision import Decision, Offer, Refusal, Withheld
from actions.offers.fitting import is_enough
from actions.offers.limits import OfferLimits
from actions.offers.policy import decide
from actions.offers.products import Product, Provenance, Words
from actions.offers.situation import Candidate, OfferKind, Situation, Stage
from actions.store import answers
from actions.store.affinities import candidates
from actions.store.catalogue import CatalogueSnapshot
from actions.store.relations import relations_of

# reasons that lie in the product or the pair; the others lie in a conversation
TOLD = frozenset(
    {
        *(Refusal.UNRELATED, Refusal.NOT_APPROVED, Refusal.INCOMPATIBLE),
        *(Refusal.MARGIN, Refusal.MARGIN_UNKNOWN, Refusal.LOSS, Refusal.OUT_OF_STOCK),
    }
)
REJECTED = "rejected"
MOST_NOT = 5
# a row that keeps back more than this speaks of everything, and needs no list
MOST_REJECTED = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One model: what goes with it, what may take its place when asked, and what not to suggest and why."""

    product: Product
    extras: tuple[Offer, ...]
    better: tuple[Offer, ...]
    cheaper: tuple[Offer, ...]
    not_offered: tuple[tuple[Product, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One category with its best-selling models; `passed_over` counts those beyond the limit."""

    category: str
    title: Words
    pages: tuple[Page, ...]
    passed_over: int = 0


def chapters(
    connection: Connection, snapshot: CatalogueSnapshot, limits: OfferLimits, *, below: str = "", most: int = 10
) -> Iterator[Chapter]:
    """The chapters by category, those `below` a path only, with `most` models each, decided by `limits`."""
    by_category: dict[str, list[Product]] = {}
    for members in snapshot.families.values():
        spoken_of = min(members, key=lambda product: (product.stock < 1, -product.popularity, product.sku))
        by_category.setdefault(spoken_of.category, []).append(spoken_of)
    for category, models in sorted(by_category.items()):
        if not below or f"{category}/".startswith(f"{below}/"):
            ordered = sorted(models, key=lambda product: (-product.popularity, product.sku))
            pages = tuple(_page(connection, snapshot, limits, product) for product in ordered[:most])
            known = snapshot.categories.get(category)
            title = known.title if known else Words(category, category)
            yield Chapter(category, title, pages, max(len(ordered) - most, 0))


def _page(connection: Connection, snapshot: CatalogueSnapshot, limits: OfferLimits, anchor: Product) -> Page:
    found = candidates(connection, snapshot, Situation(stage=Stage.INTENT, anchor=anchor))
    decisions = {kind: _decided(connection, limits, anchor, kind, found) for kind in OfferKind}
    tempting = {each.product.sku for each in found if _is_tempting(each, limits)}
    return Page(
        product=anchor,
        extras=decisions[OfferKind.CROSS].offers,
        better=decisions[OfferKind.UP].offers[:1],
        cheaper=decisions[OfferKind.DOWN].offers[:1],
        not_offered=tuple(islice(_not_offered(snapshot, anchor, decisions[OfferKind.CROSS], tempting), MOST_NOT)),
    )


def _decided(
    connection: Connection,
    limits: OfferLimits,
    anchor: Product,
    kind: OfferKind,
    found: Iterable[Candidate],
) -> Decision:
    """The decision as if the shopper had asked for this move."""
    asked = Situation(stage=Stage.INTENT, anchor=anchor, asked_for=kind)
    learnt = answers.learnt(connection, asked, limits)
    return decide(asked, [each for each in found if each.kind is kind], limits, learnt)


def _is_tempting(candidate: Candidate, limits: OfferLimits) -> bool:
    """Somebody wrote it down, or it is bought along so often that one might suggest it."""
    relation = candidate.relation
    if relation is None:
        return False
    return relation.provenance is not Provenance.MINED or is_enough(relation.evidence, limits)


def _not_offered(
    snapshot: CatalogueSnapshot, anchor: Product, decision: Decision, tempting: Set[str]
) -> Iterator[tuple[Product, str]]:
    """What was rejected first, then what the policy withholds for what it is, each model once."""
    rejected = relations_of(snapshot, anchor).suppressed - {anchor.family}
    named: set[str] = set()
    if len(rejected) <= min(MOST_REJECTED, len(snapshot.families) - 2):
        for members in filter(None, map(snapshot.variants, sorted(rejected))):
            named.add(members[0].family)
            yield members[0], REJECTED
    for row in sorted(decision.withheld, key=_weight):
        product = snapshot.product(row.sku)
        if not product or product.family in named or product.category == anchor.category:
            continue
        if row.reason in TOLD and row.sku in tempting:
            named.add(product.family)
            yield product, row.reason


def _weight(row: Withheld) -> tuple[int, str]:
    """First what is about the pair, then what is about money or stock."""
    order = (Refusal.INCOMPATIBLE, Refusal.UNRELATED, Refusal.NOT_APPROVED)
    return (order.index(row.reason) if row.reason in order else len(order), row.sku)
