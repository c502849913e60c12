"""Starts the action server on the loopback; every call must carry the key."""

import argparse
import hmac
import os
import sys
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request
from sanic.response import json

from actions import (
    advice,
    after_sales,
    cart,
    consent,
    cross_sell,
    down_sell,
    handoff,
    purchase,
    search,
    small_talk,
    up_sell,
)
from actions.base import SellingAction
from actions.log_lines import configure_logs
from actions.services import services

ROOMS = (
    advice,
    after_sales,
    cart,
    consent,
    cross_sell,
    down_sell,
    handoff,
    purchase,
    search,
    small_talk,
    up_sell,
)
KEY = "TRESEN_ACTIONS_KEY"


class DomainlessExecutor(ActionExecutor):  # type: ignore[misc]
    """Our actions never look at the domain, so the engine need not send its 100 kB with every call."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:  # noqa: ARG002
        return {}


def executor() -> ActionExecutor:
    """An executor that knows every custom action of ours."""
    known = DomainlessExecutor()
    for room in ROOMS:
        for thing in vars(room).values():
            if isinstance(thing, type) and issubclass(thing, SellingAction) and thing is not SellingAction:
                known.register_action(thing)
    return known


def build_app(key: str) -> Any:
    """The action server with a door: a call without the key is refused before it is read."""
    app = create_app(executor(), cors_origins=None)

    async def check_key(request: Request) -> HTTPResponse | None:
        given = request.headers.get("X-Actions-Key", "")
        return None if hmac.compare_digest(given.encode(), key.encode()) else json({"error": "forbidden"}, 403)

    async def warm(_app: Any) -> None:
        house = services()
        house.lexicon(house.catalogue.snapshot())

    app.register_middleware(check_key, "request")
    app.register_listener(warm, "before_server_start")
    return app


def main() -> int:
    """Serve until stopped; without a key in the environment nothing starts."""
    parser = argparse.ArgumentParser(prog="python -m actions")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    key = os.environ.get(KEY, "")
    if not key:
        print(f"{KEY} is not set: the action server does not start without a key", file=sys.stderr)
        return 2
    configure_logs()
    # rasa-sdk 3.21 serves Rasa 3.6 (tests hold the contract); only this one warning is expected
    warnings.filterwarnings("ignore", message=".*might not be compatible.*")
    build_app(key).run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
