"""The shop's own key, which other software and the staff send as `X-Api-Key`."""

import hmac

from starlette.requests import Request

from bot.gateway.problems import unauthorised


def need_key(request: Request, api_key: str) -> None:
    """ProblemError (401) without the key; compared in constant time, so that nobody can feel their way to it."""
    given = request.headers.get("x-api-key", "").encode()
    if not hmac.compare_digest(given, api_key.encode()):
        raise unauthorised("send the shop's key as X-Api-Key")
