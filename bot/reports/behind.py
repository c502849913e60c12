"""The way from a number to its conversations: a link names the figure and the part of it that the number is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bot.reports.facts import DIMENSIONS
from bot.reports.scope import Scope

CONVERSATIONS, OFFERS_SHOWN = "conversations", "offers_shown"
# the number of `talk_rows` that is above zero in the conversations a figure counts
OF_TALKS: Mapping[str, str] = {
    CONVERSATIONS: "talks",
    "order_rate": "bought",
    "checkout_completion": "bought",
    "abandonment": "gone",
    "average_order_value": "orders",
    "order_profit": "orders",
    "cross_rate": "orders_cross",
    "added_revenue": "raised",
    "added_profit": "raised",
    "return_rate": "returned",
    "cancellation_rate": "cancelled",
    "cost_unknown": "lines_unknown",
    "saved_sales": "saved",
    "saved_profit": "saved",
    "hesitated_and_left": "left",
    "opt_out_rate": "opted_out",
    "csat": "satisfied",
    "complaint_rate": "complained",
    "handoff_rate": "handed_off",
    "takeover_rate": "taken_over",
    "fallback_rate": "fallbacks",
    "error_rate": "failed",
    "review_backlog": "unreviewed",
}
# what became of the offers a figure counts
OF_OFFERS: Mapping[str, str] = {
    OFFERS_SHOWN: "",
    "conversion": "kept",
    "offer_profit": "kept",
    "take_rate": "accepted",
    "decline_rate": "declined",
    "ignore_rate": "ignored",
    "open_rate": "shown",
}
ANSWER_TIMES = ("latency_p50", "latency_p95")
HUMAN_TIME = "first_human_answer"
# of which only customers with more than one order are counted
REPEATED = "repeat_rate"
OF_CUSTOMERS = (REPEATED, "customer_revenue", "customer_value")
TALK_PARTS = ("channel", "language", "segment", "arm", "reason", "day", "week")
# what each figure can be parted by
PARTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(OF_TALKS, TALK_PARTS),
    **dict.fromkeys(OF_OFFERS, DIMENSIONS),
    **dict.fromkeys((*ANSWER_TIMES, HUMAN_TIME), ()),
    **dict.fromkeys(OF_CUSTOMERS, ("month",)),
}
ADDRESS = re.compile(r"(?P<figure>\w{1,40})(:(?P<dimension>[a-z]{1,20})\.(?P<value>[^\x00-\x1f\x7f]{1,160}))?")


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure, or the part of it that has this value in this dimension; both are empty where it is about all."""

    figure: str
    dimension: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.figure}:{self.dimension}.{self.value}" if self.dimension else self.figure

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What stands in an address; None where no figure is called so or has such a part."""
        found = ADDRESS.fullmatch(text)
        if found is None or found["figure"] not in PARTS:
            return None
        made = cls(found["figure"], found["dimension"] or "", found["value"] or "")
        return made if made.dimension in ("", *PARTS[made.figure]) else None

    @property
    def is_of_all_time(self) -> bool:
        """Whether it counts customers, with all they ever ordered, whatever period is looked at."""
        return self.figure in OF_CUSTOMERS


def link(scope: Scope, figure: str, dimension: str = "", value: str = "") -> str:
    """The query string of the list of conversations behind a figure, or behind a part of it."""
    behind = Behind(figure, dimension, value)
    return (scope.ever() if behind.is_of_all_time else scope).query(figure=str(behind))
