"""What other limits would have done to the offers of a period, as far as the log allows to tell."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, select
from sqlalchemy.sql.selectable import Select

from actions.offers.campaigns import Campaign, in_force
from actions.offers.decision import ReasonCode, Refusal
from actions.offers.limits import OfferLimits
from actions.offers.products import Evidence
from actions.offers.replay import Remembered, Verdict, replay
from actions.offers.situation import Hesitation, OfferKind, Placement, Stage
from actions.store import campaigns, policy
from actions.store.conversations import VOICE_CHANNELS
from actions.store.tables import conversations, messages, offer_decisions, offers, products

# limits whose rules ask what a product earns
FLOORS = frozenset({"min_profit_cross", "handling_cost"})
BY_COST: Mapping[OfferKind, frozenset[str]] = {
    OfferKind.CROSS: FLOORS,
    OfferKind.UP: frozenset({"min_profit_gain_up"}),
    OfferKind.DOWN: frozenset({"min_profit_down"}),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """An offer that would have been withheld: where it stands, what it was, and what became of it."""

    conversation: str
    position: int | None
    sku: str
    kind: OfferKind
    shown_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Of all `offers`, those withheld by reason, the commonest first, and those nobody can judge.

    `by_todays_cost` of them were judged by what the product costs today.
    """

    offers: int
    withheld: Mapping[Refusal, tuple[Hit, ...]]
    not_judged: int
    by_todays_cost: int

    @property
    def hits(self) -> int:
        return sum(len(each) for each in self.withheld.values())

    @property
    def judged(self) -> int:
        return self.offers - self.not_judged


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """Price, cost and tax of today by sku."""

    rows: Mapping[str, Any]

    def profit(self, sku: str, price: int) -> int | None:
        row = self.rows.get(sku)
        return None if row is None or row.cost is None else price * 100 // (100 + row.tax_percent) - int(row.cost)

    def price(self, sku: str) -> int | None:
        row = self.rows.get(sku)
        return None if row is None else int(row.price)


