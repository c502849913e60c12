"""The key figures of the shop, as pure arithmetic on what was counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.reports.behind import ANSWER_TIMES, HUMAN_TIME, OFFERS_SHOWN, REPEATED, link
from bot.reports.facts import Cohort, Facts, Offered, Talks, grouped
from bot.reports.figures import Basis, Figure, Unit, mean, share
from bot.reports.scope import Scope

MEDIAN, SLOW = 0.5, 0.95


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """One group of offers and its figures; `query` lists the conversations in which they were shown."""

    group: str
    shown: int
    figures: tuple[Figure, ...]
    query: str


def key_figures(facts: Facts, scope: Scope) -> tuple[Figure, ...]:
    """Every figure of the period, in the order a merchant reads them."""
    return (
        *of_sales(facts.talks, scope),
        *of_offers(facts.offered, scope),
        *of_savings(facts.talks, scope),
        *of_service(facts.talks, scope),
        *of_speed(facts.latency, scope),
        human_wait(facts.human_wait, scope),
        *of_customers(facts.cohorts, scope),
    )


def of_talks(talks: Talks, scope: Scope, *part: str) -> tuple[Figure, ...]:
    """The figures that can be told of a part of the conversations: its dimension and its value, or all of them."""
    return (*of_sales(talks, scope, *part), *of_savings(talks, scope, *part), *of_service(talks, scope, *part))


def of_sales(talks: Talks, scope: Scope, *part: str) -> tuple[Figure, ...]:
    """What was ordered, and what offers had to do with it."""
    added_profit, added_revenue = talks.cross_profit + talks.up_profit, talks.cross_revenue + talks.up_revenue
    left, orders, placed = talks.said_yes - talks.bought, talks.orders, talks.orders + talks.cancelled
    figures = (
        share("order_rate", talks.bought, talks.talks),
        share("checkout_completion", talks.bought, talks.at_checkout),
        share("abandonment", left, talks.said_yes),
        mean("average_order_value", talks.revenue, orders),
        mean("order_profit", talks.profit, orders),
        share("cross_rate", talks.orders_cross, orders, Basis.INFLUENCED),
        mean("added_revenue", added_revenue, orders, Basis.INFLUENCED),
        mean("added_profit", added_profit, orders, Basis.INFLUENCED),
        share("return_rate", talks.returned, talks.revenue + talks.returned),
        share("cancellation_rate", talks.cancelled, placed),
        share("cost_unknown", talks.lines_unknown, talks.lines),
    )
    return linked(figures, scope, *part)


def of_savings(talks: Talks, scope: Scope, *part: str) -> tuple[Figure, ...]:
    """What became of shoppers who hesitated."""
    figures = (
        share("saved_sales", talks.saved, talks.hesitated, Basis.INFLUENCED),
        mean("saved_profit", talks.down_profit, talks.saved, Basis.INFLUENCED),
        share("hesitated_and_left", talks.left, talks.hesitated),
    )
    return linked(figures, scope, *part)


def of_service(talks: Talks, scope: Scope, *part: str) -> tuple[Figure, ...]:
    """How shoppers were served, and how they took it."""
    figures = (
        share("opt_out_rate", talks.opted_out, talks.talks),
        share("csat", talks.satisfied, talks.rated),
        share("complaint_rate", talks.complained, talks.talks),
        share("handoff_rate", talks.handed_off, talks.talks),
        share("takeover_rate", talks.taken_over, talks.handed_off),
        share("fallback_rate", talks.fallbacks, talks.turns),
        share("error_rate", talks.failed, talks.turns),
        share("review_backlog", talks.unreviewed, talks.talks),
    )
    return linked(figures, scope, *part)


def linked(figures: Iterable[Figure], scope: Scope, *part: str) -> tuple[Figure, ...]:
    """The same figures, each with the way to the conversations it counts."""
    return tuple(replace(figure, query=link(scope, figure.name, *part)) for figure in figures)


def of_offers(offered: Iterable[Offered], scope: Scope, *part: str) -> tuple[Figure, ...]:
    """What became of offers: the parts of `taken`, `declined`, `ignored` and `open` make up the whole."""
    rows = tuple(offered)
    shown = sum(row.shown for row in rows)
    figures = (
        share("conversion", sum(row.ordered for row in rows), shown, Basis.INFLUENCED),
        share("take_rate", sum(row.taken for row in rows), shown),
        share("decline_rate", sum(row.declined for row in rows), shown),
        share("ignore_rate", sum(row.ignored for row in rows), shown),
        share("open_rate", sum(row.open for row in rows), shown),
    )
    return linked(figures, scope, *part)


def offers_by(facts: Facts, scope: Scope, dimension: str) -> tuple[OfferFigures, ...]:
    """The figures of offers for each group of a dimension, the group shown oftenest first."""
    groups: Mapping[str, list[Offered]] = grouped(facts.offered, lambda row: str(getattr(row, dimension)))
    made = [_group(name, rows, scope, dimension) for name, rows in groups.items()]
    return tuple(sorted(made, key=lambda group: (-group.shown, group.group)))


def _group(name: str, rows: list[Offered], scope: Scope, dimension: str) -> OfferFigures:
    shown = sum(row.shown for row in rows)
    profit = sum(row.added_profit for row in rows)
    earned = linked((mean("offer_profit", profit, shown, Basis.INFLUENCED),), scope, dimension, name)
    figures = (*of_offers(rows, scope, dimension, name), *earned)
    return OfferFigures(name, shown, figures, link(scope, OFFERS_SHOWN, dimension, name))


def of_speed(latency: Mapping[int, int], scope: Scope) -> tuple[Figure, ...]:
    """How long a turn takes in engine and actions."""
    turns = sum(latency.values())
    parts = zip(ANSWER_TIMES, (MEDIAN, SLOW), strict=True)
    figures = (
        Figure(name, Unit.MILLISECONDS, at or 0, turns, at)
        for name, part in parts
        for at in (percentile(latency, part),)
    )
    return linked(figures, scope)


def human_wait(waited: Mapping[int, int], scope: Scope) -> Figure:
    """How long half of those who asked for a person waited at most for that person's first words."""
    middle = percentile(waited, MEDIAN)
    query = link(scope, HUMAN_TIME)
    return Figure(HUMAN_TIME, Unit.SECONDS, middle or 0, sum(waited.values()), middle, query)


