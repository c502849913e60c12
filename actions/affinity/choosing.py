"""Chooses, on a shop's own later orders, how to rank: blend or simple model, and how far to look at profit."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.features import GENERAL, Candidates
from actions.affinity.history import Floats
from actions.affinity.learning import Question, Weighing, learn_weighing, regulars, weights_of, without_own
from actions.affinity.shelf import Shelf

BLEND = "blend"
SHOWN = 3
PLACES = 5
MIN_QUESTIONS = 60
MIN_REGULARS = 100
CLEARLY = 2.0
LEARN_SHARE = 0.75
KEEP_HITS = 0.998
ENOUGH_BREADTH = 0.42
VALUES = (0.05, 0.025)
BREADTHS = (0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.5, 2.5)
MONTH = GENERAL.index("month")
OWN_ONLY = {"bought": 8.0, "bought_lately": 1.0}

SIMPLE = {
    "popularity": weights_of({"month": 1.0}),
    "cosine": weights_of({"cosine": 1.0}),
    "confidence": weights_of({"conditional": 1.0}),
    "lift": weights_of({"lift": 1.0}),
    "linear": weights_of({"linear": 1.0}),
    "baskets": weights_of({"baskets": 1.0}),
    "own history": weights_of({"conditional": 0.1}, OWN_ONLY),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How to rank. `value` is the exponent of the profit; `breadth` how much the places after the third favour
    what fits over what sells anyway; `hits` what each model reached on the orders kept aside for choosing, empty
    where they were too few. As text it says what was chosen and why."""

    name: str
    weights: Weighing = field(repr=False)
    value: float
    breadth: float
    hits: dict[str, float]

    @property
    def best_simple(self) -> str:
        """The simple model that reached most on the orders kept aside; empty where none was asked."""
        return max((name for name in self.hits if name != BLEND), key=lambda name: self.hits[name], default="")

    def __str__(self) -> str:
        return "\n".join((f"{self.name}, {self._why()}", f"profit: {self._profit()}", f"breadth: {self._fourth()}"))

    def _why(self) -> str:
        if not self.hits:
            return f"because fewer than {MIN_QUESTIONS} later baskets were there to ask about: weights near usual"
        blend, simple = self.hits[BLEND], self.best_simple
        if self.name == BLEND:
            reached = f"{blend:.3f} against {self.hits[simple]:.3f} of {simple}"
            return f"because no simple model was clearly better on later orders ({reached})"
        reached = f"{self.hits[self.name]:.3f} against {blend:.3f}"
        return f"because it was clearly better than the blend on later orders ({reached})"

    def _profit(self) -> str:
        return f"counts with exponent {self.value:g}" if self.value else "does not count: it would cost hits"

    def _fourth(self) -> str:
        if not self.breadth:
            return "the fourth and fifth place go by the same score"
        return f"the fourth and fifth place go to what fits this basket rather than every basket ({self.breadth:g})"


def choose(asked: list[Question], shelf: Shelf, sold: int) -> Plan:
    """Learn on some questions, compare on the others, keep the best; a simple model wins only clearly."""
    if len(asked) < MIN_QUESTIONS:
        return Plan(BLEND, learn_weighing(asked, apart=False), 0.0, 0.0, {})
    cut = int(LEARN_SHARE * len(asked))
    aside = asked[cut:]
    apart = _worth_telling_apart(asked)
    trial = learn_weighing(asked[:cut], apart=apart)
    blend = hits_of(aside, trial.scores)
    hits = {BLEND: float(blend.mean())}
    best, name = blend, BLEND
    for simple, weights in SIMPLE.items():
        found = hits_of(aside, weights.scores)
        hits[simple] = float(found.mean())
        ahead = found - blend
        if found.mean() > best.mean() and ahead.mean() > CLEARLY * ahead.std() / np.sqrt(len(ahead)):
            best, name = found, simple
    chosen = learn_weighing(asked, trial, apart=apart) if name == BLEND else Weighing(SIMPLE[name], SIMPLE[name])
    return Plan(name, chosen, _value(asked, chosen, shelf), _breadth(asked, chosen, sold), hits)


