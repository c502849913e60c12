"""What the assistant brings beside what it costs, from labelled assumptions; pure arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.reports.rounding import EXACT


class Case(StrEnum):
    """How the assumptions are meant: cautious, as expected, friendly."""

    LOW = "low"
    LIKELY = "likely"
    HIGH = "high"


class Kind(StrEnum):
    """What an assumption is."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


# money in major units, as people assume it
INPUTS: Mapping[str, Kind] = {
    "visits": Kind.COUNT,
    "chat_share": Kind.SHARE,
    "order_rate": Kind.SHARE,
    "extra_orders": Kind.SHARE,
    "average_order": Kind.MONEY,
    "margin": Kind.SHARE,
    "uplift": Kind.MONEY,
    "hosting": Kind.MONEY,
    "hours": Kind.COUNT,
    "hourly_cost": Kind.MONEY,
    "setup": Kind.MONEY,
    "months": Kind.COUNT,
}
# what the log can tell
MEASURABLE = ("order_rate", "average_order", "margin", "uplift")
# what offers cause may be less than nothing
SIGNED = frozenset({"uplift"})


@dataclass(frozen=True, slots=True)
class Assumption:
    """One input in its three cases; `measured` where the log told it, `simulated` where shoppers were invented."""

    name: str
    low: float
    likely: float
    high: float
    measured: bool = False
    simulated: bool = False

    def of(self, case: Case) -> float:
        """The value of one case."""
        return float(getattr(self, case.value))


@dataclass(frozen=True, slots=True)
class Return:
    """A month of one case, amounts in cents; `roi` is (profit - cost) / cost, None where nothing costs anything.

    `chat_profit` comes of orders that would not have come without the chat, `offer_profit` of what unasked offers
    cause; both are profit, not revenue. `pays_back` is the number of months after which the setup has come back.
    """

    case: Case
    conversations: float
    orders: float
    chat_profit: int
    offer_profit: int
    cost: int
    gain: int
    roi: float | None
    pays_back: float | None


def reckon(assumptions: Mapping[str, Assumption]) -> tuple[Return, ...]:
    """The three cases; every input has to be there."""
    return tuple(_of_case(case, {name: assumptions[name].of(case) for name in INPUTS}) for case in Case)


def _of_case(case: Case, given: Mapping[str, float]) -> Return:
    conversations = given["visits"] * given["chat_share"]
    orders = conversations * given["order_rate"]
    chat = orders * given["extra_orders"] * given["average_order"] * given["margin"]
    offers = conversations * given["uplift"]
    running = given["hosting"] + given["hours"] * given["hourly_cost"]
    cost = running + given["setup"] / given["months"]
    gain, left = chat + offers - cost, chat + offers - running
    return Return(
        case=case,
        conversations=round(conversations, 1),
        orders=round(orders, 1),
        chat_profit=_cents(chat),
        offer_profit=_cents(offers),
        cost=_cents(cost),
        gain=_cents(gain),
        roi=round(gain / cost, EXACT) if cost else None,
        pays_back=round(given["setup"] / left, 1) if left > 0 else None,
    )


def _cents(amount: float) -> int:
    return round(amount * 100)
