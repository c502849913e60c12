"""POST /api/rating: how the shopper rates the advice, from one star to five."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.store import conversations
from actions.store.engine import writing
from bot.gateway.bodies import read_object
from bot.gateway.inbox import GONE
from bot.gateway.problems import invalid, unauthorised
from bot.gateway.services import Services, services_of
from bot.gateway.sessions import bearer

MOST = 5


async def rate(request: Request) -> Response:
    """Keeps the latest rating of the chat and says which it is."""
    services = services_of(request)
    conversation = bearer(request, services)
    stars = (await read_object(request)).get("rating")
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= MOST:
        raise invalid(f"rating is a whole number from 1 to {MOST}")
    await services.limits.count_message(conversation, secrets.token_hex(8))
    await services.in_thread(_keep, services, conversation, stars)
    return JSONResponse({"rating": stars}, headers={"Cache-Control": "no-store"})


def _keep(services: Services, conversation: str, stars: int) -> None:
    with writing(services.database) as connection:
        if not conversations.rate(connection, conversation, stars):
            raise unauthorised(GONE)
