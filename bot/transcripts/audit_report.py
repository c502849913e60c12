"""Judges every offer since a moment, and counts what was looked at, broken and not to be told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from actions.store.tables import conversations
from bot.transcripts.audit import Finding, Promise, Verdict, judge, was_asked
from bot.transcripts.records import read_records


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at since a moment, every broken promise, and how often the record could not tell."""

    since: datetime
    conversations: int
    with_offers: int
    offered: int
    unasked: int
    violations: tuple[Finding, ...]
    not_decidable: Mapping[Promise, int]


def audit(connection: Connection, since: datetime) -> Audit:
    """Judge every offer of the chats active since then."""
    open_since = select(func.count()).where(conversations.c.active_at >= since)
    looked_at, offered, unasked = 0, 0, 0
    broken, untold = [], Counter[Promise]()
    for record in read_records(connection, since):
        looked_at += 1
        offered += len(record.offers)
        unasked += sum(not was_asked(record, offer) for offer in record.offers)
        for finding in judge(record):
            untold[finding.promise] += finding.verdict is Verdict.NOT_DECIDABLE
            if finding.verdict is Verdict.BROKEN:
                broken.append(finding)
    return Audit(
        since=since,
        conversations=connection.scalar(open_since) or 0,
        with_offers=looked_at,
        offered=offered,
        unasked=unasked,
        violations=tuple(broken),
        not_decidable={promise: untold[promise] for promise in Promise},
    )
