"""Which products were bought together, and what to suggest beside a basket; usable without a database."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actions.affinity.model import AffinityModel, NotFittedError
    from actions.affinity.pairs import PairStatistics, mine_pairs

__all__ = ["AffinityModel", "NotFittedError", "PairStatistics", "mine_pairs"]
_HOMES = {"AffinityModel": "model", "NotFittedError": "model", "PairStatistics": "pairs", "mine_pairs": "pairs"}


def __getattr__(name: str) -> Any:
    """Load the model only where it is used: the processes that talk with shoppers need no linear algebra."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
