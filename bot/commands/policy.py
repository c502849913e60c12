"""`tresen policy`: the merchant's offer limits."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from actions.offers.campaigns import Campaign, running
from actions.offers.limits import OfferLimits
from actions.offers.situation import Stage
from actions.offers.timing import stage_table
from actions.staff_words import line
from actions.store import campaigns, policy, policy_versions
from actions.store.engine import reading, writing
from actions.store.facts import read_time_zone
from actions.store.limit_values import storable, told
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, Language, failing, print_json, say
from bot.reports.policy_chart import mermaid

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The merchant's limits.")


@app.command("show")
def show(
    *,
    table: Annotated[bool, typer.Option("--table", help="at which stage each kind of offer may come")] = False,
    as_json: AsJson = False,
) -> None:
    """The limits in force, their version and campaigns; `--table` when each kind may come unprompted."""
    now = datetime.now(UTC)
    with failing(ValueError), reading(open_shop()) as connection:
        own, limits = policy.own_limits(connection), policy.limits(connection, now)
        at_work, zone = running(campaigns.every(connection), now), read_time_zone(connection)
    if table:
        _show_table({str(kind): [str(s) for s in stages] for kind, stages in stage_table(limits).items()}, as_json)
        return
    document = {**_values(limits), "version": limits.version}
    if as_json:
        print_json({**document, "campaigns": [_at_work(each, own, limits) for each in at_work]})
        return
    for name, value in document.items():
        print(f"{name} = {', '.join(value) or None if isinstance(value, list) else value}")
    for each in at_work:
        print(f"campaign {each.name}, until {each.ends.astimezone(zone):%Y-%m-%d %H:%M %Z}")
        for name in _changed(each, own, limits):
            print(f"  {name}: {told(getattr(limits, name))} instead of {told(getattr(own, name))}")


def _values(limits: OfferLimits) -> dict[str, Any]:
    """The limits as JSON takes them."""
    return {name: storable(value) for name, value in asdict(limits).items()}


def _at_work(campaign: Campaign, own: OfferLimits, limits: OfferLimits) -> Mapping[str, Any]:
    """A campaign of the moment, and of each limit it changes your own value and the one in force."""
    changes = {
        name: {"own": storable(getattr(own, name)), "in_force": storable(getattr(limits, name))}
        for name in _changed(campaign, own, limits)
    }
    return {"name": campaign.name, "title": campaign.title, "ends": campaign.ends, "changes": changes}


def _changed(campaign: Campaign, own: OfferLimits, limits: OfferLimits) -> list[str]:
    return [name for name in campaign.changes if getattr(own, name) != getattr(limits, name)]


def _show_table(stages_of: dict[str, list[str]], as_json: AsJson) -> None:
    if as_json:
        print_json(stages_of)
        return
    names = [str(stage) for stage in Stage]
    print("  ".join(["kind ", *names]))
    for kind, stages in stages_of.items():
        print("  ".join([f"{kind:<5}", *(f"{'yes' if name in stages else '-':<{len(name)}}" for name in names)]))


@app.command("chart")
def chart(language: Language = "en") -> None:
    """The eligibility rules in their order, with the limits in force, as the source of a Mermaid flowchart."""
    with failing(ValueError), reading(open_shop()) as connection:
        limits = policy.limits(connection, datetime.now(UTC))
    print(mermaid(limits, language), end="")


@app.command("versions")
def versions(language: Language = "en", as_json: AsJson = False) -> None:
    """Every set of limits that was in force, with what was otherwise before it; decisions name their version."""
    with failing(ValueError), reading(open_shop()) as connection:
        found = policy_versions.steps(connection)
    if as_json:
        print_json(
            [{"version": each.version, "since": each.since, "policy": _values(each.limits)} for each, _ in found]
        )
        return
    for each, changes in found:
        print(line("policy_version", language, version=each.version, since=f"{each.since:%Y-%m-%d %H:%M}"))
        for change in changes:
            print(line("policy_change", language, name=change.name, before=change.before, after=change.after))


@app.command("set")
def set_value(assignment: Annotated[str, typer.Argument(metavar="KEY=VALUE")]) -> None:
    """Change one limit of your own; it counts from the next decision on."""
    name, equals, value = (part.strip() for part in assignment.partition("="))
    if not equals:
        raise typer.BadParameter("write it as KEY=VALUE")
    now = datetime.now(UTC)
    with failing(policy.PolicyError), writing(open_shop()) as connection:
        policy.set_value(connection, name, value, now)
        own, limits = policy.own_limits(connection), policy.limits(connection, now)
    say(f"{name} = {value}")
    if getattr(own, name) != getattr(limits, name):
        say(f"A campaign has {told(getattr(limits, name))} for the time being: `tresen policy show`.")
