"""What to suggest with a product that has no history: four rungs, each only where the one before is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from actions.affinity.features import Knowledge

MIN_ORDERS = 20


class Rung(StrEnum):
    """Where an answer comes from."""

    CURATED = "curated"
    KIND = "what its kind goes with"
    POPULAR = "popular in its kind"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ColdAnswer:
    """`items` of one rung, the best first."""

    rung: Rung
    items: tuple[str, ...]


def cold_start(knowledge: Knowledge, item: str, k: int, curated: Sequence[str] = ()) -> ColdAnswer:
    """The merchant's own choice; else what orders with its kind hold oftener than others; else what sells of it.

    A kind has to be in at least twenty orders before it says anything; nothing is a good answer.
    """
    if curated:
        return ColdAnswer(Rung.CURATED, tuple(dict.fromkeys(curated))[:k])
    names = knowledge.history.items
    kind = int(knowledge.kinds.kind[names.index(item)]) if item in names else -1
    if kind < 0:
        return ColdAnswer(Rung.NOTHING, ())
    of_kind = knowledge.kinds.kind == kind
    orders = int((np.asarray(knowledge.history.held[:, np.flatnonzero(of_kind)].sum(axis=1)).ravel() > 0).sum())
    if orders >= MIN_ORDERS:
        rates = knowledge.kinds.rates[kind]
        others = np.flatnonzero(knowledge.ever & knowledge.shelf.sold & ~of_kind & (rates > 0))
        best = others[np.argsort(-(rates + knowledge.moments.month)[others], kind="stable")][:k]
        if len(best):
            return ColdAnswer(Rung.KIND, tuple(names[place] for place in best.tolist()))
    popular = [place for place in knowledge.by_sales.tolist() if of_kind[place] and names[place] != item][:k]
    found = tuple(names[place] for place in popular)
    return ColdAnswer(Rung.POPULAR if found else Rung.NOTHING, found)
