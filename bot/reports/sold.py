"""Selects what was sold in conversations: lines of orders without what came back, and what an offer added."""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    String,
    Subquery,
    TableValuedAlias,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    select,
    true,
)

from actions.store.tables import conversations, offers, orders, products, returned_lines
from bot.reports.scope import Scope

# an order the shop did not take, or that somebody wants cancelled, is none
COUNTED = ("pending", "placed")


def ordered_lines(connection: Connection, scope: Scope | None = None) -> Subquery:
    """Each line of each order as it was placed, with the offer it came from."""
    line = elements(connection, orders.c.lines, "line")
    value = line.c.value
    o, talk = orders.c, conversations.c
    columns = (
        o.id.label("order"),
        o.conversation,
        o.customer,
        o.created_at,
        value["sku"].as_string().label("sku"),
        value["quantity"].as_integer().label("quantity"),
        value["price"].as_integer().label("price"),
        value["offer"].as_string().label("offer"),
    )
    wanted = select(*columns).select_from(orders.join(line, true())).where(o.state.in_(COUNTED))
    if scope is not None:
        wanted = wanted.join(conversations, talk.id == o.conversation).where(within(scope))
    return wanted.subquery("ordered_lines")


def within(scope: Scope) -> ColumnElement[bool]:
    """Conversations last active in the period, with those shoppers that count."""
    c = conversations.c
    real = (~c.simulated,) if scope.real_only else ()
    return and_(c.active_at >= scope.start, c.active_at < scope.end, *real)


def without_returns(line: Subquery) -> Subquery:
    """The same lines with the pieces that were `kept`."""
    back = returned_lines.c
    returned = (
        select(back.order, back.sku, func.sum(back.quantity).label("pieces"))
        .group_by(back.order, back.sku)
        .subquery("returned")
    )
    pieces = func.coalesce(returned.c.pieces, 0)
    kept = case((pieces >= line.c.quantity, 0), else_=line.c.quantity - pieces)
    joined = line.outerjoin(returned, and_(returned.c.order == line.c.order, returned.c.sku == line.c.sku))
    return select(*line.c, kept.label("kept")).select_from(joined).subquery("without_returns")


def kept_lines(connection: Connection, scope: Scope | None = None, *, handling_cost: int = 0) -> Subquery:
    """Lines of orders without what came back, with money: `revenue`, `returned`, `profit` (NULL where a cost is
    unknown), and for a line that came from an offer its `kind`, `decision`, `added_revenue` and `added_profit`.

    An extra adds all it earns after handling, a better model what it earns more than the one it replaced; a cheaper
    model adds nothing to what the dearer one would have brought: it keeps a sale, `added` is what that sale earns.
    """
    line = without_returns(ordered_lines(connection, scope))
    offer, own, anchor = offers.c, products.alias("own"), products.alias("anchor")
    kept, margin = line.c.kept, net(line.c.price, own.c.tax_percent) - own.c.cost
    before = net(offer.price - offer.price_difference, anchor.c.tax_percent) - anchor.c.cost
    added_profit = case(
        (offer.kind == "cross", kept * (margin - handling_cost)),
        (offer.kind == "up", kept * (margin - before)),
        (offer.kind == "down", kept * margin),
    )
    added_revenue = case((offer.kind == "up", kept * offer.price_difference), else_=kept * line.c.price)
    columns = {
        "revenue": kept * line.c.price,
        "returned": (line.c.quantity - kept) * line.c.price,
        "profit": kept * margin,
        "unknown_cost": case((and_(kept > 0, own.c.cost.is_(None)), 1), else_=0),
        "added_revenue": case((offer.id.is_not(None), added_revenue)),
        "added_profit": added_profit,
    }
    joined = (
        line.outerjoin(own, own.c.sku == line.c.sku)
        .outerjoin(offers, offer.id == line.c.offer)
        .outerjoin(anchor, anchor.c.sku == offer.anchor)
    )
    money = (value.label(name) for name, value in columns.items())
    return select(*line.c, offer.kind, offer.decision, *money).select_from(joined).subquery("kept_lines")


def day_of(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[str]:
    """The day of a moment in UTC, 2026-03-01; its first seven letters are the month."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD")
    return func.substr(cast(moment, String), 1, 10)


def net(gross: ColumnElement[int], tax_percent: ColumnElement[int]) -> ColumnElement[int]:
    """Net of tax, rounded down to the cent as `Product.profit` does it."""
    return gross * 100 // (literal(100) + tax_percent)


def elements(connection: Connection, array: ColumnElement[Any], name: str) -> TableValuedAlias:
    """The elements of a JSON array, to be joined to the table it stands in; `value` is one of them."""
    value = column("value", JSON)
    if connection.dialect.name == "postgresql":
        return func.json_array_elements(array).table_valued(value, name=name).render_derived()
    return func.json_each(array).table_valued(value, name=name)
