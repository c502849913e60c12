"""How probable it is that who has one model takes another of its kind next, as past customers did."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, select

from actions.affinity.switching import chances
from actions.store.pairs import in_force
from actions.store.tables import affinity_items, affinity_switches

SWITCHED = select(affinity_switches.c.target, affinity_switches.c.times).where(
    affinity_switches.c.version == bindparam("version"), affinity_switches.c.anchor == bindparam("anchor")
)
SOLD = select(affinity_items.c.family, affinity_items.c.orders).where(
    affinity_items.c.version == bindparam("version"),
    affinity_items.c.family.in_(bindparam("families", expanding=True)),
)


def next_models(connection: Connection, anchor: str, families: Collection[str]) -> Mapping[str, float]:
    """The chance of each of these families to follow `anchor`; empty where too few customers moved on."""
    counted = in_force(connection)
    if counted is None or not families:
        return {}
    asked = {"version": counted.version, "anchor": anchor}
    switched = dict(connection.execute(SWITCHED, asked).tuples().all())
    if not switched:
        return {}
    sold = connection.execute(SOLD, {"version": counted.version, "families": sorted(families)}).tuples().all()
    return chances(switched, dict(sold))
