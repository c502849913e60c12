"""What is missing in the data of a shop, for `tresen doctor`: nothing here stops the assistant."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, func, not_, or_, select

from actions.offers.products import Product
from actions.store import policy
from actions.store.catalogue import CatalogueSnapshot, read_snapshot
from actions.store.facts import ShopFacts
from actions.store.proposals import proposals
from actions.store.selectors import UNSORTED
from actions.store.stale import MatrixFindings, matrix_findings
from actions.store.tables import affinity_versions, categories, past_order_lines, products

PURPOSES = "use"


@dataclass(frozen=True, slots=True)
class Findings:
    """Each field lists what is affected, sorted; empty means that nothing is wrong there.

    Products without a cost are never offered, those that cost more than they bring neither; with a cost of 0 the
    whole price counts as profit; without a tier
    names and prices tell it; `one_model` differ from a product of another family in their colour alone; unsorted
    ones replace nothing. A category without a title is spoken of by its key, and so is an attribute without a
    term, whose words in German nobody knows; the most frequent one comes first. Orders with unknown products count
    for what is known. `orders_since_mining` is None where nothing was mined yet. `facts_missing`
    are the shop's own terms that shoppers ask for and nobody stated.
    """

    products: int
    without_cost: tuple[str, ...] = ()
    cost_of_nothing: tuple[str, ...] = ()
    sold_at_a_loss: tuple[str, ...] = ()
    without_tier: tuple[str, ...] = ()
    without_benefit: tuple[str, ...] = ()
    one_model: tuple[str, ...] = ()
    unsorted: tuple[str, ...] = ()
    out_of_stock: tuple[str, ...] = ()
    categories_without_title: tuple[str, ...] = ()
    attributes_without_term: tuple[str, ...] = ()
    unknown_in_orders: tuple[tuple[str, int], ...] = ()
    orders: int = 0
    orders_with_unknown: int = 0
    orders_since_mining: int | None = None
    matrix: MatrixFindings = field(default_factory=MatrixFindings)
    proposals_of_orders: int = 0
    facts_missing: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """True where nothing is missing that costs offers or words."""
        missing = (self.without_cost, self.sold_at_a_loss, self.unsorted, self.categories_without_title)
        return not any(
            (*missing, self.attributes_without_term, self.unknown_in_orders, *self.matrix.faults.values())
        )


def diagnose(connection: Connection) -> Findings:
    """Look the catalogue, the matrix and the past orders through."""
    snapshot = read_snapshot(connection)
    known = snapshot.products.values()
    return Findings(
        products=len(snapshot.products),
        without_cost=tuple(product.sku for product in known if product.cost is None),
        cost_of_nothing=tuple(product.sku for product in known if product.cost == 0),
        sold_at_a_loss=tuple(product.sku for product in known if product.profit is not None and product.profit < 0),
        without_tier=tuple(product.sku for product in known if product.tier is None),
        without_benefit=tuple(product.sku for product in known if not (product.benefit.de and product.benefit.en)),
        one_model=_one_model(known),
        unsorted=tuple(product.sku for product in known if product.category == UNSORTED),
        out_of_stock=tuple(product.sku for product in known if product.stock < 1),
        categories_without_title=_untitled(connection, snapshot),
        attributes_without_term=_unnamed(snapshot),
        unknown_in_orders=_unknown(connection),
        orders=_count_orders(connection),
        orders_with_unknown=_orders_with_unknown(connection),
        orders_since_mining=_since_mining(connection),
        matrix=matrix_findings(snapshot),
        proposals_of_orders=len(proposals(connection, snapshot)),
        facts_missing=_facts_missing(connection, snapshot.facts),
    )


def _facts_missing(connection: Connection, facts: ShopFacts) -> tuple[str, ...]:
    """What shoppers ask every shop and this one has not said."""
    said = {
        "name": facts.name,
        "contact": facts.contact,
        "shipping_cost": "shipping_cost" in policy.stated(connection),
        "returns": facts.values.get("returns"),
    }
    return tuple(name for name, value in said.items() if not value)


def _one_model(known: Iterable[Product]) -> tuple[str, ...]:
    """Products that are called like one of another family but for the colour."""
    families: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    coloured = [product for product in known if product.colour]
    for product in coloured:
        families[product.name_without_colour].add(product.family)
    return tuple(product.sku for product in coloured if len(families[product.name_without_colour]) > 1)


def _untitled(connection: Connection, snapshot: CatalogueSnapshot) -> tuple[str, ...]:
    """Categories that something lies in and that lack a title in a language."""
    columns = categories.c
    bare = or_(columns.title_de == "", columns.title_en == "")
    found = connection.scalars(select(columns.category).where(bare).order_by(columns.category))
    return tuple(path for path in found if path != UNSORTED or snapshot.in_category(path))


def _unnamed(snapshot: CatalogueSnapshot) -> tuple[str, ...]:
    """Attributes of products that no term names, the most frequent first; `use` is matched by its values."""
    named = {term.term.casefold() for term in snapshot.terms if term.kind == "attribute"} | {PURPOSES}
    used = Counter(name for product in snapshot.products.values() for name in product.attributes)
    bare = {name: count for name, count in used.items() if name.casefold() not in named}
    return tuple(sorted(bare, key=lambda name: (-bare[name], name)))


def _unknown(connection: Connection) -> tuple[tuple[str, int], ...]:
    sku = past_order_lines.c.sku
    known = select(products.c.sku).where(and_(products.c.sku == sku, products.c.active)).exists()
    query = select(sku, func.count()).where(not_(known)).group_by(sku).order_by(func.count().desc(), sku)
    return tuple((name, int(lines)) for name, lines in connection.execute(query).tuples())


def _orders_with_unknown(connection: Connection) -> int:
    columns = past_order_lines.c
    known = select(products.c.sku).where(and_(products.c.sku == columns.sku, products.c.active)).exists()
    counted = select(func.count(func.distinct(columns.order_id))).where(not_(known))
    return int(connection.scalar(counted) or 0)


def _count_orders(connection: Connection) -> int:
    return int(connection.scalar(select(func.count(func.distinct(past_order_lines.c.order_id)))) or 0)


def _since_mining(connection: Connection) -> int | None:
    """How many orders more or fewer there are than were counted; None where nothing was counted."""
    known = past_order_lines.join(products, past_order_lines.c.sku == products.c.sku)
    of_known = select(func.count(func.distinct(past_order_lines.c.order_id))).select_from(known)
    counted = connection.scalar(select(affinity_versions.c.orders).where(affinity_versions.c.current))
    return None if counted is None else abs(int(connection.scalar(of_known) or 0) - int(counted))
