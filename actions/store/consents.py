"""The ledger of consents: who agreed to what, when, to which text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

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
    """Write the event and put the conversation into `state`: none, service or personalised.

    A no is written down for every chat of the same customer that holds a yes: erasing the chat in which it was said
    must not bring an older yes back.
    """
    where = (
        [conversation] if state == "personalised" else [conversation, *_chats_with_a_yes(connection, conversation)]
    )
    event = {
        "state": state,
        "given_at": now,
        "text_version": text_version,
        "language": language,
        "channel": channel,
    }
    connection.execute(consent_events.insert(), [{**event, "conversation": each} for each in where])
    connection.execute(conversations.update().where(conversations.c.id.in_(where)).values(consent=state))


def _chats_with_a_yes(connection: Connection, conversation: str) -> Sequence[str]:
    """The other chats of the customer, if there is one, in which personal advice was agreed to."""
    c = conversations.c
    customer = select(c.customer).where(c.id == conversation).scalar_subquery()
    return connection.scalars(
        select(c.id).where(c.customer == customer, c.consent == "personalised", c.id != conversation)
    ).all()


def is_given(connection: Connection, *, customer: str | None, conversation: str | None = None) -> bool:
    """Whether a person's last word, here or in any chat of theirs, allows personal advice; silence does not."""
    latest = last_word(connection, customer=customer, conversation=conversation)
    return latest == "personalised"


def last_word(connection: Connection, *, customer: str | None, conversation: str | None = None) -> str | None:
    """The state of the newest event of this chat or of any chat of the customer; None where there is none."""
    columns = consent_events.c
    said = columns.conversation == conversation
    if customer:
        theirs = select(conversations.c.id).where(conversations.c.customer == customer)
        said = or_(said, columns.conversation.in_(theirs))
    newest = select(columns.state).where(said).order_by(columns.given_at.desc(), columns.id.desc())
    return connection.scalar(newest.limit(1))
