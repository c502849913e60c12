"""What would have been offered to shoppers whom the rollout has not reached yet, told from the log of decisions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, cast, func, select

from actions.offers.decision import Refusal
from actions.offers.situation import OfferKind
from actions.store.tables import conversations, offer_decisions, offers


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Conversations begun in a time: all of them, those with an unasked or asked offer made, those in which one was
    `held_back` because the rollout had not reached the shopper; and by kind in how many of these each sku was."""

    conversations: int
    offered: int
    held_back: int
    kinds: Mapping[OfferKind, Mapping[str, int]]


def read_rehearsed(connection: Connection, since: datetime) -> Rehearsed:
    """Count from the log; a product counts once a conversation, however often it would have been named."""
    chats, decided, made = conversations.c, offer_decisions.c, offers.c
    begun = chats.started_at >= since
    of_these = select(chats.id).where(begun)
    held_back = (
        select(decided.conversation, decided.withheld)
        .where(decided.conversation.in_(of_these), cast(decided.withheld, String).contains(f'"{Refusal.ROLLOUT}"'))
        .execution_options(yield_per=500)
    )
    found = {
        (row.conversation, OfferKind(each["kind"]), each["sku"])
        for row in connection.execute(held_back)
        for each in row.withheld
        if each["reason"] == Refusal.ROLLOUT
    }
    counts = Counter((kind, sku) for _, kind, sku in found)
    return Rehearsed(
        conversations=connection.scalar(select(func.count()).select_from(conversations).where(begun)) or 0,
        offered=connection.scalar(
            select(func.count(made.conversation.distinct())).where(made.conversation.in_(of_these))
        )
        or 0,
        held_back=len({conversation for conversation, _, _ in found}),
        kinds={
            kind: {sku: number for (each, sku), number in counts.most_common() if each is kind}
            for kind in OfferKind
        },
    )
