"""The way from Rasa to the action server: our key, one open connection, a deadline, failures remembered."""

import asyncio
import logging
import os
from contextvars import ContextVar
from typing import Any

import aiohttp
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

logger = logging.getLogger(__name__)
KEY_NAME = "TRESEN_ACTIONS_KEY"
# names of the actions that failed in this turn; Rasa itself goes on as if they had worked
failed_actions: ContextVar["list[str] | None"] = ContextVar("failed_actions", default=None)


class ActionsDoor(EndpointConfig):
    """Calls the action server over a kept connection; every failure is raised, logged and remembered."""

    def __init__(self, url: str, key: str, seconds: float) -> None:
        super().__init__(url=url, headers={"X-Actions-Key": key}, enable_selective_domain=True)
        self._seconds = seconds
        self._session: "aiohttp.ClientSession | None" = None

    def session(self) -> aiohttp.ClientSession:
        """The one session, made inside the running loop."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=self._seconds)
            self._session = aiohttp.ClientSession(headers=self.headers, timeout=timeout)
        return self._session

    async def request(self, method: str = "post", *_path: Any, json: Any = None, **_more: Any) -> Any:
        """Send one action call and return its answer as JSON; raises `aiohttp.ClientError` otherwise."""
        action = json.get("next_action", "") if isinstance(json, dict) else ""
        try:
            async with self.session().request(method, self.url, json=json) as response:
                if response.status >= 400:
                    raise ClientResponseError(response.status, response.reason, "")
                return _checked(await response.json())
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            self._remember(action, error)
            raise

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def _remember(action: str, error: Exception) -> None:
        logger.error("action failed", extra={"action": action, "error": type(error).__name__})
        failures = failed_actions.get()
        if failures is not None:
            failures.append(action)


def actions_door(configured: "EndpointConfig | None") -> ActionsDoor:
    """The door for `action_endpoint` of endpoints.yml, with the key it names."""
    if configured is None or not configured.url:
        raise ValueError("endpoints.yml names no action_endpoint")
    seconds = float(configured.kwargs.get("seconds", 6))
    return ActionsDoor(configured.url, os.environ.get(KEY_NAME, ""), seconds)


def spare_rasas_check() -> None:
    """Leave the check of an answer to the door: Rasa checks its own schema anew each time, 50 ms a call."""
    RemoteAction._validate_action_result = lambda _self, _answer: True  # type: ignore[method-assign]


def _checked(answer: Any) -> Any:
    """The answer if it is {"events": [{"event": ...}], "responses": [{...}]}; raises ValueError otherwise."""
    if not isinstance(answer, dict):
        raise ValueError("answer is not an object")
    events, responses = answer.get("events", []), answer.get("responses", [])
    if not isinstance(events, list) or not all(
        isinstance(one, dict) and isinstance(one.get("event"), str) for one in events
    ):
        raise ValueError("events are malformed")
    if not isinstance(responses, list) or not all(isinstance(one, dict) for one in responses):
        raise ValueError("responses are malformed")
    return answer
