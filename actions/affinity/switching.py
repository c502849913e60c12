"""Counts who moved on: customers who bought one model and later another one that serves the same need."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.orders import Orders

UNKNOWN = -1
MIN_SWITCHES = 20
PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Switch:
    """So many customers went from one item to the other with their next purchase for that need."""

    anchor: str
    target: str
    times: int


def count_switches(orders: Orders, customers: Whole, moments: Whole, needs: Whole) -> list[Switch]:
    """Every switch, by names.

    `customers` and `moments` say of each order whose and when it was, `needs` of each item what it is for; numbers
    that only have to be equal or rise, `UNKNOWN` where nothing is known. An order that holds several items for one
    need replaces nothing and is passed over.
    """
    names = orders.names
    place = np.empty(len(orders), dtype=np.int64)
    place[np.argsort(moments, kind="stable")] = np.arange(len(orders))
    order = np.repeat(np.arange(len(orders)), np.diff(orders.starts))
    item = orders.items.astype(np.int64)
    known = (customers[order] != UNKNOWN) & (needs[item] != UNKNOWN)
    if not known.any():
        return []
    order, item = order[known], item[known]
    # one number for customer, need and place in time: it is sorted in a fraction of the time
    whose = customers[order] * (needs.max(initial=0) + 1) + needs[item]
    key = whose * len(orders) + place[order]
    rising = np.argsort(key)
    key, item, whose = key[rising], item[rising], whose[rising]
    alone = np.append(key[1:] != key[:-1], True) & np.append(True, key[1:] != key[:-1])
    item, whose = item[alone], whose[alone]
    moved = (whose[1:] == whose[:-1]) & (item[1:] != item[:-1])
    pairs, times = np.unique(item[:-1][moved] * len(names) + item[1:][moved], return_counts=True)
    steps = (divmod(pair, len(names)) for pair in pairs.tolist())
    return [Switch(names[a], names[b], n) for (a, b), n in zip(steps, times.tolist(), strict=True)]


def chances(switched: Mapping[str, int], sold: Mapping[str, int]) -> dict[str, float]:
    """How probable each of the items in `sold` is as the next one: (n + 20 x share of sales) / (all n + 20).

    `switched` counts the switches from one item to each, `sold` the sales of every item that comes into question.
    Empty where fewer than `MIN_SWITCHES` are known: too few say nothing.
    """
    known = sum(switched.get(item, 0) for item in sold)
    if known < MIN_SWITCHES:
        return {}
    total = max(sum(sold.values()), 1)
    return {item: (switched.get(item, 0) + PRIOR * count / total) / (known + PRIOR) for item, count in sold.items()}
