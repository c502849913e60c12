"""Custom actions between "nehme ich" and the cart."""

from actions.base import SellingAction
from actions.dialogue import answering, asking, buying, cart_talk, finding, targets, telling, yes_no
from actions.dialogue.memory import Asked, Question
from actions.dialogue.turn import Turn


class BeginPurchase(SellingAction):
    """Reads the wanted item back; with an offer on the table "nehme ich" means the offer."""

    consequential = True

    def name(self) -> str:
        return "action_begin_purchase"

    def act(self, turn: Turn) -> None:
        question = turn.memory.question
        if cart_talk.orders_what_lies_there(turn):
            cart_talk.checkout(turn)
            return
        if asking.wants_all_shown(turn) and not (question and question.offers):
            self._begin_all(turn)
            return
        named = targets.named_family(turn) or targets.focus_of_kind(turn) or asking.only_one_of_its_kind(turn)
        on_the_table = question if question and question.asked in (Asked.OFFER, Asked.READBACK) else None
        if on_the_table and answering.is_half_hearted(turn):
            yes_no.yes(turn)
        elif on_the_table and named in ("", on_the_table.family):
            self._take(turn, on_the_table, named)
        elif named or not asking.has_content(turn):
            self._begin(turn, named or targets.family_in_discussion(turn))
        elif asking.names_only_the_kind_shown(turn):
            self._begin(turn, "")
        else:
            turn.memory.drop_plans()
            finding.search(turn, new=True)
            if len(turn.memory.shown) == 1 and turn.memory.focus == turn.memory.shown[0]:
                self._begin(turn, turn.memory.focus)

    def _take(self, turn: Turn, question: Question, named: str) -> None:
        """Said, "nehme ich" agrees to what is on the table; a button shown elsewhere does not, nor does "tausch das
        gegen ..." to what comes as one more."""
        swaps = named and targets.SWAPS.search(turn.incoming.text)
        if turn.incoming.typed and not swaps:
            yes_no.yes(turn)
        elif swaps or question.asked is Asked.READBACK:
            self._begin(turn, question.family)
        else:
            yes_no.ask_again(turn, question)

    def _begin_all(self, turn: Turn) -> None:
        first, *turn.memory.also_wanted = turn.memory.shown
        buying.begin(turn, first, 1)

    def _begin(self, turn: Turn, family: str) -> None:
        turn.memory.drop_plans()
        if family:
            buying.begin(turn, family, turn.understood.quantity or turn.memory.quantity)
        else:
            telling.ask_which(turn, "purchase_intent", "utter_purchase_which")


class AnswerYes(SellingAction):
    """Binds a yes to the open question."""

    def name(self) -> str:
        return "action_answer_yes"

    def act(self, turn: Turn) -> None:
        yes_no.yes(turn)


class AnswerNo(SellingAction):
    """Binds a no to the open question."""

    def name(self) -> str:
        return "action_answer_no"

    def act(self, turn: Turn) -> None:
        yes_no.no(turn)
