"""Which sites may talk with the chat from their own pages; plain ASGI, so that streams stay streams."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import problem_response

API = "/api/"
SHARED = (API, "/widget/")
ANSWERS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "7200",
}
FOREIGN = "this shop is not told to serve pages of {}; TRESEN_SHOP_ORIGINS names those it serves"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as a browser sends it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def read_origins(setting: str) -> tuple[str, ...]:
    """The origins a setting lists."""
    return tuple(dict.fromkeys(origin_of(each) for each in re.split(r"[\s,]+", setting) if each))


class ShopOrigins:
    """Answers pages of the named origins and of our own; refuses what other sites' pages ask of the API."""

    def __init__(self, app: ASGIApp, public_url: str, origins: Iterable[str]) -> None:
        self._app = app
        self._served = {origin_of(public_url), *origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(SHARED):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        served = origin is not None and self._serves(origin, headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.add_vary_header("Origin")
                if origin is not None and served:
                    answer["Access-Control-Allow-Origin"] = origin
                    answer["Access-Control-Expose-Headers"] = "ETag, Retry-After"
            await send(message)

        app = self._app
        if origin is not None and not served and scope["path"].startswith(API):
            app = problem_response(403, "foreign-origin", FOREIGN.format(origin))
        elif served and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            app = Response(status_code=204, headers=ANSWERS)
        await app(scope, receive, send_with_headers)

    def _serves(self, origin: str, headers: Headers) -> bool:
        return origin in self._served or urlsplit(origin).netloc == headers.get("host", "")
