"""Campaigns as they are stored: applied from files, ended by name, kept when they are over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, select

from actions.offers.campaigns import Campaign, clashes, weakenings
from actions.offers.limits import OfferLimits
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.limit_values import known, storable, told
from actions.store.tables import campaigns

# put together once: that costs as much as running it, and every turn asks
EVERY = select(campaigns).order_by(campaigns.c.starts, campaigns.c.name)


class Kept(StrEnum):
    """What became of a campaign that was applied."""

    NEW = "new"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class Ended(StrEnum):
    """What became of a campaign that was to end."""

    STOPPED = "stopped"
    CALLED_OFF = "called off"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason not to take a campaign, and the key of the file it is about."""

    key: str
    reason: str


class CampaignError(ValueError):
    """A campaign that cannot be; nothing of it is stored."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        super().__init__("; ".join(f"{each.key}: {each.reason}" for each in objections))
        self.objections = objections


def every(connection: Connection) -> tuple[Campaign, ...]:
    """All campaigns: planned, running and over, by the moment they start."""
    return tuple(_campaign(row) for row in connection.execute(EVERY))


def apply(connection: Connection, campaign: Campaign, own: OfferLimits, now: datetime) -> Kept:
    """Store the campaign, or replace the one of that name; CampaignError where `check` has objections."""
    kept = check(connection, campaign, own, now)
    if kept is not Kept.UNCHANGED:
        _store(connection, campaign, now)
    return kept


def check(connection: Connection, campaign: Campaign, own: OfferLimits, now: datetime) -> Kept:
    """What would become of the campaign; CampaignError where it cannot be.

    `own` are the merchant's own limits, none of whose guard rails it may weaken.
    """
    stored = {each.name: each for each in every(connection)}
    objections = (*_weakened(own, campaign.changes), *_clashing(campaign, stored))
    if objections:
        raise CampaignError(objections)
    if stored.get(campaign.name) == campaign:
        return Kept.UNCHANGED
    if campaign.ends <= now:
        raise CampaignError((Objection("ends", "it is over already"),))
    return Kept.REPLACED if campaign.name in stored else Kept.NEW


def end(connection: Connection, name: str, now: datetime) -> Ended | None:
    """End the campaign at this moment; one that has not begun is taken away. None where there is none."""
    found = next((campaign for campaign in every(connection) if campaign.name == name), None)
    if found is None:
        return None
    if found.ends <= now:
        return Ended.OVER
    if found.starts > now:
        connection.execute(delete(campaigns).where(campaigns.c.name == name))
        bump_version(connection)
        return Ended.CALLED_OFF
    _store(connection, replace(found, ends=now), now)
    return Ended.STOPPED


def _store(connection: Connection, campaign: Campaign, now: datetime) -> None:
    row = {
        "name": campaign.name,
        "title": campaign.title,
        "starts": campaign.starts,
        "ends": campaign.ends,
        "changes": {name: storable(value) for name, value in campaign.changes.items()},
        "changed_at": now,
    }
    upsert(connection, campaigns, [row], ["name"])
    bump_version(connection)


def _weakened(own: OfferLimits, changes: Mapping[str, object]) -> list[Objection]:
    return [
        Objection(
            each.name,
            f"{told(each.asked)} would weaken your own {told(each.own)}; a campaign may {each.allowed}",
        )
        for each in weakenings(own, changes)
    ]


def _clashing(campaign: Campaign, stored: Mapping[str, Campaign]) -> list[Objection]:
    return [
        Objection(
            each.name,
            f"the campaign {each.other.name} runs at the same time and has {told(each.other.changes[each.name])}; "
            "let one of the two end before the other starts",
        )
        for each in clashes(campaign, stored.values())
    ]


def _campaign(row: Row[tuple[str, str, datetime, datetime, dict[str, object], datetime]]) -> Campaign:
    return Campaign(row.name, row.starts, row.ends, known(row.changes), row.title)
