"""What is remembered of a conversation; the engine's own memory may be lost at any time without harm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from actions.offers.lots import NO_LOTS, Lots
from actions.offers.situation import Stage
from actions.store import digests, label_corrections
from actions.store.digest_tables import review_steps, reviews
from actions.store.tables import (
    action_replies,
    cart_lines,
    conversations,
    handoffs,
    link_codes,
    message_originals,
    messages,
    offer_decisions,
    orders,
    privacy_holds,
)

# answers on these are spoken
VOICE_CHANNELS = frozenset({"voice", "alexa", "phone", "dialogflow"})


@dataclass(frozen=True, slots=True)
class Conversation:
    """The flags offers depend on, and `memory`: JSON values that the dialogue keeps under names of its own.

    `arm` and `rollout` are what was drawn for the shopper as the conversation began (`Lots`); `rating` is in stars,
    written by `rate` alone.
    """

    id: str
    language: str = "de"
    channel: str = "chat"
    stage: Stage = Stage.BROWSE
    opted_out: bool = False
    refusals: int = 0
    negative_mood: bool = False
    handed_off: bool = False
    consent: str = "service"
    customer: str | None = None
    arm: str | None = None
    rollout: float | None = None
    rating: int | None = None
    memory: Mapping[str, object] = field(default_factory=dict)

    @property
    def lots(self) -> Lots:
        """The groups the conversation belongs to since it began."""
        return Lots(self.arm, self.rollout)


def create(
    connection: Connection,
    *,
    conversation_id: str,
    language: str,
    channel: str,
    now: datetime,
    lots: Lots = NO_LOTS,
) -> Conversation:
    """Open a conversation; IntegrityError where the id is taken."""
    conversation = Conversation(conversation_id, language, channel, arm=lots.arm, rollout=lots.rollout)
    row = {**_row(conversation), "id": conversation_id, "started_at": now, "active_at": now}
    connection.execute(conversations.insert(), row)
    return conversation


def get(connection: Connection, conversation_id: str) -> Conversation | None:
    """The conversation as last saved."""
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).first()
    if row is None:
        return None
    names = [name for name in Conversation.__slots__ if name != "stage"]
    return Conversation(stage=Stage(row.stage), **{name: getattr(row, name) for name in names})


def save(connection: Connection, conversation: Conversation, now: datetime) -> None:
    """Keep everything the value says; LookupError where the conversation has been erased meanwhile."""
    statement = conversations.update().where(conversations.c.id == conversation.id)
    if connection.execute(statement.values(**_row(conversation), active_at=now)).rowcount == 0:
        raise LookupError(f"conversation {conversation.id} does not exist")


def touch(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Note that something was said in the conversation."""
    connection.execute(conversations.update().where(conversations.c.id == conversation_id).values(active_at=now))


def rate(connection: Connection, conversation_id: str, stars: int) -> bool:
    """Keep how the shopper rates the advice, the latest word counts; False where there is no such conversation."""
    statement = conversations.update().where(conversations.c.id == conversation_id)
    return connection.execute(statement.values(rating=stars)).rowcount == 1


def delete(connection: Connection, conversation_id: str) -> None:
    """Erase the chat and everything below it; orders stay as business records without chat and customer."""
    _unlink_orders(connection, conversation_id)
    connection.execute(conversations.delete().where(conversations.c.id == conversation_id))


def erase_content(connection: Connection, conversation_id: str) -> None:
    """Forget what was said, shown, put into the cart and remembered; the chat can go on.

    A message that is being answered stays without its text, so that it still has only one answer; the ledger
    of consents stays as proof, and who the shopper is stays known (see `forget_customer`).
    """
    digests.forget_words(connection, [conversation_id])
    label_corrections.forget_words(connection, [conversation_id])
    for table in (action_replies, cart_lines, offer_decisions, handoffs, link_codes, review_steps):
        connection.execute(table.delete().where(table.c.conversation == conversation_id))
    # a note may tell what was said, and so may the steps that led to it
    connection.execute(reviews.update().where(reviews.c.conversation == conversation_id).values(note=""))
    said = messages.c.conversation == conversation_id
    theirs = message_originals.c.message.in_(select(messages.c.id).where(said))
    connection.execute(message_originals.delete().where(theirs))
    connection.execute(messages.delete().where(said, messages.c.state != "received"))
    connection.execute(messages.update().where(said).values(text="", payload=None))
    connection.execute(conversations.update().where(conversations.c.id == conversation_id).values(memory={}))


def is_held(connection: Connection, conversation_id: str) -> bool:
    """True where the conversation must be kept, for a dispute or by law."""
    held = select(privacy_holds.c.conversation).where(privacy_holds.c.conversation == conversation_id)
    return connection.scalar(held) is not None


def forget_customer(connection: Connection, conversation_id: str) -> None:
    """Make the shopper a stranger: neither the chat nor its orders name the customer any more."""
    _unlink_orders(connection, conversation_id)
    connection.execute(conversations.update().where(conversations.c.id == conversation_id).values(customer=None))


def latest_of_customer(connection: Connection, customer: str, since: datetime) -> Conversation | None:
    """The conversation a known customer was last active in, unless that was before `since`."""
    theirs = (conversations.c.customer == customer) & (conversations.c.active_at >= since)
    query = select(conversations.c.id).where(theirs).order_by(conversations.c.active_at.desc()).limit(1)
    found = connection.scalar(query)
    return None if found is None else get(connection, found)


def active_at(connection: Connection, conversation_id: str) -> datetime | None:
    """When a conversation was last changed."""
    moment: datetime | None = connection.scalar(
        select(conversations.c.active_at).where(conversations.c.id == conversation_id)
    )
    return moment


def _unlink_orders(connection: Connection, conversation_id: str) -> None:
    theirs = orders.update().where(orders.c.conversation == conversation_id)
    connection.execute(theirs.values(customer=None))


def _row(conversation: Conversation) -> dict[str, object]:
    # a rating comes from the shopper at any time, also between reading the conversation and saving it
    values = {name: getattr(conversation, name) for name in Conversation.__slots__ if name not in ("id", "rating")}
    return {**values, "memory": dict(conversation.memory), "stage": conversation.stage.value}
