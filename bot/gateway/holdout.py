"""Draws the group of the hold-out a shopper belongs to: for the customer where one is known, else for the visit."""

from sqlalchemy import Connection

from actions.offers.holdout import HELD_OUT, arm
from actions.offers.limits import OfferLimits
from actions.store import conversations
from bot.gateway.bodies import Document, text_field
from bot.gateway.customers import LONGEST, customer_key
from bot.seals import Seals

PURPOSE = "holdout"


def draw(seals: Seals, limits: OfferLimits, *, customer: str | None, visit: str) -> str | None:
    """The arm; the same customer stays in the same one, and nobody without our key can tell in which."""
    return arm(seals.fingerprint(PURPOSE, customer or visit), limits.holdout)


def is_held_out(connection: Connection, document: Document, limits: OfferLimits, seals: Seals) -> bool:
    """Whether the shopper of an offers request is held out.

    A `session` that is one of our chats is in the group it began in; else the lot is drawn for the `customer`, else
    for the `session` as other software calls the visit. A request that names neither is in no group.
    """
    session = (text_field(document, "session", limit=LONGEST) or "").strip()
    named = (text_field(document, "customer", limit=LONGEST) or "").strip()
    chat = conversations.get(connection, session) if session else None
    if chat is not None and chat.arm is not None:
        return chat.arm == HELD_OUT
    if not session and not named:
        return False
    return draw(seals, limits, customer=customer_key(seals, named) if named else None, visit=session) == HELD_OUT
