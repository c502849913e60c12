"""For each item the items that may go with it, and what speaks for each pair."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History
from actions.affinity.linear import LinearModel
from actions.affinity.shelf import Shelf

CHUNK = 512
MOST_EDGES = 5_000_000
EDGES_AT_ONCE = 500_000
MOST_NEIGHBOURS = 300
ALIKE = 20
NEAR = 40
SHRINK = 10.0
LONG_HALF_LIFE = 180.0
SHORT_HALF_LIFE = 30.0

COLUMNS = ("cosine", "conditional", "reverse", "lift", "lately", "linear", "alike")
COSINE, CONDITIONAL, REVERSE, LIFT, LATELY, LINEAR, ALIKE_COLUMN = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of item `a` are `targets[begins[a]:begins[a + 1]]`; `scores` has one row for each.

    Columns: cosine of decayed pair counts, P(target | anchor), P(anchor | target), log lift, P(target | anchor)
    of the last weeks, the linear model's weight, likeness of the titles. Rates are shrunk towards nothing.
    """

    begins: Whole
    targets: Whole
    scores: Floats
    near_begins: Whole
    near: Whole
    near_cosine: Floats

    def of(self, anchors: list[int]) -> tuple[Whole, Floats]:
        """The neighbours of several anchors one after the other."""
        spans = [slice(self.begins[anchor], self.begins[anchor + 1]) for anchor in anchors]
        if not spans:
            return self.targets[:0], self.scores[:0]
        return np.concatenate([self.targets[span] for span in spans]), np.concatenate(
            [self.scores[span] for span in spans]
        )

    def near_of(self, anchors: Whole, weights: Floats) -> tuple[Whole, Floats]:
        """The nearest few by cosine of many anchors, each times the weight of its anchor."""
        begins = self.near_begins[anchors]
        sizes = self.near_begins[anchors + 1] - begins
        ends = np.cumsum(sizes)
        places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
        return self.near[places], self.near_cosine[places] * np.repeat(weights, sizes)


