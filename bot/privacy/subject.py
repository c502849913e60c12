"""Everything held about one conversation, as one document for the person it is about."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from actions.store.tables import (
    cart_lines,
    consent_events,
    conversations,
    handoffs,
    label_corrections,
    message_originals,
    messages,
    orders,
    privacy_holds,
    reviews,
    takeovers,
    voice_callers,
)
from bot.privacy.consents import purposes_of
from bot.privacy.periods import Periods
from bot.transcripts.originals import OriginalSeal
from bot.transcripts.transcript import read_transcript

BESIDE_THE_TALK = {
    "cart": cart_lines,
    "consents": consent_events,
    "handoffs": handoffs,
    "orders": orders,
    "callers": voice_callers,
    "holds": privacy_holds,
    "reviews": reviews,
    "labels": label_corrections,
    "takeovers": takeovers,
}
RECIPIENTS = (
    {"who": "the shop's own database", "what": "everything in this document"},
    {"who": "the shop's order system", "what": "orders: products, amounts and a random key, nothing of the talk"},
    {"who": "the platform of the channel, for voice", "what": "what was spoken and heard, by its own terms"},
    {
        "who": "the shop's staff",
        "what": "what was said, with placeholders; originals only to whoever may reveal them",
    },
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when each part is kept, counted from the last activity or from when it was written."""

    conversation: datetime
    originals: datetime
    engine: datetime
    logs: datetime


def export_subject(
    connection: Connection, conversation: str, periods: Periods, seal: OriginalSeal
) -> dict[str, Any] | None:
    """Everything recorded under this id, why, until when, and who receives it; None where there is nothing."""
    transcript = read_transcript(connection, conversation)
    if transcript is None:
        return None
    active_at = connection.execute(
        select(conversations.c.active_at).where(conversations.c.id == conversation)
    ).scalar_one()
    beside = {
        name: [
            dict(each._mapping)
            for each in connection.execute(select(table).where(table.c.conversation == conversation))
        ]
        for name, table in BESIDE_THE_TALK.items()
    }
    for consent in beside["consents"]:
        consent["purposes"] = purposes_of(consent["state"])
    return {
        **transcript.document(),
        **beside,
        "originals": _originals(connection, conversation, seal),
        "kept_until": asdict(kept_until(active_at, periods)),
        "recipients": [dict(each) for each in RECIPIENTS],
    }


def kept_until(active_at: datetime, periods: Periods) -> Kept:
    """When retention will take the parts of a conversation, should nothing more be said."""
    return Kept(
        conversation=active_at + timedelta(days=periods.transcript_days),
        originals=active_at + timedelta(days=periods.original_days),
        engine=active_at + timedelta(hours=periods.engine_hours),
        logs=active_at + timedelta(days=periods.log_days),
    )


def _originals(connection: Connection, conversation: str, seal: OriginalSeal) -> list[Mapping[str, Any]]:
    """The messages whose personal details the log holds placeholders for, as they were written."""
    query = (
        select(messages.c.id, messages.c.position, message_originals.c.sealed)
        .join(message_originals)
        .where(messages.c.conversation == conversation)
        .order_by(messages.c.position)
    )
    return [
        {"position": row.position, "said": seal.open(row.id, bytes(row.sealed))}
        for row in connection.execute(query)
    ]
