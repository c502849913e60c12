"""Erases a conversation, or everything of a customer, and erases again what a restored backup brought back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from actions.store import conversations as chats
from actions.store.columns import metadata
from actions.store.tables import conversations, message_originals, messages, orders, past_order_lines
from bot.privacy.erase_list import EraseList, What
from bot.privacy.holds import refuse_if_held


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows named the conversation, and how many still do (never more than none)."""

    rows: int
    left: int


def erase_subject(connection: Connection, conversation: str) -> Erased:
    """Erase the conversation and everything below it; orders stay as the shop's records, without the link.

    Raises HeldError where it must be kept.
    """
    refuse_if_held(connection, conversation)
    before = rows_naming(connection, conversation)
    chats.delete(connection, conversation)
    return Erased(before, rows_naming(connection, conversation))


def customer_of(connection: Connection, conversation: str) -> str | None:
    """The customer a conversation is known to be of."""
    customer: str | None = connection.scalar(
        select(conversations.c.customer).where(conversations.c.id == conversation)
    )
    return customer


def conversations_of(connection: Connection, customer: str) -> tuple[str, ...]:
    """Every conversation of a customer."""
    return tuple(connection.scalars(select(conversations.c.id).where(conversations.c.customer == customer)))


def erase_customer(connection: Connection, customer: str) -> Erased:
    """Erase all conversations of a customer, and let no order, new or past, name them any more.

    Raises HeldError, before anything is erased, where one of the conversations must be kept.
    """
    theirs = conversations_of(connection, customer)
    for conversation in theirs:
        refuse_if_held(connection, conversation)
    erased = [erase_subject(connection, conversation) for conversation in theirs]
    named = sum(_forget_buyer(connection, table, customer) for table in (orders, past_order_lines))
    return Erased(sum(each.rows for each in erased) + named, sum(each.left for each in erased))


def _forget_buyer(connection: Connection, table: Table, customer: str) -> int:
    bought = table.update().where(table.c.customer == customer).values(customer=None)
    return connection.execute(bought).rowcount


def rows_naming(connection: Connection, conversation: str) -> int:
    """How many rows of any table hold this conversation's id or hang on one of its messages."""
    sealed = select(func.count()).select_from(message_originals.join(messages))
    originals = connection.scalar(sealed.where(messages.c.conversation == conversation)) or 0
    return originals + sum(_count(connection, table, conversation) for table in metadata.sorted_tables)


def _count(connection: Connection, table: Table, conversation: str) -> int:
    column = table.c.id if table is conversations else table.c.get("conversation")
    if column is None:
        return 0
    return connection.scalar(select(func.count()).where(column == conversation)) or 0


def reapply(connection: Connection, erased: EraseList) -> Erased:
    """Erase again whatever the list names; after restoring a backup, before the house is started."""
    customers = erased.latest(What.CUSTOMER)
    found = [
        erase_customer(connection, customer)
        for customer in _customers(connection)
        if erased.mark_of(What.CUSTOMER, customer) in customers
    ]
    whole, said = erased.latest(What.CONVERSATION), erased.latest(What.CONTENT)
    for conversation in connection.scalars(select(conversations.c.id)).all():
        if erased.mark_of(What.CONVERSATION, conversation) in whole:
            found.append(erase_subject(connection, conversation))
            continue
        moment = said.get(erased.mark_of(What.CONTENT, conversation))
        if moment and _spoke_before(connection, conversation, moment):
            chats.erase_content(connection, conversation)
            chats.forget_customer(connection, conversation)
            found.append(Erased(1, 0))
    return Erased(sum(each.rows for each in found), sum(each.left for each in found))


def _customers(connection: Connection) -> Iterable[str]:
    columns = (conversations.c.customer, orders.c.customer, past_order_lines.c.customer)
    named = (connection.scalars(select(column).where(column.is_not(None)).distinct()).all() for column in columns)
    return sorted({customer for some in named for customer in some if customer})


def _spoke_before(connection: Connection, conversation: str, moment: datetime) -> bool:
    said = (messages.c.conversation == conversation) & (messages.c.text != "") & (messages.c.received_at < moment)
    return connection.scalar(select(messages.c.id).where(said).limit(1)) is not None
