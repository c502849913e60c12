"""A message on its way: as it came in, as it was kept, as the engine reads it, and what the gateway says itself."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from actions.store.conversations import Conversation
from actions.store.messages import By
from bot.gateway.contract import Frame, Message
from bot.gateway.engine_client import Turn
from bot.gateway.payloads import Choice, typed_line
from bot.seals import Seals
from bot.transcripts.redaction import Redactor

TURNS_PER_EPOCH = 40


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a shopper: typed text, or a button of ours."""

    client_id: str
    text: str
    choice: Choice | None = None
    language: str | None = None
    page_sku: str = ""
    channel: str = "web"

    def line(self, text: str) -> str:
        """What the engine reads, where this is the text without personal details."""
        return self.choice.command if self.choice else typed_line(text)

    def digest(self, seals: Seals) -> str:
        """What makes two messages the same; keyed, since a short sentence could be guessed from a plain hash."""
        content = {"text": self.text, "payload": self.choice.document if self.choice else None}
        return seals.fingerprint("message", json.dumps(content, sort_keys=True))

    def redacted(self, language: str, redact: Redactor) -> str:
        """What the log keeps: typed text without personal details; a button's title is ours and stays."""
        return self.text if self.choice else redact(self.text, language)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that is in the log as `text`; `reply` where it was answered before, `person` who of the staff reads
    it."""

    conversation: Conversation
    message_id: str
    position: int
    text: str
    reply: bytes | None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What the gateway says itself, without the engine; `voice` is what its speech is read from besides.

    `person` is who of the staff reads the message in the assistant's place.
    """

    messages: Sequence[Message]
    voice: Mapping[str, Any] | None = None
    by: By = By.ASSISTANT
    person: str | None = None


Answering = Callable[[Connection, Conversation, Frame], OwnAnswer]


def engine_turn(kept: Kept, incoming: Incoming) -> Turn:
    """The engine's view of a message: a short-lived sender, our message id, and what the channel knows."""
    conversation = kept.conversation
    metadata: dict[str, Any] = {
        "conversation": conversation.id,
        "message_id": kept.message_id,
        "language": conversation.language,
        "channel": incoming.channel,
        "payload": incoming.choice is not None,
    }
    epoch = kept.position // TURNS_PER_EPOCH
    return Turn(
        sender=f"{conversation.id}.{epoch}",
        message_id=kept.message_id,
        message=incoming.line(kept.text),
        channel=incoming.channel,
        language=conversation.language,
        metadata=metadata,
    )
