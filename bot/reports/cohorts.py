"""Counts customers by the month of their first order: how many came back, and what they have brought until now."""

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    select,
    union_all,
)

from actions.store.tables import orders, past_order_lines, past_returns, products
from bot.reports.facts import Cohort
from bot.reports.scope import Scope
from bot.reports.sold import day_of, kept_lines, net

MOST_MONTHS = 24


def count_cohorts(connection: Connection, scope: Scope) -> tuple[Cohort, ...]:
    """The newest months, oldest first; only customers known by a pseudonym, from past orders and from orders here.

    An order without a line that was kept is none. Amounts are what was paid for goods and not paid back, and what
    it earned as far as costs are known.
    """
    customer = _customers(connection, scope).c
    rows = select(
        customer.month,
        func.count(),
        func.sum(case((customer.orders > 1, 1), else_=0)),
        *(func.sum(total) for total in (customer.orders, customer.revenue, customer.profit)),
    )
    months = rows.group_by(customer.month).order_by(customer.month.desc())
    newest = connection.execute(months.limit(MOST_MONTHS))
    return tuple(Cohort(row[0], *(int(number or 0) for number in row[1:])) for row in reversed(newest.all()))


def talks_of_customers(
    connection: Connection, scope: Scope, *, repeated: bool = False, month: str = ""
) -> Select[tuple[str]]:
    """The conversations in which the customers of the cohorts ordered, or those of one month, or of these only who
    ordered more than once."""
    customer, line = _customers(connection, scope).c, kept_lines(connection, scope).c
    months = _customers(connection, scope).c.month
    newest = select(months).group_by(months).order_by(months.desc()).limit(MOST_MONTHS).subquery("newest")
    counted = select(customer.customer).where(customer.month.in_(select(newest.c.month)))
    counted = counted.where(customer.month == month) if month else counted
    counted = counted.where(customer.orders > 1) if repeated else counted
    return select(line.conversation).where(line.kept > 0, line.customer.in_(counted)).distinct()


def _customers(connection: Connection, scope: Scope) -> Subquery:
    """Each customer with the month of the first order and the sums of all of them."""
    order = union_all(_imported(), _placed_here(connection, scope)).subquery("customer_orders").c
    first = func.min(order.moment)
    return (
        select(
            order.customer,
            func.substr(day_of(connection, first), 1, 7).label("month"),
            func.count().label("orders"),
            func.sum(order.revenue).label("revenue"),
            func.sum(order.profit).label("profit"),
        )
        .group_by(order.customer)
        .subquery("customers")
    )


def _imported() -> Select[tuple[str, object, int, int]]:
    """Orders of the shop's history; one that was placed here is counted there."""
    came_back = _came_back()
    past, own, back = past_order_lines.c, products.c, came_back.c
    ours = select(orders.c.id).where(orders.c.number == past.order_id).exists()
    price, paid_back = func.coalesce(past.price, 0), func.coalesce(back.amount, 0)
    # what came back altogether is no line any more
    kept = past.quantity - func.coalesce(back.pieces, 0)
    earned = kept * (net(price, own.tax_percent) - own.cost) - net(paid_back, own.tax_percent)
    same = and_(back.order_id == past.order_id, back.sku == past.sku)
    return (
        select(
            past.customer,
            func.min(past.ordered_at).label("moment"),
            func.sum(price * kept - paid_back).label("revenue"),
            func.sum(earned).label("profit"),
        )
        .select_from(past_order_lines.outerjoin(products, own.sku == past.sku).outerjoin(came_back, same))
        .where(past.customer.is_not(None), ~ours)
        .group_by(past.customer, past.order_id)
    )


def _came_back() -> Subquery:
    """Pieces and money that came back of each line of the history."""
    c = past_returns.c
    # PostgreSQL sums to a number with decimals, which would divide otherwise
    sums = (
        cast(func.sum(c.quantity), BigInteger).label("pieces"),
        cast(func.sum(c.amount), BigInteger).label("amount"),
    )
    return select(c.order_id, c.sku, *sums).group_by(c.order_id, c.sku).subquery("came_back")


def _placed_here(connection: Connection, scope: Scope) -> Select[tuple[str, object, int, int]]:
    line = kept_lines(connection, scope).c
    return (
        select(line.customer, func.min(line.created_at), func.sum(line.revenue), func.sum(line.profit))
        .where(and_(line.customer.is_not(None), line.kept > 0))
        .group_by(line.customer, line.order)
    )
