"""What may take a product's place one step up or down: same need first, then tier, then likeness and price."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.affinity.tiers import Offered, tiers_of

WORD = re.compile(r"\w+")
USUAL_STEP = math.log(1.5)
PRICE_WEIGHT = 0.3
BRAND_WEIGHT = 0.2
SAME_PRICE = 0.05
MIN_SWAPS = 2
MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Step:
    """One product to move to, `tiers` above the other (negative: below); within a tier the likest leads."""

    item: str
    tiers: int
    likeness: float
    price_difference: float


class Ladders:
    """The ladders of a whole catalogue, learnt from names, prices and the tiers that are written."""

    def __init__(self, products: Iterable[Offered]) -> None:
        rows = list(products)
        self._rows = {row.item: row for row in rows}
        self.tiers = tiers_of(rows)
        self._needs: dict[str, list[Offered]] = defaultdict(list)
        for row in rows:
            self._needs[row.need].append(row)
        variant = _variant_words(rows)
        self._words = {row.item: frozenset(_words(row.title)) - variant for row in rows}
        self._rarity = {
            need: _rarity([self._words[row.item] for row in group]) for need, group in self._needs.items()
        }

    def up(self, item: str, most: int = 3) -> list[Step]:
        """Dearer products of the same need and no lower tier; the next tier first, one of each model."""
        anchor = self._rows[item]
        steps = [step for step in self._steps(anchor) if step.price_difference > 0 and step.tiers >= 0]
        return self._distinct(steps, most, {1: 0, 0: 1})

    def down(self, item: str, most: int = 3) -> list[Step]:
        """Cheaper products of the same need and no higher tier; the next tier below first, one of each model."""
        anchor = self._rows[item]
        steps = [step for step in self._steps(anchor) if step.price_difference < 0 and step.tiers <= 0]
        return self._distinct(steps, most, {-1: 0, 0: 1})

    def step(self, item: str, other: str) -> Step | None:
        """The step from one product to another; None where they serve different needs."""
        anchor, offered = self._rows[item], self._rows[other]
        return self._step(anchor, offered) if anchor.need == offered.need else None

    def _steps(self, anchor: Offered) -> list[Step]:
        own = self._words[anchor.item]
        others = (row for row in self._needs[anchor.need] if row.item != anchor.item)
        return [self._step(anchor, row) for row in others if self._words[row.item] != own]

    def _step(self, anchor: Offered, offered: Offered) -> Step:
        rarity = self._rarity[anchor.need]
        shared = self._words[anchor.item] & self._words[offered.item]
        either = self._words[anchor.item] | self._words[offered.item]
        alike = sum(rarity[word] for word in shared) / max(sum(rarity[word] for word in either), 1e-9)
        ratio = abs(math.log(max(offered.price, 0.01) / max(anchor.price, 0.01)))
        brand = BRAND_WEIGHT if anchor.brand and anchor.brand == offered.brand else 0.0
        likeness = alike + brand - PRICE_WEIGHT * abs(ratio - USUAL_STEP)
        tiers = self.tiers[offered.item] - self.tiers[anchor.item]
        return Step(offered.item, tiers, likeness, offered.price - anchor.price)

    def _distinct(self, steps: Sequence[Step], most: int, first: dict[int, int]) -> list[Step]:
        chosen: dict[frozenset[str], Step] = {}
        order = sorted(steps, key=lambda s: (first.get(s.tiers, abs(s.tiers)), -s.likeness, s.item))
        for step in order:
            chosen.setdefault(self._words[step.item], step)
        return list(chosen.values())[:most]


def _words(title: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(title)]


def _variant_words(rows: Sequence[Offered]) -> frozenset[str]:
    """Words near the end of titles whose exchange leaves the price as it was: colours and sizes, no other model."""
    swaps: dict[tuple[str, frozenset[str]], dict[str, float]] = defaultdict(dict)
    for row in rows:
        words = _words(row.title)
        for word in words[-2:]:
            swaps[row.need, frozenset(words) - {word}][word] = row.price
    met: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    for prices in swaps.values():
        for word, price in prices.items():
            others = [other for name, other in prices.items() if name != word]
            if others and (word.isalpha() or word.isdigit()):
                met[word] += 1
                equal[word] += any(abs(price - other) <= SAME_PRICE * price for other in others)
    return frozenset(word for word, count in met.items() if count >= MIN_SWAPS and equal[word] >= MOSTLY * count)


def _rarity(titles: Sequence[frozenset[str]]) -> dict[str, float]:
    seen = Counter(word for words in titles for word in words)
    return {word: math.log1p(len(titles) / count) for word, count in seen.items()}
