"""What shoppers answer to which kind of offer, what was learnt from it, and whether that sells better."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, select

from actions.offers.acceptance import NOBODY, Answers, Group, Learnt
from actions.offers.beta import interval
from actions.offers.decision import Chance
from actions.offers.documents import read_chance
from actions.offers.hindsight import Comparison, Logged, compare
from actions.offers.situation import OfferKind
from actions.store import answers, policy
from actions.store.tables import offer_decisions, offers

FOLDS = 5


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """One group: offers of a kind that named a product of one need first, on products of another.

    `shown` is the sum of the four after it; nobody has reacted to `open` ones yet. `expected` is the share
    expected to be accepted before anybody answered, `estimate` what is expected now, from `low` to `high` (95 %).
    """

    kind: OfferKind
    anchor: str
    category: str
    shown: int
    accepted: int
    declined: int
    ignored: int
    open: int
    expected: float
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """Every answer counted so far by group, and both orders compared on the offers logged `since`."""

    learning: bool
    since: datetime
    groups: tuple[GroupAnswers, ...]
    comparison: Comparison


def read_answers(connection: Connection, since: datetime, now: datetime) -> AnswerReport:
    """Read counts and log, as of `now`."""
    learnt = Learnt(answers.by_group(connection), answers.by_kind(connection))
    waiting: dict[Group, list[float]] = defaultdict(list)
    log = []
    for conversation, state, chances, named in _named_first(connection, since):
        if state == "shown":
            waiting[chances[named].group].append(chances[named].prior)
        else:
            log.append(Logged(chances, named, state == "accepted", crc32(conversation.encode()) % FOLDS))
    groups = [_group(key, learnt, waiting.get(key, ())) for key in sorted({*learnt.by_group, *waiting})]
    groups.sort(key=lambda group: -group.shown)
    return AnswerReport(policy.limits(connection, now).learn_from_answers, since, tuple(groups), compare(log))


def _group(key: Group, learnt: Learnt, waiting: Sequence[float]) -> GroupAnswers:
    counted: Answers = learnt.by_group.get(key, NOBODY)
    shown = counted.total + len(waiting)
    prior = (counted.expected + sum(waiting)) / shown
    belief = learnt.belief(Chance("", *key, prior=prior, profit=0))
    low, high = interval(belief)
    return GroupAnswers(
        *key,
        shown=shown,
        accepted=counted.accepted,
        declined=counted.declined,
        ignored=counted.ignored,
        open=len(waiting),
        expected=round(prior, 4),
        estimate=round(belief.mean, 4),
        low=round(low, 4),
        high=round(high, 4),
    )


def _named_first(connection: Connection, since: datetime) -> Iterator[tuple[str, str, tuple[Chance, ...], int]]:
    """Each offer whose chances were written down: conversation, state, the chances, the place of the one named."""
    decision = offer_decisions.c
    joined = offers.join(offer_decisions, decision.id == offers.c.decision)
    columns: tuple[Any, ...] = (
        offers.c.conversation,
        offers.c.id,
        offers.c.state,
        offers.c.sku,
        decision.offered,
        decision.eligible,
    )
    logged = select(*columns).select_from(joined).where(decision.decided_at >= since)
    for row in connection.execute(logged.order_by(offers.c.shown_at, offers.c.id)):
        if row.eligible and row.offered[0]["offer"] == row.id:
            chances = tuple(read_chance(document) for document in row.eligible)
            named = next(n for n, chance in enumerate(chances) if chance.sku == row.sku)
            yield row.conversation, row.state, chances, named
