"""The ledger of consents: who agreed to what, when, to which text."""

from datetime import datetime

from sqlalchemy import Connection

from actions.store.tables import consent_events, conversations


def record(
    connection: Connection,
    *,
    conversation: str,
    state: str,
    text_version: str,
    language: str,
    channel: str,
    now: datetime,
) -> None:
    """Write the event and put the conversation into `state`: none, service or personalised."""
    row = {
        "conversation": conversation,
        "state": state,
        "given_at": now,
        "text_version": text_version,
        "language": language,
        "channel": channel,
    }
    connection.execute(consent_events.insert(), row)
    in_force = conversations.update().where(conversations.c.id == conversation).values(consent=state)
    connection.execute(in_force)
