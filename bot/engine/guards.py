"""The Rasa component that keeps consequential intents honest: refused deeds become a no, unsure ones are marked."""

from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.negation import REFUSABLE, is_refused
from bot.engine.parse import MESSAGE_GUARD, entity

_FALLBACK = "nlu_fallback"
_NO = "deny"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentGuards(GraphComponent):
    """Stands after the fallback. Sets `guard` and, for the actions, the entities `guard` and `meant`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"sure_from": 0.7}

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure_from = float(config["sure_from"])

    @classmethod
    def create(cls, config: dict[str, Any], *_graph: Any, **_named: Any) -> "IntentGuards":
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self._guard(message)
        return messages

    def _guard(self, message: Message) -> None:
        intent = message.get(INTENT) or {}
        name, confidence = intent.get("name"), intent.get("confidence") or 0.0
        meant = self._refusable_behind(message) if name == _FALLBACK else name
        if meant in REFUSABLE and is_refused(message.get(TEXT), meant):
            message.set(INTENT, {"name": _NO, "confidence": confidence}, add_to_output=True)
            _mark(message, "negated", entity("meant", meant, "IntentGuards"))
        elif name in REFUSABLE and confidence < self._sure_from:
            _mark(message, "unsure")

    @staticmethod
    def _refusable_behind(message: Message) -> "str | None":
        """The deed behind a fallback that was only torn between that deed and a no."""
        best = [one["name"] for one in message.get("intent_ranking") or [] if one["name"] != _FALLBACK][:2]
        return next((name for name in best if name in REFUSABLE), None) if _NO in best else None


def _mark(message: Message, guard: str, *more: dict[str, Any]) -> None:
    message.set(MESSAGE_GUARD, guard, add_to_output=True)
    marks = [entity("guard", guard, "IntentGuards"), *more]
    message.set(ENTITIES, [*(message.get(ENTITIES) or []), *marks], add_to_output=True)
