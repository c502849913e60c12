"""What the voice answers itself, from the last answer and the cart: welcome, again, next, not understood, bye."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from actions.phrases import Phrasebook
from actions.store import carts, messages
from actions.store.conversations import Conversation
from actions.wording import spoken
from bot.gateway.contract import Frame, Message
from bot.gateway.incoming import OwnAnswer
from bot.gateway.voice.commands import Act
from bot.gateway.voice.speech import page_count
from bot.gateway.voice.words import Words

SILENCES = 3
KEPT = ("page", "code")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Answers one request in the engine's place; `sentence` is said in so many words where one is given."""

    phrases: Phrasebook
    act: Act
    sentence: str = ""
    new: bool = False

    def __call__(self, connection: Connection, conversation: Conversation, frame: Frame) -> OwnAnswer:
        """The answer, logged like any other."""
        words = Words(self.phrases, conversation.language)
        last = messages.last_reply(connection, conversation.id)
        if self.sentence:
            return self._told(words, last)
        if self.act is Act.STOP:
            goodbye = "utter_voice_goodbye_cart" if frame.cart else "utter_voice_goodbye"
            return OwnAnswer([text(words(goodbye))], {"ends": True})
        if self.act is Act.LAUNCH or last is None:
            return OwnAnswer([*self._welcome(words, frame, last)], {})
        return _again(self.act, json.loads(last), words)

    def _told(self, words: Words, last: bytes | None) -> OwnAnswer:
        asks = self.sentence in {"utter_voice_code_what", "utter_voice_code_wrong"}
        shown = json.loads(last)["messages"] if last and self.sentence == "utter_voice_linked" else []
        # what lay on the counter of the chat is read again, but not its greeting
        cards = [message for message in shown if message["type"] == "product_cards"]
        return OwnAnswer([text(words(self.sentence)), *cards], {"code": True} if asks else {"again": bool(cards)})

    def _welcome(self, words: Words, frame: Frame, last: bytes | None) -> list[Message]:
        shop = frame.snapshot.facts.name
        if last is None or self.new:
            return [text(words("utter_voice_welcome", shop=shop))]
        said = [text(words("utter_voice_welcome_back", shop=shop))]
        if frame.cart:
            total = spoken(carts.total(frame.cart), words.language)
            said.append(text(words("utter_voice_cart_kept", total=total)))
        return said


def text(sentence: str) -> Message:
    """A text message of the contract."""
    return {"type": "text", "text": sentence}


def disclosure(phrases: Phrasebook, language: str, shop: str) -> Message:
    """What is said before the first answer of a session: that nobody but a machine is speaking."""
    return text(phrases.say("utter_voice_disclosure", language, shop=shop))


def _again(act: Act, last: Mapping[str, Any], words: Words) -> OwnAnswer:
    """The last answer from the same page, the next or the one before, or only its question."""
    voice: dict[str, Any] = last.get("voice") or {}
    page = int(voice.get("page", 0))
    kept = {name: voice[name] for name in KEPT if name in voice}
    if act is Act.MISSED:
        kept["missed"] = int(voice.get("missed", 0)) + 1
    elif act is Act.SILENCE:
        silent = int(voice.get("silent", 0)) + 1
        if silent >= SILENCES:
            return OwnAnswer([text(words("utter_voice_goodbye"))], {"ends": True})
        kept["silent"] = silent
    elif act is Act.NEXT:
        kept["page"] = min(page + 1, page_count(last, words) - 1)
    elif act is Act.PREVIOUS:
        kept["page"] = max(page - 1, 0)
    return OwnAnswer(last["messages"], {**kept, "again": True})
