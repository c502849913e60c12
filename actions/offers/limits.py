"""The merchant's numbers that bound every offer."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from actions.offers.situation import Placement


@dataclass(frozen=True, slots=True)
class OfferLimits:
    """Amounts in minor units of profit or gross price; shares between 0 and 1.

    `min_evidence` is the least number of orders that held both products before a count may be spoken or used;
    `max_price_step` bounds an up-sell's price as a multiple of the anchor's; `use_mined` lets unapproved mined
    relations through once they pass the evidence threshold, `use_feed` those that a feed states and
    nobody has decided on. `handling_cost` is what one more item in the parcel costs the shop; a cross-sell must
    earn its floor after it. `learn_from_answers` lets what shoppers took and declined reorder the eligible.
    `holdout` is the share of conversations that get no extra and no better model unasked, as a measure;
    `rollout` that of shoppers who get unasked offers at all: 0 decides and does not speak.
    """

    order_first: Literal["intent", "strict"] = "intent"
    min_profit_cross: int = 100
    handling_cost: int = 0
    min_profit_gain_up: int = 500
    min_profit_down: int = 0
    max_price_step: float = 1.6
    min_evidence: int = 20
    min_confidence: float = 0.03
    min_lift: float = 1.2
    use_mined: bool = False
    use_feed: bool = False
    allow_unrelated: bool = False
    max_choices_web: int = 3
    max_choices_voice: int = 1
    max_offers_conversation: int = 4
    max_offers_kind: int = 2
    refusals_end_offers: int = 2
    high_ticket: int | None = None
    placements_off: frozenset[Placement] = frozenset()
    shipping_cost: int = 490
    free_shipping_from: int | None = 5000
    learn_from_answers: bool = False
    holdout: float = 0.0
    rollout: float = 1.0

    @property
    def version(self) -> str:
        """A short hash of all values: the same limits always carry the same version."""
        document = json.dumps(asdict(self), default=sorted, sort_keys=True)
        return hashlib.sha256(document.encode()).hexdigest()[:12]
