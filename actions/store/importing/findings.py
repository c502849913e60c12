"""What is missing in the data of a shop, for `tresen doctor`: nothing here stops the assistant."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, not_, or_, select

from actions.offers.products import RelationKind
from actions.store.catalogue import read_snapshot
from actions.store.matrix import MatrixRow
from actions.store.tables import categories, past_order_lines, products


@dataclass(frozen=True, slots=True)
class Findings:
    """Each field lists what is affected, sorted; empty means that nothing is wrong there.

    Products without a cost are never offered; without a tier they climb by price alone; a category without a
    title is spoken of by its key; a relation that resolves to nothing is never used.
    """

    products: int
    without_cost: tuple[str, ...] = ()
    without_tier: tuple[str, ...] = ()
    without_benefit: tuple[str, ...] = ()
    out_of_stock: tuple[str, ...] = ()
    categories_without_title: tuple[str, ...] = ()
    unknown_in_orders: tuple[tuple[str, int], ...] = ()
    relations_to_nothing: tuple[str, ...] = ()
    relations_without_benefit: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """True where nothing is missing that costs offers or words."""
        return not any(
            (
                self.without_cost,
                self.categories_without_title,
                self.unknown_in_orders,
                self.relations_to_nothing,
                self.relations_without_benefit,
            )
        )


def diagnose(connection: Connection) -> Findings:
    """Look the catalogue, the matrix and the past orders through."""
    snapshot = read_snapshot(connection)
    known = snapshot.products.values()
    empty = [row for row in snapshot.matrix if not snapshot.select(row.anchor) or not snapshot.select(row.target)]
    silent = [row for row in snapshot.matrix if _needs_benefit(row)]
    return Findings(
        products=len(snapshot.products),
        without_cost=tuple(product.sku for product in known if product.cost is None),
        without_tier=tuple(product.sku for product in known if product.tier is None),
        without_benefit=tuple(product.sku for product in known if not (product.benefit.de and product.benefit.en)),
        out_of_stock=tuple(product.sku for product in known if product.stock < 1),
        categories_without_title=_untitled(connection),
        unknown_in_orders=_unknown(connection),
        relations_to_nothing=tuple(_named(row) for row in empty),
        relations_without_benefit=tuple(_named(row) for row in silent),
    )


def _needs_benefit(row: MatrixRow) -> bool:
    speaks = row.kind is not RelationKind.NONE_FITS and not row.rejected
    return speaks and not (row.benefit.de and row.benefit.en)


def _named(row: MatrixRow) -> str:
    return f"{row.anchor} -> {row.target} ({row.kind.value})"


def _untitled(connection: Connection) -> tuple[str, ...]:
    columns = categories.c
    bare = or_(columns.title_de == "", columns.title_en == "")
    return tuple(connection.scalars(select(columns.category).where(bare).order_by(columns.category)))


def _unknown(connection: Connection) -> tuple[tuple[str, int], ...]:
    sku = past_order_lines.c.sku
    known = select(products.c.sku).where(and_(products.c.sku == sku, products.c.active)).exists()
    query = select(sku, func.count()).where(not_(known)).group_by(sku).order_by(func.count().desc(), sku)
    return tuple((name, int(lines)) for name, lines in connection.execute(query).tuples())
