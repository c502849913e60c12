"""All figures of a period as one document: for the command line, other software and the console's page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.reports.facts import Facts
from bot.reports.figures import Figure
from bot.reports.kpis import key_figures, of_reasons, of_talks, offers_by
from bot.reports.scope import Scope
from bot.reports.uplift import uplift
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
                {"group": each.group, "shown": each.shown, "figures": told(each.figures)}
                for each in offers_by(facts, scope, by)
            ],
        },
        "split": {name: told(_unlisted(of_talks(facts.by_segment[name], scope))) for name in split},
        "abandoned": told(of_reasons(facts.abandoned, facts.talks, scope)),
        "uplift": {
            "figures": told(uplift(facts.arms)),
            "arms": {name: {"conversations": arm.talks, "orders": arm.orders} for name, arm in facts.arms.items()},
        },
        "cohorts": [asdict(cohort) for cohort in facts.cohorts],
    }


def _unlisted(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures of a part of the conversations that the console's list cannot be filtered by."""
    return (replace(figure, query="") for figure in figures)


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
