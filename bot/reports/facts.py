"""What was counted in the log: whole numbers and sums of cents, before any figure is made of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Self

DIMENSIONS = ("kind", "rule", "channel", "language", "placement")


@dataclass(frozen=True, slots=True)
class Talks:
    """Conversations in which the shopper said something, and what came of them; money in cents.

    `taken_over` were handed off and answered by a person. `said_yes` agreed to a product, `at_checkout` went on to
    the checkout, `bought` placed an order that still stands. `hesitated` said so; of these `left` did not order.
    `saved` ordered the cheaper one they were offered.
    `revenue`, `profit` and `added_...` are without what was sent back and without cancelled orders. `lines` are the
    lines of orders that were kept, `lines_unknown` those whose purchase cost nobody recorded. Nobody has judged the
    `unreviewed`, and no shopper held the `simulated`.
    """

    talks: int = 0
    opted_out: int = 0
    complained: int = 0
    handed_off: int = 0
    taken_over: int = 0
    said_yes: int = 0
    at_checkout: int = 0
    bought: int = 0
    hesitated: int = 0
    left: int = 0
    saved: int = 0
    turns: int = 0
    fallbacks: int = 0
    failed: int = 0
    orders: int = 0
    orders_cross: int = 0
    revenue: int = 0
    returned: int = 0
    profit: int = 0
    lines: int = 0
    lines_unknown: int = 0
    cross_revenue: int = 0
    cross_profit: int = 0
    up_revenue: int = 0
    up_profit: int = 0
    down_revenue: int = 0
    down_profit: int = 0
    cancelled: int = 0
    unreviewed: int = 0
    simulated: int = 0
    rated: int = 0
    satisfied: int = 0

    def __add__(self, other: Self) -> Self:
        sums = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return type(self)(**sums)


@dataclass(frozen=True, slots=True)
class Offered:
    """Offers of one kind, reason, channel, language and placement, and what became of them; one of several cards
    counts once. `ordered` were taken and the product ordered and kept."""

    kind: str
    rule: str
    channel: str
    language: str
    placement: str
    shown: int = 0
    taken: int = 0
    declined: int = 0
    ignored: int = 0
    open: int = 0
    ordered: int = 0
    added_revenue: int = 0
    added_profit: int = 0


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of the hold-out: conversations, and sums and sums of squares of what each of them brought."""

    talks: int = 0
    orders: int = 0
    orders_squared: int = 0
    profit: int = 0
    profit_squared: int = 0

    def __add__(self, other: Self) -> Self:
        sums = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return type(self)(**sums)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers whose first order came in this month ("2026-03"), and all they have ordered until now."""

    month: str
    customers: int
    repeated: int
    orders: int
    revenue: int
    profit: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything counted for one scope. `latency` are turns by milliseconds, `human_wait` calls for a person by
    seconds; `abandoned` conversations by the last reason to hesitate that was given; `by_...` the same once more,
    sorted apart, days in UTC."""

    talks: Talks = field(default_factory=Talks)
    offered: tuple[Offered, ...] = ()
    latency: Mapping[int, int] = field(default_factory=dict)
    human_wait: Mapping[int, int] = field(default_factory=dict)
    abandoned: Mapping[str, int] = field(default_factory=dict)
    arms: Mapping[str, Arm] = field(default_factory=dict)
    cohorts: tuple[Cohort, ...] = ()
    by_channel: Mapping[str, Talks] = field(default_factory=dict)
    by_language: Mapping[str, Talks] = field(default_factory=dict)
    by_segment: Mapping[str, Talks] = field(default_factory=dict)
    by_day: Mapping[str, Talks] = field(default_factory=dict)
    currency: str = "EUR"
    simulated_orders: bool = False


def grouped[Row, Key](rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """The rows by their key, in the order the keys come."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
