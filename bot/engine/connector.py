"""The only door into Rasa: one key, one message in, what was understood, done and said out; and forgetting."""

import asyncio
import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.engine.actions_door import failed_actions
from bot.engine.envelope import LARGEST_BODY, BadEnvelopeError, Envelope, read_envelope
from bot.engine.language import language_entities
from bot.engine.memory import forget_conversation
from bot.engine.parse import BadPayloadError, base_name, parsed_payload, read_payload, summary, without_command

logger = logging.getLogger(__name__)
KEY_NAME = "TRESEN_ENGINE_KEY"
_SHORTEST_KEY = 16
_RASAS_OWN = frozenset(("restart", "back", "session_start", "nlu_fallback"))
_SILENT_ACTIONS = frozenset(("action_listen", "action_session_start", "action_extract_slots"))


class Collector(CollectingOutputChannel):
    """Gathers what is said in one turn; its name is the channel, so `channel: voice` texts are chosen."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:  # type: ignore[override]  # Rasa asks the instance
        return self._channel

    async def send_response(self, _recipient: str, message: dict[str, Any]) -> None:
        """Keep one entry per message, blank lines and all, with the wording's name for the log."""
        kept = {name: message[name] for name in ("text", "buttons", "custom", "image") if message.get(name)}
        if not kept:
            return
        if message.get("utter_action"):
            kept["response"] = message["utter_action"]
        if message.get("id"):
            kept["id"] = message["id"]
        self.messages.append(kept)


class TresenInput(InputChannel):
    """Three routes below `/webhooks/tresen`, all with the key: a turn, whether turns are taken, and forgetting."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    @classmethod
    def name(cls) -> str:
        return "tresen"

    @classmethod
    def from_credentials(cls, _credentials: "dict[str, Any] | None") -> "TresenInput":
        """Take the key from the environment; without one the engine does not start."""
        key = os.environ.get(KEY_NAME, "")
        if len(key) < _SHORTEST_KEY:
            raise RasaException(f"{KEY_NAME} must hold at least {_SHORTEST_KEY} characters")
        return cls(key)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("tresen", __name__)

        @blueprint.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            if not self._is_known(request):
                return _refusal(403, "Forbidden")
            if not _agent(request).is_ready():
                return _refusal(503, "NotReady")
            return json({"status": "ready", "model": _model(request)})

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_known(request):
                return _refusal(403, "Forbidden")
            if len(request.body) > LARGEST_BODY:
                return _refusal(413, "TooLarge")
            try:
                envelope = read_envelope(request.body)
            except BadEnvelopeError as error:
                return _refusal(400, "BadRequest", field=error.field)
            # a gateway that hangs up must not cut a turn in half
            return await asyncio.shield(asyncio.ensure_future(_guarded_turn(request, envelope, on_new_message)))

        @blueprint.delete("/conversations/<conversation>")
        async def forget(request: Request, conversation: str) -> HTTPResponse:
            if not self._is_known(request):
                return _refusal(403, "Forbidden")
            if not _agent(request).is_ready():
                return _refusal(503, "NotReady")
            await forget_conversation(_agent(request), conversation)
            return empty()

        return blueprint

    def _is_known(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("x-engine-key", "").encode(), self._key)


async def _guarded_turn(
    request: Request, envelope: Envelope, on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> HTTPResponse:
    echo = {"message_id": envelope.message_id}
    if not _agent(request).is_ready():
        return _refusal(503, "NotReady", **echo)
    try:
        return await _turn(request, envelope, on_new_message)
    except BadPayloadError:
        return _refusal(400, "BadPayload", **echo)
    except Exception as error:  # the channel's outermost handler: the gateway must hear that there is no answer
        logger.exception("turn failed", extra={"message_id": envelope.message_id})
        return _refusal(500, type(error).__name__, **echo)


async def _turn(
    request: Request, envelope: Envelope, on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> HTTPResponse:
    agent = _agent(request)
    failures: list[str] = []
    failed_actions.set(failures)
    collector = Collector(envelope.channel)
    message = _user_message(envelope, collector)
    message.parse_data = (
        _understood_payload(envelope, agent.domain)
        if envelope.payload
        else await agent.processor.parse_message(message)
    )
    await on_new_message(message)
    body = {
        "message_id": envelope.message_id,
        "messages": collector.messages,
        "nlu": summary(message.parse_data),
        "actions": await _actions_of_turn(agent, envelope.sender),
        "model": _model(request),
    }
    if failures:
        return json({"error": "ActionFailed", "failed": failures, **body}, status=502)
    return json(body)


def _user_message(envelope: Envelope, collector: Collector) -> UserMessage:
    return UserMessage(
        text=envelope.message if envelope.payload else without_command(envelope.message),
        output_channel=collector,
        sender_id=envelope.sender,
        input_channel=envelope.channel,
        message_id=envelope.message_id,
        metadata=envelope.for_rasa(),
    )


def _understood_payload(envelope: Envelope, domain: Any) -> dict[str, Any]:
    intent, entities = read_payload(envelope.message)
    base = base_name(intent)
    if base not in domain.intents or base in _RASAS_OWN:
        raise BadPayloadError("unknown intent")
    return parsed_payload(envelope.message, intent, entities + language_entities(envelope.language))


async def _actions_of_turn(agent: Any, sender: str) -> list[str]:
    """Names of the actions run since the shopper's last message, in order."""
    tracker = await agent.tracker_store.retrieve(sender)
    names: list[str] = []
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name and event.action_name not in _SILENT_ACTIONS:
            names.append(event.action_name)
    return names[::-1]


def _agent(request: Request) -> Any:
    return request.app.ctx.agent


def _model(request: Request) -> str:
    return getattr(request.app.ctx, "model", "")


def _refusal(status: int, error: str, **more: Any) -> HTTPResponse:
    return json({"error": error, **more}, status=status)
