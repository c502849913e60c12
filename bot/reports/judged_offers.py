"""Reads offers with what became of them and what the team says of the conversations they were made in."""

from datetime import datetime

from sqlalchemy import Connection, select

from actions.offers.situation import OfferKind
from actions.store.digest_tables import reviews
from actions.store.tables import offer_decisions, offers, products
from bot.reports.suggestions import MISSED, Made


def read_made(connection: Connection, since: datetime) -> list[Made]:
    """The offers made since a moment, by model."""
    o, r, of_anchor = offers.c, reviews.c, products.alias("of_anchor")
    query = (
        select(
            o.conversation, o.decision, o.kind, of_anchor.c.family, products.c.family, o.state, r.verdict, r.causes
        )
        .join_from(offers, products, products.c.sku == o.sku)
        .join(of_anchor, of_anchor.c.sku == o.anchor)
        .outerjoin(reviews, r.conversation == o.conversation)
        .where(o.shown_at >= since)
    )
    return [
        Made(conversation, decision, OfferKind(kind), anchor, target, state, verdict, frozenset(causes or ()))
        for conversation, decision, kind, anchor, target, state, verdict, causes in connection.execute(
            query
        ).tuples()
    ]


def read_missed(connection: Connection, since: datetime) -> list[tuple[str, str]]:
    """(conversation, model talked of) where the team misses an offer and a decision ended without one."""
    d, r = offer_decisions.c, reviews.c
    query = (
        select(d.conversation, products.c.family, d.offered, r.causes)
        .join_from(offer_decisions, reviews, r.conversation == d.conversation)
        .join(products, products.c.sku == d.anchor)
        .where(d.decided_at >= since, r.verdict.is_not(None))
    )
    rows = connection.execute(query).tuples()
    return [
        (conversation, anchor) for conversation, anchor, offered, causes in rows if MISSED in causes and not offered
    ]
