"""What the gateway may send through the engine's door: read strictly, refused with the name of the field."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LARGEST_BODY = 64 * 1024
_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")
LANGUAGES = ("de", "en")
LONGEST_MESSAGE = 2000


class BadEnvelopeError(ValueError):
    """A request that breaks the contract; `field` says where, the value is not repeated."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Envelope:
    """One message of one shopper; `payload` is true only for a button the gateway itself has signed."""

    sender: str
    message_id: str
    message: str
    channel: str
    language: str
    payload: bool
    metadata: dict[str, Any]

    def for_rasa(self) -> dict[str, Any]:
        """The metadata every component and action sees with the message."""
        conversation = self.sender.rpartition(".")[0] or self.sender
        return {
            "conversation": conversation,
            **self.metadata,
            "message_id": self.message_id,
            "language": self.language,
            "channel": self.channel,
        }


def read_envelope(body: bytes) -> Envelope:
    """Read a request body; raises `BadEnvelopeError` on anything the contract does not name."""
    try:
        given = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadEnvelopeError("body") from error
    if not isinstance(given, dict):
        raise BadEnvelopeError("body")
    metadata = given.get("metadata", {})
    if not isinstance(metadata, dict):
        raise BadEnvelopeError("metadata")
    payload = metadata.get("payload", False)
    if not isinstance(payload, bool):
        raise BadEnvelopeError("metadata.payload")
    return Envelope(
        sender=_text(given, "sender", lambda text: _ID.fullmatch(text) is not None),
        message_id=_text(given, "message_id", lambda text: _ID.fullmatch(text) is not None),
        message=_text(given, "message", _is_sayable),
        channel=_text(given, "channel", lambda text: _CHANNEL.fullmatch(text) is not None),
        language=_text(given, "language", lambda text: text in LANGUAGES),
        payload=payload,
        metadata=metadata,
    )


def _is_sayable(text: str) -> bool:
    if not text.strip() or len(text) > LONGEST_MESSAGE:
        return False
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _text(given: dict[str, Any], field: str, is_allowed: Callable[[str], bool]) -> str:
    value = given.get(field)
    if not isinstance(value, str) or not is_allowed(value):
        raise BadEnvelopeError(field)
    return value
