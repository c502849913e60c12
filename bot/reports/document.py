"""All figures of a period as one document: for the command line, other software and the console's page."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from bot.reports.behind import link
from bot.reports.facts import Arm, Cohort, Facts
from bot.reports.figures import Figure
from bot.reports.kpis import key_figures, of_customers, of_reasons, of_talks, offers_by
from bot.reports.scope import Scope
from bot.reports.uplift import talks_of_arm, uplift
from bot.reports.wording import sentence, title, value

LANGUAGES = ("de", "en")
SPLITS = ("new", "returning")
REASON = "reason"


def document(facts: Facts, scope: Scope, *, by: str = "kind", split: Iterable[str] = ()) -> dict[str, Any]:
    """Every figure with its denominator sentence, offers sorted apart `by` a dimension, cohorts and uplift."""

    def told(figures: Iterable[Figure]) -> list[dict[str, Any]]:
        return [figure_document(figure, facts.currency) for figure in figures]

    return {
        "from": scope.start,
        "to": scope.end,
        "currency": facts.currency,
        "simulated": {"conversations": facts.talks.simulated, "orders": facts.simulated_orders},
        "figures": told(key_figures(facts, scope)),
        "offers": {
            "by": by,
            "groups": [
                {"group": each.group, "shown": each.shown, "query": each.query, "figures": told(each.figures)}
                for each in offers_by(facts, scope, by)
            ],
        },
        "split": {name: told(of_talks(facts.by_segment[name], scope, "segment", name)) for name in split},
        "abandoned": told(of_reasons(facts.abandoned, facts.talks, scope)),
        "uplift": {
            "figures": told(uplift(facts.arms, scope)),
            "arms": {name: _arm_document(name, arm, scope) for name, arm in facts.arms.items()},
        },
        "cohorts": [_cohort_document(cohort, scope) for cohort in facts.cohorts],
    }


def _arm_document(name: str, arm: Arm, scope: Scope) -> dict[str, Any]:
    """One side of the hold-out with the ways to its conversations, all of them and those with an order."""
    ways = {"query": talks_of_arm(scope, name), "orders_query": link(scope, "average_order_value", "arm", name)}
    return {"conversations": arm.talks, "orders": arm.orders, **ways}


def _cohort_document(cohort: Cohort, scope: Scope) -> dict[str, Any]:
    """The customers of one month with the ways to the conversations in which they ordered."""
    repeated, revenue, value = (figure.query for figure in of_customers((cohort,), scope, "month", cohort.month))
    ways = {"repeated": repeated, "customers": revenue, "orders": revenue, "revenue": revenue, "profit": value}
    return {**asdict(cohort), "queries": ways}


def figure_document(figure: Figure, currency: str) -> dict[str, Any]:
    """A figure with its title, its value and its sentence in both languages."""
    return {
        **asdict(figure),
        "title": {language: title(figure, language) for language in LANGUAGES},
        "text": {language: value(figure, language, currency) for language in LANGUAGES},
        "of": {language: sentence(figure, language, currency) for language in LANGUAGES},
    }


def named(whole: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What the document holds of one figure."""

    def only(figures: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return [figure for figure in figures if figure["name"] == name]

    groups = ({**group, "figures": only(group["figures"])} for group in whole["offers"]["groups"])
    return {
        "figures": only([*whole["figures"], *whole["uplift"]["figures"]]),
        "groups": [group for group in groups if group["figures"]],
        "split": {segment: only(figures) for segment, figures in whole["split"].items()},
    }
