"""Custom actions about the cart and the way to checkout."""

from actions.base import SellingAction
from actions.dialogue import cart_talk
from actions.dialogue.turn import Turn


class ViewCart(SellingAction):
    """Shows the cart."""

    def name(self) -> str:
        return "action_view_cart"

    def act(self, turn: Turn) -> None:
        cart_talk.show(turn)


class ChangeQuantity(SellingAction):
    """Changes how many of a line are wanted."""

    def name(self) -> str:
        return "action_change_quantity"

    def act(self, turn: Turn) -> None:
        cart_talk.change_quantity(turn)


class RemoveFromCart(SellingAction):
    """Takes a line out of the cart."""

    consequential = True

    def name(self) -> str:
        return "action_remove_from_cart"

    def act(self, turn: Turn) -> None:
        cart_talk.remove(turn)


class Checkout(SellingAction):
    """Hands the cart over to the shop's checkout."""

    consequential = True

    def name(self) -> str:
        return "action_checkout"

    def act(self, turn: Turn) -> None:
        cart_talk.checkout(turn)
