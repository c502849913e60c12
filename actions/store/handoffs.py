"""Conversations handed over to a person."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.store.bulk import insert_new
from actions.store.tables import handoffs

# letters and digits that nobody mixes up on the phone
ALPHABET = "ACDEFHJKLMNPRTUVWXY34679"


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
    return str(connection.scalar(select(columns.reference).where(asked)))
