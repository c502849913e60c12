"""POST /api/link: a code shown in a chat of the web; told on the phone, it moves the call into that chat."""

import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.store import callers, conversations
from actions.store.engine import writing
from bot.gateway.inbox import GONE
from bot.gateway.problems import ProblemError, unauthorised
from bot.gateway.services import Services, services_of
from bot.gateway.sessions import bearer
from bot.gateway.voice.heard import hashed

VALID = timedelta(minutes=10)
TRIES = 5


async def link(request: Request) -> Response:
    """A new code for this chat; one asked for before is void."""
    services = services_of(request)
    conversation = bearer(request, services)
    await services.limits.count_message(conversation, secrets.token_hex(8))
    code = await services.in_thread(_issue, services, conversation)
    document = {"code": code, "valid_seconds": int(VALID.total_seconds())}
    return JSONResponse(document, 201, headers={"Cache-Control": "no-store"})


def _issue(services: Services, conversation: str) -> str:
    now = services.clock()
    with writing(services.database) as connection:
        if conversations.get(connection, conversation) is None:
            raise unauthorised(GONE)
        for _ in range(TRIES):
            # no zero in front: who says a number leaves it out
            code = str(100_000 + secrets.randbelow(900_000))
            kept = hashed(services.seals, "code", code)
            if callers.issue_code(connection, conversation, kept, now=now, until=now + VALID):
                return code
    raise ProblemError(503, "no-code", "no code is free just now", {"Retry-After": "60"})
