"""Counts offers in the log by kind, reason, channel, language and placement, with what was ordered of them."""

from sqlalchemy import Connection, Select, Subquery, case, func, select

from actions.store.tables import conversations, offer_decisions, offers
from bot.reports.facts import DIMENSIONS, Offered
from bot.reports.scope import Scope
from bot.reports.sold import kept_lines, within

IN_THE_CHAT = "chat"
# what became of an offer of several cards: the first of these that holds for one of them
STATES = ("accepted", "declined", "ignored", "shown")


def count_offers(connection: Connection, scope: Scope, *, handling_cost: int = 0) -> tuple[Offered, ...]:
    """Offers made in the conversations of the period; those other software was given are not known to be shown."""
    row = _offer_rows(connection, scope, handling_cost).c
    keys = tuple(row[name] for name in DIMENSIONS)
    counts = (func.sum(case((row.became == state, 1), else_=0)) for state in STATES)
    sums = (func.sum(row[name]) for name in ("kept", "added_revenue", "added_profit"))
    rows = select(*keys, func.count(), *counts, *sums).group_by(*keys).order_by(*keys)
    return tuple(
        Offered(*names, *(int(number or 0) for number in numbers))
        for names, numbers in ((row[:5], row[5:]) for row in connection.execute(rows))
    )


def talks_with_offers(
    connection: Connection, scope: Scope, became: str, dimension: str = "", value: str = ""
) -> Select[tuple[str]]:
    """The conversations with an offer that became this, "kept" or one of `STATES`, or whatever where that is empty;
    of all offers or of those of one group."""
    row = _offer_rows(connection, scope, 0).c
    talks = select(row.conversation).distinct()
    if became:
        talks = talks.where(row.kept > 0 if became == "kept" else row.became == became)
    return talks.where(row[dimension] == value) if dimension else talks


def _offer_rows(connection: Connection, scope: Scope, handling_cost: int) -> Subquery:
    """One row for each offer with its dimensions, what became of it and what was ordered of it."""
    d, c = offer_decisions.c, conversations.c
    one, ordered = _offers(scope), _ordered(connection, scope, handling_cost)
    became = case(*((one.c[state] == 1, state) for state in STATES))
    sums = (func.coalesce(ordered.c[name], 0).label(name) for name in ("kept", "added_revenue", "added_profit"))
    joined = (
        one.join(conversations, c.id == one.c.conversation)
        .join(offer_decisions, d.id == one.c.decision)
        .outerjoin(ordered, ordered.c.decision == one.c.decision)
    )
    placement = func.coalesce(d.placement, IN_THE_CHAT).label("placement")
    columns = (one.c.conversation, one.c.kind, one.c.rule, c.channel, c.language, placement, became.label("became"))
    return select(*columns, *sums).select_from(joined).subquery("offer_rows")


def _offers(scope: Scope) -> Subquery:
    """One row for each offer, whatever its number of cards; the reason is that of the card that was taken."""
    o = offers.c
    code = o.reason["code"].as_string()
    rule = func.coalesce(func.max(case((o.state == STATES[0], code))), func.min(code))
    states = (func.max(case((o.state == state, 1), else_=0)).label(state) for state in STATES)
    return (
        select(o.decision, o.conversation, o.kind, rule.label("rule"), *states)
        .join_from(offers, conversations, conversations.c.id == o.conversation)
        .where(within(scope))
        .group_by(o.decision, o.conversation, o.kind)
        .subquery("one_offer")
    )


def _ordered(connection: Connection, scope: Scope, handling_cost: int) -> Subquery:
    """What was ordered and kept of each offer."""
    line = kept_lines(connection, scope, handling_cost=handling_cost).c
    return (
        select(
            line.decision,
            func.max(case((line.kept > 0, 1), else_=0)).label("kept"),
            func.sum(line.added_revenue).label("added_revenue"),
            func.sum(line.added_profit).label("added_profit"),
        )
        .where(line.decision.is_not(None))
        .group_by(line.decision)
        .subquery("ordered")
    )
