"""Custom action for "gibt es etwas Besseres?"."""

import re

from actions.base import SellingAction
from actions.dialogue import advising, comparing
from actions.dialogue.turn import Turn
from actions.offers.situation import OfferKind

ACCESSORY = re.compile(r"\b(?:zubehör\w*|accessor\w+|extras?|dazu)\b", re.IGNORECASE)


class UpSell(SellingAction):
    """Shows the better tier of the same need with what it adds and what it costs."""

    def name(self) -> str:
        return "action_up_sell"

    def act(self, turn: Turn) -> None:
        if ACCESSORY.search(turn.incoming.text):
            advising.advise(turn, OfferKind.CROSS)
            return
        asked = turn.understood.comparison
        by_trait = asked is not None and asked.attribute not in ("price", "rating")
        if asked and (asked.most or (by_trait and not turn.memory.focus)) and comparing.name_the_most(turn):
            return
        if not (by_trait and comparing.show_those_ahead(turn)):
            advising.advise(turn, OfferKind.UP)
