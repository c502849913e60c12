"""What shoppers answered to which kind of offer, counted as they answer, and kept without them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from actions.offers.acceptance import Answers, Group, Learnt, need
from actions.offers.limits import OfferLimits
from actions.offers.situation import OfferKind, Situation
from actions.store.bulk import add_up
from actions.store.tables import offer_answers, offer_decisions, offers

KEY = ("kind", "anchor", "category")
COLUMN = offer_answers.c
COUNTED = (COLUMN.accepted, COLUMN.declined, COLUMN.ignored, COLUMN.expected)
# put together once: that costs as much as running them
ALL_GROUPS = select(COLUMN.kind, COLUMN.anchor, COLUMN.category, *COUNTED)
# naming every kind lets the key find the anchors
OF_ANCHORS = ALL_GROUPS.where(
    COLUMN.kind.in_([kind.value for kind in OfferKind]), COLUMN.anchor.in_(bindparam("anchors", expanding=True))
)
SUMS: Select[Any] = select(COLUMN.kind, *(func.sum(column) for column in COUNTED)).group_by(COLUMN.kind)


def count(connection: Connection, offer_id: str, *, before: str, state: str) -> None:
    """Add the answer to its group; one that was passed over `before` and is taken after all moves over.

    Only the product that the sentence named counts: a card beside it is taken less often for standing there.
    To be called in the transaction that closes the offer, and only where it did close it.
    """
    found = _named_first(connection, offer_id)
    if found is None:
        return
    counts = {"accepted": 0, "declined": 0, "ignored": 0, "expected": 0.0}
    counts[state] += 1
    if before == "shown":
        counts["expected"] = found["prior"]
    else:
        counts[before] -= 1
    add_up(connection, offer_answers, {**{name: found[name] for name in KEY}, **counts}, KEY)


def learnt(connection: Connection, situation: Situation, limits: OfferLimits, *, turn: str = "") -> Learnt | None:
    """What a decision in this situation may learn from; None, and nothing read, where the merchant wants none.

    `turn` names the turn being answered; see `Learnt`.
    """
    if not limits.learn_from_answers:
        return None
    anchors = [situation.anchor] if situation.anchor else []
    needs = {need(product) for product in (*anchors, *(item.product for item in situation.cart))}
    return Learnt(by_group(connection, needs), by_kind(connection), turn)


def by_group(connection: Connection, anchors: Iterable[str] | None = None) -> dict[Group, Answers]:
    """The answers of each group, of all or of those with one of these anchors."""
    if anchors is None:
        rows = connection.execute(ALL_GROUPS).all()
    else:
        rows = connection.execute(OF_ANCHORS, {"anchors": sorted(anchors)}).all()
    return {(OfferKind(kind), anchor, category): Answers(*counts) for kind, anchor, category, *counts in rows}


def by_kind(connection: Connection) -> dict[OfferKind, Answers]:
    """The answers to each kind of offer, over all groups."""
    return {OfferKind(kind): Answers(*counts) for kind, *counts in connection.execute(SUMS).all()}


def _named_first(connection: Connection, offer_id: str) -> dict[str, Any] | None:
    """The chance of the offer, if it was the one that the sentence named and its chance was written down."""
    joined = offers.join(offer_decisions, offer_decisions.c.id == offers.c.decision)
    columns = (offers.c.sku, offer_decisions.c.offered, offer_decisions.c.eligible)
    row = connection.execute(select(*columns).select_from(joined).where(offers.c.id == offer_id)).one()
    if row.offered[0]["offer"] != offer_id:
        return None
    return next((chance for chance in row.eligible or () if chance["sku"] == row.sku), None)
