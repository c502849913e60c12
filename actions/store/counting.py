"""Counts an order as soon as it is placed, so that nobody waits for the night to learn what is bought together."""

from collections.abc import Iterable
from itertools import permutations

from sqlalchemy import Connection, bindparam, func, select

from actions.store.bulk import Row, insert_new
from actions.store.pairs import MIN_TOGETHER, MOST_TARGETS, in_force
from actions.store.past_orders import remember
from actions.store.tables import affinities, affinity_items, affinity_versions, orders, past_order_lines, products

Pair = tuple[str, str]


def count_order(connection: Connection, key: str) -> bool:
    """Add the placed order of `key` to the history and to the counts in force; False where that was done before.

    Afterwards the counts are what mining the whole history anew would give. Only which pairs are among the most
    telling of a product may differ, where it has more neighbours than are kept, until that is done.
    """
    order, product = orders.c, products.c
    placed = select(order.number, order.lines, order.placed_at).where(order.key == key, order.number.is_not(None))
    row = connection.execute(placed).first()
    sold = remember(connection, row.number, row.lines, row.placed_at) if row else set()
    families = set(connection.scalars(select(product.family).where(product.sku.in_(sold)))) if sold else set()
    counted = in_force(connection)
    if counted is not None and families:
        _Counts(connection, counted.version).add(families)
    return bool(sold)


class _Counts:
    """The rows of one version. The order that is added lies in the history already."""

    def __init__(self, connection: Connection, version: int) -> None:
        self.connection = connection
        self.version = version

    def add(self, families: set[str]) -> None:
        version, pair = affinity_versions.c, affinities.c
        one_more = affinity_versions.update().values(orders=version.orders + 1)
        self.connection.execute(one_more.where(version.version == self.version))
        held = self._add_items(families)
        inside = (pair.version == self.version) & pair.anchor.in_(families) & pair.target.in_(families)
        self.connection.execute(affinities.update().where(inside).values(together=pair.together + 1))
        there = set(self.connection.execute(select(pair.anchor, pair.target).where(inside)).tuples())
        missing = set(permutations(families, 2)) - there
        if missing:
            self._add_pairs(missing, held)

    def _add_items(self, families: set[str]) -> dict[str, int]:
        """How many orders held each family, now that there is one more."""
        item = affinity_items.c
        inside = (item.version == self.version) & item.family.in_(families)
        self.connection.execute(affinity_items.update().where(inside).values(orders=item.orders + 1))
        held = dict(self.connection.execute(select(item.family, item.orders).where(inside)).tuples().all())
        new = {family: self._orders_with(family) for family in families - held.keys()}
        rows = [{"version": self.version, "family": family, "orders": orders} for family, orders in new.items()]
        insert_new(self.connection, affinity_items, rows, ("version", "family"))
        return held | new

    def _add_pairs(self, missing: set[Pair], held: dict[str, int]) -> None:
        """Pairs that were too rare until now, or too weak: counted in the history, the rarer product first."""
        rows: list[Row] = []
        rarest = sorted({family for pair in missing for family in pair}, key=lambda f: (held[f], f))
        for place, family in enumerate(rarest):
            commoner = [other for other in rarest[place + 1 :] if missing & {(family, other), (other, family)}]
            for other, together in self._together(family, commoner).items():
                # orders that were imported and are not counted yet must not make a pair oftener than its parts
                both = min(together, held[family])
                directions = {(family, other), (other, family)} & missing if both >= MIN_TOGETHER else ()
                rows += [
                    {"version": self.version, "anchor": anchor, "target": target, "together": both}
                    for anchor, target in sorted(directions)
                ]
        insert_new(self.connection, affinities, rows, ("version", "anchor", "target"))
        self._keep_strongest({row["anchor"] for row in rows})

    def _keep_strongest(self, anchors: Iterable[str]) -> None:
        pair, item = affinities.c, affinity_items.c
        # the square of the cosine, but for what is the same for all targets of an anchor
        strength = pair.together * 1.0 * pair.together / item.orders
        joined = affinities.join(affinity_items, (item.version == pair.version) & (item.family == pair.target))
        weakest = affinities.delete().where(
            pair.version == self.version, pair.anchor == bindparam("of"), pair.target == bindparam("weak")
        )
        for anchor in sorted(anchors):
            of_anchor = (pair.version == self.version) & (pair.anchor == anchor)
            ranked = select(pair.target).select_from(joined).where(of_anchor).order_by(strength.desc(), pair.target)
            over = self.connection.scalars(ranked.offset(MOST_TARGETS)).all()
            if over:
                self.connection.execute(weakest, [{"of": anchor, "weak": target} for target in over])

    def _together(self, family: str, others: list[str]) -> dict[str, int]:
        """In how many orders of the history each of the others lay beside the family."""
        if not others:
            return {}
        one, other = past_order_lines.alias("one"), past_order_lines.alias("other")
        product, beside = products.alias("product"), products.alias("beside")
        joined = (
            product.join(one, one.c.sku == product.c.sku)
            .join(other, other.c.order_id == one.c.order_id)
            .join(beside, beside.c.sku == other.c.sku)
        )
        counted = select(beside.c.family, func.count(one.c.order_id.distinct())).select_from(joined)
        wanted = counted.where(product.c.family == family, beside.c.family.in_(others))
        return dict(self.connection.execute(wanted.group_by(beside.c.family)).tuples().all())

    def _orders_with(self, family: str) -> int:
        joined = past_order_lines.join(products, products.c.sku == past_order_lines.c.sku)
        held = select(func.count(past_order_lines.c.order_id.distinct())).select_from(joined)
        return int(self.connection.scalar(held.where(products.c.family == family)) or 0)
