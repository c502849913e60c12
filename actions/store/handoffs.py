"""Conversations handed over to a person."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select

from actions.store.bulk import insert_new
from actions.store.tables import handoffs, takeovers

# letters and digits that nobody mixes up on the phone
ALPHABET = "ACDEFHJKLMNPRTUVWXY34679"


def waiting(connection: Connection, conversation: str, reasons: Collection[str]) -> str:
    """The reference of a conversation's latest handoff for one of these reasons; empty where there is none."""
    mine = (handoffs.c.conversation == conversation) & handoffs.c.reason.in_(reasons)
    latest = select(handoffs.c.reference).where(mine).order_by(handoffs.c.requested_at.desc()).limit(1)
    return str(connection.scalar(latest) or "")


def ask_again(connection: Connection, reference: str, now: datetime) -> None:
    """Note that the shopper asks for a person again, where one has answered since they last did."""
    asked_at = func.coalesce(handoffs.c.asked_again_at, handoffs.c.requested_at)
    mine = (takeovers.c.conversation == handoffs.c.conversation) & (takeovers.c.since >= asked_at)
    asked = handoffs.update().where(handoffs.c.reference == reference, exists().where(mine))
    connection.execute(asked.values(asked_again_at=now))


def add(connection: Connection, reference: str, said: str, message: str) -> None:
    """Put a later line of the shopper, an address or a number, beside what was handed over.

    The line holds placeholders; `message` leads whoever serves the shopper to its sealed original.
    """
    mine = handoffs.c.reference == reference
    context = dict(connection.execute(select(handoffs.c.context).where(mine)).scalar_one())
    context["added"] = [*context.get("added", []), said]
    context["added_in"] = [*context.get("added_in", []), message]
    connection.execute(handoffs.update().where(mine).values(context=context))


def open(  # noqa: A001  the noun's verb, as the store's interface names it
    connection: Connection, *, conversation: str, reason: str, context: Mapping[str, Any], now: datetime
) -> str:
    """Hand over and return the reference; the same reason again returns the reference already given."""
    row = {
        "reference": "".join(secrets.choice(ALPHABET) for _ in range(8)),
        "conversation": conversation,
        "requested_at": now,
        "reason": reason,
        "context": dict(context),
    }
    insert_new(connection, handoffs, [row], ["conversation", "reason"])
    columns = handoffs.c
    asked = (columns.conversation == conversation) & (columns.reason == reason)
    reference = str(connection.scalar(select(columns.reference).where(asked)))
    ask_again(connection, reference, now)
    return reference
