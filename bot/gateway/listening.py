"""What a client asks again and again while a person is awaited or answers: what is new, cheaply."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.store import conversations, messages, takeovers
from actions.store.engine import reading
from actions.store.messages import By, LoggedMessage
from actions.store.takeovers import Takeover
from bot.gateway.contract import speaker
from bot.gateway.inbox import GONE
from bot.gateway.problems import invalid, unauthorised
from bot.gateway.services import Services
from bot.transcripts.digest import LOST_AFTER

NO_STORE = {"Cache-Control": "no-store"}
# who has been silent for longer is no longer sitting before the chat, waiting
WAITS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has a conversation, whether a person is awaited in it, and the last turn that is through."""

    takeover: Takeover | None
    waiting: bool
    position: int

    @property
    def tag(self) -> str:
        """Changes with everything a client that listens wants to know."""
        return f'"{self.position}.{self.takeover.id if self.takeover else 0}.{int(self.waiting)}"'

    def document(self) -> dict[str, Any]:
        """As the client gets it."""
        name = self.takeover.name if self.takeover else None
        return {"speaking": speaker(name), "waiting": self.waiting, "position": self.position}


def standing(connection: Connection, conversation: str, now: datetime) -> Standing:
    """How a conversation stands; 401 where it is gone."""
    active_at = conversations.active_at(connection, conversation)
    if active_at is None:
        raise unauthorised(GONE)
    asked_at = takeovers.waiting_since(connection, conversation)
    waiting = asked_at is not None and now - max(active_at, asked_at) < WAITS
    position = messages.through(connection, conversation, now - LOST_AFTER)
    return Standing(takeovers.active(connection, conversation), waiting, position)


async def news(request: Request, services: Services, conversation: str) -> Response:
    """GET /api/messages?after=<position>: the turns since then, 304 where nothing is new."""
    after = request.query_params["after"]
    if not (after.removeprefix("-").isascii() and after.removeprefix("-").isdecimal() and len(after) < 9):
        raise invalid("after must be the position of an earlier answer")
    known = request.headers.get("if-none-match", "")
    tag, document = await services.in_thread(_news, services, conversation, int(after), known)
    headers = {**NO_STORE, "ETag": tag}
    return Response(status_code=304, headers=headers) if document is None else JSONResponse(document, 200, headers)


def _news(services: Services, conversation: str, after: int, known: str) -> tuple[str, dict[str, Any] | None]:
    with reading(services.database) as connection:
        now = services.clock()
        stands = standing(connection, conversation, now)
        if stands.tag == known:
            return stands.tag, None
        logged = messages.history(connection, conversation, from_position=after + 1, before=stands.position + 1)
        lines = [line for message in logged for line in spoken_in(connection, services, message)]
    return stands.tag, {"messages": lines, **stands.document()}


def spoken_in(connection: Connection, services: Services, message: LoggedMessage) -> list[Mapping[str, Any]]:
    """The shopper's line, then what was answered, each message saying whose it is."""
    told = {"id": message.client_id, "at": message.received_at.isoformat()}
    asked = [{"from": "shopper", "type": "text", "text": message.text, **told}] if message.text else []
    document = json.loads(message.reply) if message.reply else {"messages": []}
    # what a voice only read out again is no new message
    answered = [] if document.get("voice", {}).get("again") else document["messages"]
    if message.answered_by == By.PERSON:
        written = services.speaking.as_written
        answered = [{**said, "text": written(connection, message.id, said["text"])} for said in answered]
    if message.answered_by in (By.PERSON, By.NOTICE):
        return [{**said, **told} for said in answered]
    return [*asked, *({"from": "assistant", **said} for said in answered)]
