"""Which products were bought together, and what to suggest beside a basket; usable without a database."""

from actions.affinity.model import AffinityModel, NotFittedError
from actions.affinity.pairs import PairStatistics, mine_pairs

__all__ = ["AffinityModel", "NotFittedError", "PairStatistics", "mine_pairs"]
