"""Custom action for "gibt es etwas Besseres?"."""

from actions.base import SellingAction
from actions.dialogue import advising, comparing
from actions.dialogue.turn import Turn
from actions.offers.situation import OfferKind


class UpSell(SellingAction):
    """Shows the better tier of the same need with what it adds and what it costs."""

    def name(self) -> str:
        return "action_up_sell"

    def act(self, turn: Turn) -> None:
        most = turn.understood.comparison and turn.understood.comparison.most
        if not (most and comparing.name_the_most(turn)):
            advising.advise(turn, OfferKind.UP)
