"""Draws the groups a shopper belongs to: for the customer where one is known, else for the visit."""

from sqlalchemy import Connection

from actions.offers.limits import OfferLimits
from actions.offers.lots import NO_LOTS, Lots, arm, place
from actions.store import conversations
from bot.gateway.bodies import Document, text_field
from bot.gateway.customers import LONGEST, customer_key
from bot.seals import Seals

# of two purposes, so that who is in the one group says nothing of the other
HOLDOUT, ROLLOUT = "holdout", "rollout"


def draw(seals: Seals, limits: OfferLimits, *, customer: str | None, visit: str) -> Lots:
    """The same customer stays in the same groups, and nobody without our key can tell in which.

    Who gets no unasked offers yet is in no arm: of them no difference to the hold-out could be measured.
    """
    who = customer or visit
    drawn = Lots(rollout=place(seals.fingerprint(ROLLOUT, who)))
    if not drawn.is_rolled_out(limits.rollout):
        return drawn
    return Lots(arm(seals.fingerprint(HOLDOUT, who), limits.holdout), drawn.rollout)


def lots_of(connection: Connection, document: Document, limits: OfferLimits, seals: Seals) -> Lots:
    """The groups of the shopper of an offers request.

    A `session` that is one of our chats is in the groups it began in; else they are drawn for the `customer`, else
    for the `session` as other software calls the visit. A request that names neither is in none.
    """
    session = (text_field(document, "session", limit=LONGEST) or "").strip()
    named = (text_field(document, "customer", limit=LONGEST) or "").strip()
    chat = conversations.get(connection, session) if session else None
    if chat is not None:
        return chat.lots
    if not session and not named:
        return NO_LOTS
    return draw(seals, limits, customer=customer_key(seals, named) if named else None, visit=session)
