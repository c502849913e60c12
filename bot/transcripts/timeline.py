"""A part of a conversation as the console shows it: turn by turn, with what lay behind each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from actions.store import conversations, messages, offer_log, orders, replies
from actions.store.conversations import Conversation
from actions.store.messages import LoggedMessage
from actions.store.offer_log import LoggedDecision, ShownOffer
from actions.store.orders import Order
from actions.store.tables import handoffs, outbox
from actions.store.tables import messages as message_rows
from bot.transcripts.digest import is_lost
from bot.transcripts.originals import sealed_among

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was otherwise after the turn: its name, what it was and what it became."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the offers it led to, as they stand now."""

    logged: LoggedDecision
    offers: tuple[ShownOffer, ...]

    def chance_of(self, sku: str) -> Mapping[str, Any]:
        """What was written down of a product that could have been named first; empty where nothing was."""
        return next((each for each in self.logged.eligible or () if each["sku"] == sku), {})


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with its answer; `lost` where nobody ever answered, `has_original` where words were replaced."""

    logged: LoggedMessage
    answers: Sequence[Mapping[str, Any]]
    changes: tuple[Change, ...]
    decisions: tuple[Decided, ...]
    lost: bool
    has_original: bool

    @property
    def nlu(self) -> Mapping[str, Any]:
        """How the message was understood."""
        return self.logged.nlu or {}

    @property
    def intent(self) -> str:
        """What it was taken for; a button says so itself."""
        return str((self.logged.payload or {}).get("intent") or self.nlu.get("intent") or "")


@dataclass(frozen=True, slots=True)
class Parcel:
    """An order with the state of its way to the shop; None where nothing was sent."""

    order: Order
    state: str | None
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some turns in their order; `earlier` is the position before which there are more, if there are."""

    conversation: Conversation
    turns: tuple[Turn, ...]
    earlier: int | None
    orders: tuple[Parcel, ...]
    handoffs: tuple[Mapping[str, Any], ...]


def exists(connection: Connection, name: str) -> bool:
    """Whether there is such a conversation."""
    return conversations.active_at(connection, name) is not None


def read_timeline(
    connection: Connection, name: str, now: datetime, before: int | None = None, limit: int = AT_ONCE
) -> Timeline | None:
    """The last turns of a conversation, or the last before a position; None where there is none of that name."""
    conversation = conversations.get(connection, name)
    if conversation is None:
        return None
    columns = message_rows.c
    wanted = columns.conversation == name
    newest = connection.scalar(select(func.max(columns.position)).where(wanted))
    last = (newest or 0) + 1 if before is None else before
    # one more than is shown, to tell what changed in the first
    logged = messages.history(connection, name, from_position=last - limit - 1, before=last)
    shown = [message for message in logged if message.position >= last - limit]
    turns = tuple(_turns(connection, name, shown, logged[0] if len(logged) > len(shown) else None, now))
    return Timeline(
        conversation=conversation,
        turns=turns,
        earlier=shown[0].position if shown and len(logged) > len(shown) else None,
        orders=tuple(_parcels(connection, name)),
        handoffs=tuple(_handoffs(connection, name)),
    )


def turns_after(connection: Connection, name: str, now: datetime, position: int, until: int) -> tuple[Turn, ...]:
    """The turns after one position, up to another and with it."""
    logged = messages.history(connection, name, from_position=position, before=until + 1)
    shown = [message for message in logged if message.position > position]
    return tuple(_turns(connection, name, shown, logged[0] if len(logged) > len(shown) else None, now))


def _turns(
    connection: Connection,
    name: str,
    shown: Sequence[LoggedMessage],
    previous: LoggedMessage | None,
    now: datetime,
) -> Iterator[Turn]:
    ids = [key for message in shown for key in (message.id, message.client_id)]
    offers: dict[str, list[ShownOffer]] = {}
    for offer in offer_log.of_conversation(connection, name):
        offers.setdefault(offer.decision, []).append(offer)
    decided: dict[str | None, list[Decided]] = {}
    for decision in offer_log.decisions_of(connection, name, ids):
        made = Decided(decision, tuple(offers.get(decision.id, ())))
        decided.setdefault(decision.message, []).append(made)
    known = _reply(previous) if previous else {}
    remembered = replies.changes_of(connection, name, [message.id for message in shown])
    sealed = sealed_among(connection, [message.id for message in shown])
    for message in shown:
        reply = _reply(message)
        yield Turn(
            logged=message,
            answers=reply.get("messages", ()),
            changes=(*_changes(known, reply), *(Change(*each) for each in remembered.get(message.id, ()))),
            decisions=tuple(decided.get(message.id, []) + decided.get(message.client_id, [])),
            lost=is_lost(message, now),
            has_original=message.id in sealed,
        )
        known = reply or known


def _reply(message: LoggedMessage) -> Mapping[str, Any]:
    reply: Mapping[str, Any] = json.loads(message.reply) if message.reply else {}
    return reply


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if not after:
        return
    for what in ("stage", "language"):
        if before.get(what) and after.get(what) != before[what]:
            yield Change(what, str(before[what]), str(after.get(what, "")))
    were, are = _cart(before), _cart(after)
    for sku in dict.fromkeys((*were, *are)):
        if were.get(sku) != are.get(sku):
            yield Change("cart", f"{were.get(sku, 0)} × {sku}", f"{are.get(sku, 0)} × {sku}")


def _cart(reply: Mapping[str, Any]) -> dict[str, int]:
    return {line["sku"]: line["quantity"] for line in reply.get("cart", {}).get("lines", ())}


def _parcels(connection: Connection, name: str) -> Iterator[Parcel]:
    for order in orders.of_conversation(connection, name):
        query = select(outbox.c.state, outbox.c.attempts, outbox.c.error).where(outbox.c.key == order.key)
        sent = connection.execute(query).first()
        yield Parcel(order, *(sent or (None, 0, None)))


def _handoffs(connection: Connection, name: str) -> Iterator[Mapping[str, Any]]:
    query = select(handoffs.c.reference, handoffs.c.reason, handoffs.c.requested_at)
    rows = connection.execute(query.where(handoffs.c.conversation == name).order_by(handoffs.c.requested_at))
    return (dict(row._mapping) for row in rows)
