"""Headers every response carries, and the count of responses; plain ASGI, so that streams stay streams."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.metrics import Metrics

CHAT_PAGE = "/chat"


def content_policy(public_url: str, framed_by: str = "'none'") -> str:
    """Only our own files; nothing inline, nothing from elsewhere, framed by nobody but `framed_by`."""
    parts = urlsplit(public_url)
    own = f"'self' {parts.scheme}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {own}",
            f"connect-src {own}",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
        )
    )


class SecurityHeaders:
    """Adds the headers to every HTTP response."""

    def __init__(self, app: ASGIApp, public_url: str, origins: Iterable[str], metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = {
            "Content-Security-Policy": content_policy(public_url),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            # tokens travel in links to the checkout; no other site may learn them
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if public_url.startswith("https:"):
            self._headers["Strict-Transport-Security"] = "max-age=31536000"
        shops = " ".join(("'self'", *origins))
        self._of_chat_page = {**self._headers, "Content-Security-Policy": content_policy(public_url, shops)}
        del self._of_chat_page["X-Frame-Options"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        own = self._of_chat_page if scope["path"] == CHAT_PAGE else self._headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in own.items():
                    headers.setdefault(name, value)
                self._metrics.responses.labels(scope["method"], message["status"]).inc()
            await send(message)

        await self._app(scope, receive, send_with_headers)
