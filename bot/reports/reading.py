"""Reads everything the figures are made of, in aggregates: the log itself never comes into memory."""

from functools import cache

from sqlalchemy import Connection, select

from actions.store import policy
from actions.store.facts import read_currency
from actions.store.tables import affinity_versions, shop_facts
from bot.reports.answer_times import human_wait, latency
from bot.reports.assumptions import Measure, measured_by
from bot.reports.cohorts import count_cohorts
from bot.reports.facts import Facts
from bot.reports.offer_counts import count_offers
from bot.reports.roi import Assumption
from bot.reports.scope import Scope
from bot.reports.talk_counts import by_part, count_talks, summed


def read_facts(connection: Connection, scope: Scope) -> Facts:
    """Count for one period; costs, taxes and handling are those recorded today."""
    handling = policy.own_limits(connection).handling_cost
    counted = count_talks(connection, scope, handling_cost=handling)
    cells = counted.cells
    return Facts(
        talks=summed(cells.values()),
        offered=count_offers(connection, scope, handling_cost=handling),
        latency=latency(connection, scope),
        human_wait=human_wait(connection, scope),
        abandoned=counted.abandoned,
        arms=counted.arms,
        by_day=counted.days,
        cohorts=count_cohorts(connection, scope.ever()),
        by_channel=by_part(cells, 0),
        by_language=by_part(cells, 1),
        by_segment=by_part(cells, 2),
        currency=read_currency(connection),
        simulated_orders=_simulated_orders(connection),
    )


def measuring(connection: Connection, scope: Scope) -> Measure:
    """Measures assumptions in the log of a period; nothing is read where nothing is to be measured."""
    facts = cache(lambda: read_facts(connection, scope))

    def measure(name: str) -> Assumption:
        return measured_by(facts(), scope)(name)

    return measure


def _simulated_orders(connection: Connection) -> bool:
    """Whether the order history is declared or known to be invented."""
    declared = connection.scalar(select(shop_facts.c.value).where(shop_facts.c.name == "simulated_orders"))
    version = affinity_versions.c
    mined = connection.scalar(select(version.simulated).where(version.current).limit(1))
    return bool(declared or mined)
