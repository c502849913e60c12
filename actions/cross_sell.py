"""Custom action for "was passt dazu?"; unprompted cross-sells follow a purchase by themselves."""

from actions.base import SellingAction
from actions.dialogue import advising
from actions.dialogue.turn import Turn
from actions.offers.situation import OfferKind


class CrossSell(SellingAction):
    """Shows what completes the product in discussion; nothing enters the cart by it."""

    def name(self) -> str:
        return "action_cross_sell"

    def act(self, turn: Turn) -> None:
        advising.advise(turn, OfferKind.CROSS)
