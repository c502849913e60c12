"""What one answer changed of what is remembered, for whoever reads the conversation later."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.store.conversations import Conversation

# words as they were typed are left out: they stand in the message, redacted
NEEDS = ("category", "max_price", "min_price", "wishes", "unwanted", "focus", "refused", "paused", "hesitations")
STATE = ("opted_out", "refusals", "negative_mood", "handed_off", "consent")
YES = "✓"
AMOUNTS = frozenset({"max_price", "min_price"})


def changes(before: Conversation, after: Conversation) -> list[list[str]]:
    """Name, value before and value after of everything that is another now."""
    were, are = dict(_told(before)), dict(_told(after))
    return [[name, were[name], are[name]] for name in were if were[name] != are[name]]


def _told(conversation: Conversation) -> Iterator[tuple[str, str]]:
    memory = conversation.memory
    for name in NEEDS:
        yield name, _in_words(name, memory.get(name))
    question = memory.get("question")
    yield "question", str(question.get("asked", "")) if isinstance(question, Mapping) else ""
    for name in STATE:
        yield name, _in_words(name, getattr(conversation, name))


def _in_words(name: str, value: Any) -> str:
    """A short text; empty for nothing."""
    if value in (None, "", False, 0):
        return ""
    if value is True:
        return YES
    if name in AMOUNTS:
        return f"{value / 100:.2f}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_in_words('', each)}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
