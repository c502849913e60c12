"""Counts how long answers took: those of the assistant in milliseconds, a person's first words in seconds."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from actions.store.tables import conversations, messages, takeovers
from bot.reports.scope import Scope
from bot.reports.sold import within
from bot.reports.talk_counts import WELCOME

ANSWERED = messages.join(conversations, conversations.c.id == messages.c.conversation)
TAKEN_OVER = takeovers.join(conversations, conversations.c.id == takeovers.c.conversation)


def latency(connection: Connection, scope: Scope) -> Mapping[int, int]:
    """How many answered turns took how many milliseconds in engine and actions."""
    took = messages.c.engine_ms
    counted = select(took, func.count()).select_from(ANSWERED).where(*_is_measured(scope)).group_by(took)
    return dict(connection.execute(counted).tuples().all())


def human_wait(connection: Connection, scope: Scope) -> Mapping[int, int]:
    """How many who asked for a person waited how many seconds for that person's first words."""
    t = takeovers.c
    answered = select(t.asked_at, t.answered_at).select_from(TAKEN_OVER).where(*_is_answered(scope))
    waits = connection.execute(answered).tuples()
    return Counter(round((answered_at - asked_at).total_seconds()) for asked_at, answered_at in waits)


def talks_measured(scope: Scope) -> Select[tuple[str]]:
    """The conversations with an answer whose time was taken."""
    return select(messages.c.conversation).select_from(ANSWERED).where(*_is_measured(scope)).distinct()


def talks_waited(scope: Scope) -> Select[tuple[str]]:
    """The conversations in which somebody asked for a person and one answered."""
    return select(takeovers.c.conversation).select_from(TAKEN_OVER).where(*_is_answered(scope)).distinct()


def _is_measured(scope: Scope) -> tuple[ColumnElement[Any], ...]:
    m = messages.c
    return within(scope), m.client_id != WELCOME, m.state == "answered", m.engine_ms.is_not(None)


def _is_answered(scope: Scope) -> tuple[ColumnElement[Any], ...]:
    return within(scope), takeovers.c.asked_at.is_not(None), takeovers.c.answered_at.is_not(None)
