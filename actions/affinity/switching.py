"""Counts who moved on: customers who bought one model and later another one that serves the same need."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from actions.affinity.columns import Whole
from actions.affinity.orders import Orders, spans, table_of

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
    names, table = orders.names, table_of(orders)
    visits = np.lexsort((moments, customers))
    visits = visits[customers[visits] != UNKNOWN]
    moves = [np.empty(0, dtype=np.int64)]
    for begin, end in spans(customers[visits], np.diff(orders.starts)[visits]):
        moves.append(_moves(table[visits[begin:end]], customers[visits[begin:end]], needs))
    pairs, times = np.unique(np.concatenate(moves), return_counts=True)
    steps = (divmod(pair, len(names)) for pair in pairs.tolist())
    return [Switch(names[a], names[b], n) for (a, b), n in zip(steps, times.tolist(), strict=True)]


def _moves(held: sparse.csr_array, customers: Whole, needs: Whole) -> Whole:
    """Each switch of some customers, as item x items + next item; their orders customer by customer, by time."""
    place = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
    item: Whole = held.indices.astype(np.int64)
    known = needs[item] != UNKNOWN
    place, item = place[known], item[known]
    if not len(item):
        return item
    # one number for customer, need and place in time: it is sorted in a fraction of the time
    customer = np.cumsum(np.append(0, np.diff(customers) != 0))
    whose = customer[place] * (needs.max(initial=0) + 1) + needs[item]
    key = whose * held.shape[0] + place
    rising = np.argsort(key)
    key, item, whose = key[rising], item[rising], whose[rising]
    alone = np.append(key[1:] != key[:-1], True) & np.append(True, key[1:] != key[:-1])
    item, whose = item[alone], whose[alone]
    moved = (whose[1:] == whose[:-1]) & (item[1:] != item[:-1])
    return np.asarray(item[:-1][moved] * held.shape[1] + item[1:][moved], dtype=np.int64)


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
