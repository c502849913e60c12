"""Conversations in progress: who waits for a person and for how long, who has whom, and what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from actions.store import digests, takeovers
from actions.store.tables import conversations, messages
from actions.store.takeovers import Takeover


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in progress; `waiting_since` where its shopper waits for a person, `taken` who has it."""

    conversation: str
    channel: str
    language: str
    stage: str
    active_at: datetime
    last_words: str
    waiting_since: datetime | None
    taken: Takeover | None
    simulated: bool


def in_progress(connection: Connection, now: datetime, within: timedelta) -> tuple[Talk, ...]:
    """Those in which something happened: who waits longest comes first, then those that a person has, then the
    latest."""
    names = digests.changed_since(connection, now - within)
    waiting, held = takeovers.waiting(connection, names), takeovers.held(connection)
    said = _last_words(connection, names)
    c = conversations.c
    columns = (c.id, c.channel, c.language, c.stage, c.active_at, c.simulated)
    talks = [
        Talk(
            *row[:5],
            last_words=said.get(row[0], ""),
            waiting_since=waiting.get(row[0]),
            taken=held.get(row[0]),
            simulated=row[5],
        )
        for row in connection.execute(select(*columns).where(c.id.in_({*names, *held}))).tuples()
    ]
    return tuple(sorted(talks, key=_urgency))


def count_waiting(connection: Connection, now: datetime, within: timedelta) -> int:
    """In how many of them somebody waits for a person."""
    return len(takeovers.waiting(connection, digests.changed_since(connection, now - within)))


def _urgency(talk: Talk) -> tuple[int, float]:
    if talk.waiting_since is not None:
        return 0, talk.waiting_since.timestamp()
    return (1 if talk.taken else 2), -talk.active_at.timestamp()


def _last_words(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """What the shopper typed last in each of these conversations."""
    m = messages.c
    typed = (m.conversation.in_(names)) & (m.text != "")
    last = select(m.conversation, func.max(m.position).label("position")).where(typed).group_by(m.conversation)
    latest = last.subquery("latest")
    joined = messages.join(latest, (m.conversation == latest.c.conversation) & (m.position == latest.c.position))
    return dict(connection.execute(select(m.conversation, m.text).select_from(joined)).tuples().all())
