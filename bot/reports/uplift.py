"""What unasked offers cause: conversations that got them beside those that by lot did not."""

import math
from collections.abc import Mapping
from dataclasses import replace

from actions.offers.lots import HELD_OUT, OFFERED
from bot.reports.behind import CONVERSATIONS, link
from bot.reports.facts import Arm
from bot.reports.figures import Basis, Figure, Unit
from bot.reports.rounding import EXACT
from bot.reports.scope import Scope

# the normal distribution holds 95 % within so many standard deviations; below ENOUGH in an arm it is no measure
QUANTILE = 1.959964
ENOUGH = 30


def uplift(arms: Mapping[str, Arm], scope: Scope) -> tuple[Figure, ...]:
    """Orders and profit a conversation more than in the hold-out, with the interval that holds the truth 95 times
    in 100; no value while one arm has fewer than 30 conversations. The link lists the side with offers."""
    with_offers, without = arms.get(OFFERED, Arm()), arms.get(HELD_OUT, Arm())
    orders = _difference(_moments(with_offers, "orders"), _moments(without, "orders"))
    profit = _difference(_moments(with_offers, "profit"), _moments(without, "profit"))
    figures = (
        _figure("uplift_orders", Unit.SHARE, orders, with_offers.talks, 4),
        _figure("uplift_profit", Unit.MONEY, profit, with_offers.talks, 2),
    )
    return tuple(replace(figure, query=talks_of_arm(scope, OFFERED)) for figure in figures)


def talks_of_arm(scope: Scope, arm: str) -> str:
    """The query string of the list of one side of the comparison."""
    return link(scope, CONVERSATIONS, "arm", arm)


def _figure(name: str, unit: Unit, found: tuple[float, float] | None, talks: int, digits: int) -> Figure:
    if found is None:
        return Figure(name, unit, 0, talks, None, basis=Basis.CAUSED)
    gain, error = found
    value, low, high = (round(each, EXACT) for each in (gain, gain - QUANTILE * error, gain + QUANTILE * error))
    return Figure(name, unit, round(gain * talks, digits), talks, value, "", Basis.CAUSED, low, high)


def _moments(arm: Arm, what: str) -> tuple[int, float, float] | None:
    """Conversations, mean and variance of one arm."""
    if arm.talks < ENOUGH:
        return None
    total, squares = getattr(arm, what), getattr(arm, f"{what}_squared")
    average = total / arm.talks
    return arm.talks, average, max(squares - arm.talks * average**2, 0.0) / (arm.talks - 1)


def _difference(
    with_offers: tuple[int, float, float] | None, without: tuple[int, float, float] | None
) -> tuple[float, float] | None:
    """The difference of the means and its standard error, variances unequal (Welch)."""
    if with_offers is None or without is None:
        return None
    (many, high, spread), (few, low, spread_there) = with_offers, without
    return high - low, math.sqrt(spread / many + spread_there / few)
