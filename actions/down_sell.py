"""Custom actions for hesitation and for "gibt es etwas Günstigeres?"."""

from actions.base import SellingAction
from actions.dialogue import advising, asking, comparing, finding, hesitating
from actions.dialogue.turn import Turn
from actions.offers.situation import OfferKind


class DownSell(SellingAction):
    """Shows the cheaper product that still meets the stated needs."""

    def name(self) -> str:
        return "action_down_sell"

    def act(self, turn: Turn) -> None:
        comparison, focus = turn.understood.comparison, turn.memory.focus
        if asking.names_only_a_budget(turn):
            finding.search(turn, new=False)
        elif asking.asks_for_more(turn):
            finding.show_others(turn)
        elif asking.asks_for_cheaper_kind(turn):
            if not comparing.show_cheaper_of_kind(turn):
                finding.search(turn, new=True)
        elif comparison and (comparison.most or not focus) and comparing.name_the_most(turn):
            return
        elif turn.understood.category and not focus:
            finding.search(turn, new=True)
        elif turn.memory.needs.stated:
            advising.advise(turn, OfferKind.DOWN)
        else:
            hesitating.down(turn, None, asked=True)


class AnswerHesitation(SellingAction):
    """Answers a hesitation by its reason."""

    def name(self) -> str:
        return "action_answer_hesitation"

    def act(self, turn: Turn) -> None:
        if asking.names_only_a_budget(turn) and not (turn.memory.shown or turn.cart()):
            finding.search(turn, new=False)
        elif comparing.says_too_heavy(turn):
            comparing.show_lighter(turn)
        elif turn.understood.hesitation and not hesitating.is_meant(turn):
            finding.search(turn, new=True)
        else:
            hesitating.answer(turn)
