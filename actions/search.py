"""Custom actions that find products and let the shopper point at one."""

from actions.base import SellingAction
from actions.dialogue import asking, finding, sizing
from actions.dialogue.turn import Turn


class SearchProducts(SellingAction):
    """Answers "ich suche ..." with at most three models that fit."""

    def name(self) -> str:
        return "action_search_products"

    def act(self, turn: Turn) -> None:
        if asking.asks_for_more(turn):
            finding.show_others(turn)
        else:
            finding.search(turn, new=True)


class RefineSearch(SellingAction):
    """Narrows the search by a limit, a colour, a size, a brand or a purpose."""

    def name(self) -> str:
        return "action_refine_search"

    def act(self, turn: Turn) -> None:
        if asking.asks_for_more(turn):
            finding.show_others(turn)
        elif asking.names_a_variant(turn) or asking.points_at_one_shown(turn):
            finding.choose(turn)
        elif not sizing.tell_size_by_measure(turn):
            finding.search(turn, new=False)


class ChooseOption(SellingAction):
    """Takes up the model the shopper points at."""

    def name(self) -> str:
        return "action_choose_option"

    def act(self, turn: Turn) -> None:
        finding.choose(turn)