def learn_neighbours(history: History, shelf: Shelf) -> Neighbours:
    """Count, score and keep the strongest neighbours of every item."""
    count = len(history.items)
    most = int(np.clip(MOST_EDGES // max(count, 1) // 2, 40, MOST_NEIGHBOURS))
    crowd = np.sqrt(np.maximum(history.sizes() - 1.0, 1.0)).astype(np.float32)
    long = history.decay(LONG_HALF_LIFE) / crowd
    lately = history.decay(SHORT_HALF_LIFE) / crowd
    pairs = _counted(history, long + 1j * lately, most)
    linear = LinearModel(history.held)
    likeness = _alike(shelf, count)
    union = _distinct(np.concatenate([pairs.keys, _keys(*linear.strongest(most // 2), count), likeness.keys]))
    union = union[union // max(count, 1) != union % max(count, 1)]
    anchors, targets = union // max(count, 1), union % max(count, 1)
    scores = np.zeros((len(union), len(COLUMNS)), dtype=np.float32)
    sold = history.held.T @ np.stack([long, lately], axis=1)
    total = float(long.sum())
    for start in range(0, len(union), EDGES_AT_ONCE):
        part = slice(start, start + EDGES_AT_ONCE)
        together = pairs.at(union[part])
        _rate(scores[part], together.real, together.imag, sold[anchors[part]], sold[targets[part]], total)
        scores[part, LINEAR] = linear.pairs(anchors[part], targets[part])
        scores[part, ALIKE_COLUMN] = likeness.at(union[part]).real
    del union, pairs, linear, likeness
    begins = np.searchsorted(anchors, np.arange(count + 1))
    return Neighbours(begins, targets, scores, *_nearest(anchors, targets, scores[:, COSINE], count))


@dataclass(frozen=True, slots=True)
class _Values:
    """Values at sorted keys anchor x items + target."""

    keys: Whole
    values: np.ndarray[tuple[int], np.dtype[np.complex64]]

    def at(self, keys: Whole) -> np.ndarray[tuple[int], np.dtype[np.complex64]]:
        found = np.zeros(len(keys), dtype=np.complex64)
        if len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            same = self.keys[places] == keys
            found[same] = self.values[places[same]]
        return found


def _rate(scores: Floats, both: Floats, late: Floats, anchor: Floats, target: Floats, total: float) -> None:
    """Fill the columns that come of counting."""
    scores[:, COSINE] = both / (np.sqrt(anchor[:, 0] * target[:, 0]) + SHRINK)
    conditional = both / (anchor[:, 0] + SHRINK)
    scores[:, CONDITIONAL] = conditional
    scores[:, REVERSE] = both / (target[:, 0] + SHRINK)
    expected = anchor[:, 0] * target[:, 0] / max(total, 1e-9)
    scores[:, LIFT] = np.where(both > 0, np.log((both + SHRINK / 2) / (expected + SHRINK / 2)), 0.0)
    # a short memory, filled up by the long one where it saw too little
    scores[:, LATELY] = (late + SHRINK * conditional) / (anchor[:, 1] + SHRINK)


def _counted(history: History, weights: np.ndarray[tuple[int], np.dtype[np.complex64]], most: int) -> _Values:
    """Weighted pair counts, two weightings in one pass: the long one as real, the short one as imaginary part."""
    count = len(history.items)
    weighted = (sparse.diags_array(weights.astype(np.complex64)) @ history.held).tocsr()
    sold = np.maximum(np.asarray(weighted.sum(axis=0)).ravel().real, 1e-9)
    by_item = history.by_item
    keys, values = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.complex64)]
    for start in range(0, count, CHUNK):
        part = (by_item[start : start + CHUNK] @ weighted).tocsr()
        rows = np.repeat(np.arange(part.shape[0], dtype=np.int64), np.diff(part.indptr))
        kept = _strongest(part, sold, start, most)
        key = (rows[kept] + start) * count + part.indices[kept]
        order = np.argsort(key)
        keys.append(key[order])
        values.append(part.data[kept][order])
    return _Values(np.concatenate(keys), np.concatenate(values))


def _strongest(part: sparse.csr_array, sold: Floats, start: int, most: int) -> Whole:
    """Places in `part` of the `most` neighbours of each row by cosine, and half as many by conditional rate."""
    kept = []
    for row in range(part.shape[0]):
        begin, end = int(part.indptr[row]), int(part.indptr[row + 1])
        places = np.arange(begin, end)
        if end - begin > most + 1:
            rate = part.data.real[begin:end].copy()
            rate[part.indices[begin:end] == start + row] = 0.0
            by_cosine = np.argpartition(-rate / np.sqrt(sold[part.indices[begin:end]]), most)[:most]
            by_rate = np.argpartition(-rate, most // 2)[: most // 2]
            chosen = np.zeros(end - begin, dtype=bool)
            chosen[by_cosine] = chosen[by_rate] = True
            places = begin + np.flatnonzero(chosen)
        kept.append(places)
    return np.concatenate(kept) if kept else np.empty(0, dtype=np.int64)


def _alike(shelf: Shelf, count: int) -> _Values:
    """The items with the most similar titles."""
    keys, values = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.complex64)]
    by_word = shelf.words.T.tocsr()
    for start in range(0, count, CHUNK):
        part = (shelf.words[start : start + CHUNK] @ by_word).tocsr()
        for row in range(part.shape[0]):
            span = slice(part.indptr[row], part.indptr[row + 1])
            likeness, targets = part.data[span], part.indices[span]
            if len(targets) > ALIKE + 1:
                best = np.argpartition(-likeness, ALIKE)[: ALIKE + 1]
                likeness, targets = likeness[best], targets[best]
            order = np.argsort(targets)
            keys.append((start + row) * count + targets[order].astype(np.int64))
            values.append(likeness[order].astype(np.complex64))
    return _Values(np.concatenate(keys), np.concatenate(values))


def _nearest(anchors: Whole, targets: Whole, cosine: Floats, count: int) -> tuple[Whole, Whole, Floats]:
    """The `NEAR` highest cosines of each anchor."""
    # one whole number for both, anchor before falling cosine: positive floats sort as their bits do
    bits = np.maximum(cosine, 0.0).astype(np.float32).view(np.int32).astype(np.int64)
    order = np.argsort((anchors << 32) - bits, kind="stable")
    begins = np.searchsorted(anchors, np.arange(count + 1))
    rank = np.arange(len(order)) - begins[anchors]
    kept = order[(rank < NEAR) & (cosine[order] > 0)]
    return np.searchsorted(anchors[kept], np.arange(count + 1)), targets[kept], cosine[kept]


def _distinct(keys: Whole) -> Whole:
    """Sorted and each once; sorting beats hashing by far at this size."""
    keys.sort()
    return keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys


def _keys(anchors: Whole, targets: Whole, count: int) -> Whole:
    return np.asarray(anchors * count + targets, dtype=np.int64)
