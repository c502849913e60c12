"""The trainable Rasa component that names the intent of a line, retrieval intents (`faq/shipping`) included."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.embedding import shared_embedder
from bot.engine.grams import GramShape
from bot.engine.intent_model import IntentModel
from bot.engine.lines import read_lines
from bot.engine.parse import base_name, entity, response_selection
from bot.engine.text_model import Recipe


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ShopIntentClassifier(GraphComponent, IntentClassifier):
    """Softmax regression over n-grams and a sentence vector; without the encoder over n-grams alone."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"lines": "data/nlu", "strength": 30.0, "vector_weight": 0.7, "rounds": 30, "ranking": 10}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: "IntentModel | None" = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> "ShopIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, **_rasa: Any
    ) -> "ShopIntentClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder, shared_embedder()))

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002 - Rasa wires it by this name
        """Learn every line of the folder `lines`, of which Rasa has seen a sample, and keep the model."""
        lines = sorted({(line.text, line.intent) for line in read_lines(Path(self._config["lines"]))})
        recipe = Recipe(
            GramShape(seen_in=3),
            vector_weight=float(self._config["vector_weight"]),
            strength=float(self._config["strength"]),
            rounds=int(self._config["rounds"]),
        )
        self._model = IntentModel.learn(lines, recipe, shared_embedder())
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT) and self._model is not None:
                _record(message, self._model.ranking(message.get(TEXT), int(self._config["ranking"])))
                _record_unheard(message, self._model.unheard(message.get(TEXT)))
        return messages


def _record(message: Message, ranking: list[Any]) -> None:
    best = ranking[0]
    message.set(INTENT, {"name": base_name(best.name), "confidence": best.confidence}, add_to_output=True)
    message.set(
        "intent_ranking", [{"name": one.name, "confidence": one.confidence} for one in ranking], add_to_output=True
    )
    message.set("response_selector", response_selection(best.name, best.confidence), add_to_output=True)


def _record_unheard(message: Message, words: list[str]) -> None:
    """Tell the actions which words are no everyday ones: what the shop does not know of these is no product."""
    if words:
        told = entity("unheard", " ".join(words), "ShopIntentClassifier")
        message.set(ENTITIES, [*(message.get(ENTITIES) or []), told], add_to_output=True)
