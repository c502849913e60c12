"""Suggests what goes with a basket, learnt from past orders alone: no database, no dialogue."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from actions.affinity.choosing import MONTH, Plan, choose, leading, widened, worth_of
from actions.affinity.cold import ColdAnswer, cold_start
from actions.affinity.features import Candidates, Knowledge, learn
from actions.affinity.history import Floats, History, read_history
from actions.affinity.learning import COLD, Weights, questions
from actions.affinity.reasons import Reasons, reasons
from actions.affinity.shelf import item_names, read_shelf

LATE_SHARE = 0.1
MOST_LEARNING = 60_000


class NotFittedError(RuntimeError):
    """`recommend` was called before `fit`."""


class AffinityModel:
    """A blend of everything past orders say, weighed by what the same shop's latest orders confirm.

    Evidence: pair counts in several measures, a linear item model, the most similar past baskets, what the
    customer bought before and what goes with that, what is taken for the first time beside both, what sells
    now, which kinds go together, titles and prices.
    The weights are learnt on the last tenth of the orders from a model of those before; where one of the simple
    models is clearly better there, it is used instead. Then everything is counted again with all orders.
    """

    def __init__(self, *, late_share: float = LATE_SHARE, learn_from: int = MOST_LEARNING) -> None:
        self.late_share = late_share
        self.learn_from = learn_from
        self.plan: Plan | None = None
        self._knowledge: Knowledge | None = None
        self._numbers: dict[str, int] = {}
        self._worth: Floats = np.empty(0, dtype=np.float32)

    def fit(self, orders: Any, items: Any = None) -> "AffinityModel":
        """Learn from order lines: `order_id`, `item_id`, and where known `ts` and `customer_id`.

        With `items` (`item_id`, where known `title`, `category`, `subcategory`, `price`, `cost`) only these are
        ever recommended, and new ones are known by their kind and title. Fitting again starts anew.
        """
        history = read_history(orders, item_names(items))
        shelf = read_shelf(items, history.items)
        cut = history.orders - int(self.late_share * history.orders)
        before = history.part(max(0, cut - self.learn_from), cut)
        asked = questions(learn(before, shelf), history.part(cut, history.orders)) if before.orders else []
        sold = int((np.asarray(history.held.sum(axis=0)).ravel() > 0).sum())
        self.plan = choose(asked, shelf, sold)
        del asked, before
        self._worth = self.plan.value * worth_of(shelf)
        self._knowledge = learn(history, shelf)
        self._numbers = {item: number for number, item in enumerate(history.items)}
        return self

    @property
    def history(self) -> History:
        """The orders learnt from."""
        return self._known()[0].history

    def recommend(
        self, basket: Sequence[str], k: int, customer: str | None = None, *, discover: bool = False
    ) -> list[str]:
        """Up to `k` items, the best first, none of them in the basket; unknown items and customers do no harm.

        With `discover` nothing the customer has bought before.
        """
        knowledge, plan = self._known()
        anchors = [self._numbers[item] for item in dict.fromkeys(basket) if item in self._numbers]
        found = knowledge.candidates(anchors, customer)
        scores = self._weights(anchors, found).scores(found) + self._worth[found.items]
        if discover:
            scores[found.own] = -np.inf
        order = leading(scores, max(k, 0))
        order = widened(scores, found.general[:, MONTH], order, plan.breadth, found.own)
        chosen = found.items[order[np.isfinite(scores[order])]].tolist()
        if len(chosen) < k:
            left_out = {*anchors, *chosen, *(found.items[found.own].tolist() if discover else ())}
            chosen += [item for item in knowledge.by_sales.tolist() if item not in left_out][: k - len(chosen)]
        return [knowledge.history.items[item] for item in chosen]

    def explain(self, basket: Sequence[str], item: str, customer: str | None = None) -> Reasons | None:
        """Why `item` stands where it stands beside this basket; None where nothing speaks for it at all."""
        knowledge = self._known()[0]
        anchors = [self._numbers[each] for each in dict.fromkeys(basket) if each in self._numbers]
        found = knowledge.candidates(anchors, customer)
        place = np.flatnonzero(found.items == self._numbers.get(item, -1))
        if not len(place):
            return None
        past = knowledge.customers.past(customer)
        profit = float(self._worth[found.items[place[0]]])
        weights = self._weights(anchors, found)
        return reasons(knowledge, weights, found, int(place[0]), anchors, past, profit)

    def cold_start(self, item: str, k: int, curated: Sequence[str] = ()) -> ColdAnswer:
        """What to suggest with a product without a history, and how sure that is."""
        return cold_start(self._known()[0], item, k, curated)

    def _weights(self, anchors: list[int], found: Candidates) -> Weights:
        """The learnt weights; where nothing in the basket was ever sold, those for what has no history."""
        knowledge, plan = self._known()
        return COLD if anchors and not knowledge.ever[anchors].any() else plan.weights.of(found)

    def _known(self) -> tuple[Knowledge, Plan]:
        if self._knowledge is None or self.plan is None:
            raise NotFittedError("fit the model before asking it")
        return self._knowledge, self.plan
