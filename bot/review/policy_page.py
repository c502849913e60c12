"""The merchant's limits in the console: what they are, what others would have done, and changing them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args, get_origin

from starlette.responses import Response

from actions.offers.campaigns import Campaign
from actions.offers.limits import OfferLimits
from actions.store import campaigns, policy, policy_versions
from actions.store.engine import reading, writing
from actions.store.limit_values import HINTS, PolicyError, told, typed
from actions.store.staff import Role
from bot.reports.policy_preview import Preview, preview
from bot.review.conversations import formats
from bot.review.page import Page
from bot.review.timeline import titles
from bot.review.visit import RefusedError, Visit

PERIOD = timedelta(days=30)
MOST_SHOWN = 25
LONGEST_VALUE = 80
NAMES = tuple(field.name for field in fields(OfferLimits))


@dataclass(frozen=True, slots=True)
class Line:
    """One limit: the merchant's own value, the one in force, the usual one, and what can be chosen."""

    name: str
    own: str
    in_force: str
    usual: str
    choices: tuple[str, ...]


def show(visit: Visit) -> Response:
    """GET /policy: the limits with their meaning, and the campaigns."""
    return _page(visit, {}, ())


def show_preview(visit: Visit) -> Response:
    """GET /policy/preview: what the typed values would have done to last month's offers; nothing is kept."""
    asked, now = visit.request.query_params, visit.console.clock()
    given = {name: asked[name].strip()[:LONGEST_VALUE] for name in NAMES if name in asked}
    with reading(visit.console.database) as connection:
        own = policy.own_limits(connection)
        wanted, problems = read_limits(own, given)
        changes = policy_versions.changes(own, wanted)
        if problems or not changes:
            return _page(visit, given, problems, nothing=not problems)
        found = preview(connection, wanted, now - PERIOD)
    return visit.render(
        "policy_preview.html",
        changes=changes,
        preview=found,
        part=_part(found),
        most=MOST_SHOWN,
        own_version=own.version,
        title=titles(visit),
        days=PERIOD.days,
        **formats(visit),
    )


def change(visit: Visit) -> Response:
    """POST /policy: keep the values of a preview as the merchant's own."""
    now, form = visit.console.clock(), visit.form
    given = {name: form[name].strip()[:LONGEST_VALUE] for name in NAMES if name in form}
    with writing(visit.console.database) as connection:
        own = policy.own_limits(connection)
        if form.get("seen", "") != own.version:
            raise RefusedError(409, "refused_policy_changed")
        wanted, problems = read_limits(own, given)
        changes = () if problems else policy_versions.changes(own, wanted)
        policy.change(connection, {each.name: getattr(wanted, each.name) for each in changes}, now)
        if changes:
            told_of = {each.name: f"{each.before} → {each.after}" for each in changes}
            visit.write_down(connection, "policy_changed", wanted.version, **told_of)
    return _page(visit, given, problems) if problems else visit.lead_to("/policy")


def read_limits(own: OfferLimits, given: Mapping[str, str]) -> tuple[OfferLimits, tuple[PolicyError, ...]]:
    """The limits with the typed values, and why some of them cannot be."""
    values: dict[str, Any] = {}
    problems: list[PolicyError] = []
    for name, value in given.items():
        try:
            values[name] = typed(name, value)
        except PolicyError as error:
            problems.append(error)
    return replace(own, **values), tuple(problems)


def _page(
    visit: Visit, given: Mapping[str, str], problems: tuple[PolicyError, ...], *, nothing: bool = False
) -> Response:
    now = visit.console.clock()
    with reading(visit.console.database) as connection:
        own, in_force = policy.own_limits(connection), policy.limits(connection, now)
        planned, versions = campaigns.every(connection), policy_versions.steps(connection)
    return visit.render(
        "policy.html",
        400 if problems else 200,
        lines=[_line(name, own, in_force) for name in NAMES],
        given=given,
        problems=[_worded(visit, each) for each in problems],
        nothing=nothing and bool(given),
        version=in_force.version,
        versions=versions[: -MOST_SHOWN - 1 : -1],
        campaigns=[(each, _state(each, now), _changes(each)) for each in planned],
        **formats(visit),
    )


def _worded(visit: Visit, problem: PolicyError) -> str:
    return visit.words(
        f"policy_fault_{problem.fault}", limit=problem.name, value=problem.value, allowed=problem.allowed
    )


def _line(name: str, own: OfferLimits, in_force: OfferLimits) -> Line:
    hint = HINTS[name]
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else ("true", "false") if hint is bool else ()
    own_value, current, usual = (told(getattr(each, name)) for each in (own, in_force, OfferLimits()))
    return Line(name, own_value, current, usual, choices)


def _changes(campaign: Campaign) -> str:
    return ", ".join(f"{name} = {told(value)}" for name, value in campaign.changes.items())


def _state(campaign: Campaign, now: datetime) -> str:
    if campaign.runs_at(now):
        return "running"
    return "over" if campaign.ends <= now else "planned"


def _part(found: Preview) -> float:
    return found.hits / found.judged if found.judged else 0.0


PAGES = (
    Page("/policy", show, Role.EDITOR, title="nav_policy"),
    Page("/policy/preview", show_preview, Role.EDITOR),
    Page("/policy", change, Role.ADMIN, method="POST"),
)
