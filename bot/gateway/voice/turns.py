"""One turn by voice: the caller's conversation, the same inbox as the web's, and an answer inside the budget."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError

from actions.phrases import Phrasebook
from actions.store import callers as linking
from actions.store import messages
from actions.store.conversations import Conversation
from actions.store.engine import reading, writing
from bot.gateway.inbox import Inbox
from bot.gateway.incoming import Incoming
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.problems import ProblemError
from bot.gateway.voice.callers import WEB, Callers, Place
from bot.gateway.voice.commands import CODE_LENGTH, Act, code_in, read_act
from bot.gateway.voice.heard import Heard, hashed
from bot.gateway.voice.options import Option, named, offered, options_of, shows_more
from bot.gateway.voice.own import OwnWords, disclosure, text
from bot.gateway.voice.speech import Options, Speech, page_count, speech_of
from bot.gateway.voice.words import Words
from bot.seals import Seals

BUDGET = 6.0
YES = {"de": "ja", "en": "yes"}
NO = {"de": "nein", "en": "no"}
# the engine need not know from which platform a voice comes; the conversation does
VOICE = "voice"
# what the voice does also while a person has the chat
HELD_TO = frozenset({Act.STOP, Act.CODE})
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is spoken, and the stored answer it was read from."""

    speech: Speech
    document: Document


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation stands: its last answer with what can be chosen, and the answer to this very request."""

    last: Document
    options: tuple[Option, ...]
    answered: bytes | None


class Voice:
    """Answers what platforms have heard; the same request again is answered alike and has no second effect."""

    def __init__(
        self,
        *,
        callers: Callers,
        inbox: Inbox,
        phrases: Phrasebook,
        seals: Seals,
        limits: RateLimits,
        metrics: Metrics,
        budget: float = BUDGET,
    ) -> None:
        self._callers = callers
        self._inbox = inbox
        self._phrases = phrases
        self._seals = seals
        self._limits = limits
        self._metrics = metrics
        self._budget = budget

    async def answer(self, heard: Heard) -> Said:
        """Return what to say; past the budget an honest word of delay, while the turn goes on."""
        try:
            async with asyncio.timeout(self._budget):
                return await self._answer(heard)
        except TimeoutError:
            return self._notice(heard, "utter_voice_delay")
        except OperationalError:
            return self._notice(heard, "utter_fault")
        except ProblemError as error:
            if error.status != 429:
                raise
            return self._notice(heard, "utter_voice_too_fast")

    async def _answer(self, heard: Heard) -> Said:
        place = await asyncio.to_thread(self._callers.place, heard)
        if place.new:
            self._metrics.sessions.inc()
        conversation = place.conversation
        state = await asyncio.to_thread(self._state, place, heard.request)
        if state.answered is not None:
            return self._said(conversation, state.answered)
        await self._limits.count_message(conversation.id, heard.request)
        return await self._dispatch(heard, place, state)

    async def _dispatch(self, heard: Heard, place: Place, state: State) -> Said:
        conversation = place.conversation
        act = _act(heard, state)
        if act is Act.CODE:
            return await self._link(heard, place)
        if act is Act.NEXT and not self._has_next(state, conversation):
            act = Act.SAY
        incoming = self._incoming(heard, conversation, state) if act is Act.SAY else None
        if incoming is not None:
            opening = [self._disclosure(heard, conversation)] if place.new or heard.begins else []
            return self._said(conversation, await self._inbox.take(conversation.id, incoming, opening=opening))
        own = OwnWords(self._phrases, Act.MISSED if act is Act.SAY else act, new=place.new)
        return await self._say_ourselves(heard, conversation, own)

    def _incoming(self, heard: Heard, conversation: Conversation, state: State) -> Incoming | None:
        """The message for the engine; None where nothing was understood."""
        language = heard.language or conversation.language
        if heard.keys and offered(state.options).yes_no and heard.keys in {"1", "2"}:
            words = (YES if heard.keys == "1" else NO)[language]
            return self._typed(heard, words)
        if heard.keys:
            number = int(heard.keys) if heard.keys.isdecimal() and len(heard.keys) == 1 else 0
            chosen = state.options[number - 1].choice if 0 < number <= len(state.options) else None
        else:
            more = shows_more(state.options) if _act(heard, state) is Act.NEXT else None
            chosen = more or named(state.options, heard.text, language)
        if chosen is not None:
            return Incoming(heard.request, chosen.title, chosen, heard.language, channel=VOICE)
        return self._typed(heard, heard.text) if heard.text else None

    def _typed(self, heard: Heard, words: str) -> Incoming:
        return Incoming(heard.request, words, None, heard.language, channel=VOICE)

    async def _say_ourselves(self, heard: Heard, conversation: Conversation, own: OwnWords) -> Said:
        incoming = self._typed(heard, heard.text or heard.keys)
        yields = own.act not in HELD_TO
        reply = await self._inbox.take(conversation.id, incoming, answering=own, yields=yields)
        return self._said(conversation, reply)

    async def _link(self, heard: Heard, place: Place) -> Said:
        """Ask for the code, or move the caller into the chat it was shown in."""
        code = code_in(heard.text) or (heard.keys if len(heard.keys) == CODE_LENGTH else "")
        left = place.conversation
        sentence, goes_on = "utter_voice_code_what", left
        if code:
            try:
                await self._limits.count_guess(heard.caller)
            except ProblemError:
                sentence = "utter_voice_code_blocked"
            else:
                into = await asyncio.to_thread(self._redeemed, code)
                sentence = "utter_voice_linked" if into else "utter_voice_code_wrong"
                goes_on = await self._moved(heard, left, into) if into else left
        own = OwnWords(self._phrases, Act.CODE, sentence)
        # six digits are a key to somebody's chat: the log keeps none
        nameless = Heard(heard.channel, heard.caller, heard.request, language=heard.language)
        return await self._say_ourselves(nameless, goes_on, own)

    async def _moved(self, heard: Heard, left: Conversation, into: str) -> Conversation:
        async with self._inbox.holding(left.id):
            if into == left.id:
                return left
            async with self._inbox.holding(into):
                await asyncio.to_thread(self._callers.join, heard, left.id, into)
        place = await asyncio.to_thread(self._callers.place, heard)
        return place.conversation

    def _redeemed(self, code: str) -> str | None:
        with writing(self._callers.database) as connection:
            return linking.redeem_code(connection, hashed(self._seals, "code", code), self._callers.clock())

    def _state(self, place: Place, request: str) -> State:
        conversation = place.conversation
        with reading(self._callers.database) as connection:
            answered = messages.reply_to(connection, conversation.id, request)
            if answered is None and place.came_from:
                answered = messages.reply_to(connection, place.came_from, request)
            last = messages.last_reply(connection, conversation.id)
        document: Document = json.loads(last) if last else {"messages": []}
        return State(document, options_of(document, self._seals, conversation.id), answered)

    def _has_next(self, state: State, conversation: Conversation) -> bool:
        page = int((state.last.get("voice") or {}).get("page", 0))
        return page + 1 < page_count(state.last, Words(self._phrases, conversation.language))

    def _said(self, conversation: Conversation, reply: bytes) -> Said:
        document = json.loads(reply)
        options = offered(options_of(document, self._seals, conversation.id))
        words = Words(self._phrases, document["language"])
        return Said(speech_of(document, words, options, linked=conversation.channel == WEB), document)

    def _disclosure(self, heard: Heard, conversation: Conversation) -> dict[str, Any]:
        shop = self._callers.catalogue.snapshot().facts.name
        return disclosure(self._phrases, heard.language or conversation.language, shop)

    def _notice(self, heard: Heard, name: str) -> Said:
        facts = self._callers.catalogue.snapshot().facts
        words = Words(self._phrases, heard.language or facts.language)
        document = {"messages": [text(words(name))], "language": words.language}
        return Said(speech_of(document, words, Options()), document)


def _act(heard: Heard, state: State) -> Act:
    if heard.act is not Act.SAY:
        return heard.act
    asked = (state.last.get("voice") or {}).get("code")
    if asked and (code_in(heard.text) or len(heard.keys) == CODE_LENGTH):
        return Act.CODE
    return Act.SAY if heard.keys else read_act(heard.text)
