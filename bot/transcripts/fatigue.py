"""How much shoppers are offered: the share of conversations with none, one or more offers, and what they said."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from actions.store.tables import conversations, offers


@dataclass(frozen=True, slots=True)
class Fatigue:
    """Counts over conversations active since a moment; an offer with several cards counts once."""

    conversations: int
    without_offer: int
    one_offer: int
    more_offers: int
    opted_out: int
    two_noes: int
    complaints: int
    answers: dict[str, int]


def read_fatigue(connection: Connection, since: datetime) -> Fatigue:
    """Count from the log."""
    c = conversations.c
    recent = connection.execute(
        select(c.id, c.opted_out, c.refusals, c.negative_mood).where(c.active_at >= since)
    ).all()
    made = select(offers.c.conversation, func.count(offers.c.decision.distinct())).group_by(offers.c.conversation)
    shown: dict[str, int] = dict(connection.execute(made).tuples().all())
    counts = Counter(min(shown.get(row.id, 0), 2) for row in recent)
    known = {row.id for row in recent}
    states = connection.execute(select(offers.c.conversation, offers.c.state)).tuples()
    answers = Counter(state for conversation, state in states if conversation in known)
    return Fatigue(
        conversations=len(recent),
        without_offer=counts[0],
        one_offer=counts[1],
        more_offers=counts[2],
        opted_out=sum(bool(row.opted_out) for row in recent),
        two_noes=sum(row.refusals >= 2 for row in recent),
        complaints=sum(bool(row.negative_mood) for row in recent),
        answers=dict(sorted(answers.items())),
    )