def percentile(counted: Mapping[int, int], part: float) -> int | None:
    """The least value that at least this part of all values does not exceed; None where there are none."""
    values = sorted(counted)
    up_to = list(accumulate(counted[value] for value in values))
    return next((value for value, so_far in zip(values, up_to, strict=True) if so_far >= part * up_to[-1]), None)


def of_customers(cohorts: Iterable[Cohort], scope: Scope, *part: str) -> tuple[Figure, ...]:
    """What customers known by a pseudonym have brought until now, whatever the period."""
    rows = tuple(cohorts)
    customers = sum(row.customers for row in rows)
    figures = (
        share(REPEATED, sum(row.repeated for row in rows), customers),
        mean("customer_revenue", sum(row.revenue for row in rows), customers),
        mean("customer_value", sum(row.profit for row in rows), customers),
    )
    return linked(figures, scope, *part)


def of_reasons(abandoned: Mapping[str, int], talks: Talks, scope: Scope) -> tuple[Figure, ...]:
    """Conversations with a yes and without an order, by the last reason to hesitate that was given."""
    left = talks.said_yes - talks.bought
    rows = sorted(abandoned.items(), key=lambda row: (-row[1], row[0]))
    return tuple(
        replace(share(reason, count, left), query=link(scope, "abandonment", "reason", reason))
        for reason, count in rows
    )
