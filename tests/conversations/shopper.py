"""A shopper at the counter: speaks to the custom actions as the engine would, without Rasa."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from actions.__main__ import executor
from actions.base import SellingAction
from actions.conversation import Incoming
from actions.services import Services
from actions.store import carts, conversations, offer_log
from actions.store.engine import reading, writing
from actions.store.tables import relations
from bot.transcripts.redaction import redact
from tests.conversations.rules import action_of


@cache
def actions_by_name() -> dict[str, SellingAction]:
    """Every custom action, as the action server registers them."""
    return {name: bound.__self__ for name, bound in executor().actions.items()}


@dataclass
class Shopper:
    """One conversation; `says` returns the messages of the answer, `slots` are the events that came with them."""

    house: Services
    language: str = "de"
    channel: str = "web"
    conversation: str = field(default_factory=lambda: uuid4().hex)
    messages: list[dict[str, Any]] = field(default_factory=list)
    slots: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with writing(self.house.engine) as connection:
            conversations.create(
                connection,
                conversation_id=self.conversation,
                language=self.language,
                channel=self.channel,
                now=self.house.clock(),
            )

    def says(
        self,
        text: str,
        intent: str,
        *,
        message: str = "",
        guard: str = "",
        confidence: float = 0.9,
        **entities: str,
    ) -> list[dict[str, Any]]:
        """Say `text`, redacted as by the gateway, understood as `intent`; the same `message` is a retry."""
        incoming = Incoming(
            conversation=self.conversation,
            message=message or uuid4().hex,
            text=redact(text, self.language),
            intent=intent,
            confidence=confidence,
            ranking=(intent,),
            guard=guard,
            entities=entities,
            language=self.language,
            channel=self.channel,
            typed=bool(text),
        )
        action = actions_by_name()[action_of(intent)]
        self.messages, self.slots = action.answer(incoming, self.house)
        return self.messages

    def presses(self, title: str) -> list[dict[str, Any]]:
        """Press the first button of the last answer with this title."""
        for choice in self.choices():
            if choice["title"] == title:
                return self.says("", choice["payload"]["intent"], **choice["payload"]["entities"])
        raise AssertionError(f"no button {title!r} among {[c['title'] for c in self.choices()]}")

    def goes_on_to(self, title: str) -> str:
        """Press first buttons until one with this title is there; returns all that was said."""
        told = self.text
        for _ in range(6):
            if title in [choice["title"] for choice in self.choices()]:
                return told
            self.presses(self.choices()[0]["title"])
            told += self.text
        raise AssertionError(f"never came to {title!r}: {told}")

    def choices(self) -> list[dict[str, Any]]:
        """All buttons of the last answer, those on cards too."""
        found: list[dict[str, Any]] = []
        for message in self.messages:
            found += message.get("choices", [])
            for card in message.get("cards", []):
                found += card["choices"]
        return found

    @property
    def text(self) -> str:
        """The texts of the last answer."""
        return "\n".join(m["text"] for m in self.messages if m["type"] == "text")

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The product cards of the last answer, not those of an offer."""
        return [card for m in self.messages if m["type"] == "product_cards" for card in m["cards"]]

    @property
    def offers(self) -> list[dict[str, Any]]:
        """The offers of the last answer."""
        return [m for m in self.messages if m["type"] == "offer"]

    @property
    def cart(self) -> dict[str, int]:
        """Quantities by sku as recorded."""
        with reading(self.house.engine) as connection:
            return {line.sku: line.quantity for line in carts.lines(connection, self.conversation)}

    @property
    def state(self) -> conversations.Conversation:
        """The conversation as recorded."""
        with reading(self.house.engine) as connection:
            found = conversations.get(connection, self.conversation)
        assert found is not None
        return found

    def shown(self) -> list[offer_log.ShownOffer]:
        """Every offer this conversation has seen."""
        with reading(self.house.engine) as connection:
            return list(offer_log.of_conversation(connection, self.conversation))

    def decisions(self) -> list[offer_log.LoggedDecision]:
        """Every decision of this conversation."""
        with reading(self.house.engine) as connection:
            return list(offer_log.decisions_of(connection, self.conversation))

    def matrix_rows(self) -> int:
        """How many rows the shop's matrix has."""
        with reading(self.house.engine) as connection:
            return len(connection.execute(select(relations.c.id)).all())
