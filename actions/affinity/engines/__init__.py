"""Who counts the pairs: this process, or Apache Spark. Both give the same counts."""

from collections.abc import Callable

from actions.affinity.counts import PairCounts
from actions.affinity.orders import Orders

Counter = Callable[[Orders, int], PairCounts]


class EngineUnavailableError(Exception):
    """An engine that was asked for cannot run here; the message says what it lacks."""
