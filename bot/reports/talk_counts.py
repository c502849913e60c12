"""Counts conversations in the log: what was said, how it went on, and what was ordered, sorted apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, exists, func, or_, select

from actions.store.messages import By
from actions.store.tables import (
    conversations,
    handoffs,
    messages,
    offer_decisions,
    orders,
    past_order_lines,
    reviews,
    takeovers,
)
from bot.reports.facts import Arm, Talks
from bot.reports.scope import Scope
from bot.reports.sold import day_of, kept_lines, within
from bot.transcripts.digest import FALLBACK, HESITATING, WITH_A_YES

# whether the shop knew the shopper, and from an order that was there before the conversation began
SEGMENTS = ("new", "returning", "unknown")
WELCOME = "welcome"
# the other turns of the log answer no message of the shopper's
ANSWERS_A_MESSAGE = (By.ASSISTANT, By.NOBODY)
STOP = "stop_offers"
JUDGED = "done"
NO_REASON = "none_given"
# stars
SATISFIED = 4
TO_THE_CHECKOUT = ("checkout", "ordered", "after")
SUMMED = tuple(field.name for field in fields(Talks))


@dataclass(frozen=True, slots=True)
class Counted:
    """The conversations by channel, language and segment; those abandoned by reason; both arms; and by day."""

    cells: Mapping[tuple[str, str, str], Talks]
    abandoned: Mapping[str, int]
    arms: Mapping[str, Arm]
    days: Mapping[str, Talks]


def talk_rows(
    connection: Connection, scope: Scope, *, handling_cost: int = 0, only: ColumnElement[bool] | None = None
) -> Subquery:
    """One row for each conversation in which the shopper said something, with the numbers of `Talks`; `gone` said
    yes and did not order, `raised` ordered an extra or a better model that was offered. `only` are those that come
    into question: what was said in other conversations need not be counted."""
    c = conversations.c
    said, sold = _said(scope, only), _sold(connection, scope, handling_cost)
    reason, gone = _hesitation(), _cancelled(scope)
    bought = func.coalesce(sold.c.orders, 0) > 0
    hesitated = or_(said.c.hesitations > 0, reason.is_not(None))
    yes, checkout = or_(c.stage.in_(WITH_A_YES), bought), or_(c.stage.in_(TO_THE_CHECKOUT), bought)
    handed = exists().where(handoffs.c.conversation == c.id)
    numbers = {
        "talks": 1,
        "opted_out": _flag(or_(c.opted_out, said.c.stops > 0)),
        "complained": _flag(c.negative_mood),
        "handed_off": _flag(or_(c.handed_off, handed)),
        "taken_over": _flag(and_(or_(c.handed_off, handed), _answered())),
        "said_yes": _flag(yes),
        "at_checkout": _flag(checkout),
        "bought": _flag(bought),
        "gone": _flag(and_(yes, ~bought)),
        "hesitated": _flag(hesitated),
        "left": _flag(and_(hesitated, ~bought)),
        "unreviewed": _flag(~exists().where(reviews.c.conversation == c.id, reviews.c.status == JUDGED)),
        "simulated": _flag(c.simulated),
        **_stars(),
        "saved": _flag(func.coalesce(sold.c.orders_down, 0) > 0),
        "raised": _flag(func.coalesce(sold.c.orders_cross + sold.c.orders_up, 0) > 0),
    }
    counted = {name: said.c[name] for name in ("turns", "fallbacks", "failed")}
    money = {name: func.coalesce(sold.c[name], 0) for name in _SOLD}
    columns = {**numbers, **counted, **money, "cancelled": func.coalesce(gone.c.cancelled, 0)}
    abandoned = case((and_(yes, ~bought), func.coalesce(reason, NO_REASON)))
    all_numbers = (func.coalesce(value, 0).label(name) for name, value in columns.items())
    rows = select(*_named(connection), abandoned.label("abandoned"), *all_numbers)
    joined = conversations.join(said, said.c.conversation == c.id)
    joined = joined.outerjoin(sold, sold.c.conversation == c.id).outerjoin(gone, gone.c.conversation == c.id)
    return rows.select_from(joined).where(within(scope)).subquery("talk_rows")


def count_talks(connection: Connection, scope: Scope, *, handling_cost: int = 0) -> Counted:
    """Every conversation of the period in which the shopper said something, read once."""
    row = talk_rows(connection, scope, handling_cost=handling_cost).c
    keys = (row.channel, row.language, row.segment, row.day, row.abandoned, row.arm)
    squares = (func.sum(row.orders * row.orders), func.sum(row.profit * row.profit))
    sums = (func.sum(row[name]) for name in SUMMED)
    cells: dict[tuple[str, str, str], Talks] = {}
    days: dict[str, Talks] = {}
    abandoned: dict[str, int] = {}
    arms: dict[str, Arm] = {}
    for found in connection.execute(select(*keys, *squares, *sums).group_by(*keys)):
        channel, language, segment, day, reason, arm, orders_squared, profit_squared, *numbers = found
        talks = Talks(*map(int, numbers))
        cells[channel, language, segment] = cells.get((channel, language, segment), Talks()) + talks
        days[day] = days.get(day, Talks()) + talks
        if reason is not None:
            abandoned[reason] = abandoned.get(reason, 0) + talks.talks
        if arm is not None:
            part = Arm(talks.talks, talks.orders, int(orders_squared), talks.profit, int(profit_squared))
            arms[arm] = arms.get(arm, Arm()) + part
    return Counted(cells, abandoned, arms, dict(sorted(days.items())))


def summed(talks: Iterable[Talks]) -> Talks:
    """All of them together."""
    return reduce(Talks.__add__, talks, Talks())


def by_part(cells: Mapping[tuple[str, str, str], Talks], part: int) -> dict[str, Talks]:
    """The cells put together by channel (0), language (1) or segment (2)."""
    names = SEGMENTS if part == 2 else sorted({key[part] for key in cells})
    return {name: summed(talks for key, talks in cells.items() if key[part] == name) for name in names}


_SOLD = (
    *("orders", "orders_cross", "revenue", "returned", "profit", "lines", "lines_unknown"),
    *("cross_revenue", "cross_profit", "up_revenue", "up_profit", "down_revenue", "down_profit"),
)


def _sold(connection: Connection, scope: Scope, handling_cost: int) -> Subquery:
    """Orders of each conversation, without what came back."""
    line = kept_lines(connection, scope, handling_cost=handling_cost).c
    added = {
        f"{kind}_{what}": func.sum(case((line.kind == kind, line[f"added_{what}"])))
        for kind in ("cross", "up", "down")
        for what in ("revenue", "profit")
    }
    kept = case((line.kept > 0, 1), else_=0)
    order = (
        select(
            line.conversation,
            *(
                func.max(_flag(and_(line.kind == kind, line.kept > 0))).label(f"any_{kind}")
                for kind in ("cross", "up", "down")
            ),
            func.sum(line.revenue).label("revenue"),
            func.sum(line.returned).label("returned"),
            func.sum(line.profit).label("profit"),
            func.sum(kept).label("lines"),
            func.sum(line.unknown_cost).label("lines_unknown"),
            *(value.label(name) for name, value in added.items()),
        )
        .group_by(line.order, line.conversation)
        .subquery("order_sums")
    ).c
    sums = ("revenue", "returned", "profit", "lines", "lines_unknown", *added)
    return (
        select(
            order.conversation,
            func.count().label("orders"),
            func.sum(order.any_cross).label("orders_cross"),
            func.sum(order.any_up).label("orders_up"),
            func.sum(order.any_down).label("orders_down"),
            *(func.sum(order[name]).label(name) for name in sums),
        )
        .group_by(order.conversation)
        .subquery("sold")
    )


def _said(scope: Scope, only: ColumnElement[bool] | None) -> Subquery:
    """What the shopper said in each conversation, counted."""
    m = messages.c
    intent = m.nlu["intent"].as_string()
    return (
        select(
            m.conversation,
            func.sum(_flag(m.answered_by == By.ASSISTANT)).label("turns"),
            func.sum(_flag(intent == FALLBACK)).label("fallbacks"),
            func.sum(_flag(intent == STOP)).label("stops"),
            func.sum(_flag(intent.in_(HESITATING))).label("hesitations"),
            func.sum(_flag(and_(m.error.is_not(None), m.answered_by == By.ASSISTANT))).label("failed"),
        )
        .join_from(messages, conversations, conversations.c.id == m.conversation)
        .where(within(scope), m.client_id != WELCOME, m.answered_by.in_(ANSWERS_A_MESSAGE))
        .where(*([] if only is None else [only]))
        .group_by(m.conversation)
        .subquery("said")
    )


def _cancelled(scope: Scope) -> Subquery:
    o = orders.c
    return (
        select(o.conversation, func.count().label("cancelled"))
        .join_from(orders, conversations, conversations.c.id == o.conversation)
        .where(within(scope), o.state.in_(("cancelled", "cancel_asked")))
        .group_by(o.conversation)
        .subquery("cancelled")
    )


def _hesitation() -> ColumnElement[Any]:
    """The last reason to hesitate that a decision of the conversation was made on."""
    d = offer_decisions.c
    made = select(d.hesitation).where(d.conversation == conversations.c.id, d.hesitation.is_not(None))
    return made.order_by(d.decided_at.desc(), d.id).limit(1).scalar_subquery()


def _stars() -> dict[str, ColumnElement[int]]:
    rating = conversations.c.rating
    return {"rated": _flag(rating.is_not(None)), "satisfied": _flag(rating >= SATISFIED)}


def _answered() -> ColumnElement[bool]:
    """Whether one of the staff has answered in the conversation."""
    t = takeovers.c
    return exists().where(t.conversation == conversations.c.id, t.answered_at.is_not(None))


def _named(connection: Connection) -> tuple[ColumnElement[Any], ...]:
    """Which conversation it is, and what it is sorted apart by."""
    c = conversations.c
    day = day_of(connection, c.active_at).label("day")
    return (c.id.label("conversation"), c.channel, c.language, c.arm, day, _segment().label("segment"))


def _segment() -> ColumnElement[str]:
    c, o, past = conversations.c, orders.c, past_order_lines.c
    here = exists().where(
        o.customer == c.customer, o.created_at < c.started_at, o.conversation.is_distinct_from(c.id)
    )
    before = exists().where(past.customer == c.customer, past.ordered_at < c.started_at)
    return case((c.customer.is_(None), "unknown"), (or_(here, before), "returning"), else_="new")


def _flag(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return case((holds, 1), else_=0)
