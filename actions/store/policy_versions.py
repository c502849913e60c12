"""The limits that were ever in force, by the version that decisions name."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection, Row, select

from actions.offers.limits import OfferLimits
from actions.store.bulk import insert_new
from actions.store.limit_values import known, storable, told
from actions.store.tables import policy_versions

KEPT = select(policy_versions).order_by(policy_versions.c.since, policy_versions.c.version)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A set of limits, its version, and the moment it is first known to have been in force."""

    version: str
    limits: OfferLimits
    since: datetime


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A limit that had another value before."""

    name: str
    before: str
    after: str


def keep(connection: Connection, limits: OfferLimits, now: datetime) -> None:
    """Write down what this version names, once."""
    values = {each.name: storable(getattr(limits, each.name)) for each in fields(limits)}
    row = {"version": limits.version, "limits": values, "since": now}
    insert_new(connection, policy_versions, [row], ["version"])


def every(connection: Connection) -> tuple[PolicyVersion, ...]:
    """All versions, the first one first."""
    return tuple(_version(row) for row in connection.execute(KEPT))


def by_version(connection: Connection) -> dict[str, OfferLimits]:
    """The limits that each version names."""
    return {each.version: each.limits for each in every(connection)}


def steps(connection: Connection) -> tuple[tuple[PolicyVersion, tuple[LimitChange, ...]], ...]:
    """Every version with what was otherwise in the one before it, the first with what is not as usual."""
    found = every(connection)
    before = (OfferLimits(), *(each.limits for each in found))
    return tuple((each, changes(then, each.limits)) for then, each in zip(before, found, strict=False))


def changes(before: OfferLimits, after: OfferLimits) -> tuple[LimitChange, ...]:
    """Every limit that differs, as people write it."""
    values = ((each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(before))
    return tuple(LimitChange(name, told(then), told(now)) for name, then, now in values if then != now)


def _version(row: Row[tuple[str, dict[str, object], datetime]]) -> PolicyVersion:
    # a limit that came later was not there to be other than usual; the version stays the one decisions name
    return PolicyVersion(row.version, replace(OfferLimits(), **known(row.limits)), row.since)
