"""Which tier each product of a catalogue is in: as written, as its name says, or as its price says."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from actions.affinity.breaks import groups_of

WRITTEN = {"l": 1, "low": 1, "entry": 1, "economy": 1, "1": 1, "m": 2, "mid": 2, "middle": 2, "regular": 2, "2": 2}
WRITTEN |= {"h": 3, "high": 3, "premium": 3, "deluxe": 3, "3": 3}
CODE = re.compile(r"\b([A-Z]{1,2})\d{2,}[A-Z]?\b")
LEADING = re.compile(r"^([A-Z]{2,3})\b")
MIN_NEEDS = 2
MIN_ITEMS = 4
AGREEMENT = 0.75
SAME_TIER = 0.12
MOST_TIERS = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """What a ladder has to know of a product; products of one `need` can replace each other."""

    item: str
    title: str
    need: str
    price: float
    brand: str = ""
    tier: str | int | None = None


def tiers_of(products: Iterable[Offered]) -> dict[str, int]:
    """A tier for every product, 1 the lowest of its need.

    A tier the merchant wrote counts. Else marks in the names, where they are worth anything: the letter of a
    model number ("E100", "M100", "X100") or a short leading word ("LL", "HL") that over the whole catalogue
    goes with the price inside a need. Else the groups that prices fall into.
    """
    rows = list(products)
    needs: dict[str, list[Offered]] = defaultdict(list)
    for row in rows:
        needs[row.need].append(row)
    places = {row.item: place for group in needs.values() for row, place in zip(group, _places(group), strict=True)}
    learnt = [_marks(needs, places, mark) for mark in (_letter, _leading)]
    found: dict[str, int] = {}
    for group in needs.values():
        found.update(_group_tiers(group, learnt))
    return found


def _group_tiers(group: list[Offered], learnt: list[tuple[dict[str, int], dict[str, str]]]) -> dict[str, int]:
    written = {row.item: WRITTEN.get(str(row.tier).strip().casefold()) for row in group if row.tier is not None}
    known = {item: tier for item, tier in written.items() if tier is not None}
    by_name: dict[str, int] = {}
    for tiers, marked in learnt:
        named = {row.item: tiers[marked[row.item]] for row in group if marked.get(row.item) in tiers}
        if 2 * len(named) > len(group) and len(set(named.values())) > 1:
            by_name = named
            break
    by_price = dict(
        zip([row.item for row in group], groups_of([row.price for row in group], MOST_TIERS), strict=True)
    )
    return by_price | by_name | known


def _marks(
    needs: dict[str, list[Offered]], places: dict[str, float], mark: "Mark"
) -> tuple[dict[str, int], dict[str, str]]:
    """(tier of each mark, mark of each item); no tiers where the marks do not go with the price."""
    marked = {
        row.item: found for group in needs.values() for row in group if (found := mark(row.title)) is not None
    }
    heights: dict[str, dict[str, float]] = defaultdict(dict)
    for need, group in needs.items():
        by_mark: dict[str, list[float]] = defaultdict(list)
        for row in group:
            if row.item in marked:
                by_mark[marked[row.item]].append(places[row.item])
        if len(by_mark) > 1:
            for name, at in by_mark.items():
                heights[name][need] = median(at)
    common = {name: found for name, found in heights.items() if _is_common(name, found, marked)}
    if len(common) < 2 or not _go_with_price(common):
        return {}, marked
    return _grouped(common), marked


def _is_common(name: str, found: dict[str, float], marked: dict[str, str]) -> bool:
    return len(found) >= MIN_NEEDS and sum(mark == name for mark in marked.values()) >= MIN_ITEMS


def _go_with_price(heights: dict[str, dict[str, float]]) -> bool:
    """Whether two marks stand in the same order in nearly every need that has both."""
    names = sorted(heights)
    agreed = met = 0
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            steps = [heights[other][need] - heights[one][need] for need in heights[one] if need in heights[other]]
            met += len(steps)
            agreed += max(sum(step > 0 for step in steps), sum(step < 0 for step in steps))
    return met > 0 and agreed >= AGREEMENT * met


def _grouped(heights: dict[str, dict[str, float]]) -> dict[str, int]:
    """Marks in the order of their usual place; neighbours that hardly differ share a tier, at most three remain."""
    usual = {name: float(np.mean(list(found.values()))) for name, found in heights.items()}
    groups = [[name] for name in sorted(usual, key=lambda name: (usual[name], name))]
    while len(groups) > 1:
        gaps = [_gap(low, high, heights, usual) for low, high in pairwise(groups)]
        nearest = int(np.argmin(gaps))
        if gaps[nearest] >= SAME_TIER and len(groups) <= MOST_TIERS:
            break
        groups[nearest : nearest + 2] = [groups[nearest] + groups[nearest + 1]]
    return {name: tier for tier, group in enumerate(groups, 1) for name in group}


def _gap(low: list[str], high: list[str], heights: dict[str, dict[str, float]], usual: dict[str, float]) -> float:
    """How far apart two groups stand where a need has both, else on the whole."""
    steps = [
        heights[other][need] - heights[one][need]
        for one in low
        for other in high
        for need in heights[one]
        if need in heights[other]
    ]
    if len(steps) >= MIN_NEEDS:
        return float(np.mean(steps))
    return float(np.mean([usual[name] for name in high]) - np.mean([usual[name] for name in low]))


def _places(group: list[Offered]) -> list[float]:
    """Each product's place in the order of prices, 0 to 1; equal prices share theirs."""
    prices = np.array([row.price for row in group])
    order = np.sort(prices)
    below = np.searchsorted(order, prices, side="left")
    not_above = np.searchsorted(order, prices, side="right")
    return [float(place) for place in (below + not_above) / 2.0 / max(len(group), 1)]


class Mark:
    """Reads a mark out of a title; the last one counts."""

    def __init__(self, pattern: re.Pattern[str], letters: int) -> None:
        self.pattern = pattern
        self.letters = letters

    def __call__(self, title: str) -> str | None:
        found = self.pattern.findall(title)
        return found[-1][: self.letters] if found else None


_letter = Mark(CODE, 1)
_leading = Mark(LEADING, 3)
