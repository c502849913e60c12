"""Finds products: hard filters, full-text match, one hit per model, and an honest word where nothing fits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from actions.offers.products import Product
from actions.offers.situation import Needs
from actions.understanding.catalogue import Snapshot, within
from actions.understanding.criteria import UNWANTED, Criterion, criteria
from actions.understanding.kind_names import called_so
from actions.understanding.lexicon import Lexicon
from actions.understanding.matching import Match, match_words, with_qualities, word_holders
from actions.understanding.ranking import rank
from actions.understanding.spelling import stem_of
from actions.understanding.understood import Understood

NEAR_PRICE = 1.5
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FamilyHit:
    """One model: its variants that fit, the one to show (in stock first, then cheapest), and what speaks for it.

    `why` names the needs it meets ("max_price", "colour", "frame", ...) and the searched words it holds.
    """

    family: str
    product: Product
    variants: tuple[Product, ...]
    why: tuple[str, ...] = ()

    @property
    def price_from(self) -> int:
        """The lowest gross price of the fitting variants in minor units."""
        return min(product.price.amount for product in self.variants)

    @property
    def price_to(self) -> int:
        """The highest gross price of the fitting variants in minor units."""
        return max(product.price.amount for product in self.variants)

    @property
    def in_stock(self) -> bool:
        """True where one of the fitting variants can be had."""
        return any(product.stock > 0 for product in self.variants)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The one filter that would have to give, what was asked, and how many models there would be without it.

    For a price limit `price` is the nearest price there is, in minor units; `refused` where the filter is something
    that was not wanted.
    """

    filter: str
    asked: str
    count: int
    price: int | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, at most as many as asked for, of `total`; without hits, what would help.

    `relaxed` is the best of `ways_out`; `unknown` are words, as typed, that nothing in the shop holds, and
    `nearest_category` is then the kind of product that comes nearest, None where none does. `named` is the one hit
    that goes by just the words the kind was named with, `missed` the product that does and breaks a limit;
    `lacking` are qualities no hit's texts tell of, so that nobody could look for them.
    """

    families: tuple[FamilyHit, ...] = ()
    total: int = 0
    ways_out: tuple[Relaxed, ...] = ()
    nearest_category: str | None = None
    unknown: tuple[str, ...] = ()
    named: FamilyHit | None = None
    missed: Product | None = None
    lacking: tuple[str, ...] = ()

    @property
    def relaxed(self) -> Relaxed | None:
        """The single filter to give up first; None where no single one helps."""
        return self.ways_out[0] if self.ways_out else None


def find(
    needs: Needs,
    understood: Understood,
    snapshot: Snapshot,
    lexicon: Lexicon,
    *,
    limit: int,
    words: Sequence[str] = (),
    unwanted: Mapping[str, Sequence[str]] = NOTHING,
) -> Found:
    """Search a catalogue. No hit ever breaks a stated limit.

    `needs` are all limits so far (`needs.merge_needs`), `understood` the current message; `words` and `unwanted`
    are what earlier messages searched for and refused.
    """
    refused = {**unwanted, **understood.unwanted}
    scope = _scope(needs, understood)
    asked = _searched_for(understood, words, alone=not scope)
    if understood.unknown and not understood.category and not understood.families:
        return _not_carried(_in_full(understood), understood, asked, snapshot, lexicon)
    match = with_qualities(match_words(asked, understood, scope, snapshot, lexicon), understood, lexicon)
    if asked and not (scope or match.families or understood.families):
        return _not_carried(asked, understood, asked, snapshot, lexicon)
    if not (scope or match.families or understood.families or needs.stated or refused or understood.tier):
        return Found(unknown=understood.unknown)
    base = _base(match, understood, scope, asked, snapshot)
    members = [product for variants in base.values() for product in variants]
    filters = criteria(needs, understood.tier, refused, members)
    ranked = rank(_hits(base, filters, match), understood, match)
    called = called_so(understood, base, snapshot, lexicon)
    return Found(
        families=tuple(ranked[:limit]),
        total=len(ranked),
        ways_out=() if ranked else _ways_out(base, filters, match),
        nearest_category=scope[0] if scope else None,
        unknown=understood.unknown,
        named=next((hit for hit in ranked if hit.family == called and len(ranked) > 1), None),
        missed=base[called][0] if called and all(hit.family != called for hit in ranked) else None,
        lacking=tuple(word for word in understood.qualities if not _told_of(word, ranked, lexicon)),
    )


def _not_carried(
    unknown: tuple[str, ...],
    understood: Understood,
    asked: tuple[str, ...],
    snapshot: Snapshot,
    lexicon: Lexicon,
) -> Found:
    return Found(unknown=unknown, nearest_category=_nearest(understood, asked, snapshot, lexicon))


def _searched_for(understood: Understood, before: Sequence[str], *, alone: bool) -> tuple[str, ...]:
    """The words said now, else those of earlier messages; a quality only where it stands alone."""
    plain = tuple(word for word in understood.words if word not in understood.qualities) or tuple(before)
    return plain or (understood.qualities if alone else ())


def _told_of(word: str, hits: Sequence[FamilyHit], lexicon: Lexicon) -> bool:
    holders = word_holders(word, lexicon)
    return any(hit.family in holders for hit in hits)


def _scope(needs: Needs, understood: Understood) -> tuple[str, ...]:
    named = understood.categories
    if needs.category and any(within(needs.category, category) for category in named):
        return (needs.category,)
    return named or ((needs.category,) if needs.category else ())


def _base(
    match: Match, understood: Understood, scope: tuple[str, ...], asked: tuple[str, ...], snapshot: Snapshot
) -> dict[str, tuple[Product, ...]]:
    """The models a search is about, before any limit."""
    named: Iterable[str] = (
        understood.families or match.families or (() if asked and not scope else snapshot.families)
    )
    base = {}
    for family in named:
        variants = snapshot.families.get(family, ())
        inside = tuple(p for p in variants if not scope or any(within(p.category, path) for path in scope))
        if inside or understood.families:
            base[family] = inside or variants
    return base


def _hits(base: Mapping[str, tuple[Product, ...]], filters: Iterable[Criterion], match: Match) -> list[FamilyHit]:
    wanted = tuple(filters)
    hits = []
    for family, variants in base.items():
        fitting = tuple(product for product in variants if all(c.is_met(product) for c in wanted))
        if fitting:
            shown = min(fitting, key=lambda p: (p.stock <= 0, p.price.amount, p.sku))
            met = tuple(c.name for c in wanted if not c.name.startswith(UNWANTED))
            hits.append(FamilyHit(family, shown, fitting, (*met, *match.held(family))))
    return hits


def _ways_out(
    base: Mapping[str, tuple[Product, ...]], filters: tuple[Criterion, ...], match: Match
) -> tuple[Relaxed, ...]:
    """What giving up each single filter would find; a budget is given up first only where little is missing."""
    ways = []
    for given_up in filters:
        hits = _hits(base, (c for c in filters if c is not given_up), match)
        if hits:
            name, refused = given_up.name.removeprefix(UNWANTED), given_up.name.startswith(UNWANTED)
            ways.append(Relaxed(name, given_up.asked, len(hits), _nearest_price(given_up, hits), refused))
    return tuple(sorted(ways, key=lambda way: (_far(way), -way.count, way.filter)))


def _nearest_price(given_up: Criterion, hits: list[FamilyHit]) -> int | None:
    if given_up.name == "max_price":
        return min(hit.price_from for hit in hits)
    return max(hit.price_to for hit in hits) if given_up.name == "min_price" else None


def _far(way: Relaxed) -> int:
    if way.price is None:
        return 3 if way.refused else 1
    asked = int(way.asked)
    low, high = sorted((max(1, asked), max(1, way.price)))
    return 0 if high <= low * NEAR_PRICE else 2


def _in_full(understood: Understood) -> tuple[str, ...]:
    """The words that name what the shop does not have: "coffee machine", though it knows of machines."""
    phrase = understood.words
    return phrase if " ".join(phrase).casefold() in understood.text.casefold() else understood.unknown


def _nearest(understood: Understood, asked: tuple[str, ...], snapshot: Snapshot, lexicon: Lexicon) -> str | None:
    """The kind of product nearest to an unknown word: by its own parts, else by what the other words hit most."""
    if understood.nearest_category:
        return understood.nearest_category
    # a word in passing of some description is no kin: "machine" says nothing of what a "coffee machine" is
    titled = [word for word in asked if stem_of(word) in lexicon.text.title_stems]
    holders = [family for word in titled for family in word_holders(word, lexicon)]
    counted = Counter(snapshot.families[family][0].category for family in holders)
    return counted.most_common(1)[0][0] if counted else None
