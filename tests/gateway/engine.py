"""A scripted engine: answers with the connector's envelope, or with the fault a test asks for."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Script = Callable[[dict[str, Any]], list[dict[str, Any]]]


def text(words: str) -> dict[str, Any]:
    """A message as our actions send it."""
    return {"custom": {"type": "text", "text": words, "response": "utter_x"}}


class ScriptedEngine:
    """Remembers every turn; `script` says what is answered, `fault` (a queue of replies) what goes wrong first."""

    def __init__(self) -> None:
        self.turns: list[dict[str, Any]] = []
        self.script: Script = lambda turn: [text(f"Gehört: {turn['message']}")]
        self.faults: list[Callable[[dict[str, Any]], Response]] = []
        self.fault_forever: Callable[[dict[str, Any]], Response] | None = None
        self.gate: asyncio.Event | None = None
        self.keys: set[str] = set()
        self.forgotten: list[str] = []

    @property
    def app(self) -> Starlette:
        """The ASGI application behind the engine's door."""
        return Starlette(
            routes=[
                Route("/webhooks/tresen/webhook", self._receive, methods=["POST"]),
                Route("/webhooks/tresen/conversations/{id}", self._forget, methods=["DELETE"]),
            ]
        )

    async def _forget(self, request: Request) -> Response:
        self.forgotten.append(request.path_params["id"])
        return Response(status_code=204)

    async def _receive(self, request: Request) -> Response:
        turn = json.loads(await request.body())
        self.keys.add(request.headers.get("x-engine-key", ""))
        self.turns.append(turn)
        if self.gate is not None:
            await self.gate.wait()
        if self.faults:
            return self.faults.pop(0)(turn)
        if self.fault_forever is not None:
            return self.fault_forever(turn)
        return envelope(turn, self.script(turn))


def envelope(turn: dict[str, Any], messages: list[dict[str, Any]]) -> Response:
    """The connector's answer."""
    return JSONResponse(
        {
            "message_id": turn["message_id"],
            "messages": messages,
            "nlu": {"intent": "greet", "confidence": 0.9, "ranking": [], "entities": [], "guard": None},
            "actions": ["action_x"],
            "model": "abc123",
        }
    )
