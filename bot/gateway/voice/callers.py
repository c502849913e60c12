"""Finds the conversation a caller is in, opens one for a stranger, and moves a caller into a chat of the web."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from actions.store import callers, conversations, policy
from actions.store.catalogue import Catalogue
from actions.store.conversations import Conversation
from actions.store.engine import reading, writing
from actions.store.joining import join
from bot.gateway.lots import draw
from bot.gateway.voice.heard import Heard
from bot.seals import Seals, new_conversation_id

WEB = "web"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a caller is; `new` where the conversation was opened just now."""

    conversation: Conversation
    new: bool
    came_from: str | None = None


@dataclass(frozen=True, slots=True)
class Callers:
    """Callers and their conversations; one that was silent for longer than `age` begins anew."""

    database: Engine
    catalogue: Catalogue
    clock: Callable[[], datetime]
    age: timedelta
    seals: Seals

    def place(self, heard: Heard) -> Place:
        """The conversation this request belongs to; of two first requests at once the later finds the earlier's."""
        try:
            return self._place(heard)
        except IntegrityError:
            return self._place(heard)

    def _place(self, heard: Heard) -> Place:
        with reading(self.database) as connection:
            known = self._known(connection, heard)
            caller = callers.find(connection, heard.caller)
        if known and known.customer == (heard.customer or known.customer):
            return Place(known, new=False, came_from=caller.came_from if caller else None)
        with writing(self.database) as connection:
            known = self._known(connection, heard)
            theirs = self._of_customer(connection, heard, known)
            if theirs is not None:
                came_from = known.id if known and known.id != theirs.id else None
                callers.keep(connection, heard.caller, theirs.id, self.clock(), came_from=came_from)
                return Place(theirs, new=False, came_from=came_from)
            return Place(self._opened(connection, heard), new=True)

    def join(self, heard: Heard, left: str, into: str) -> None:
        """Move the caller into another conversation; the cart of a call comes along, that of a web chat stays."""
        with writing(self.database) as connection:
            before, after = conversations.get(connection, left), conversations.get(connection, into)
            if before is None or after is None:
                return
            now = self.clock()
            if before.id != after.id and before.channel != WEB:
                join(connection, before, after, now)
            callers.keep(connection, heard.caller, after.id, now, came_from=before.id)

    def _known(self, connection: Connection, heard: Heard) -> Conversation | None:
        caller = callers.find(connection, heard.caller)
        if caller is None:
            return None
        active = conversations.active_at(connection, caller.conversation)
        if active is None or self.clock() - active > self.age:
            return None
        return conversations.get(connection, caller.conversation)

    def _of_customer(self, connection: Connection, heard: Heard, known: Conversation | None) -> Conversation | None:
        """The chat a customer was last in, joined by what was said here before; else the one they are in."""
        if heard.customer is None:
            return known
        stranger = known if known and known.customer is None else None
        theirs = conversations.latest_of_customer(connection, heard.customer, self.clock() - self.age)
        if theirs and stranger:
            return join(connection, stranger, theirs, self.clock())
        if theirs or stranger is None:
            return theirs
        named = replace(stranger, customer=heard.customer)
        conversations.save(connection, named, self.clock())
        return named

    def _opened(self, connection: Connection, heard: Heard) -> Conversation:
        now = self.clock()
        snapshot, chat = self.catalogue.snapshot(), new_conversation_id()
        limits = policy.limits(snapshot, now)
        opened = conversations.create(
            connection,
            conversation_id=chat,
            language=heard.language or snapshot.facts.language,
            channel=heard.channel,
            now=now,
            lots=draw(self.seals, limits, customer=heard.customer, visit=chat),
        )
        if heard.customer:
            opened = replace(opened, customer=heard.customer)
            conversations.save(connection, opened, now)
        callers.keep(connection, heard.caller, opened.id, now)
        return opened
