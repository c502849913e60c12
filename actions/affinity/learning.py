"""Finds out from a shop's own later orders how much each kind of evidence is worth."""

from dataclasses import dataclass

import numpy as np

from actions.affinity.columns import Whole
from actions.affinity.features import GENERAL, PERSONAL, Candidates, Knowledge
from actions.affinity.history import Floats, History
from actions.affinity.likelihood import Sample, most_likely

MOST_QUESTIONS = 4_000
CROWDED = 20_000
PASSES = 3
FIRM = 30.0
FIRSTS = np.array(
    [
        part + GENERAL.index(name)
        for name in ("first", "first_log", "had", "first_had")
        for part in (0, len(GENERAL))
    ]
)
HARDEST = 100
DRAWN = 80
SEED = 7

# what to believe before a shop has told otherwise
USUAL_GENERAL = {"cosine": 0.7, "conditional": 0.2, "linear": 2.0, "baskets": 0.3, "month": 0.2}
USUAL_PERSONAL = {"bought": 2.0, "bought_lately": 0.3, "item_again": 1.0, "often": 0.2}


@dataclass(frozen=True, slots=True)
class Question:
    """A basket from a later order, what might be shown, and which places of that really were in the order.

    `rest` is how many further items the order held.
    """

    candidates: Candidates
    right: Whole
    rest: int


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight for each figure; for an item the customer bought before `known` is added to `new`."""

    new: Floats
    known: Floats
    personal: Floats

    def flat(self) -> Floats:
        """All of them one after the other."""
        return np.concatenate([self.new, self.known, self.personal])

    def scores(self, found: Candidates) -> Floats:
        """The score of each candidate: a logarithm, so parts add up."""
        scores = found.general @ self.new
        if len(found.own):
            scores[found.own] += found.general[found.own] @ self.known + found.personal @ self.personal
        return np.asarray(scores, dtype=np.float32)


def weights_of(general: dict[str, float], personal: dict[str, float] | None = None) -> Weights:
    """Weights by name, 0 for the others."""
    own = personal or {}
    return Weights(
        np.array([general.get(name, 0.0) for name in GENERAL], dtype=np.float32),
        np.zeros(len(GENERAL), dtype=np.float32),
        np.array([own.get(name, 0.0) for name in PERSONAL], dtype=np.float32),
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights for customers with a past and for everybody else: a past says much, so the rest says less."""

    strangers: Weights
    regulars: Weights

    def of(self, found: Candidates) -> Weights:
        """Those that hold for whoever these candidates are for."""
        return self.regulars if len(found.own) else self.strangers

    def scores(self, found: Candidates) -> Floats:
        """The score of each candidate."""
        return self.of(found).scores(found)


USUAL = weights_of(USUAL_GENERAL, USUAL_PERSONAL)
# nothing in the basket was ever sold: what its kind goes with, and of that what sells
COLD = weights_of({"kind": 1.0, "month": 0.8, "lift": 0.7}, USUAL_PERSONAL)


def questions(knowledge: Knowledge, later: History, most: int = MOST_QUESTIONS) -> list[Question]:
    """Baskets of one to three items out of later orders, and what lay beside them."""
    rng = np.random.default_rng(SEED)
    # a large shop has questions enough; each takes longer there
    most = most // 3 if len(later.days) > CROWDED else most
    usable = np.flatnonzero(np.diff(later.held.indptr) >= 2)
    asked = []
    # a small shop's orders are asked about up to three times, each time with another basket
    drawn = np.concatenate([rng.permutation(usable) for _ in range(PASSES)])[:most]
    for order in drawn.tolist():
        items = rng.permutation(later.held.indices[later.held.indptr[order] : later.held.indptr[order + 1]])
        shown = min(int(rng.integers(1, 4)), len(items) - 1)
        buyer = int(later.buyers[order])
        customer = later.customers[buyer] if buyer >= 0 else None
        found = knowledge.candidates([int(item) for item in items[:shown]], customer)
        right = np.flatnonzero(np.isin(found.items, items[shown:]))
        asked.append(Question(found, right, len(items) - shown))
    return asked


def learn_weighing(asked: list[Question], near: Weighing | None = None, *, apart: bool) -> Weighing:
    """Weights from all questions; `apart`, near these, others for known customers, and first purchases heard.

    Known customers are then asked about twice, the second time without what they have: the same order of the new
    things has to serve a list with and without things to buy again.
    """
    start = None if near is None else near.strangers
    strangers = learn_weights(asked, start, fixed=None if apart else FIRSTS)
    if not apart:
        return Weighing(strangers, strangers)
    known = regulars(asked)
    both = known + [without_own(question) for question in known]
    start = strangers if near is None else near.regulars
    return Weighing(strangers, learn_weights(both, start, strangers, FIRM))


def regulars(asked: list[Question]) -> list[Question]:
    """The questions for customers with a past."""
    return [question for question in asked if len(question.candidates.own)]


def without_own(question: Question) -> Question:
    """The same question about what is new to the customer."""
    found = question.candidates
    new = np.ones(len(found.items), dtype=bool)
    new[found.own] = False
    place = np.cumsum(new) - 1
    left = Candidates(found.items[new], found.general[new], found.own[:0], found.personal[:0])
    return Question(left, place[question.right[new[question.right]]], question.rest)


def learn_weights(
    asked: list[Question],
    near: Weights | None = None,
    usual: Weights = USUAL,
    firm: float = 1.0,
    fixed: Whole | None = None,
) -> Weights:
    """The weights under which what leads was most likely in the order; the `usual` ones where nothing speaks.

    The more `firm`, the nearer to the usual ones they stay.
    """
    rng = np.random.default_rng(SEED)
    samples = [_thinned(question, rng) for question in asked if len(question.right)]
    if not samples:
        return usual
    found = most_likely(samples, usual.flat(), None if near is None else near.flat(), firm, fixed)
    new, known, personal = np.split(found, [len(GENERAL), 2 * len(GENERAL)])
    return Weights(new, known, personal)


def _thinned(question: Question, rng: np.random.Generator) -> Sample:
    """The right ones, the hardest wrong ones and some others drawn by lot, which then stand for all the others."""
    found = question.candidates
    count = len(found.items)
    stands_for = np.zeros(count, dtype=np.float32)
    kept = np.arange(count)
    if count > HARDEST + DRAWN + len(question.right):
        sure = np.zeros(count, dtype=bool)
        sure[np.argpartition(-USUAL.scores(found), HARDEST)[:HARDEST]] = True
        sure[question.right] = True
        others = np.flatnonzero(~sure)
        drawn = rng.choice(others, DRAWN, replace=False)
        stands_for[drawn] = np.log(len(others) / DRAWN)
        sure[drawn] = True
        kept = np.flatnonzero(sure)
    place = np.full(count, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    own = np.flatnonzero(place[found.own] >= 0)
    return Sample(
        found.general[kept],
        place[found.own[own]],
        found.personal[own],
        place[question.right],
        stands_for[kept],
        question.rest,
    )
