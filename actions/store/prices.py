"""What products cost when: written with every change of the catalogue, read before a price is called reduced."""

from datetime import UTC, datetime

from sqlalchemy import Connection, and_, func, literal, or_, select

from actions.offers.products import Money, Product
from actions.offers.reductions import PriceChange, Reduction, reduction
from actions.store.columns import MOMENT
from actions.store.tables import price_changes, products


def note_prices(connection: Connection, now: datetime | None = None) -> None:
    """Write down the price of every product whose price is not the last one written."""
    p, c = products.c, price_changes.c
    latest = select(c.sku, func.max(c.since).label("since")).group_by(c.sku).subquery("latest")
    last = price_changes.join(latest, and_(latest.c.sku == c.sku, latest.c.since == c.since))
    known = select(c.sku, c.price, c.currency).select_from(last).subquery("known")
    other = or_(known.c.sku.is_(None), known.c.price != p.price, known.c.currency != p.currency)
    moment = literal(now or datetime.now(UTC), MOMENT)
    changed = (
        select(p.sku, moment, p.price, p.currency)
        .select_from(products.outerjoin(known, known.c.sku == p.sku))
        .where(other)
    )
    connection.execute(price_changes.insert().from_select(["sku", "since", "price", "currency"], changed))


def price_history(connection: Connection, sku: str) -> tuple[PriceChange, ...]:
    """Every price on record, the oldest first."""
    c = price_changes.c
    rows = connection.execute(select(c.since, c.price, c.currency).where(c.sku == sku).order_by(c.since))
    return tuple(PriceChange(since, Money(price, currency)) for since, price, currency in rows.tuples())


def reduced(connection: Connection, product: Product, now: datetime) -> Reduction | None:
    """The reduction to announce beside the price of a product, if there is one."""
    changes = price_history(connection, product.sku)
    if not changes or changes[-1].price != product.price:
        return None
    found = reduction(changes, now)
    return found if isinstance(found, Reduction) else None
