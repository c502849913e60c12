"""`tresen campaign`: limits for a time, from a file."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from actions.offers.campaigns import Campaign
from actions.store import campaigns, policy
from actions.store.campaigns import Ended, Kept
from actions.store.engine import reading, writing
from actions.store.facts import read_time_zone
from actions.store.importing.campaign import CampaignFile, CampaignFileError, read_campaign
from actions.store.importing.report import Problem
from actions.store.limit_values import storable, told
from bot.commands.imports import DryRun
from bot.commands.opening import open_shop
from bot.commands.telling import AsJson, counted, fail, failing, print_json, say

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Limits for a time, which weaken none of your own."
)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The YAML file of the campaign.")]
Name = Annotated[str, typer.Argument(help="The name of the campaign.")]
DONE = {Kept.NEW: "applied", Kept.REPLACED: "replaced", Kept.UNCHANGED: "unchanged"}
WOULD = {Kept.NEW: "would be applied", Kept.REPLACED: "would be replaced", Kept.UNCHANGED: "is unchanged"}


@app.command("apply")
def apply(file: File, dry_run: DryRun = False) -> None:
    """Put a campaign into force for its time; one of the same name is replaced."""
    now = datetime.now(UTC)
    with failing(OSError, UnicodeDecodeError, because=f"{file}: "):
        text = file.read_text(encoding="utf-8")
    with (reading if dry_run else writing)(open_shop()) as connection:
        with failing(ValueError):
            zone = read_time_zone(connection)
        read, kept = _applied(connection, file, text, zone, now, dry_run=dry_run)
    campaign = read.campaign
    say(f"{campaign.name} {(WOULD if dry_run else DONE)[kept]}: {span(campaign, zone)}")


def _applied(
    connection: Connection, file: Path, text: str, zone: tzinfo, now: datetime, *, dry_run: bool
) -> tuple[CampaignFile, Kept]:
    """Take the campaign of the file; what speaks against it is named line by line."""
    try:
        read = read_campaign(text, zone)
    except CampaignFileError as error:
        raise _refused(file, error.problems) from error
    own = policy.own_limits(connection)
    try:
        check = campaigns.check if dry_run else campaigns.apply
        return read, check(connection, read.campaign, own, now)
    except campaigns.CampaignError as error:
        problems = [Problem(read.lines[each.key], each.key, each.reason) for each in error.objections]
        raise _refused(file, problems) from error


def _refused(file: Path, problems: Iterable[Problem]) -> typer.Exit:
    found = sorted(problems, key=lambda problem: problem.line)
    for each in found:
        where = f"{each.line}, {each.column}" if each.column else each.line
        say(f"{file} line {where}: {each.reason}")
    return fail(f"{file}: {counted(len(found), 'problem')}, nothing applied")


@app.command("list")
def show(as_json: AsJson = False) -> None:
    """Every campaign: planned, running or over, and what it asks for."""
    now = datetime.now(UTC)
    with failing(ValueError), reading(open_shop()) as connection:
        every, zone = campaigns.every(connection), read_time_zone(connection)
    if as_json:
        print_json([{**document(each), "state": state(each, now)} for each in every])
        return
    if not every:
        say("There is no campaign.")
    for each in every:
        print(f"{each.name} ({state(each, now)}): {span(each, zone)}{f', {each.title}' if each.title else ''}")
        for name, value in each.changes.items():
            print(f"  {name} = {told(value)}")


@app.command("end")
def end(name: Name) -> None:
    """End a campaign now; one that has not begun is taken away."""
    with writing(open_shop()) as connection:
        ended = campaigns.end(connection, name, datetime.now(UTC))
    if ended is None:
        raise fail(f"There is no campaign {name}.")
    said = {Ended.STOPPED: "has ended", Ended.CALLED_OFF: "was called off", Ended.OVER: "was over already"}
    say(f"{name} {said[ended]}.")


def document(campaign: Campaign) -> Mapping[str, Any]:
    """The campaign as JSON, moments in UTC."""
    return {
        "name": campaign.name,
        "title": campaign.title,
        "starts": campaign.starts,
        "ends": campaign.ends,
        "policy": {name: storable(value) for name, value in campaign.changes.items()},
    }


def state(campaign: Campaign, now: datetime) -> str:
    """Planned, running or over."""
    if campaign.runs_at(now):
        return "running"
    return "planned" if campaign.starts > now else "over"


def span(campaign: Campaign, zone: tzinfo) -> str:
    """From when until when, by the shop's clocks."""
    first, last = (moment.astimezone(zone) for moment in (campaign.starts, campaign.ends))
    return f"from {first:%Y-%m-%d %H:%M} until {last:%Y-%m-%d %H:%M %Z}"