def _worth_telling_apart(asked: list[Question]) -> bool:
    """Whether first purchases, and weights of their own for known customers, clearly find more new things.

    Each half of the questions is asked of weights learnt on the other: near the bar chance decides, and what is
    learnt from a few weeks may hold for these weeks only.
    """
    if sum(len(without_own(question).right) > 0 for question in regulars(asked)) < MIN_REGULARS:
        return False
    ahead = []
    for learnt, held in ((asked[::2], asked[1::2]), (asked[1::2], asked[::2])):
        new = [question for question in map(without_own, regulars(held)) if len(question.right)]
        rich, plain = (learn_weighing(learnt, apart=apart) for apart in (True, False))
        ahead.append(hits_of(new, rich.regulars.scores) - hits_of(new, plain.regulars.scores))
    found = np.concatenate(ahead)
    return bool(found.mean() > CLEARLY * found.std() / np.sqrt(len(found)))


def hits_of(
    asked: list[Question], scores: Callable[[Candidates], Floats], values: Floats | None = None, value: float = 0.0
) -> Floats:
    """For each question: the chance that one of three shown is a given further item, plus half whether any is one.

    Both are asked of a counter: how surely it finds a certain thing, and whether a shopper takes anything.
    """
    found = np.zeros(len(asked), dtype=np.float32)
    for place, question in enumerate(asked):
        score = scores(question.candidates)
        if values is not None:
            score = score + value * values[question.candidates.items]
        hits = np.isin(leading(score, SHOWN), question.right).sum()
        found[place] = hits / question.rest + 0.5 * (hits > 0)
    return found


def leading(scores: Floats, most: int) -> Whole:
    """Places of the highest scores, falling; equal ones in their order."""
    if len(scores) > most:
        best = np.sort(np.argpartition(-scores, most)[:most])
        return best[np.argsort(-scores[best], kind="stable")]
    return np.argsort(-scores, kind="stable")


def worth_of(shelf: Shelf) -> Floats:
    """The log of each item's profit around the middle, cut at the dearest twentieth; 0 where none is known."""
    known = shelf.profit > 0
    if not known.any():
        return np.zeros(len(shelf.profit), dtype=np.float32)
    ceiling = np.quantile(shelf.profit[known], 0.95)
    floor = np.quantile(shelf.profit[known], 0.05)
    logs = np.log(np.clip(shelf.profit, floor, ceiling)).astype(np.float32)
    return np.where(shelf.sold, logs - np.median(logs[known]), 0.0).astype(np.float32)


def _value(asked: list[Question], weights: Weighing, shelf: Shelf) -> float:
    """The largest exponent of profit that costs next to no hits."""
    worth = worth_of(shelf)
    if not worth.any():
        return 0.0
    usual = hits_of(asked, weights.scores).mean()
    for value in VALUES:
        if hits_of(asked, weights.scores, worth, value).mean() >= KEEP_HITS * usual:
            return value
    return 0.0


def _breadth(asked: list[Question], weights: Weighing, sold: int) -> float:
    """The least widening of the places after the third that brings enough of the shop to the counter."""
    rows = []
    for question in asked:
        scores = weights.scores(question.candidates)
        order = leading(scores, PLACES)
        rows.append((question.candidates, scores, order))
    for breadth in (0.0, *BREADTHS):
        shown: set[int] = set()
        for found, scores, order in rows:
            places = widened(scores, found.general[:, MONTH], order, breadth, found.own)
            shown.update(found.items[places].tolist())
        if len(shown) >= ENOUGH_BREADTH * sold:
            return breadth
    return BREADTHS[-1]


def widened(scores: Floats, popularity: Floats, order: Whole, breadth: float, own: Whole) -> Whole:
    """The same places in a new order: the fourth and fifth go to what fits this basket rather than every basket.

    `order` are the leading places; what they lack of the two is put in. Not before three things are shown that
    are not among the places `own`, which the customer has: who leaves those out still sees the best three first.
    """
    if breadth == 0.0:
        return order
    had = set(own.tolist())
    new = [place for place, leads in enumerate(order[:PLACES].tolist()) if leads not in had]
    kept = max(SHOWN, new[SHOWN - 1] + 1) if len(new) >= SHOWN else PLACES
    if kept >= min(PLACES, len(order)):
        return order
    rest = scores - breadth * popularity
    rest[order[:kept]] = -np.inf
    fitting = leading(rest, PLACES - kept)
    others = order[kept:][~np.isin(order[kept:], fitting)]
    return np.concatenate([order[:kept], fitting, others])[: len(order)]
