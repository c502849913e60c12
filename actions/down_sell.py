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
        most = turn.understood.comparison and turn.understood.comparison.most
        if asking.names_only_a_budget(turn):
            finding.search(turn, new=False)
            return
        if asking.asks_for_more(turn):
            finding.show_others(turn)
            return
        if most and comparing.name_the_most(turn):
            return
        if turn.understood.comparison and len(turn.memory.shown) > 1 and not turn.memory.focus:
            finding.choose(turn)
        elif turn.memory.needs.stated:
            advising.advise(turn, OfferKind.DOWN)
        else:
            hesitating.down(turn, None, asked=True)


class AnswerHesitation(SellingAction):
    """Answers a hesitation by its reason."""

    def name(self) -> str:
        return "action_answer_hesitation"

    def act(self, turn: Turn) -> None:
        hesitating.answer(turn)
