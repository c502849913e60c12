"""The key figures of the shop, as pure arithmetic on what was counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from bot.reports.facts import Cohort, Facts, Offered, Talks, grouped
from bot.reports.figures import Basis, Figure, Unit, mean, share
from bot.reports.scope import Scope

MEDIAN, SLOW = 0.5, 0.95
# how the list of conversations calls a dimension of offers; a placement is no filter there
FILTERS = {"kind": "kind", "rule": "reason", "channel": "channel", "language": "language"}


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """One group of offers and its figures."""

    group: str
    shown: int
    figures: tuple[Figure, ...]


def key_figures(facts: Facts, scope: Scope) -> tuple[Figure, ...]:
    """Every figure of the period, in the order a merchant reads them."""
    return (
        *of_sales(facts.talks, scope),
        *of_offers(facts.offered, scope),
        *of_savings(facts.talks, scope),
        *of_service(facts.talks, scope),
        *of_speed(facts.latency, scope),
        human_wait(facts.human_wait, scope),
        *of_customers(facts.cohorts),
    )


def of_talks(talks: Talks, scope: Scope, **filters: str) -> tuple[Figure, ...]:
    """The figures that can be told of a part of the conversations."""
    return (
        *of_sales(talks, scope, **filters),
        *of_savings(talks, scope, **filters),
        *of_service(talks, scope, **filters),
    )


def of_sales(talks: Talks, scope: Scope, **filters: str) -> tuple[Figure, ...]:
    """What was ordered, and what offers had to do with it."""
    ordered = scope.query(outcome="ordered", **filters)
    taken = scope.query(outcome="ordered", offer="accepted", **filters)
    added_profit, added_revenue = talks.cross_profit + talks.up_profit, talks.cross_revenue + talks.up_revenue
    gross = talks.revenue + talks.returned
    return (
        share("order_rate", talks.bought, talks.talks, ordered),
        share("checkout_completion", talks.bought, talks.at_checkout, ordered),
        share(
            "abandonment",
            talks.said_yes - talks.bought,
            talks.said_yes,
            scope.query(mark="abandoned", **filters),
        ),
        mean("average_order_value", talks.revenue, talks.orders, ordered),
        mean("order_profit", talks.profit, talks.orders, ordered),
        share(
            "cross_rate",
            talks.orders_cross,
            talks.orders,
            scope.query(outcome="ordered", offer="cross.accepted", **filters),
            Basis.INFLUENCED,
        ),
        mean("added_revenue", added_revenue, talks.orders, taken, Basis.INFLUENCED),
        mean("added_profit", added_profit, talks.orders, taken, Basis.INFLUENCED),
        share("return_rate", talks.returned, gross, ordered),
        share(
            "cancellation_rate",
            talks.cancelled,
            talks.orders + talks.cancelled,
            scope.query(outcome="cancelled", **filters),
        ),
        share("cost_unknown", talks.lines_unknown, talks.lines, ordered),
    )


def of_savings(talks: Talks, scope: Scope, **filters: str) -> tuple[Figure, ...]:
    """What became of shoppers who hesitated."""
    saved = scope.query(outcome="ordered", offer="down.accepted", **filters)
    return (
        share("saved_sales", talks.saved, talks.hesitated, saved, Basis.INFLUENCED),
        mean("saved_profit", talks.down_profit, talks.saved, saved, Basis.INFLUENCED),
        share("hesitated_and_left", talks.left, talks.hesitated, scope.query(mark="left", **filters)),
    )


def of_service(talks: Talks, scope: Scope, **filters: str) -> tuple[Figure, ...]:
    """How shoppers were served, and how they took it."""
    return (
        share("opt_out_rate", talks.opted_out, talks.talks, scope.query(intent="stop_offers", **filters)),
        share("complaint_rate", talks.complained, talks.talks, scope.query(intent="complaint", **filters)),
        share("handoff_rate", talks.handed_off, talks.talks, scope.query(mark="handoff", **filters)),
        share("takeover_rate", talks.taken_over, talks.handed_off, scope.query(mark="person", **filters)),
        share("fallback_rate", talks.fallbacks, talks.turns, scope.query(mark="fallback", **filters)),
        share("error_rate", talks.failed, talks.turns, scope.query(mark="error", **filters)),
        share("review_backlog", talks.unreviewed, talks.talks, scope.query(status="open", **filters)),
    )


def of_offers(offered: Iterable[Offered], scope: Scope, kind: str = "", **filters: str) -> tuple[Figure, ...]:
    """What became of offers: the parts of `taken`, `declined`, `ignored` and `open` make up the whole."""
    rows = tuple(offered)
    shown = sum(row.shown for row in rows)

    def part(name: str, result: str, count: Callable[[Offered], int], basis: Basis = Basis.COUNTED) -> Figure:
        query = scope.query(offer=f"{kind}.{result}" if kind else result, **filters)
        return share(name, sum(map(count, rows)), shown, query, basis)

    return (
        part("conversion", "accepted", lambda row: row.ordered, Basis.INFLUENCED),
        part("take_rate", "accepted", lambda row: row.taken),
        part("decline_rate", "declined", lambda row: row.declined),
        part("ignore_rate", "ignored", lambda row: row.ignored),
        part("open_rate", "shown", lambda row: row.open),
    )


def offers_by(facts: Facts, scope: Scope, dimension: str) -> tuple[OfferFigures, ...]:
    """The figures of offers for each group of a dimension, the group shown oftenest first."""
    groups: Mapping[str, list[Offered]] = grouped(facts.offered, lambda row: str(getattr(row, dimension)))
    made = [_group(name, rows, scope, FILTERS.get(dimension, "")) for name, rows in groups.items()]
    return tuple(sorted(made, key=lambda group: (-group.shown, group.group)))


def _group(name: str, rows: list[Offered], scope: Scope, filter_name: str) -> OfferFigures:
    shown = sum(row.shown for row in rows)
    profit = sum(row.added_profit for row in rows)
    figures = of_offers(rows, scope, **({filter_name: name} if filter_name else {}))
    earned = mean("offer_profit", profit, shown, figures[0].query, Basis.INFLUENCED)
    return OfferFigures(name, shown, (*figures, earned))


def of_speed(latency: Mapping[int, int], scope: Scope) -> tuple[Figure, ...]:
    """How long a turn takes in engine and actions."""
    turns = sum(latency.values())
    parts = (("latency_p50", MEDIAN), ("latency_p95", SLOW))
    return tuple(
        Figure(name, Unit.MILLISECONDS, at or 0, turns, at, scope.query())
        for name, part in parts
        for at in (percentile(latency, part),)
    )


def human_wait(waited: Mapping[int, int], scope: Scope) -> Figure:
    """How long half of those who asked for a person waited at most for that person's first words."""
    middle = percentile(waited, MEDIAN)
    query = scope.query(mark="person")
    return Figure("first_human_answer", Unit.SECONDS, middle or 0, sum(waited.values()), middle, query)


def percentile(counted: Mapping[int, int], part: float) -> int | None:
    """The least value that at least this part of all values does not exceed; None where there are none."""
    values = sorted(counted)
    up_to = list(accumulate(counted[value] for value in values))
    return next((value for value, so_far in zip(values, up_to, strict=True) if so_far >= part * up_to[-1]), None)


def of_customers(cohorts: Iterable[Cohort]) -> tuple[Figure, ...]:
    """What customers known by a pseudonym have brought until now, whatever the period."""
    rows = tuple(cohorts)
    customers = sum(row.customers for row in rows)
    return (
        share("repeat_rate", sum(row.repeated for row in rows), customers),
        mean("customer_revenue", sum(row.revenue for row in rows), customers),
        mean("customer_value", sum(row.profit for row in rows), customers),
    )


def of_reasons(abandoned: Mapping[str, int], talks: Talks, scope: Scope) -> tuple[Figure, ...]:
    """Conversations with a yes and without an order, by the last reason to hesitate that was given."""
    left = talks.said_yes - talks.bought
    query = scope.query(mark="abandoned")
    rows = sorted(abandoned.items(), key=lambda row: (-row[1], row[0]))
    return tuple(share(reason, count, left, query) for reason, count in rows)
