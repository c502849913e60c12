"""Who answers the shopper: one of the staff takes over, says something and hands back, each a turn of the log."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection

from actions.folders import DATA
from actions.phrases import Phrasebook
from actions.store import audit_log, carts, conversations, messages, takeovers
from actions.store.conversations import Conversation
from actions.store.facts import read_facts
from actions.store.messages import Accepted, By, Conflict
from actions.store.takeovers import Takeover
from bot.seals import Seals
from bot.transcripts import originals
from bot.transcripts.originals import OriginalSeal
from bot.transcripts.redaction import Redactor

NOTICES = DATA / "notices"
# the chat a shopper reads and writes in; on the other channels nobody could read a person's answer
WEB = "web"
HOUSE = "tresen"
TAKEN_OVER, HANDED_BACK = "taken_over", "handed_back"


class Sent(StrEnum):
    """What became of something a person wanted to say."""

    SAID = "said"
    NOT_THEIRS = "not_theirs"
    OTHER_WORDS = "other_words"


@dataclass(frozen=True, slots=True)
class Speaking:
    """The sentences that say who speaks, the seals of the house, and after how long silence hands back."""

    notices: Phrasebook
    seals: Seals
    silence: timedelta

    @classmethod
    def of_house(cls, seals: Seals, minutes: float, folder: Path = NOTICES) -> Self:
        """With the house's sentences."""
        return cls(Phrasebook.load(folder), seals, timedelta(minutes=minutes))

    def take_over(self, connection: Connection, name: str, person: int, who: str, now: datetime) -> Takeover | None:
        """Let a person speak, and tell the shopper; returns somebody else who has the conversation already.

        The assistant's open question is closed: a yes that is meant for the person shall buy nothing later.
        LookupError where there is no such conversation.
        """
        known = takeovers.begin(connection, name, person, now)
        if known is not None:
            return None if known.staff == person else known
        taken = takeovers.active(connection, name)
        if taken is None:
            raise LookupError(f"nobody has conversation {name}")
        chat = _forget_question(connection, name, now)
        self._tell(connection, chat, taken, "notice_person", "began", now)
        audit_log.add(connection, who=who, what=TAKEN_OVER, subject=name, now=now)
        return None

    def say(
        self, connection: Connection, chat: Conversation, person: int, sent_as: str, text: str, now: datetime
    ) -> Sent:
        """Answer the shopper; the same `sent_as` again says nothing twice.

        The log holds placeholders for personal details as it does for a shopper's, the original lies sealed.
        """
        taken = takeovers.active(connection, chat.id)
        if taken is None or taken.staff != person:
            return Sent.NOT_THEIRS
        redacted = Redactor.of_shop(read_facts(connection))(text, chat.language)
        said = {"type": "text", "text": redacted, "from": {"kind": By.PERSON.value, "name": taken.name}}
        digest = self.seals.fingerprint("message", text)
        accepted = _log(connection, chat, f"person:{sent_as}", said, By.PERSON, now, digest)
        if isinstance(accepted, Conflict):
            return Sent.OTHER_WORDS
        if not accepted.same:
            if redacted != text:
                originals.keep(connection, accepted.message_id, text, OriginalSeal.of_house(self.seals))
            takeovers.spoke(connection, taken, now)
            conversations.touch(connection, chat.id, now)
        return Sent.SAID

    def hand_back(self, connection: Connection, taken: Takeover, who: str, now: datetime) -> bool:
        """Let the assistant speak again, and tell the shopper; False where it does already."""
        if not takeovers.end(connection, taken, now):
            return False
        chat = _forget_question(connection, taken.conversation, now)
        sentence = "notice_assistant" if who != HOUSE else "notice_assistant_silence"
        self._tell(connection, chat, taken, sentence, "ended", now)
        audit_log.add(connection, who=who, what=HANDED_BACK, subject=chat.id, now=now)
        return True

    def holder(self, connection: Connection, name: str, now: datetime) -> Takeover | None:
        """Who of the staff has the conversation; it is handed back first where they have fallen silent."""
        taken = takeovers.active(connection, name)
        if taken is None or now - taken.said_at <= self.silence:
            return taken
        self.hand_back(connection, taken, HOUSE, now)
        return None

    def hand_back_silent(self, connection: Connection, now: datetime) -> int:
        """Give every conversation back whose person has fallen silent; returns how many."""
        silent = takeovers.fallen_silent(connection, now - self.silence)
        return sum(self.hand_back(connection, taken, HOUSE, now) for taken in silent)

    def as_written(self, connection: Connection, message_id: str, text: str) -> str:
        """What a person wrote, for the shopper it was written to; placeholders once the original is gone."""
        return originals.reveal(connection, message_id, OriginalSeal.of_house(self.seals)) or text

    def _tell(
        self, connection: Connection, chat: Conversation, taken: Takeover, sentence: str, what: str, now: datetime
    ) -> None:
        text = self.notices.say(sentence, chat.language, person=taken.name)
        speaks = {"kind": By.PERSON.value, "name": taken.name} if what == "began" else {"kind": By.ASSISTANT.value}
        said = {"type": "text", "text": text, "from": {"kind": By.NOTICE.value}, "speaking": speaks}
        _log(connection, chat, f"takeover:{taken.id}:{what}", said, By.NOTICE, now)


def _forget_question(connection: Connection, name: str, now: datetime) -> Conversation:
    chat = conversations.get(connection, name)
    if chat is None:
        raise LookupError(f"conversation {name} does not exist")
    chat = replace(chat, memory={**chat.memory, "question": None})
    conversations.save(connection, chat, now)
    return chat


def _log(
    connection: Connection,
    chat: Conversation,
    client_id: str,
    said: dict[str, Any],
    by: By,
    now: datetime,
    digest: str = "",
) -> Accepted | Conflict:
    """Write a turn that answers nobody's message: no words of the shopper, one message to them."""
    accepted = messages.accept(
        connection, conversation=chat.id, client_id=client_id, text="", payload=None, digest=digest, now=now
    )
    if isinstance(accepted, Accepted) and not accepted.same:
        lines = [{"sku": line.sku, "quantity": line.quantity} for line in carts.lines(connection, chat.id)]
        reply = {
            "id": client_id,
            "messages": [said],
            "cart": {"lines": lines},
            "language": chat.language,
            "stage": str(chat.stage),
        }
        document = json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")
        messages.answer(connection, accepted.message_id, document, now=now, by=by)
    return accepted
