"""Reads conversations with offers out of the log, many at a time, as the audit judges them."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, func, select
from sqlalchemy.sql.selectable import Select

from actions.dialogue.memory import Asked
from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind
from actions.store import policy
from actions.store.tables import (
    action_replies,
    conversations,
    handoffs,
    messages,
    offer_decisions,
    offers,
    orders,
    products,
)
from bot.transcripts.record import Line, Made, Record

AT_ONCE = 200
ENDS_OFFERS = ("asked", "complaint", "cancel_order")
READ_BACK = f"{Asked.READBACK}:"
Rows = Mapping[str, Sequence[Row[Any]]]


def read_records(connection: Connection, since: datetime) -> Iterator[Record]:
    """The conversations with offers, active since then; the others can break no promise."""
    made = select(offers.c.conversation).distinct().join(conversations)
    chats = connection.scalars(
        made.where(conversations.c.active_at >= since, conversations.c.forgotten_at.is_(None))
    ).all()
    limits = policy.limits_then(connection)
    for some in batched(sorted(chats), AT_ONCE):
        said, read_back, shown, people, bought = (_by_conversation(connection, query) for query in _queries(some))
        for chat in some:
            judged_by = [(row, limits(row.shown_at, row.policy_version)) for row in shown[chat]]
            yield _record(chat, said[chat], read_back[chat], judged_by, people[chat], bought[chat])


def _queries(chats: Iterable[str]) -> tuple[Select[Any], ...]:
    """Messages, read-backs, offers, handoffs and orders of these conversations."""
    m, r, o, d = messages.c, action_replies.c, offers.c, offer_decisions.c
    shown = (o.id, o.decision, o.kind, o.sku, o.state, o.shown_at, o.answered_at)
    columns = (*shown, d.message, d.asked_for, d.policy_version)
    joined = offers.join(offer_decisions).outerjoin(products, products.c.sku == o.sku)
    return (
        select(m.conversation, m.id, m.position, m.received_at, m.text, m.payload, m.nlu, m.reply)
        .where(m.conversation.in_(chats))
        .order_by(m.position),
        select(r.conversation, r.message, r.reply).where(
            r.conversation.in_(chats), cast(r.reply, Text).contains(READ_BACK)
        ),
        select(o.conversation, *columns, products.c.family)
        .select_from(joined)
        .where(o.conversation.in_(chats))
        .order_by(o.shown_at, o.id),
        select(handoffs.c.conversation, func.min(handoffs.c.requested_at).label("at"))
        .where(handoffs.c.conversation.in_(chats), handoffs.c.reason.in_(ENDS_OFFERS))
        .group_by(handoffs.c.conversation),
        select(orders.c.conversation, func.min(orders.c.created_at).label("at"))
        .where(orders.c.conversation.in_(chats))
        .group_by(orders.c.conversation),
    )


def _by_conversation(connection: Connection, query: Select[Any]) -> Rows:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.conversation].append(row)
    return found


def _record(
    chat: str,
    said: Sequence[Row[Any]],
    read_back: Sequence[Row[Any]],
    made: Sequence[tuple[Row[Any], OfferLimits | None]],
    people: Sequence[Row[Any]],
    bought: Sequence[Row[Any]],
) -> Record:
    positions = {row.id: row.position for row in said}
    told = {row.message: _read_back(row.reply) for row in read_back}
    began = [row.received_at for row in said]

    def during(moment: datetime | None) -> int | None:
        """The message that was being answered then."""
        place = bisect_right(began, moment) if moment else 0
        return said[place - 1].position if place else None

    return Record(
        conversation=chat,
        lines=tuple(_line(row, told.get(row.id, frozenset())) for row in said),
        offers=tuple(
            _made(row, limits, positions.get(row.message), during(row.answered_at)) for row, limits in made
        ),
        handed_off=during(people[0].at) if people else None,
        ordered=during(bought[0].at) if bought else None,
    )


def _line(row: Row[Any], read_back: frozenset[str]) -> Line:
    silent = not row.text and row.payload is None and row.nlu is None
    button = row.payload or {}
    intent = button.get("intent") or (row.nlu or {}).get("intent")
    lines = json.loads(row.reply).get("cart", {}).get("lines", ()) if row.reply else None
    cart = None if lines is None else frozenset(line["sku"] for line in lines)
    named = button.get("entities", {})
    refuses = named.get("offer", "") if intent == "deny" and not named.get("to") else None
    return Line(row.position, "" if silent else intent or None, read_back, cart, refuses)


def _read_back(reply: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The products that a yes-button of this answer would put into the cart."""
    buttons = [choice["payload"] for said in reply for choice in said.get("choices", ())]
    agreeing = [button["entities"] for button in buttons if button.get("intent") == "confirm"]
    return frozenset(meant["sku"] for meant in agreeing if meant.get("to", "").startswith(READ_BACK))


def _made(row: Row[Any], limits: OfferLimits | None, position: int | None, answered_at: int | None) -> Made:
    return Made(
        id=row.id,
        decision=row.decision,
        position=position,
        kind=OfferKind(row.kind),
        sku=row.sku,
        family=row.family or row.sku,
        limits=limits,
        claims_asked=row.asked_for == row.kind,
        state=row.state,
        answered_at=answered_at,
    )
