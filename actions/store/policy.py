"""The merchant's offer limits: the defaults, with the values stored in the database and campaigns over them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from actions.offers.campaigns import Campaign, in_force, running
from actions.offers.limits import OfferLimits
from actions.store import campaigns, policy_versions
from actions.store.bulk import upsert
from actions.store.facts import bump_version
from actions.store.limit_values import NAMES, PolicyError, known, storable, typed
from actions.store.tables import offer_decisions, policy_values

if TYPE_CHECKING:
    from actions.store.catalogue import CatalogueSnapshot

__all__ = ["NAMES", "PolicyError", "change", "limits", "limits_then", "own_limits", "set_value", "stated"]

STORED = select(policy_values.c.name, policy_values.c.value)


def limits(source: "Connection | CatalogueSnapshot", now: datetime) -> OfferLimits:
    """The limits that decide at this moment, with the campaigns of the moment over the merchant's own.

    From the database or as the snapshot read them; a campaign begins and ends without either being read again.
    """
    own, planned = _read(source)
    return in_force(own, planned, now)


def own_limits(source: "Connection | CatalogueSnapshot") -> OfferLimits:
    """The merchant's own limits, campaigns left out: what may be considered at all, and what guards are set to."""
    if not isinstance(source, Connection):
        return source.own_limits
    return replace(OfferLimits(), **known(dict(source.execute(STORED).tuples().all())))


def stated(connection: Connection) -> frozenset[str]:
    """The names of the limits that the merchant has set; of all others only the default is known."""
    return frozenset(connection.scalars(select(policy_values.c.name)))


def limits_then(connection: Connection) -> Callable[[datetime, str], OfferLimits | None]:
    """The limits that a version names: as they were written down, else those of the moment where they agree."""
    own, planned, kept = own_limits(connection), campaigns.every(connection), policy_versions.by_version(connection)
    # they change with the campaigns at work alone, and a version is a hash of all values
    met: dict[tuple[str, ...], tuple[OfferLimits, str]] = {}

    def known(moment: datetime, version: str) -> OfferLimits | None:
        if version in kept:
            return kept[version]
        at_work = running(planned, moment)
        key = tuple(each.name for each in at_work)
        if key not in met:
            then = in_force(own, at_work, moment)
            met[key] = (then, then.version)
        then, its_version = met[key]
        return then if its_version == version else None

    return known


def set_value(connection: Connection, name: str, value: object, now: datetime | None = None) -> None:
    """Store one limit; `value` may be typed or text as typed on a command line. PolicyError if it cannot be."""
    change(connection, {name: value}, now)


def change(connection: Connection, values: Mapping[str, object], now: datetime | None = None) -> None:
    """Store several limits at once and what versions name before and after; PolicyError if one cannot be."""
    moment = now or datetime.now(UTC)
    rows = [
        {"name": name, "value": storable(typed(name, value)), "changed_at": moment}
        for name, value in values.items()
    ]
    if not rows:
        return
    _keep_what_was_used(connection, limits(connection, moment))
    upsert(connection, policy_values, rows, ["name"])
    bump_version(connection)
    policy_versions.keep(connection, limits(connection, moment), moment)


def _keep_what_was_used(connection: Connection, before: OfferLimits) -> None:
    """Write down the limits that are about to go, where decisions of before versions were kept name them."""
    if before.version in policy_versions.by_version(connection):
        return
    of_these = offer_decisions.c.policy_version == before.version
    since = connection.scalar(select(func.min(offer_decisions.c.decided_at)).where(of_these))
    if since is not None:
        policy_versions.keep(connection, before, since)


def _read(source: "Connection | CatalogueSnapshot") -> tuple[OfferLimits, Iterable[Campaign]]:
    if isinstance(source, Connection):
        return own_limits(source), campaigns.every(source)
    return source.own_limits, source.campaigns
