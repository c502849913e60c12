"""Reads Rasa's tracker into what our actions need; the only module that knows slot and metadata names."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.offers.situation import OfferKind
from actions.store.conversations import VOICE_CHANNELS


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as the engine understood it; `typed` is False for a button's payload."""

    conversation: str
    message: str
    text: str
    intent: str
    confidence: float
    ranking: tuple[str, ...]
    guard: str
    entities: Mapping[str, str]
    language: str
    channel: str
    typed: bool

    @property
    def voice(self) -> bool:
        """True where the answer will be spoken."""
        return self.channel in VOICE_CHANNELS


def read_tracker(tracker: Tracker) -> Incoming:
    """Return the latest message; the conversation id is the sender without its epoch."""
    latest = tracker.latest_message
    metadata: dict[str, Any] = latest.get("metadata") or {}
    intent: dict[str, Any] = latest.get("intent") or {}
    entities = {str(e["entity"]): str(e["value"]) for e in latest.get("entities") or ()}
    text = str(latest.get("text") or "")
    typed = not metadata.get("payload", text.startswith("/"))
    return Incoming(
        conversation=str(metadata.get("conversation") or tracker.sender_id.split(".")[0]),
        message=str(metadata.get("message_id") or latest.get("message_id") or ""),
        text=text if typed else "",
        intent=_full_name(latest, intent),
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple(str(i["name"]) for i in latest.get("intent_ranking") or ()),
        guard=entities.get("guard", ""),
        entities=entities,
        language="en" if (metadata.get("language") or tracker.get_slot("language")) == "en" else "de",
        channel=str(metadata.get("channel") or tracker.get_latest_input_channel() or "web"),
        typed=typed,
    )


def _full_name(latest: Mapping[str, Any], intent: Mapping[str, Any]) -> str:
    name = str(intent.get("name") or "")
    selected = (latest.get("response_selector") or {}).get(name) or {}
    return str((selected.get("response") or {}).get("intent_response_key") or name)


def mirrored(
    *, language: str, purchase_confirmed: bool, offers_ended: bool, unasked: Set[OfferKind]
) -> list[dict[str, Any]]:
    """Slot events: the language for wordings, the rest for the markers in data/markers; the store stays the record.

    `unasked` are the kinds of offer made in this turn without being asked for.
    """
    flags = {
        "purchase_confirmed": purchase_confirmed,
        "offers_ended": offers_ended,
        "more_offered": bool(unasked & {OfferKind.CROSS, OfferKind.UP}),
        "less_offered": OfferKind.DOWN in unasked,
    }
    # a slot that holds False counts as set
    return [SlotSet("language", language), *(SlotSet(name, holds or None) for name, holds in flags.items())]


def changed(tracker: Tracker, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the slots that hold their value already: the engine replays every event at every action."""
    return [event for event in events if tracker.get_slot(event["name"]) != event["value"]]
