"""What time says of each item: how well it sells now, how long ago it sold, how soon it is bought again."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actions.affinity.columns import Whole
from actions.affinity.history import Floats, History

MONTH = 30.0
WEEK = 7.0
MIN_GAPS = 8.0


@dataclass(frozen=True, slots=True)
class Moments:
    """One value for each item: shares of sales (logarithms), days, and the habit of buying it again."""

    always: Floats
    month: Floats
    week: Floats
    silent: Floats
    age: Floats
    again: Floats
    gap: Floats


def learn_moments(history: History) -> Moments:
    """All of them from one history."""
    held = history.held
    count = len(history.items)
    by_item = history.by_item
    sold = np.diff(by_item.indptr)
    some = sold > 0
    newest = np.full(count, history.today)
    oldest = np.full(count, history.today)
    newest[some] = history.days[by_item.indices[by_item.indptr[1:][some] - 1]]
    oldest[some] = history.days[by_item.indices[by_item.indptr[:-1][some]]]
    again, gap = _habits(history)
    return Moments(
        always=_share(sold.astype(np.float64)),
        month=_share(held.T @ history.decay(MONTH)),
        week=_share(held.T @ history.decay(WEEK)),
        silent=(history.today - newest).astype(np.float32),
        age=(history.today - oldest).astype(np.float32),
        again=again,
        gap=gap,
    )


def repeat_gaps(history: History) -> tuple[Whole, Floats]:
    """(item, days) for each time a customer bought an item again on a later day."""
    count = max(len(history.items), 1)
    order = np.repeat(np.arange(history.orders), np.diff(history.held.indptr))
    buyer = history.buyers[order]
    known = np.flatnonzero(buyer >= 0)
    key = buyer[known] * count + history.held.indices[known]
    by_key = np.argsort(key, kind="stable")
    key, day = key[by_key], history.days[order[known][by_key]]
    gaps = np.diff(day)
    same = (key[1:] == key[:-1]) & (gaps >= 1.0)
    return (key[1:][same] % count).astype(np.int64), gaps[same].astype(np.float32)


def _habits(history: History) -> tuple[Floats, Floats]:
    """The share of purchases that were repeated, and the usual days between; shrunk towards the whole shop's."""
    count = len(history.items)
    items, gaps = repeat_gaps(history)
    sold = np.asarray(history.held.sum(axis=0)).ravel()
    repeats = np.bincount(items, minlength=count)
    share = repeats.sum() / max(float(sold.sum()), 1.0)
    again = (repeats + 20.0 * share) / (sold + 20.0)
    usual = float(np.log1p(gaps).mean()) if len(gaps) else np.log1p(MONTH)
    logs = np.bincount(items, np.log1p(gaps), minlength=count)
    gap = np.expm1((logs + MIN_GAPS * usual) / (repeats + MIN_GAPS))
    return again.astype(np.float32), gap.astype(np.float32)


def _share(sales: npt.ArrayLike) -> Floats:
    smoothed = np.asarray(sales, dtype=np.float64).ravel() + 0.05
    return np.log(smoothed / smoothed.sum()).astype(np.float32)
