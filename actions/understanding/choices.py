"""Tells which of the products shown a message points at: by place, colour, brand, title or comparison."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.offers.products import Product
from actions.understanding.catalogue import Snapshot, within
from actions.understanding.criteria import meets
from actions.understanding.pointing import LAST, MIDDLE
from actions.understanding.ranking import measured
from actions.understanding.spelling import runs, stem_of
from actions.understanding.understood import Understood


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several of the products shown are meant alike."""

    families: tuple[str, ...]


def resolve_choice(understood: Understood, shown: Sequence[str], snapshot: Snapshot) -> str | Ambiguous | None:
    """The family meant among those shown (families or skus, in their order); None where nothing points at one."""
    families = [family for name in shown if (family := _family(name, snapshot))]
    if not families:
        return None
    placed = _by_place(understood.ordinal, families)
    if placed is not None:
        return placed
    named = [family for family in families if family in understood.families]
    left = named or families
    narrowed = bool(named)
    for fits in _tests(understood):
        matching = [family for family in left if any(fits(p) for p in snapshot.families[family])]
        if matching and len(matching) < len(left):
            left, narrowed = matching, True
        elif matching and len(left) == 1:
            narrowed = True
    if understood.comparison and len(left) > 1:
        return _by_comparison(understood, left, snapshot)
    if len(left) == 1 and narrowed:
        return left[0]
    return Ambiguous(tuple(left)) if narrowed else None


def _family(name: str, snapshot: Snapshot) -> str:
    if name in snapshot.families:
        return name
    product = snapshot.products.get(name)
    return product.family if product else ""


def placed(ordinals: Sequence[int], shown: Sequence[str]) -> list[str]:
    """The families at the places named, in the order named."""
    found = (_by_place(ordinal, shown) for ordinal in ordinals)
    return list(dict.fromkeys(family for family in found if family))


def _by_place(ordinal: int | None, families: Sequence[str]) -> str | None:
    if ordinal is None:
        return None
    if ordinal == MIDDLE:
        return families[len(families) // 2] if len(families) % 2 else None
    place = len(families) + ordinal if ordinal <= LAST else ordinal - 1
    return families[place] if 0 <= place < len(families) else None


def _tests(understood: Understood) -> list[Callable[[Product], bool]]:
    tests: list[Callable[[Product], bool]] = []
    for name, values in understood.wanted.items():
        tests.append(_meeting(name, "|".join(values)))
    if understood.categories:
        tests.append(lambda p: any(within(p.category, path) for path in understood.categories))
    if understood.tier is not None:
        tests.append(lambda p: p.tier == understood.tier)
    for word in understood.words:
        tests.append(_titled(stem_of(word)))
    for word in understood.kind_words:
        tests.append(_named_like(word.casefold()))
    if understood.max_price is not None:
        tests.append(_priced(understood.max_price))
    return tests


def _meeting(name: str, wanted: str) -> Callable[[Product], bool]:
    return lambda product: meets(product, name, wanted)


def _titled(stem: str) -> Callable[[Product], bool]:
    return lambda p: any(
        stem == stem_of(run) for text in (p.title.de, p.title.en, p.model) for run, _ in runs(text)
    )


def _named_like(word: str) -> Callable[[Product], bool]:
    """ "Faltschloss" is in one title alone, "Helm" in that of every "Fahrradhelm"."""
    return lambda p: any(word in text.casefold() for text in (p.title.de, p.title.en))


def _priced(amount: int) -> Callable[[Product], bool]:
    """ "das für 499": the price itself where one has it."""
    return lambda product: abs(product.price.amount - amount) < 100


def _by_comparison(understood: Understood, families: Sequence[str], snapshot: Snapshot) -> str | Ambiguous | None:
    places = {f: min(measured(p, understood.comparison) for p in snapshot.families[f]) for f in families}
    best = min(places.values())
    if best == float("inf"):
        return None
    winners = [family for family, place in places.items() if place == best]
    return winners[0] if len(winners) == 1 else Ambiguous(tuple(winners))
