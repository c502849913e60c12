"""Support, confidence, lift and log-likelihood ratio of pairs that were bought together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from actions.affinity.counts import PairCounts, count_pairs
from actions.affinity.orders import Whole
from actions.affinity.shares import shares
from actions.affinity.surprise import log_likelihood_ratio

BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class PairStatistics:
    """One directed pair.

    Of `orders` orders `anchor_orders` held the anchor, `target_orders` the target and `together` both;
    support = together / orders, confidence = together / anchor_orders, lift = support / (P(anchor) P(target)).
    The log-likelihood ratio says how sure it is that the two go (or do not go) together at all.
    """

    anchor: str
    target: str
    together: int
    anchor_orders: int
    target_orders: int
    orders: int

    @property
    def support(self) -> float:
        return self._shares()[0]

    @property
    def confidence(self) -> float:
        return self._shares()[1]

    @property
    def lift(self) -> float:
        return self._shares()[2]

    @property
    def cosine(self) -> float:
        """together / sqrt(anchor_orders target_orders): neither the rarest nor the commonest pairs lead by it."""
        return float(self.together / np.sqrt(float(self.anchor_orders) * float(self.target_orders)))

    @property
    def log_likelihood_ratio(self) -> float:
        """Dunning's G2, 0 or more: beyond 10.8 chance would show as much in one pair of a thousand."""
        return float(log_likelihood_ratio(self.together, self.anchor_orders, self.target_orders, self.orders))

    def _shares(self) -> tuple[float, float, float]:
        return shares(self.together, self.anchor_orders, self.target_orders, self.orders)


def mine_pairs(
    lines: Iterable[tuple[str, str]], *, min_together: int, most: int | None = None
) -> list[PairStatistics]:
    """Both directions of every pair that at least `min_together` orders held, sorted by anchor and target.

    `lines` are (order, item); an item counts once in an order. With `most`, only so many targets of an anchor
    are kept, those with the highest cosine.
    """
    return directed(count_pairs(lines, min_together=min_together), most=most)


def directed(counts: PairCounts, *, most: int | None = None) -> list[PairStatistics]:
    """The counts as statistics in both directions."""
    return list(each_directed(counts, most=most))


def each_directed(counts: PairCounts, *, most: int | None = None) -> Iterator[PairStatistics]:
    """The same one after another: millions of pairs are never held as objects all at once."""
    held = counts.item_orders
    for anchors, targets, together in directed_blocks(counts, most=most):
        columns = (anchors, targets, together, held[anchors], held[targets])
        for anchor, target, both, of_anchor, of_target in zip(*(c.tolist() for c in columns), strict=True):
            names = counts.items[anchor], counts.items[target]
            yield PairStatistics(*names, both, of_anchor, of_target, counts.orders)


def directed_blocks(counts: PairCounts, *, most: int | None = None) -> Iterator[tuple[Whole, Whole, Whole]]:
    """The same as numbers, (anchors, targets, together) of some pairs at a time: places in `counts.items`."""
    anchors = np.concatenate([counts.first, counts.second])
    targets = np.concatenate([counts.second, counts.first])
    together = np.concatenate([counts.together, counts.together])
    if most is not None:
        kept = _strongest(counts, anchors, targets, together, most)
        anchors, targets, together = anchors[kept], targets[kept], together[kept]
    order = np.lexsort((targets, anchors))
    for start in range(0, len(order), BLOCK):
        part = order[start : start + BLOCK]
        yield anchors[part], targets[part], together[part]


def _strongest(
    counts: PairCounts,
    anchors: Whole,
    targets: Whole,
    together: Whole,
    most: int,
) -> Whole:
    """Places of the `most` best targets of each anchor; equal ones by the order of the items."""
    weight = together.astype(float) ** 2 / counts.item_orders[targets]
    order = np.lexsort((targets, -weight, anchors))
    grouped = anchors[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if len(grouped) else grouped
    rank = np.arange(len(grouped)) - np.repeat(starts, np.diff(np.r_[starts, len(grouped)]))
    return order[rank < most]
