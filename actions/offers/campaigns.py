"""Campaigns: for a time some limits are other than usual, and no guard rail is weaker than the merchant's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.offers.limits import OfferLimits


@dataclass(frozen=True, slots=True)
class Rail:
    """What keeps a guard rail: the stricter of two values, and which way alone a campaign may move it."""

    stricter: Callable[[Any, Any], Any]
    allowed: str


def _strict_if_either(first: str, second: str) -> str:
    return "strict" if "strict" in (first, second) else "intent"


def _lower_price(first: int | None, second: int | None) -> int | None:
    return min((price for price in (first, second) if price is not None), default=None)


UPWARDS = Rail(max, "raise it, not lower it")
DOWNWARDS = Rail(min, "lower it, not raise it")
OFF = Rail(lambda first, second: first and second, "switch it off, not on")

# every limit is a rail or a fact; which one a new limit is has to be decided here
RAILS: Mapping[str, Rail] = {
    "order_first": Rail(_strict_if_either, "make it strict, not take strictness away"),
    "min_profit_cross": UPWARDS,
    "handling_cost": UPWARDS,
    "min_profit_gain_up": UPWARDS,
    "min_profit_down": UPWARDS,
    "max_price_step": DOWNWARDS,
    "min_evidence": UPWARDS,
    "min_confidence": UPWARDS,
    "min_lift": UPWARDS,
    "use_mined": OFF,
    "use_feed": OFF,
    "allow_unrelated": OFF,
    "max_choices_web": DOWNWARDS,
    "max_choices_voice": DOWNWARDS,
    "max_offers_conversation": DOWNWARDS,
    "max_offers_kind": DOWNWARDS,
    "refusals_end_offers": DOWNWARDS,
    "high_ticket": Rail(_lower_price, "name a lower price, not a higher one or none"),
    "placements_off": Rail(frozenset.union, "switch more placements off, none on"),
    # drawing by chance who is named first needs the merchant's own word, which no campaign replaces
    "learn_from_answers": OFF,
    "holdout": UPWARDS,
    "rollout": DOWNWARDS,
}
# what sending costs is what it costs: no offer is allowed or forbidden by it but by honest sums
FACTS = frozenset({"shipping_cost", "free_shipping_from"})


@dataclass(frozen=True, slots=True)
class Campaign:
    """Limits for the time from `starts` until just before `ends`, by name; both moments know their zone."""

    name: str
    starts: datetime
    ends: datetime
    changes: Mapping[str, Any]
    title: str = ""

    def runs_at(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends

    def meets(self, other: "Campaign") -> bool:
        """True where both run at some moment."""
        return max(self.starts, other.starts) < min(self.ends, other.ends)


@dataclass(frozen=True, slots=True)
class Weakening:
    """A change that would weaken the merchant's own limit, and what a campaign may do to it."""

    name: str
    own: Any
    asked: Any
    allowed: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A fact that another campaign of the same time states otherwise."""

    name: str
    other: Campaign


def weakenings(own: OfferLimits, changes: Mapping[str, Any]) -> tuple[Weakening, ...]:
    """Every change that no campaign may make to these limits; none where all of them are stricter or neutral."""
    return tuple(
        Weakening(name, getattr(own, name), asked, RAILS[name].allowed)
        for name, asked in changes.items()
        if name in RAILS and RAILS[name].stricter(getattr(own, name), asked) != asked
    )


def clashes(campaign: Campaign, others: Iterable[Campaign]) -> tuple[Clash, ...]:
    """Every fact that would have two values at some moment."""
    met = [other for other in others if other.name != campaign.name and other.meets(campaign)]
    return tuple(
        Clash(name, other)
        for name in sorted(FACTS & campaign.changes.keys())
        for other in met
        if name in other.changes and other.changes[name] != campaign.changes[name]
    )


def running(campaigns: Iterable[Campaign], moment: datetime) -> tuple[Campaign, ...]:
    """The campaigns of the moment, the one that began last at the end."""
    found = (campaign for campaign in campaigns if campaign.runs_at(moment))
    return tuple(sorted(found, key=lambda campaign: (campaign.starts, campaign.name)))


def in_force(own: OfferLimits, campaigns: Iterable[Campaign], moment: datetime) -> OfferLimits:
    """The limits to decide by: of the merchant's own and those of all campaigns of the moment the strictest.

    It holds whatever the campaigns ask for and however the merchant's own limits have changed since. A fact is as
    the campaign states it that began last.
    """
    values: dict[str, Any] = {}
    for campaign in running(campaigns, moment):
        for name, asked in campaign.changes.items():
            before = values.get(name, getattr(own, name))
            values[name] = RAILS[name].stricter(before, asked) if name in RAILS else asked
    return replace(own, **values)
