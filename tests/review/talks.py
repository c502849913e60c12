"""Writes conversations into the record as the house does, naming only what matters to the test."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from actions.store import conversations, handoffs, messages
from actions.store.tables import cart_lines, offer_decisions, offers, orders, outbox
from actions.store.tables import conversations as chats
from tests.gateway.shop import BIKE, HELMET

POLICY = "ce7617e7d70f"
MODEL = "c9dc6fc30a9b"
EVIDENCE = {
    **{"together": 212, "anchor_orders": 950, "orders": 5000, "support": 0.0424},
    **{"confidence": 0.2232, "lift": 2.79, "simulated": True},
}
# what an offer says of the product, whichever it is
OFFERED = {
    **{"anchor": BIKE, "price": 7990, "price_difference": 7990, "currency": "EUR"},
    "reason": {
        "code": "bought_together",
        "benefit": {"de": "Damit fahren Sie sicher.", "en": "Ride safely."},
        "evidence": EVIDENCE,
        "gains": [{"attribute": "gears", "anchor": "22", "offered": "24"}],
        "gives_up": [],
        "needs_met": ["colour", "max_price"],
    },
}


@dataclass
class Said:
    """One message: what was typed (or the button), how it was read, and what was answered."""

    text: str = "ich suche ein rad"
    answer: str = "Das habe ich gefunden."
    intent: str = "search_product"
    confidence: float = 0.97
    action: str = "action_search_products"
    button: Mapping[str, Any] | None = None
    more: Sequence[Mapping[str, Any]] = ()
    error: str | None = None
    lost: bool = False
    slots: Mapping[str, Any] = field(default_factory=dict)


def hold(
    connection: Connection,
    name: str,
    *said: Said,
    at: datetime,
    channel: str = "web",
    language: str = "de",
    **state: Any,
) -> list[str]:
    """A conversation whose last message comes at `at`; returns the ids of its messages."""
    began = at - timedelta(seconds=20 * (len(said) - 1))
    conversations.create(connection, conversation_id=name, language=language, channel=channel, now=began)
    ids = [say(connection, name, each, began + timedelta(seconds=20 * n)) for n, each in enumerate(said)]
    connection.execute(update(chats).where(chats.c.id == name).values(active_at=at, **state))
    return ids


def say(connection: Connection, name: str, said: Said, now: datetime) -> str:
    """One more message with its answer."""
    accepted = messages.accept(
        connection,
        conversation=name,
        client_id=f"c-{now.timestamp()}",
        text=said.text,
        payload=said.button,
        digest="-",
        now=now,
    )
    assert isinstance(accepted, messages.Accepted)
    if said.lost:
        return accepted.message_id
    reply = {"messages": [{"type": "text", "text": said.answer}, *said.more], "stage": "browse"}
    runners_up = [{"name": said.intent, "confidence": said.confidence}, {"name": "greet", "confidence": 0.01}]
    nlu = {
        "intent": said.intent,
        "confidence": said.confidence,
        "ranking": runners_up,
        "entities": [{"entity": "language", "value": "de", "extractor": "LanguageSense"}],
        "guard": None,
    }
    messages.answer(
        connection,
        accepted.message_id,
        json.dumps(reply).encode(),
        nlu=None if said.error else nlu,
        actions=None if said.error else [said.action],
        model=None if said.error else MODEL,
        engine_ms=37,
        error=said.error,
        now=now + timedelta(seconds=1),
    )
    return accepted.message_id


def decide(
    connection: Connection,
    name: str,
    message: str,
    now: datetime,
    *,
    kind: str = "cross",
    state: str = "ignored",
    skus: Sequence[str] = (HELMET,),
    withheld: Sequence[tuple[str, str]] = (("LOCK-1", "margin"),),
    details: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """A decision: what was offered and what became of it, and what was withheld as (sku, reason).

    Without `details` it is one of before there were codes, with a sentence in English.
    """
    behind = {} if details is None else {"details": list(details)}
    decision = f"d{message}"[:32]
    row = {"id": decision, "conversation": name, "message": message, "decided_at": now, "ranking": "as_ranked"}
    about = {"policy_version": POLICY, "stage": "intent", "anchor": BIKE, "asked_for": None, "hesitation": None}
    candidates = {
        "offered": [{"offer": f"{sku}{message}"[:32], "sku": sku, "kind": kind} for sku in skus],
        "withheld": [
            {"sku": sku, "kind": "cross", "reason": reason, **(behind or {"detail": f"detail of {sku}"})}
            for sku, reason in withheld
        ],
        "eligible": [_eligible(sku, kind, 1 / len(skus)) for sku in skus],
    }
    connection.execute(offer_decisions.insert(), {**row, **about, **candidates})
    for sku in skus:
        told = {"state": state, "shown_at": now, "answered_at": now if state != "shown" else None}
        of = {"id": f"{sku}{message}"[:32], "decision": decision, "conversation": name, "kind": kind, "sku": sku}
        connection.execute(offers.insert(), {**of, **told, **OFFERED})


def _eligible(sku: str, kind: str, probability: float) -> dict[str, Any]:
    groups = {"anchor": "bikes", "category": "helmets", "prior": 0.2}
    return {"sku": sku, "kind": kind, **groups, "profit": 1500, "precedence": 0, "probability": probability}


def put_into_cart(connection: Connection, name: str, now: datetime, sku: str = BIKE) -> None:
    """One line in the cart."""
    row = {"conversation": name, "sku": sku, "quantity": 1, "price": 64900, "currency": "EUR", "added_at": now}
    connection.execute(cart_lines.insert(), {**row, "position": 0})


def order(connection: Connection, name: str, now: datetime, state: str = "placed", parcel: str = "sent") -> None:
    """An order and its parcel."""
    key = f"key-{name}"
    line = {"sku": BIKE, "quantity": 1, "price": 64900, "offer": None}
    row = {"id": f"o{name}"[:32], "conversation": name, "customer": None, "key": key, "number": f"4711{name[-3:]}"}
    money = {"total": 65390, "shipping": 490, "currency": "EUR", "created_at": now, "placed_at": now}
    connection.execute(orders.insert(), {**row, **money, "state": state, "lines": [line]})
    sent = {"topic": "order", "key": key, "payload": {}, "state": parcel, "attempts": 2, "next_at": now}
    connection.execute(outbox.insert(), {**sent, "error": "shop closed" if parcel == "dead" else None})


def hand_over(connection: Connection, name: str, now: datetime, reason: str = "asked") -> str:
    """Ask for a person; returns the reference."""
    return handoffs.open(connection, conversation=name, reason=reason, context={}, now=now)
