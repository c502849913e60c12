"""The abstract custom action: one transaction, one answer, replayed unchanged when the message comes again."""

import logging
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import Connection

from actions.conversation import Incoming, changed, mirrored, read_tracker
from actions.dialogue import (
    advising,
    asking,
    buying,
    cart_talk,
    comparing,
    contrasting,
    fallback,
    finding,
    kind_sizes,
    pointing,
    remembered,
    service,
    shop_talk,
    sizing,
    weighing,
)
from actions.dialogue.memory import Asked, Memory
from actions.dialogue.reply import Reply
from actions.dialogue.turn import Turn
from actions.services import Services, services
from actions.store import conversations, messages, offer_log, replies
from actions.store.engine import writing

log = logging.getLogger(__name__)


Attempt = Callable[[Turn], bool]


def when(says: Callable[[Turn], bool], answer: Callable[[Turn], object]) -> Attempt:
    """An attempt that answers where the words say so, and tells whether they did."""

    def attempt(turn: Turn) -> bool:
        meant = says(turn)
        if meant:
            answer(turn)
        return meant

    return attempt


def _swap(turn: Turn) -> bool:
    family = asking.swap_target(turn)
    if family:
        buying.begin(turn, family, 1)
    return bool(family)


# what the words leave no doubt about is answered whatever the intent; the first that holds
PLAIN: tuple[Attempt, ...] = (
    when(asking.changes_the_variant, buying.change_variant),
    when(comparing.asks_of_all, comparing.name_the_most_of_all),
    when(sizing.asks_size_of_shown, sizing.tell_size_of_shown),
    sizing.tell_whether_it_fits,
    when(kind_sizes.asks_size_of_a_kind, kind_sizes.answer),
    when(contrasting.asks_for_a_trait, contrasting.answer),
    when(asking.names_what_it_is_not_made_in, finding.say_it_is_not_made_so),
    when(asking.answers_variant_question, buying.settle_asked_variant),
    _swap,
    when(service.leaves_an_address, service.note_address),
    when(weighing.asks_about_the_step, weighing.answer),
    when(weighing.asks_for_the_catch, advising.explain),
    when(pointing.points_at_an_offer, pointing.take_it),
    when(cart_talk.asks_what_is_to_pay, cart_talk.show),
    when(shop_talk.asks, shop_talk.answer),
)


class SellingAction(Action):  # type: ignore[misc]
    """Answers one message; subclasses say their name and what they do in `act`.

    `consequential` actions are not taken on an unsure reading: the assistant asks back first.
    """

    consequential = False

    @abstractmethod
    def name(self) -> str:
        """The name rules call the action by."""

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Answer the message: read, decide, write and add to `turn.reply`."""

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002  (part of the SDK's signature)
    ) -> list[dict[str, Any]]:
        """Answer once; a fault is logged and becomes an honest sentence, and nothing is written."""
        incoming = read_tracker(tracker)
        house = services()
        try:
            said, events = self.answer(incoming, house)
        except Exception:
            log.exception("action failed name=%s message=%s", self.name(), incoming.message)
            reply = Reply(house.phrases, incoming.language)
            reply.say("utter_fault")
            said, events = reply.messages, []
        for message in said:
            dispatcher.utter_message(json_message=message)
        return changed(tracker, events)

    def answer(self, incoming: Incoming, house: Services) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return messages and slot events; the same message again returns what was stored, without effect."""
        with writing(house.engine) as connection:
            stored = replies.stored(connection, incoming.conversation, incoming.message)
            if stored is not None:
                return stored, []
            if messages.is_closed(connection, incoming.message):
                raise LateMessageError(incoming.message)
            turn = open_turn(connection, incoming, house)
            before, on_the_table = turn.conversation, turn.offers_on_the_table()
            if service.opts_out_beside(turn):
                service.stop_offers_beside(turn, self._answer)
            else:
                self._answer(turn)
            service.propose_language(turn)
            for offer in on_the_table - turn.offers_on_the_table():
                offer_log.answer(connection, offer, "ignored", turn.now)
            turn.update(memory=turn.memory.document())
            conversations.save(connection, turn.conversation, turn.now)
            replies.store(
                connection,
                incoming.conversation,
                incoming.message,
                self.name(),
                turn.reply.messages,
                turn.now,
                changes=remembered.changes(before, turn.conversation),
            )
            return turn.reply.messages, mirrored(
                language=turn.conversation.language,
                purchase_confirmed=turn.purchase_confirmed,
                offers_ended=turn.offers_ended,
                unasked=turn.unasked,
            )

    def _answer(self, turn: Turn) -> None:
        question = turn.memory.question
        if question and question.asked in (Asked.READBACK, Asked.TAKE) and asking.names_another(turn, question):
            turn.memory.question = None
        if any(attempt(turn) for attempt in PLAIN):
            return
        if self.consequential and turn.incoming.guard == "unsure" and not asking.is_surely_meant(turn):
            fallback.ask_back(turn, (turn.incoming.intent,))
        else:
            self.act(turn)


class LateMessageError(LookupError):
    """The shopper has already been told that no answer could be given; acting now would belie that."""


def open_turn(connection: Connection, incoming: Incoming, house: Services) -> Turn:
    """Read the conversation; LookupError where it was erased meanwhile."""
    now = house.clock()
    conversation = conversations.get(connection, incoming.conversation)
    if conversation is None:
        raise LookupError(f"conversation {incoming.conversation} does not exist")
    snapshot = house.catalogue.snapshot()
    memory = Memory.read(conversation.memory)
    page = snapshot.product(memory.page_sku)
    if page and memory.page_sku != memory.page_seen:
        memory.look_at(page, chosen=False)
    memory.page_seen = memory.page_sku
    return Turn(
        incoming=incoming,
        connection=connection,
        conversation=conversation,
        memory=memory,
        snapshot=snapshot,
        lexicon=house.lexicon(snapshot),
        reply=Reply(house.phrases, conversation.language),
        now=now,
    )
