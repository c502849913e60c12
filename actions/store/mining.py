"""Counts the pairs of the order history and puts a new version of the affinities into force."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, bindparam, func, select

from actions.affinity.pairs import PairStatistics, mine_pairs
from actions.store.bulk import insert_tuples
from actions.store.engine import reading, writing
from actions.store.facts import bump_version
from actions.store.tables import affinities, affinity_versions, past_order_lines, products, shop_facts

MIN_TOGETHER = 3
MOST_TARGETS = 100


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
    min_together: int = MIN_TOGETHER,
    most_targets: int = MOST_TARGETS,
    now: datetime | None = None,
) -> MiningReport:
    """Mine everything anew; the old version stays in force until the new one is complete, and is kept.

    Pairs are counted between families, so that the colours and sizes of one model add up. A pair needs
    `min_together` orders to be kept at all; whether it is enough to be spoken of, the offer limits decide.
    """
    with reading(engine) as connection:
        lines = _lines(connection)
    orders = len({order for order, _ in lines})
    pairs = mine_pairs(lines, min_together=min_together, most=most_targets)
    with writing(engine) as connection:
        simulated = _simulated(connection)
        version = _next_version(connection)
        row = {
            "version": version,
            "mined_at": now or datetime.now(UTC),
            "orders": orders,
            "simulated": simulated,
            "current": False,
        }
        connection.execute(affinity_versions.insert(), row)
        _write_pairs(connection, version, pairs)
        _put_in_force(connection, version)
        _count_popularity(connection)
        bump_version(connection)
    families = len({family for _, family in lines})
    return MiningReport(version, orders, len(lines), families, len(pairs), simulated)


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


def _lines(connection: Connection) -> list[tuple[str, str]]:
    sold = past_order_lines.join(products, past_order_lines.c.sku == products.c.sku)
    query = select(past_order_lines.c.order_id, products.c.family).select_from(sold)
    return [(order, family) for order, family in connection.execute(query).tuples()]


def _simulated(connection: Connection) -> bool:
    value = connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == "simulated_orders"))
    return bool(value)


def _next_version(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(affinity_versions.c.version))) or 0) + 1


def _write_pairs(connection: Connection, version: int, pairs: list[PairStatistics]) -> None:
    names = ("version", "anchor", "target", "together", "anchor_orders", "support", "confidence", "lift")
    rows = (
        (
            version,
            pair.anchor,
            pair.target,
            pair.together,
            pair.anchor_orders,
            pair.support,
            pair.confidence,
            pair.lift,
        )
        for pair in pairs
    )
    insert_tuples(connection, affinities, names, rows)


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
