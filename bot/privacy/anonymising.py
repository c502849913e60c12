"""Makes old conversations anonymous: what was said goes, what was understood and offered stays as figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, bindparam, func, or_, select, type_coerce, update

from actions.store import digests, label_corrections
from actions.store.digest_tables import review_steps, reviews
from actions.store.tables import (
    action_replies,
    cart_lines,
    conversations,
    handoffs,
    link_codes,
    message_originals,
    messages,
    orders,
    privacy_holds,
    voice_callers,
)

# of a reading, what figures are made of; what a shopper named is not
STAYS = ("intent", "confidence", "ranking", "guard")
GONE = (action_replies, cart_lines, link_codes, voice_callers, review_steps)


def due(connection: Connection, before: datetime) -> Sequence[str]:
    """Conversations last active before then, whose words are still there and which nobody must keep."""
    c = conversations.c
    held = select(privacy_holds.c.conversation)
    # somebody may have come back after the first time
    unforgotten = or_(c.forgotten_at.is_(None), c.forgotten_at < c.active_at)
    return connection.scalars(select(c.id).where(c.active_at < before, unforgotten, c.id.not_in(held))).all()


def anonymise(connection: Connection, chats: Sequence[str], now: datetime) -> None:
    """Take words, answers, carts and customers out of these conversations; orders no longer say whose they are.

    The ledger of consents stays as proof, handoffs stay as a moment and a reason, and messages keep their intent.
    """
    said = messages.c.conversation.in_(chats)
    sealed = message_originals.c.message.in_(select(messages.c.id).where(said))
    connection.execute(message_originals.delete().where(sealed))
    for table in GONE:
        connection.execute(table.delete().where(table.c.conversation.in_(chats)))
    digests.forget_words(connection, chats)
    label_corrections.forget_words(connection, chats)
    connection.execute(reviews.update().where(reviews.c.conversation.in_(chats)).values(note=""))
    connection.execute(handoffs.update().where(handoffs.c.conversation.in_(chats)).values(context={}))
    _empty_messages(connection, chats)
    connection.execute(orders.update().where(orders.c.conversation.in_(chats)).values(customer=None))
    forgotten = conversations.update().where(conversations.c.id.in_(chats))
    connection.execute(forgotten.values(memory={}, customer=None, forgotten_at=now))


def _empty_messages(connection: Connection, chats: Sequence[str]) -> None:
    said = messages.c.conversation.in_(chats)
    rows = connection.execute(select(messages.c.id, messages.c.nlu).where(said, messages.c.nlu.is_not(None))).all()
    empty = {"text": "", "payload": None, "digest": "", "reply": None, "client_id": messages.c.id}
    connection.execute(messages.update().where(said).values(**empty))
    if rows:
        reading = type_coerce(bindparam("reading"), JSON)
        statement = update(messages).where(messages.c.id == bindparam("message")).values(nlu=reading)
        connection.execute(statement, [{"message": row.id, "reading": _figures(row.nlu)} for row in rows])


def _figures(reading: Mapping[str, Any]) -> dict[str, Any]:
    return {name: reading[name] for name in STAYS if name in reading}


def originals_due(connection: Connection, before: datetime) -> int:
    """How many sealed originals are older than that, those of held conversations left out."""
    return connection.scalar(select(func.count()).where(_old_original(before))) or 0


def drop_originals(connection: Connection, before: datetime) -> None:
    """Forget sealed originals older than that."""
    connection.execute(message_originals.delete().where(_old_original(before)))


def _old_original(before: datetime) -> Any:
    held = select(privacy_holds.c.conversation)
    old = select(messages.c.id).where(messages.c.received_at < before, messages.c.conversation.not_in(held))
    return message_originals.c.message.in_(old)
