"""Counts the pairs of the order history and puts a new version of the affinities into force."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat

import numpy as np
from sqlalchemy import Connection, Engine, bindparam, func, select

from actions.affinity.counts import PairCounts, count_orders
from actions.affinity.engines import Counter
from actions.affinity.linear import LinearModel
from actions.affinity.orders import table_of
from actions.affinity.pairs import directed_blocks
from actions.affinity.switching import Switch, count_switches
from actions.store.bulk import insert_tuples
from actions.store.engine import reading, writing
from actions.store.facts import bump_version
from actions.store.pairs import MIN_TOGETHER, MOST_TARGETS
from actions.store.past_baskets import read_baskets
from actions.store.past_orders import remember_missed
from actions.store.tables import (
    affinities,
    affinity_items,
    affinity_switches,
    affinity_versions,
    past_order_lines,
    products,
    shop_facts,
)

# what sells less has few pairs that may be said; the cost of learning grows with the cube
MOST_LEARNT = 2_500
DIGITS = 6


@dataclass(frozen=True, slots=True)
class MiningReport:
    """What was counted: `lines` of known products in `orders`, the `families` sold, the `pairs` (directed) kept."""

    version: int
    orders: int
    lines: int
    families: int
    pairs: int
    simulated: bool


def mine(
    engine: Engine,
    *,
    counter: Counter = count_orders,
    min_together: int = MIN_TOGETHER,
    most_targets: int = MOST_TARGETS,
    now: datetime | None = None,
) -> MiningReport:
    """Mine everything anew; the old version stays in force until the new one is complete, and is kept.

    Pairs are counted between families, so that the colours and sizes of one model add up. A pair needs
    `min_together` orders to be kept at all; whether it is enough to be spoken of, the offer limits decide.
    `counter` says who counts; all give the same counts. What each pair weighs in the linear item model is learnt
    here in any case, of the `MOST_LEARNT` best sellers; the others weigh 0. Counted too is which model customers
    went on to from another of its category.
    """
    with _uncollected():
        return _mined(engine, counter, min_together, most_targets, now or datetime.now(UTC))


def _mined(engine: Engine, counter: Counter, min_together: int, most_targets: int, now: datetime) -> MiningReport:
    with writing(engine) as connection:
        remember_missed(connection)
    with reading(engine) as connection:
        past = read_baskets(connection)
    counts = counter(past.orders, min_together)
    learnt = LinearModel(table_of(past.orders), most=MOST_LEARNT)
    switches = count_switches(past.orders, past.customers, past.moments, past.needs)
    with writing(engine) as connection:
        simulated = _simulated(connection)
        version = _next_version(connection)
        made = {"version": version, "mined_at": now, "orders": counts.orders}
        connection.execute(affinity_versions.insert(), {**made, "simulated": simulated, "current": False})
        _write_items(connection, version, counts)
        pairs = _write_pairs(connection, version, counts, learnt, most_targets)
        _write_switches(connection, version, switches)
        _put_in_force(connection, version)
        _count_popularity(connection)
        bump_version(connection)
    return MiningReport(version, counts.orders, past.lines, len(counts.items), pairs, simulated)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: among the millions of rows that come and go there is none, and looking at them
    takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def versions(connection: Connection) -> tuple[tuple[int, datetime, int, bool], ...]:
    """Every version as (version, mined at, orders, in force), the newest first."""
    columns = affinity_versions.c
    query = select(columns.version, columns.mined_at, columns.orders, columns.current)
    return tuple(connection.execute(query.order_by(columns.version.desc())).tuples())


def roll_back(connection: Connection, version: int) -> bool:
    """Put an older version into force again; False where there is none of that number."""
    known = select(affinity_versions.c.version).where(affinity_versions.c.version == version)
    if connection.scalar(known) is None:
        return False
    _put_in_force(connection, version)
    bump_version(connection)
    return True


def _simulated(connection: Connection) -> bool:
    value = connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == "simulated_orders"))
    return bool(value)


def _next_version(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(affinity_versions.c.version))) or 0) + 1


def _write_items(connection: Connection, version: int, counts: PairCounts) -> None:
    rows = zip(repeat(version), counts.items, counts.item_orders.tolist(), strict=False)
    insert_tuples(connection, affinity_items, ("version", "family", "orders"), rows)


def _write_pairs(connection: Connection, version: int, counts: PairCounts, learnt: LinearModel, most: int) -> int:
    """Write both directions of the most telling pairs; how many were written."""
    written = 0
    named = counts.items.__getitem__

    def rows() -> Iterator[tuple[int, str, str, int, float]]:
        nonlocal written
        for anchors, targets, together in directed_blocks(counts, most=most):
            weights = np.round(learnt.pairs(anchors, targets).astype(float), DIGITS)
            pairs = map(named, anchors.tolist()), map(named, targets.tolist()), together.tolist(), weights.tolist()
            yield from zip(repeat(version), *pairs, strict=False)
            written += len(anchors)

    insert_tuples(connection, affinities, ("version", "anchor", "target", "together", "weight"), rows())
    return written


def _write_switches(connection: Connection, version: int, switches: Iterable[Switch]) -> None:
    rows = ((version, each.anchor, each.target, each.times) for each in switches)
    insert_tuples(connection, affinity_switches, ("version", "anchor", "target", "times"), rows)


def _put_in_force(connection: Connection, version: int) -> None:
    in_force = affinity_versions.c.version == version
    connection.execute(affinity_versions.update().values(current=in_force))


def _count_popularity(connection: Connection) -> None:
    """In how many past orders each product was."""
    sku = past_order_lines.c.sku
    counted = connection.execute(select(sku, func.count()).group_by(sku)).tuples().all()
    connection.execute(products.update().values(popularity=0))
    if counted:
        statement = products.update().where(products.c.sku == bindparam("sold"))
        rows = [{"sold": name, "times": times} for name, times in counted]
        connection.execute(statement.values(popularity=bindparam("times")), rows)
