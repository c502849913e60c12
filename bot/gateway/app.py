"""The gateway's application: routes and middleware, nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.routing import Mount, Route

from bot.gateway import chat, checkout_pages, offers_api, operations, problems, rating, shop_pages, widget_pages
from bot.gateway.origins import ShopOrigins
from bot.gateway.security import SecurityHeaders
from bot.gateway.services import Services
from bot.gateway.voice import alexa, dialogflow, linking, phone, webhook
from bot.review.anchoring import keep_anchored
from bot.review.app import create_console
from bot.review.freshness import hand_back_silent, keep_fresh

ROUTES = (
    Route("/api/sessions", chat.open_chat, methods=["POST"]),
    Route("/api/sessions/{id:str}", operations.erase, methods=["DELETE"]),
    Route("/api/messages", chat.send, methods=["POST"]),
    Route("/api/messages", chat.history, methods=["GET"]),
    Route("/api/cart", chat.cart, methods=["GET"]),
    Route("/api/session", chat.erase, methods=["DELETE"]),
    Route("/api/offers", offers_api.offers, methods=["POST"]),
    Route("/api/link", linking.link, methods=["POST"]),
    Route("/api/rating", rating.rate, methods=["POST"]),
    Route("/voice/phone", phone.answer, methods=["POST"]),
    Route("/voice/dialogflow", dialogflow.answer, methods=["POST"]),
    Route("/voice/webhook", webhook.answer, methods=["POST"]),
    Route("/voice/alexa", alexa.answer, methods=["POST"]),
    Route("/", shop_pages.home, methods=["GET"]),
    Route("/p/{sku:path}", shop_pages.product, methods=["GET"]),
    Route("/img/{name}.svg", shop_pages.picture, methods=["GET"]),
    Route("/static/{name:path}", shop_pages.static, methods=["GET"]),
    Route("/widget.js", widget_pages.loader, methods=["GET"]),
    Route("/widget/{version}/{name:path}", widget_pages.module, methods=["GET"]),
    Route("/chat", widget_pages.chat_page, methods=["GET"]),
    Route("/checkout", checkout_pages.show, methods=["GET"]),
    Route("/checkout", checkout_pages.order, methods=["POST"]),
    Route("/health/live", operations.live, methods=["GET"]),
    Route("/health/ready", operations.ready, methods=["GET"]),
    Route("/metrics", operations.metrics, methods=["GET"]),
)

HANDLERS: Mapping[Any, Any] = {
    problems.ProblemError: problems.refused,
    HTTPException: problems.not_routed,
    ClientDisconnect: problems.client_left,
    OperationalError: problems.database_busy,
    Exception: problems.failed,
}


def create_app(services: Services) -> Starlette:
    """The application over its services; what works beside it goes on until the last answer."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        console = services.console
        work = (
            *(services.relay.run(), services.caretaker.run()),
            *(keep_fresh(console), hand_back_silent(console), keep_anchored(console.database, console.anchor)),
        )
        beside = [asyncio.create_task(each) for each in work]
        yield
        await services.inbox.drain()
        for task in beside:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await services.close()

    shops = services.shop_origins
    middleware = [
        Middleware(SecurityHeaders, public_url=services.public_url, origins=shops, metrics=services.metrics),
        Middleware(ShopOrigins, public_url=services.public_url, origins=shops),
    ]
    app = Starlette(
        routes=[*ROUTES, Mount("/console", create_console(services.console))],
        middleware=middleware,
        exception_handlers=dict(HANDLERS),
        lifespan=lifespan,
    )
    app.state.services = services
    return app
