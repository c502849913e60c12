"""Labels simulated conversations in the record, and spreads them into the past so that charts have a shape."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, bindparam, select

from actions.store import digests
from actions.store.columns import metadata
from actions.store.moments import UtcDateTime
from actions.store.tables import conversations, orders, past_order_lines, shop_orders, voice_callers

# how many come at each hour of the day, from midnight on
HOURS = (1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 8, 8, 9, 8, 7, 7, 8, 10, 12, 14, 14, 11, 6, 3)


def label(connection: Connection, conversation: str) -> bool:
    """Say that a conversation is simulated; False where this record does not hold it."""
    marked = conversations.update().where(conversations.c.id == conversation).values(simulated=True)
    return connection.execute(marked).rowcount == 1


def conversation_of(connection: Connection, caller: str) -> str | None:
    """The conversation of a caller's hash."""
    found: str | None = connection.scalar(
        select(voice_callers.c.conversation).where(voice_callers.c.caller == caller)
    )
    return found


def on_their_way(connection: Connection, chats: Sequence[str]) -> bool:
    """True while the relay still carries an order of one of these conversations to the shop."""
    waiting = select(orders.c.id).where(orders.c.conversation.in_(chats), orders.c.state == "pending")
    return connection.scalar(waiting.limit(1)) is not None


def draw_shifts(
    started: Mapping[str, datetime], days: float, now: datetime, chance: random.Random
) -> dict[str, timedelta]:
    """For each conversation how far back it goes: some day of the last `days`, more of them in the evening."""
    shifts = {}
    for conversation, begun in sorted(started.items()):
        day = now - timedelta(days=1 + chance.random() * max(days - 1, 0))
        (hour,) = chance.choices(range(24), HOURS)
        moment = day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))
        shifts[conversation] = begun - moment
    return shifts


def began(connection: Connection, chats: Iterable[str]) -> dict[str, datetime]:
    """When each of these conversations, and no other, was opened; only simulated ones are found."""
    c = conversations.c
    rows = connection.execute(select(c.id, c.started_at).where(c.id.in_(list(chats)), c.simulated))
    return {row.id: row.started_at for row in rows}


def shift(connection: Connection, shifts: Mapping[str, timedelta]) -> None:
    """Subtract a conversation's shift from every moment that is recorded of it and of its orders."""
    for table in metadata.sorted_tables:
        key = table.c.id if table is conversations else table.c.get("conversation")
        if key is not None:
            _shift(connection, table, key.name, shifts)
    ordered = connection.execute(
        select(orders.c.number, orders.c.conversation).where(
            orders.c.conversation.in_(shifts), orders.c.number.is_not(None)
        )
    )
    by_number = {row.number: shifts[row.conversation] for row in ordered}
    _shift(connection, shop_orders, "number", by_number)
    _shift(connection, past_order_lines, "order_id", by_number)
    digests.date_facets(connection, list(shifts))


def _shift(connection: Connection, table: Table, key: str, shifts: Mapping[str, timedelta]) -> None:
    moments = [column for column in table.c if isinstance(column.type, UtcDateTime)]
    if not moments or not shifts:
        return
    rows = connection.execute(select(table).where(table.c[key].in_(shifts))).all()
    primary = [column.name for column in table.primary_key]
    changed = []
    for row in rows:
        values = row._mapping
        by = shifts[values[key]]
        earlier = {f"to_{each.name}": values[each.name] and values[each.name] - by for each in moments}
        changed.append({f"key_{name}": values[name] for name in primary} | earlier)
    if changed:
        statement = table.update().where(*(table.c[name] == bindparam(f"key_{name}") for name in primary))
        connection.execute(statement.values({each: bindparam(f"to_{each.name}") for each in moments}), changed)
