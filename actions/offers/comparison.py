"""Differences between products as recorded, for a comparison and for what a move gains or gives up."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from actions.offers.attributes import attribute, is_there, listed, measure
from actions.offers.decision import Difference
from actions.offers.products import Product
from actions.offers.situation import Needs, OfferKind

MOST_ROWS = 5
NO_NEEDS = Needs()
_LESS_IS_BETTER = frozenset({"weight", "noise", "consumption", "charging", "latency", "loss"})
# words of an attribute's name that say what fits what or where a thing goes, not how good it is
_NEITHER_IS_BETTER = frozenset(
    {
        "age",
        "clamp",
        "cleat",
        "colour",
        "connector",
        "depth",
        "diameter",
        "fit",
        "folded",
        "handlebar",
        "head",
        "height",
    }
    | {"holder", "length", "material", "mount", "pad", "profile", "shape", "size", "style", "type", "tyre", "use"}
    | {"valve", "wheel", "width"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute in which products differ; `values` in the order of the products, "" where none is recorded."""

    attribute: str
    values: tuple[str, ...]


def compare(
    products: Sequence[Product], needs: Needs = NO_NEEDS, *, leaving_out: Collection[str] = ()
) -> tuple[Row, ...]:
    """At most five rows: stated needs first, then the tier, then what is recorded for all, as recorded.

    Price is left to the caller, and so is what a variant, not the model, is about (`leaving_out`). Where records
    permit, every product is ahead in at least one row.
    """
    names = (name for name in ("tier", *_recorded(products), "brand") if name not in leaving_out)
    rows = [Row(name, tuple(_value(p, name) for p in products)) for name in names]
    telling = sorted((row for row in rows if _differ(row.values)), key=lambda row: _telling(row, needs))
    places = range(len(products))
    ahead = (next((row for row in telling if _is_ahead(row, place)), None) for place in places)
    needed = {row for row in ahead if row is not None}
    others = [row for row in telling if row not in needed][: MOST_ROWS - len(needed)]
    return tuple(row for row in telling if row in needed or row in others)


def gains_and_losses(
    anchor: Product, offered: Product, kind: OfferKind, needs: Needs = NO_NEEDS
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What moving from the anchor to the offered product gains and gives up, each at most five.

    More, lighter or "yes" counts where it is clear; where two words merely differ (aluminium, carbon) the step up
    gains and the step down gives up. Plain dimensions and what fits what are neither.
    """
    names = (*_recorded((anchor, offered)), "tier")
    rows = [Row(name, (_value(anchor, name), _value(offered, name))) for name in names]
    gains: list[Difference] = []
    losses: list[Difference] = []
    for row in sorted((row for row in rows if _differ(row.values)), key=lambda row: _telling(row, needs)):
        verdict = _verdict(row.attribute, row.values[0], row.values[1], kind)
        if verdict:
            (gains if verdict > 0 else losses).append(Difference(row.attribute, row.values[0], row.values[1]))
    return tuple(gains[:MOST_ROWS]), tuple(losses[:MOST_ROWS])


def kept(anchor: Product, offered: Product) -> int:
    """How many of the anchor's recorded attributes the offered product has at least as good."""
    count = 0
    for name, value in anchor.attributes.items():
        other = attribute(offered, name)
        same = bool(other) and not _differ((value, other))
        count += same or better(name, value, other) > 0
    return count


def better(name: str, one: str, other: str) -> int:
    """1 where `other` is clearly better than `one`, -1 where it is clearly worse, 0 where records do not say."""
    neutral, less = _is_one_of(name, _NEITHER_IS_BETTER), _less_is_better(name)
    if is_there(one) != is_there(other):
        return 0 if neutral or less else int(is_there(other)) - int(is_there(one))
    first, second = measure(one), measure(other)
    if first and second and first[1] == second[1]:
        more = int(second[0] > first[0]) - int(second[0] < first[0])
        return 0 if neutral else -more if less else more
    ours, theirs = set(listed(one)), set(listed(other))
    return int(ours < theirs) - int(theirs < ours)


def _verdict(name: str, anchor: str, offered: str, kind: OfferKind) -> int:
    clear = better(name, anchor, offered)
    words = [listed(value) for value in (anchor, offered)]
    merely_differ = all(len(parts) == 1 and measure(parts[0]) is None for parts in words)
    if clear or not merely_differ or _is_one_of(name, _NEITHER_IS_BETTER):
        return clear
    return -1 if kind is OfferKind.DOWN else 1


def _less_is_better(name: str) -> bool:
    return _is_one_of(name, _LESS_IS_BETTER) and "max" not in name.casefold().split("_")


def _is_one_of(name: str, words: frozenset[str]) -> bool:
    return name in words or not words.isdisjoint(name.casefold().split("_"))


def _recorded(products: Iterable[Product]) -> tuple[str, ...]:
    names = (name for product in products for name in product.attributes)
    return tuple(dict.fromkeys(name for name in names if name not in ("tier", "brand")))


def _value(product: Product, name: str) -> str:
    if name == "tier":
        return "" if product.tier is None else str(product.tier)
    return attribute(product, name)


def _differ(values: Sequence[str]) -> bool:
    return len({measure(value) or listed(value) for value in values}) > 1


def _telling(row: Row, needs: Needs) -> tuple[bool, bool, bool]:
    in_all = all(row.values)
    return (row.attribute not in needs.attributes, not in_all, row.attribute == "brand")


def _is_ahead(row: Row, position: int) -> bool:
    own = row.values[position]
    others = (value for place, value in enumerate(row.values) if place != position)
    return bool(own) and any(better(row.attribute, value, own) > 0 for value in others)
