"""The return on investment with assumptions to change, and the flow chart of the live offer policy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from actions.offers.policy import KIND_ORDER
from actions.store import policy
from actions.store.engine import reading
from actions.store.facts import read_currency
from actions.store.staff import Role
from bot.reports.assumptions import MEASURED, AssumptionError, read, read_file
from bot.reports.policy_chart import KINDS, mermaid, svg
from bot.reports.policy_steps import steps
from bot.reports.reading import measuring
from bot.reports.roi import INPUTS, MEASURABLE, Assumption, Case, Kind, reckon
from bot.reports.roi_wording import CASES, LABELS, in_words
from bot.reports.scope import Scope
from bot.review.figures import USUAL
from bot.review.page import Page
from bot.review.visit import Visit

# what was typed for each input: "measured", or a number for each case
Typed = Mapping[str, str | Mapping[str, str]]
WORKSHEET = Path(__file__).parents[2] / "docs" / "templates" / "roi.yml"


def show_return(visit: Visit) -> Response:
    """GET /figures/roi: what the assistant brings, from the assumptions in the address, else the worksheet's."""
    problem, told, now = "", None, visit.console.clock()
    typed = read_typed(visit.request.query_params) or worksheet()
    with reading(visit.console.database) as connection:
        currency = read_currency(connection)
        try:
            assumptions = read(meant(typed), measuring(connection, Scope(now - USUAL, now)))
            told = in_words(assumptions, reckon(assumptions), visit.language, currency)
        except AssumptionError as error:
            problem = error.words[visit.language]
    return visit.render(
        "roi.html",
        400 if problem else 200,
        typed=typed,
        told=told,
        problem=problem,
        cases=[(case.value, CASES[case][("de", "en").index(visit.language)]) for case in Case],
        measurable=MEASURABLE,
        measured=MEASURED,
        units={name: {Kind.SHARE: "%", Kind.MONEY: currency}.get(kind, "") for name, kind in INPUTS.items()},
        labels={name: words[("de", "en").index(visit.language)] for name, words in LABELS.items()},
    )


def read_typed(given: Mapping[str, str]) -> Typed:
    """What the form holds, `visits_low` and so on, or `uplift=measured`; empty where nothing was typed."""
    names = [name for name in INPUTS if any(key == name or key.startswith(f"{name}_") for key in given)]
    return {
        name: MEASURED
        if given.get(name) == MEASURED
        else {case.value: given.get(f"{name}_{case.value}", "") for case in Case}
        for name in names
    }


def meant(typed: Typed) -> dict[str, Any]:
    """The same as assumptions: shares are typed in per cent."""

    def one(name: str, value: str) -> str:
        return f"{value}%" if INPUTS[name] is Kind.SHARE else value

    return {
        name: value if isinstance(value, str) else {case: one(name, each) for case, each in value.items()}
        for name, value in typed.items()
    }


def worksheet() -> Typed:
    """The assumptions to begin with, as they would be typed."""

    def refuse(name: str) -> Assumption:
        raise AssumptionError(f"{name} has no value in the worksheet", f"{name} hat in der Vorlage keinen Wert")

    def one(each: Assumption, case: Case) -> str:
        return f"{each.of(case) * (100 if INPUTS[each.name] is Kind.SHARE else 1):g}"

    read_in = read_file(WORKSHEET.read_text("utf-8"), refuse)
    return {name: {case.value: one(each, case) for case in Case} for name, each in read_in.items()}


def show_policy(visit: Visit) -> Response:
    """GET /figures/policy: the eligibility rules in their order, with the limits in force."""
    with reading(visit.console.database) as connection:
        limits = policy.limits(connection, visit.console.clock())

    def worded(refusal: str) -> str:
        return visit.words(f"refusal_{refusal}")

    ladders = [
        {
            "title": KINDS[kind][visit.language],
            # our own drawing: every text in it is escaped there
            "drawing": Markup(svg(kind, limits, visit.language, worded)),  # noqa: S704
            "steps": steps(kind, limits, visit.language, worded),
        }
        for kind in KIND_ORDER
    ]
    source = mermaid(limits, visit.language, worded)
    return visit.render("policy_chart.html", ladders=ladders, source=source, version=limits.version)


PAGES = (
    Page("/figures/roi", show_return, Role.VIEWER, title="nav_roi"),
    Page("/figures/policy", show_policy, Role.VIEWER, title="nav_policy_chart"),
)
