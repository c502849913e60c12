"""One message in, one answer out: kept before the engine is asked, stored as bytes, given again unchanged."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from actions.dialogue.naming import Namer
from actions.offers.situation import Stage
from actions.phrases import Phrasebook
from actions.store import carts, conversations, messages, policy, takeovers
from actions.store.catalogue import Catalogue
from actions.store.conversations import Conversation
from actions.store.engine import reading, writing
from actions.store.messages import By
from bot.gateway.contract import Frame, Message, body, cart_document, render
from bot.gateway.engine_client import STARTING, EngineAnswer, EngineClient, EngineFault, has_erased
from bot.gateway.erasing import Eraser
from bot.gateway.incoming import Answering, Incoming, Kept, OwnAnswer, engine_turn
from bot.gateway.locks import ConversationLocks
from bot.gateway.metrics import Metrics
from bot.gateway.problems import ProblemError, unauthorised
from bot.seals import Seals
from bot.transcripts import originals
from bot.transcripts.originals import OriginalSeal
from bot.transcripts.redaction import Redactor
from bot.transcripts.speaking import WEB, Speaking

STARTS = "the assistant is just starting; your message is kept, send it again under the same id"
GONE = "this chat has ended or was erased; open a new one with POST /api/sessions"


class Inbox:
    """Takes messages, asks the engine once per conversation at a time, and remembers every answer."""

    def __init__(
        self,
        *,
        database: Engine,
        catalogue: Catalogue,
        phrases: Phrasebook,
        seals: Seals,
        engine: EngineClient,
        public_url: str,
        clock: Callable[[], datetime],
        metrics: Metrics,
        eraser: Eraser,
        speaking: Speaking,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._phrases = phrases
        self._seals = seals
        self._original_seal = OriginalSeal.of_house(seals)
        self._engine = engine
        self._public_url = public_url
        self._clock = clock
        self._metrics = metrics
        self._eraser = eraser
        self._speaking = speaking
        self._locks = ConversationLocks()
        self._turns: set[asyncio.Task[bytes]] = set()

    async def take(
        self,
        conversation: str,
        incoming: Incoming,
        *,
        opening: Sequence[Message] = (),
        answering: Answering | None = None,
        yields: bool = False,
    ) -> bytes:
        """Return the answer's body; a client that leaves does not cut the turn in half.

        `opening` is said before the engine's answer; `answering` answers in the engine's place, where it `yields`
        unless one of the staff has the conversation.
        Raises ProblemError: 401 where the conversation is gone, 409 where the id was used for other content,
        503 where the engine has not been there yet and the client can wait.
        """
        turn = asyncio.create_task(self._turn(conversation, incoming, opening, answering, yields))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)
        return await asyncio.shield(turn)

    async def drain(self) -> None:
        """Wait until every turn in progress has been answered and stored."""
        await asyncio.gather(*self._turns, return_exceptions=True)

    def holding(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Nobody else's turn in this conversation while the block lasts."""
        return self._locks.holding(conversation)

    async def erase(self, conversation: str) -> None:
        """Erase the chat, after the turn in progress if there is one; also where the engine cannot be told."""
        async with self._locks.holding(conversation):
            await asyncio.to_thread(self._eraser.erase, conversation)
            await self._engine.forget(conversation)

    def frame(self, conversation: str, language: str, cart: tuple[carts.CartLine, ...]) -> Frame:
        """What messages of this conversation are completed from."""
        snapshot = self._catalogue.snapshot()
        limits = policy.limits(snapshot, self._clock())
        names = Namer(snapshot, language, self._phrases)
        return Frame(conversation, language, snapshot, limits, cart, self._seals, self._public_url, names)

    async def _turn(
        self,
        conversation: str,
        incoming: Incoming,
        opening: Sequence[Message],
        answering: Answering | None,
        yields: bool,
    ) -> bytes:
        async with self._locks.holding(conversation):
            kept = await asyncio.to_thread(self._keep, conversation, incoming)
            if kept.reply is not None:
                self._metrics.messages.labels("repeated").inc()
                return kept.reply
            if kept.person is not None and (answering is None or yields):
                answering = self._left_to(kept.person, incoming)
            if answering is not None:
                return await asyncio.to_thread(self._answer_ourselves, kept, incoming, answering)
            outcome = await self._engine.answer(engine_turn(kept, incoming))
            self._metrics.engine_seconds.observe(outcome.milliseconds / 1000)
            if incoming.channel == "web" and isinstance(outcome, EngineFault) and outcome.code == STARTING:
                raise ProblemError(503, "engine-starting", STARTS, {"Retry-After": "2"})
            reply = await asyncio.to_thread(self._answer, kept, incoming, outcome, opening)
            if has_erased(outcome):
                await asyncio.to_thread(self._eraser.content_erased, conversation)
                await self._engine.forget(conversation)
            return reply

    def _keep(self, conversation_id: str, incoming: Incoming) -> Kept:
        now, redact = self._clock(), Redactor.of_shop(self._catalogue.snapshot().facts)
        with writing(self._database) as connection:
            person = self._speaking.holder(connection, conversation_id, now)
            conversation = conversations.get(connection, conversation_id)
            if conversation is None:
                raise unauthorised(GONE)
            text = incoming.redacted(incoming.language or conversation.language, redact)
            accepted = messages.accept(
                connection,
                conversation=conversation_id,
                client_id=incoming.client_id,
                text=text,
                payload=incoming.choice.document if incoming.choice else None,
                digest=incoming.digest(self._seals),
                now=now,
            )
            if isinstance(accepted, messages.Conflict):
                raise ProblemError(409, "id-already-used", "this id was used for a message with other content")
            if text != incoming.text and not accepted.same:
                originals.keep(connection, accepted.message_id, incoming.text, self._original_seal)
            if accepted.reply is None:
                conversation = self._follow(connection, conversation, incoming, now)
        name = person.name if person else None
        return Kept(conversation, accepted.message_id, accepted.position, text, accepted.reply, name)

    def _follow(
        self, connection: Any, conversation: Conversation, incoming: Incoming, now: datetime
    ) -> Conversation:
        """Take over the language and the page the shopper's client tells."""
        changed = conversation
        if incoming.language:
            changed = replace(changed, language=incoming.language)
        if incoming.page_sku and incoming.page_sku != changed.memory.get("page_sku"):
            changed = replace(changed, memory={**changed.memory, "page_sku": incoming.page_sku})
        if changed != conversation:
            conversations.save(connection, changed, now)
        return changed

    def _left_to(self, person: str, incoming: Incoming) -> Answering:
        """No word of ours while a person has the conversation; whoever speaks to us hears where that person is."""

        def answering(connection: Connection, conversation: Conversation, _frame: Frame) -> OwnAnswer:
            conversations.touch(connection, conversation.id, self._clock())
            if incoming.channel == WEB:
                return OwnAnswer([], by=By.NOBODY, person=person)
            said = self._speaking.notices.say("notice_person_in_chat", conversation.language, person=person)
            return OwnAnswer([{"type": "text", "text": said}], {}, By.NOBODY, person)

        return answering

    def _answer_ourselves(self, kept: Kept, incoming: Incoming, answering: Answering) -> bytes:
        with writing(self._database) as connection:
            conversation = conversations.get(connection, kept.conversation.id)
            if conversation is None:
                raise unauthorised(GONE)
            lines = carts.lines(connection, conversation.id)
            frame = self.frame(conversation.id, conversation.language, lines)
            own = answering(connection, conversation, frame)
            reply = body(incoming.client_id, own.messages, conversation.stage, frame, own.voice, own.person)
            messages.answer(connection, kept.message_id, reply, now=self._clock(), by=own.by)
        self._metrics.messages.labels("answered").inc()
        return reply

    def _answer(
        self,
        kept: Kept,
        incoming: Incoming,
        outcome: EngineAnswer | EngineFault,
        opening: Sequence[Message],
    ) -> bytes:
        with writing(self._database) as connection:
            conversation = conversations.get(connection, kept.conversation.id)
            state = conversation or replace(kept.conversation, stage=Stage.BROWSE)
            frame = self.frame(state.id, state.language, carts.lines(connection, state.id))
            said, error = self._said(outcome, frame)
            # whoever took over meanwhile answers: there is no fault to be told
            taken = takeovers.active(connection, state.id) if error else None
            said, person = ([], taken.name) if taken else ([*opening, *said], None)
            reply = body(incoming.client_id, said, state.stage, frame, person=person)
            if conversation is not None:
                understood: dict[str, Any] = (
                    {"nlu": outcome.nlu, "actions": outcome.actions, "model": outcome.model}
                    if isinstance(outcome, EngineAnswer)
                    else {}
                )
                messages.answer(
                    connection,
                    kept.message_id,
                    reply,
                    engine_ms=outcome.milliseconds,
                    error=error,
                    by=By.NOBODY if taken else By.ASSISTANT,
                    now=self._clock(),
                    **understood,
                )
        self._metrics.messages.labels("engine_error" if error else "answered").inc()
        return reply

    def _said(self, outcome: EngineAnswer | EngineFault, frame: Frame) -> tuple[list[Message], str | None]:
        """The messages for the shopper, and the fault where all there is to say is that there was one."""
        said = render(outcome.messages, frame) if isinstance(outcome, EngineAnswer) else []
        if said:
            return said, None
        honest = {"type": "text", "text": self._phrases.say("utter_fallback_engine", frame.language)}
        return [honest], outcome.code if isinstance(outcome, EngineFault) else "engine_off_contract"

    def cart(self, conversation_id: str) -> Message:
        """The cart of a conversation; 401 where it is gone."""
        with reading(self._database) as connection:
            conversation = conversations.get(connection, conversation_id)
            if conversation is None:
                raise unauthorised(GONE)
            lines = carts.lines(connection, conversation_id)
        return cart_document(self.frame(conversation_id, conversation.language, lines))
