"""From a shopper's line to ranked intents: normalise, mend the spelling, weigh n-grams and sentence vector."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.engine import text_model
from bot.engine.embedding import Embedder
from bot.engine.normalise import normalise
from bot.engine.parse import base_name
from bot.engine.spelling import Spelling, folded
from bot.engine.text_model import Recipe, TextModel


@dataclass(frozen=True)
class Ranked:
    """An intent (full retrieval name) and how probable it is."""

    name: str
    confidence: float


class IntentModel:
    """A learnt model; with `embedder` None it goes by spelling alone, less well but without the encoder."""

    def __init__(self, spelling: Spelling, model: TextModel, embedder: "Embedder | None") -> None:
        self._spelling = spelling
        self._model = model
        self._embedder = embedder if model.wants_vector else None
        self._families: dict[str, list[int]] = {}
        for place, label in enumerate(model.labels):
            self._families.setdefault(base_name(label), []).append(place)

    @classmethod
    def learn(cls, lines: Sequence[tuple[str, str]], recipe: Recipe, embedder: "Embedder | None") -> "IntentModel":
        """Learn from (text, intent) lines; the same lines in the same order give the same model."""
        texts = [normalise(text) for text, _ in lines]
        spelling = Spelling.learn(texts)
        vectors = embedder.vectors(texts) if embedder is not None else None
        labels = [label for _, label in lines]
        return cls(spelling, text_model.learn([folded(text) for text in texts], labels, recipe, vectors), embedder)

    def ranking(self, text: str, length: int) -> list[Ranked]:
        """The most probable intents, best first.

        Variants of one retrieval intent count together, so that a line between two kinds of small talk is still
        surely small talk; the family stands under the name of its best variant.
        """
        plain = self._spelling.mended(normalise(text))
        vector = self._embedder.vector(plain) if self._embedder is not None else None
        # a line without a readable sign says nothing, not "whatever is asked most"
        chances = self._model.probabilities(folded(plain), vector) * bool(plain)
        families = [
            Ranked(self._model.labels[max(places, key=lambda place: chances[place])], float(chances[places].sum()))
            for places in self._families.values()
        ]
        return sorted(families, key=lambda ranked: (-ranked.confidence, ranked.name))[:length]

    def unheard(self, text: str) -> list[str]:
        """The words of a line that were in none it learnt from."""
        return self._spelling.unheard(normalise(text))

    def save(self, folder: Path) -> None:
        self._spelling.save(folder / "words.json")
        self._model.save(folder)

    @classmethod
    def load(cls, folder: Path, embedder: "Embedder | None") -> "IntentModel":
        return cls(Spelling.load(folder / "words.json"), TextModel.load(folder), embedder)
