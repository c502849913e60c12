"""Natural breaks in a row of prices: where a cheap, a middle and a dear group part."""

import numpy as np
import numpy.typing as npt

MOST_VALUES = 300


def groups_of(prices: list[float], most: int) -> list[int]:
    """A group for each price, 1 the cheapest, so that prices differ least inside a group (in logarithms).

    At most `most` groups, and no more than there are different prices.
    """
    if not prices:
        return []
    logs = np.log(np.maximum(np.asarray(prices, dtype=np.float64), 0.01))
    values = np.unique(logs)
    if len(values) > MOST_VALUES:
        values = np.unique(np.quantile(values, np.linspace(0.0, 1.0, MOST_VALUES)))
    starts = _starts(values, min(most, len(values)))
    return [int(group) for group in np.searchsorted(values[starts], logs + 1e-9, side="right").clip(1)]


def _starts(values: npt.NDArray[np.float64], groups: int) -> list[int]:
    """Where each group begins, by dynamic programming over the sorted values (Fisher 1958)."""
    count = len(values)
    total = np.concatenate([[0.0], np.cumsum(values)])
    square = np.concatenate([[0.0], np.cumsum(values * values)])
    size = np.maximum(np.arange(count + 1)[None, :] - np.arange(count + 1)[:, None], 1)
    inside = square[None, :] - square[:, None] - (total[None, :] - total[:, None]) ** 2 / size
    inside[np.tril_indices(count + 1)] = np.inf
    best = inside[0].copy()
    cuts = []
    for _ in range(groups - 1):
        together = best[:, None] + inside
        cuts.append(together.argmin(axis=0))
        best = together.min(axis=0)
    starts, end = [], count
    for cut in reversed(cuts):
        end = int(cut[end])
        starts.append(end)
    return [0, *reversed(starts)]
