"""Buttons: what they stand for travels as a sealed string that counts only in the chat it was issued for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.seals import Seals

INTENT = re.compile(r"[a-z][a-z0-9_]{0,59}(?:/[a-z][a-z0-9_]{0,59})?")
COMMAND = re.compile(r"/([a-z0-9_/]+)\s*(\{.*\})?", re.DOTALL)
LEADING_SLASHES = re.compile(r"^[\s/]+")
ENTITIES_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button does: its title as shown, the intent and the entities it stands for."""

    title: str
    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str:
        """The line the engine reads, `/intent{"entity": "value"}`."""
        return f"/{self.intent}{json.dumps(dict(self.entities), ensure_ascii=False)}"

    @property
    def document(self) -> dict[str, Any]:
        """What the log keeps."""
        return {"intent": self.intent, "entities": dict(self.entities)}


def read_choice(title: str, payload: object) -> Choice | None:
    """Return the choice behind a button of our actions (a mapping) or of Rasa (`/intent{...}`), None if neither."""
    if isinstance(payload, str):
        command = COMMAND.fullmatch(payload.strip())
        if command is None:
            return None
        try:
            payload = {"intent": command[1], "entities": json.loads(command[2] or "{}")}
        except ValueError:
            return None
    if not isinstance(payload, Mapping):
        return None
    intent, entities = payload.get("intent"), payload.get("entities") or {}
    if not isinstance(intent, str) or not INTENT.fullmatch(intent):
        return None
    if not isinstance(entities, Mapping) or len(entities) > ENTITIES_LIMIT:
        return None
    return Choice(title, intent, {str(name): str(value) for name, value in entities.items()})


def seal_choice(seals: Seals, conversation: str, choice: Choice) -> str:
    """Return the opaque payload of a button in this conversation."""
    value = [choice.title, choice.intent, dict(choice.entities)]
    return seals.close(f"choice.{conversation}", value)


def open_choice(seals: Seals, conversation: str, sealed: str) -> Choice | None:
    """Return the choice, or None where this server did not issue the payload in this conversation."""
    value = seals.open(f"choice.{conversation}", sealed)
    return Choice(*value) if value else None


def typed_line(text: str) -> str:
    """Return typed text as the engine may read it: a leading slash would be obeyed as a command."""
    return LEADING_SLASHES.sub("", text) or "?"
