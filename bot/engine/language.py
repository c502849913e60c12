"""The Rasa component that tells actions the conversation's language and notices when the shopper uses another."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine import text_model
from bot.engine.envelope import LANGUAGES
from bot.engine.grams import GramShape
from bot.engine.lines import read_lines
from bot.engine.normalise import normalise
from bot.engine.parse import entity
from bot.engine.text_model import TextModel


def language_entities(language: str) -> list[dict[str, Any]]:
    """The entity that sets slot `language`."""
    return [entity("language", language, "LanguageSense")]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageSense(GraphComponent):
    """Entity `language` repeats the gateway's hint; `language_seen` proposes a change and changes nothing.

    A change is proposed only for a line of `words` words or more and a probability above `sure_from`: short
    lines ("ok", "super", "hello") are written in either language by the same person.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"lines": "data/nlu", "words": 4, "sure_from": 0.95}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: "TextModel | None" = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> "LanguageSense":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> "LanguageSense":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TextModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002 - Rasa wires it by this name
        """Learn from the folders `lines`/de and `lines`/en."""
        folder = Path(self._config["lines"])
        lines = [line for line in read_lines(folder) if line.language in LANGUAGES]
        if {line.language for line in lines} != set(LANGUAGES):
            raise ValueError(f"{folder} needs lines in every language")
        shape = GramShape(shortest=1, longest=4, words=0, seen_in=2)
        recipe = text_model.Recipe(shape)
        self._model = text_model.learn(
            [normalise(line.text) for line in lines], [line.language for line in lines], recipe
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            hint = (message.get("metadata") or {}).get("language")
            found = language_entities(hint) if hint in LANGUAGES else []
            found += self._other_language(message.get(TEXT) or "", hint)
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)
        return messages

    def _other_language(self, text: str, hint: "str | None") -> list[dict[str, Any]]:
        if self._model is None or len(text.split()) < self._config["words"]:
            return []
        chances = self._model.probabilities(normalise(text))
        place = int(chances.argmax())
        seen, chance = self._model.labels[place], float(chances[place])
        if seen == hint or chance <= self._config["sure_from"]:
            return []
        return [entity("language_seen", seen, "LanguageSense", confidence_entity=round(chance, 4))]
