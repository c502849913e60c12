"""The log of decisions: what was offered, what was withheld and why, and what came of it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from actions.offers.decision import Decision, Offer, Reason
from actions.offers.documents import chance_document, read_reason, reason_document, withheld_document
from actions.offers.products import Money
from actions.offers.situation import OfferKind, Situation
from actions.store import answers
from actions.store.bulk import insert_new
from actions.store.tables import offer_decisions, offers

NAMESPACE = uuid.UUID("6a5d4c5e-1f0b-4c3f-9d55-7f1c7f0f2f5b")


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer as the shopper saw it; `reason` is a document of code, benefit, evidence and differences."""

    id: str
    kind: OfferKind
    sku: str
    anchor: str
    price: Money
    price_difference: Money
    reason: Mapping[str, Any]
    state: str = "shown"
    conversation: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """One decision with the policy in force; `offered` and `withheld` are documents by sku and kind.

    What was withheld has `details` in codes and values; decisions of before have a `detail` in English words.

    `eligible` are documents of those that could have been named first, each with its probability, and `ranking`
    says what made the order; both are None in decisions that were written down before they were.
    """

    id: str
    message: str | None
    decided_at: datetime
    policy_version: str
    stage: str
    anchor: str | None
    asked_for: str | None
    hesitation: str | None
    offered: Sequence[Mapping[str, Any]]
    withheld: Sequence[Mapping[str, Any]]
    eligible: Sequence[Mapping[str, Any]] | None
    ranking: str | None
    placement: str | None


def record(
    connection: Connection,
    *,
    conversation: str | None,
    message: str | None,
    situation: Situation,
    decision: Decision,
    now: datetime,
) -> tuple[ShownOffer, ...]:
    """Write the decision and its offers, once for each message; returns the offers as they stand.

    Without a conversation (a call of the offers interface) only the decision is kept and the ids are fresh.
    """
    scope = f"{conversation}:{message}" if conversation and message else uuid.uuid4().hex
    shown = tuple(_shown(scope, offer) for offer in decision.offers)
    row = _decision_row(scope, situation, decision, shown)
    origin = {"conversation": conversation, "message": message, "decided_at": now}
    insert_new(connection, offer_decisions, [{**row, **origin}], ["id"])
    if conversation is None or not shown:
        return shown
    rows = [_offer_row(offer, row["id"], conversation, now) for offer in shown]
    insert_new(connection, offers, rows, ["id"])
    known = {offer.id: offer for offer in of_conversation(connection, conversation)}
    return tuple(known.get(offer.id, offer) for offer in shown)


def get(connection: Connection, offer_id: str) -> ShownOffer | None:
    """The offer of this id."""
    row = connection.execute(select(offers).where(offers.c.id == offer_id)).first()
    return None if row is None else _offer(row)


def answer(connection: Connection, offer_id: str, state: str, now: datetime) -> bool:
    """Close an offer as accepted, declined or ignored and count the answer; False where it was closed before or
    never made, and then nothing is counted.

    One that was passed over may still be accepted later: its button stays on the page.
    """
    for before in ("shown", "ignored") if state == "accepted" else ("shown",):
        still_open = (offers.c.id == offer_id) & (offers.c.state == before)
        closed = offers.update().where(still_open).values(state=state, answered_at=now)
        if connection.execute(closed).rowcount == 1:
            answers.count(connection, offer_id, before=before, state=state)
            return True
    return False


def of_conversation(connection: Connection, conversation: str) -> tuple[ShownOffer, ...]:
    """The offers of a conversation in the order they were shown."""
    query = select(offers).where(offers.c.conversation == conversation)
    return tuple(_offer(row) for row in connection.execute(query.order_by(offers.c.shown_at, offers.c.id)))


def decisions_of(
    connection: Connection, conversation: str, of_messages: Collection[str] | None = None
) -> tuple[LoggedDecision, ...]:
    """The decisions of a conversation, oldest first; all of them or those that some messages led to."""
    columns = offer_decisions.c
    query = select(offer_decisions).where(columns.conversation == conversation)
    if of_messages is not None:
        query = query.where(columns.message.in_(of_messages))
    return tuple(
        LoggedDecision(**{name: getattr(row, name) for name in LoggedDecision.__slots__})
        for row in connection.execute(query.order_by(columns.decided_at, columns.id))
    )


def reason_of(offer: ShownOffer) -> Reason:
    """The reason as it was when the offer was shown."""
    return read_reason(offer.reason)


def _identity(*parts: str) -> str:
    return uuid.uuid5(NAMESPACE, ":".join(parts)).hex


def _shown(scope: str, offer: Offer) -> ShownOffer:
    return ShownOffer(
        id=_identity(scope, offer.kind.value, offer.product.sku),
        kind=offer.kind,
        sku=offer.product.sku,
        anchor=offer.anchor.sku,
        price=offer.product.price,
        price_difference=offer.price_difference,
        reason=reason_document(offer.reason),
    )


def _decision_row(
    scope: str, situation: Situation, decision: Decision, shown: tuple[ShownOffer, ...]
) -> dict[str, Any]:
    anchor = situation.anchor.sku if situation.anchor else None
    asked_for = situation.asked_for.value if situation.asked_for else None
    # a budget that keeps everything back is asked again without it, in the same turn
    budget = str(situation.needs.max_price or "")
    return {
        "id": _identity(scope, "decision", anchor or "", asked_for or "", budget),
        "policy_version": decision.policy_version,
        "stage": situation.stage.value,
        "placement": situation.placement.value,
        "anchor": anchor,
        "asked_for": asked_for,
        "hesitation": situation.hesitation.value if situation.hesitation else None,
        "offered": [{"offer": offer.id, "sku": offer.sku, "kind": offer.kind.value} for offer in shown],
        "withheld": [withheld_document(each) for each in decision.withheld],
        "eligible": [chance_document(chance) for chance in decision.eligible],
        "ranking": decision.ranking,
    }


def _offer_row(offer: ShownOffer, decision: str, conversation: str, now: datetime) -> dict[str, Any]:
    return {
        "id": offer.id,
        "decision": decision,
        "conversation": conversation,
        "kind": offer.kind.value,
        "sku": offer.sku,
        "anchor": offer.anchor,
        "price": offer.price.amount,
        "price_difference": offer.price_difference.amount,
        "currency": offer.price.currency,
        "reason": dict(offer.reason),
        "state": offer.state,
        "shown_at": now,
    }


def _offer(row: Any) -> ShownOffer:
    return ShownOffer(
        id=row.id,
        kind=OfferKind(row.kind),
        sku=row.sku,
        anchor=row.anchor,
        price=Money(row.price, row.currency),
        price_difference=Money(row.price_difference, row.currency),
        reason=row.reason,
        state=row.state,
        conversation=row.conversation,
        decision=row.decision,
    )
