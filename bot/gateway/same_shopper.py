"""What a chat on record adds to a request of other software: a no that was said there is a no here."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from actions.offers.situation import OfferKind, Situation
from actions.store import conversations, offer_log, takeovers
from actions.store.catalogue import CatalogueSnapshot
from actions.store.conversations import Conversation
from bot.gateway.bodies import Document, text_field
from bot.gateway.customers import LONGEST

DECLINED = "declined"


def with_the_chat(
    connection: Connection, document: Document, situation: Situation, snapshot: CatalogueSnapshot
) -> Situation:
    """The situation with what the shopper of `session` was shown and declined, and whether offers rest there.

    A `session` that is none of our chats, and a request that names none, stay as they are. While a person has the
    chat, offers rest as they do after a complaint: somebody is being helped.
    """
    session = (text_field(document, "session", limit=LONGEST) or "").strip()
    chat = conversations.get(connection, session) if session else None
    if chat is None:
        return situation
    shown = offer_log.of_conversation(connection, chat.id)
    refused = {
        *situation.refused,
        *_kept(chat, "refused"),
        *(offer.sku for offer in shown if offer.state == DECLINED),
    }
    families = {product.family for product in map(snapshot.product, refused) if product}
    rests = chat.negative_mood or chat.handed_off or takeovers.active(connection, chat.id) is not None
    return replace(
        situation,
        opted_out=situation.opted_out or chat.opted_out,
        negative_mood=situation.negative_mood or rests,
        refused=frozenset(refused),
        refused_families=situation.refused_families | families,
        refusals=max(situation.refusals, chat.refusals),
        paused=situation.paused | {OfferKind(kind) for kind in _kept(chat, "paused")},
        shown={kind: len({offer.decision for offer in shown if offer.kind == kind}) for kind in OfferKind},
        shown_skus=situation.shown_skus | {offer.sku for offer in shown},
        up_settled=situation.up_settled or chat.memory.get("up_settled") is True,
    )


def _kept(chat: Conversation, name: str) -> Iterable[str]:
    """A list of words that the dialogue keeps."""
    kept = chat.memory.get(name)
    return map(str, kept) if isinstance(kept, list) else ()
