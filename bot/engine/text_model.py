"""A linear text classifier: n-grams and, where there is an encoder, a sentence vector, into softmax regression."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.engine.grams import GramIndex, GramShape
from bot.engine.softmax import fit, softmax


@dataclass(frozen=True)
class Recipe:
    """The choices that shape a model: n-grams, weight of the sentence vector, strength and length of the fit."""

    shape: GramShape
    vector_weight: float = 0.0
    strength: float = 30.0
    rounds: int = 30


@dataclass(frozen=True)
class TextModel:
    """Learnt weights; `probabilities` follows the order of `labels` and sums to one."""

    labels: tuple[str, ...]
    grams: GramIndex
    vector_weight: float
    gram_weights: np.ndarray  # float32 (vocabulary, labels)
    vector_weights: np.ndarray  # float32 (512 or 0, labels)
    bias: np.ndarray  # float32 (labels,)

    @property
    def wants_vector(self) -> bool:
        return bool(self.vector_weight)

    def probabilities(self, text: str, vector: "np.ndarray | None" = None) -> np.ndarray:
        """Probability of each label; without a `vector` the n-grams decide alone."""
        places, values = self.grams.row(text)
        scores = self.bias + values @ self.gram_weights[places]
        if vector is not None and self.wants_vector:
            scores = scores + (vector * self.vector_weight) @ self.vector_weights
        return softmax(scores)

    def save(self, folder: Path) -> None:
        """Write arrays as npz and names as JSON: nothing in a model file can run."""
        self.grams.save(folder / "grams.json")
        head = {"labels": self.labels, "vector_weight": self.vector_weight}
        (folder / "head.json").write_text(json.dumps(head), "utf-8")
        np.savez_compressed(
            folder / "weights.npz", gram=self.gram_weights, vector=self.vector_weights, bias=self.bias
        )

    @classmethod
    def load(cls, folder: Path) -> "TextModel":
        """Read what `save` wrote; pickled content is refused by numpy."""
        head = json.loads((folder / "head.json").read_text("utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            gram, vector, bias = arrays["gram"], arrays["vector"], arrays["bias"]
        grams = GramIndex.load(folder / "grams.json")
        return cls(tuple(head["labels"]), grams, head["vector_weight"], gram, vector, bias)


def learn(
    texts: Sequence[str], labels: Sequence[str], recipe: Recipe, vectors: "np.ndarray | None" = None
) -> TextModel:
    """Fit balanced softmax regression on the texts; the same input gives the same weights."""
    grams, rows = GramIndex.learn(texts, recipe.shape)
    dense = np.zeros((len(texts), 0)) if vectors is None else vectors * recipe.vector_weight
    learnt = fit(rows, dense, labels, recipe.strength, recipe.rounds)
    return TextModel(
        labels=learnt.labels,
        grams=grams,
        vector_weight=recipe.vector_weight if dense.shape[1] else 0.0,
        gram_weights=learnt.sparse_weights,
        vector_weights=learnt.dense_weights,
        bias=learnt.bias,
    )
