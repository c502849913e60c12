"""Custom actions that bring in a person."""

from actions.base import SellingAction
from actions.dialogue import service
from actions.dialogue.turn import Turn


class HandleComplaint(SellingAction):
    """Listens, ends offers and hands over with the context."""

    def name(self) -> str:
        return "action_handle_complaint"

    def act(self, turn: Turn) -> None:
        service.complain(turn)


class HandOff(SellingAction):
    """Hands over to a person because the shopper asked for one."""

    consequential = True

    def name(self) -> str:
        return "action_hand_off"

    def act(self, turn: Turn) -> None:
        service.ask_for_a_person(turn)
