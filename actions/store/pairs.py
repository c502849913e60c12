"""What was counted of pairs, read from the version in force; remembered as long as nothing was counted since."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import Connection, Select, bindparam, select

from actions.affinity.shares import shares
from actions.offers.products import Evidence
from actions.store.tables import affinities, affinity_items, affinity_versions, products

MOST_REMEMBERED = 5_000

Neighbours = Mapping[str, Evidence]

# fewer common orders say nothing; more neighbours than these are never asked for
MIN_TOGETHER = 3
MOST_TARGETS = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """The version in force; `orders` grows with every order, so two that are equal hold the same counts."""

    version: int
    orders: int
    simulated: bool


def _pairs_of_families() -> Select[str, str, int, int, int, float]:
    pair, of_anchor, of_target = affinities.c, affinity_items.alias("of_anchor"), affinity_items.alias("of_target")
    joined = affinities.join(
        of_anchor, (of_anchor.c.version == pair.version) & (of_anchor.c.family == pair.anchor)
    ).join(of_target, (of_target.c.version == pair.version) & (of_target.c.family == pair.target))
    columns = (pair.anchor, pair.target, pair.together, of_anchor.c.orders, of_target.c.orders, pair.weight)
    wanted = (pair.version == bindparam("version"), pair.anchor.in_(bindparam("families", expanding=True)))
    return select(*columns).select_from(joined).where(*wanted)


# put together once: that costs as much as running it
PAIRS = _pairs_of_families()
IN_FORCE = select(affinity_versions.c.version, affinity_versions.c.orders, affinity_versions.c.simulated).where(
    affinity_versions.c.current
)


class PairMemory:
    """The neighbours of families that were asked for, until another order or version is counted.

    One row is read to know that; several threads may share one memory.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._counted: Counted | None = None
        self._known: dict[str, Neighbours] = {}

    def of(self, connection: Connection, families: Iterable[str]) -> dict[str, Neighbours]:
        """What `neighbours` says."""
        counted = in_force(connection)
        if counted is None:
            return {}
        wanted = tuple(dict.fromkeys(families))
        with self._lock:
            if counted != self._counted or len(self._known) > self._most:
                self._counted, self._known = counted, {}
            found = {family: self._known[family] for family in wanted if family in self._known}
        missing = [family for family in wanted if family not in found]
        if missing:
            fresh = _read(connection, counted, missing)
            found |= fresh
            with self._lock:
                if counted == self._counted:
                    self._known |= fresh
        return found


def in_force(connection: Connection) -> Counted | None:
    """The version offers are decided with; None before the first was counted."""
    row = connection.execute(IN_FORCE).first()
    return None if row is None else Counted(*row)


def counted_at(connection: Connection) -> tuple[Counted, datetime] | None:
    """The version in force and when it was counted; None before the first."""
    row = connection.execute(IN_FORCE.add_columns(affinity_versions.c.mined_at)).first()
    return None if row is None else (Counted(row.version, row.orders, row.simulated), row.mined_at)


def neighbours(connection: Connection, families: Iterable[str]) -> dict[str, Neighbours]:
    """By family: what orders held beside it, by family too, the most telling first (by cosine)."""
    counted = in_force(connection)
    return {} if counted is None else _read(connection, counted, tuple(families))


def mined_pairs(connection: Connection, family: str) -> Neighbours:
    """The counted neighbours of one family, the most telling first (by cosine)."""
    return neighbours(connection, [family]).get(family, {})


def orders_of(connection: Connection, families: Iterable[str]) -> dict[str, int]:
    """In how many orders each of the families was, by the version in force; one that never was is left out."""
    item = affinity_items.c
    current = select(affinity_versions.c.version).where(affinity_versions.c.current).scalar_subquery()
    wanted = select(item.family, item.orders).where(item.version == current, item.family.in_(list(families)))
    return dict(connection.execute(wanted).tuples().all())


def evidence_of_sums(connection: Connection, anchors: int, together: Mapping[str, int]) -> Neighbours:
    """What several models go with, the most telling first: `together` by target and `anchors` are summed over them.

    An order that held two of them counts twice, so shares are those of one purchase of the kind.
    """
    counted = in_force(connection)
    if counted is None:
        return {}
    found = []
    for target, orders in orders_of(connection, together).items():
        sums = (together[target], anchors)
        support, confidence, lift = shares(*sums, orders, counted.orders)
        said = Evidence(*sums, counted.orders, support, confidence, lift, counted.simulated)
        found.append((-support * lift, target, said))
    return {target: told for _, target, told in sorted(found, key=itemgetter(0, 1))}


def evidence(connection: Connection, anchor_sku: str, target_sku: str) -> Evidence | None:
    """How often orders held both models, from the affinities in force; None where that was not counted.

    Counted between models (families), so that colours and sizes do not thin the figures out.
    """
    product = products.c
    found = connection.execute(select(product.sku, product.family).where(product.sku.in_([anchor_sku, target_sku])))
    families = dict(found.tuples().all())
    if anchor_sku not in families or target_sku not in families:
        return None
    return mined_pairs(connection, families[anchor_sku]).get(families[target_sku])


def _read(connection: Connection, counted: Counted, families: Iterable[str]) -> dict[str, Neighbours]:
    orders, simulated = counted.orders, counted.simulated
    found: dict[str, list[tuple[float, str, Evidence]]] = {family: [] for family in families}
    asked = {"version": counted.version, "families": list(found)}
    for anchor, target, together, of_anchor, of_target, weight in connection.execute(PAIRS, asked).tuples().all():
        support, confidence, lift = shares(together, of_anchor, of_target, orders)
        said = Evidence(together, of_anchor, orders, support, confidence, lift, simulated, weight, of_target)
        # support x lift is the square of the cosine
        found[anchor].append((-support * lift, target, said))
    return {family: {target: told for _, target, told in sorted(rows)} for family, rows in found.items()}