def preview(connection: Connection, asked: OfferLimits, since: datetime) -> Preview:
    """Ask the rules again about every offer shown since then, with these limits of the merchant's own.

    Campaigns run as they did. In each conversation an offer that would have been withheld does not count towards
    the most there may be.
    """
    own = policy.own_limits(connection)
    judge = _Judge(
        asked=asked,
        planned=campaigns.every(connection),
        changed=frozenset(
            each.name for each in fields(own) if getattr(own, each.name) != getattr(asked, each.name)
        ),
        then=policy.limits_then(connection),
        catalogue=_catalogue(connection, since),
    )
    talks = groupby(connection.execute(_query(since)), key=lambda row: row.conversation)
    judged = [each for _, talk in talks for each in judge.talk(list(talk)) if each.row.shown_at >= since]
    found: dict[Refusal, list[Hit]] = {}
    for each in judged:
        if isinstance(each.verdict, Refusal):
            found.setdefault(each.verdict, []).append(_hit(each.row))
    told = [each for each in judged if each.verdict is not Verdict.NOT_JUDGED]
    return Preview(
        offers=len(judged),
        withheld={name: tuple(hits) for name, hits in sorted(found.items(), key=_commonest_first)},
        not_judged=len(judged) - len(told),
        by_todays_cost=sum(each.by_todays_cost for each in told),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """One offer with what the rules say of it now."""

    row: Row[Any]
    verdict: Refusal | Verdict
    by_todays_cost: bool


@dataclass(frozen=True, slots=True)
class _Judge:
    """The limits asked for, with what was in force when."""

    asked: OfferLimits
    planned: Sequence[Campaign]
    changed: frozenset[str]
    then: Callable[[datetime, str], OfferLimits | None]
    catalogue: _Catalogue

    def talk(self, rows: Sequence[Row[Any]]) -> Iterator[_Judged]:
        """The offers of one conversation in their order; what is withheld now was never shown to those after it."""
        shown: Counter[OfferKind] = Counter()
        for _, choice in groupby(rows, key=lambda row: row.decision):
            judged = [self._one(row, shown, _refusals(rows, row)) for row in choice]
            yield from judged
            if any(not isinstance(each.verdict, Refusal) for each in judged):
                shown[OfferKind(judged[0].row.kind)] += 1

    def _one(self, row: Row[Any], shown: Mapping[OfferKind, int], refusals: int) -> _Judged:
        then, kind = self.then(row.shown_at, row.policy_version), OfferKind(row.kind)
        logged = _logged_profit(row, kind, then)
        replaced = None if kind is OfferKind.CROSS else row.price - row.price_difference
        anchor_price = self.catalogue.price(row.anchor) if replaced is None else replaced
        offer = Remembered(
            kind=kind,
            stage=Stage(row.stage),
            price=row.price,
            price_difference=row.price_difference,
            code=ReasonCode(row.reason["code"]),
            placement=Placement(row.placement) if row.placement else None,
            asked_for=OfferKind(row.asked_for) if row.asked_for else None,
            hesitation=Hesitation(row.hesitation) if row.hesitation else None,
            voice=row.channel in VOICE_CHANNELS,
            place=next((n for n, each in enumerate(row.offered) if each["sku"] == row.sku), 0),
            evidence=_evidence(row.reason.get("evidence") or {}),
            profit=self.catalogue.profit(row.sku, row.price) if logged is None else logged,
            anchor_profit=None if replaced is None else self.catalogue.profit(row.anchor, replaced),
            anchor_price=anchor_price,
            then=then,
            shown=dict(shown),
            refusals=refusals,
        )
        limits = in_force(self.asked, self.planned, row.shown_at)
        leans = bool(self.changed & BY_COST[kind]) and (logged is None or kind is OfferKind.UP)
        return _Judged(row, replay(offer, limits, self.changed), leans)


def _logged_profit(row: Row[Any], kind: OfferKind, then: OfferLimits | None) -> int | None:
    """What it earned when it was offered; of an extra only where it is known what handling cost then."""
    chance = next((each for each in row.eligible or () if each["sku"] == row.sku and each["kind"] == kind), None)
    if chance is None or (kind is OfferKind.CROSS and then is None):
        return None
    handling = then.handling_cost if then is not None and kind is OfferKind.CROSS else 0
    return int(chance["profit"]) + handling


def _evidence(counted: Mapping[str, Any]) -> Evidence | None:
    """What is needed of the counts; None where they were written down otherwise."""
    names = ("together", "anchor_orders", "orders", "support", "confidence", "lift")
    return Evidence(**{name: counted[name] for name in names}) if set(names) <= counted.keys() else None


def _refusals(rows: Sequence[Row[Any]], at: Row[Any]) -> int:
    """How many choices had been declined when this offer was made."""
    declined = {
        row.decision
        for row in rows
        if row.state == "declined" and row.answered_at is not None and row.answered_at <= at.shown_at
    }
    return len(declined - {at.decision})


def _commonest_first(item: tuple[Refusal, list[Hit]]) -> tuple[int, str]:
    return (-len(item[1]), item[0].value)


def _hit(row: Row[Any]) -> Hit:
    return Hit(row.conversation, row.position, row.sku, OfferKind(row.kind), row.shown_at, row.state)


def _query(since: datetime) -> Select[Any]:
    """The offers of every conversation that was shown one since then, in their order."""
    o, d = offers.c, offer_decisions.c
    columns = (o.conversation, o.decision, o.kind, o.sku, o.anchor, o.price, o.price_difference, o.reason)
    more = (o.state, o.shown_at, o.answered_at, d.policy_version, d.stage, d.placement, d.asked_for, d.hesitation)
    shown = select(o.conversation).where(o.shown_at >= since)
    said = and_(messages.c.id == d.message, messages.c.conversation == o.conversation)
    return (
        select(*columns, *more, d.offered, d.eligible, conversations.c.channel, messages.c.position)
        .select_from(offers.join(offer_decisions).join(conversations, conversations.c.id == o.conversation))
        .outerjoin(messages, said)
        .where(o.conversation.in_(shown))
        .order_by(o.conversation, o.shown_at, o.decision, o.id)
    )


def _catalogue(connection: Connection, since: datetime) -> _Catalogue:
    """What was offered, or was offered on, since then."""
    p, o = products.c, offers.c
    named = select(o.sku).where(o.shown_at >= since).union(select(o.anchor).where(o.shown_at >= since))
    query = select(p.sku, p.price, p.cost, p.tax_percent).where(p.sku.in_(named))
    return _Catalogue({row.sku: row for row in connection.execute(query)})
