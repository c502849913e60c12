"""What shoppers answer to which kind of offer, what was learnt from it, and whether that sells better."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, func, select

from actions.offers.acceptance import NOBODY, Answers, Group, Learnt
from actions.offers.beta import interval
from actions.offers.decision import Chance
from actions.offers.documents import read_chance
from actions.offers.hindsight import Comparison, Logged, compare
from actions.offers.situation import OfferKind
from actions.store import answers, policy
from actions.store.tables import offer_decisions, offers
from bot.reports.rounding import EXACT
from bot.reports.sold import elements

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
    """Read counts and log, as of `now`; only answered offers of the period come out of the database one by one,
    because both orders are judged on each of them."""
    learnt = Learnt(answers.by_group(connection), answers.by_kind(connection))
    waiting = _waiting(connection, since)
    log = list(_answered(connection, since))
    groups = [_group(key, learnt, waiting.get(key, NOBODY)) for key in sorted({*learnt.by_group, *waiting})]
    groups.sort(key=lambda group: -group.shown)
    return AnswerReport(policy.limits(connection, now).learn_from_answers, since, tuple(groups), compare(log))


def _group(key: Group, learnt: Learnt, waiting: Answers) -> GroupAnswers:
    counted: Answers = learnt.by_group.get(key, NOBODY)
    shown = counted.total + waiting.total
    prior = (counted.expected + waiting.expected) / shown
    belief = learnt.belief(Chance("", *key, prior=prior, profit=0))
    low, high = interval(belief)
    return GroupAnswers(
        *key,
        shown=shown,
        accepted=counted.accepted,
        declined=counted.declined,
        ignored=counted.ignored,
        open=waiting.total,
        expected=round(prior, EXACT),
        estimate=round(belief.mean, EXACT),
        low=round(low, EXACT),
        high=round(high, EXACT),
    )


def _waiting(connection: Connection, since: datetime) -> dict[Group, Answers]:
    """Offers nobody has reacted to by group, counted as if all had been passed over, with what was expected."""
    chance = elements(connection, offer_decisions.c.eligible, "chance")
    value = chance.c.value
    keys = tuple(value[name].as_string() for name in ("kind", "anchor", "category"))
    sums = (func.count(), func.sum(value["prior"].as_float()))
    counted = (
        select(*keys, *sums)
        .select_from(NAMED_FIRST.join(chance, value["sku"].as_string() == offers.c.sku))
        .where(*_logged(since), offers.c.state == "shown")
        .group_by(*keys)
    )
    return {
        (OfferKind(row[0]), row[1], row[2]): Answers(ignored=row[3], expected=float(row[4]))
        for row in connection.execute(counted)
    }


def _answered(connection: Connection, since: datetime) -> Iterator[Logged]:
    """Each answered offer whose chances were written down, oldest first."""
    columns = (offers.c.conversation, offers.c.state, offers.c.sku, offer_decisions.c.eligible)
    logged = select(*columns).select_from(NAMED_FIRST).where(*_logged(since), offers.c.state != "shown")
    for row in connection.execute(logged.order_by(offers.c.shown_at, offers.c.id)):
        chances = tuple(read_chance(document) for document in row.eligible)
        named = next(n for n, chance in enumerate(chances) if chance.sku == row.sku)
        yield Logged(chances, named, row.state == "accepted", crc32(row.conversation.encode()) % FOLDS)


# the offer that the sentence named; a card beside it is taken less often for standing there
NAMED_FIRST = offers.join(
    offer_decisions,
    (offer_decisions.c.id == offers.c.decision)
    & (offer_decisions.c.offered[0]["offer"].as_string() == offers.c.id),
)


def _logged(since: datetime) -> tuple[ColumnElement[bool], ...]:
    decision = offer_decisions.c
    return (decision.decided_at >= since, decision.eligible.is_not(None))
