"""Custom actions that answer questions about products from their records."""

from actions.base import SellingAction
from actions.dialogue import advising, asking, cart_talk, comparing, facts, finding, suiting, targets, telling
from actions.dialogue.asked_facts import asked_fact
from actions.dialogue.turn import Turn


class AnswerDetails(SellingAction):
    """Answers what a product is and has; unknown facts are said to be unknown."""

    def name(self) -> str:
        return "action_answer_details"

    def act(self, turn: Turn) -> None:
        if asking.asks_what_comes_with_it(turn) and telling.tell_what_is_missing(turn):
            return
        if suiting.asks_which_fit(turn):
            suiting.answer_which_fit(turn)
        elif suiting.asks_whether_it_fits(turn):
            suiting.answer(turn)
        elif facts.asks_a_fact(turn):
            facts.answer_details(turn)
        elif asking.asks_for_other_kind(turn):
            finding.search(turn, new=True)
        elif asking.asks_among_shown(turn):
            finding.search(turn, new=False)
        else:
            facts.answer_details(turn)


class AnswerPrice(SellingAction):
    """Answers what a product costs."""

    def name(self) -> str:
        return "action_answer_price"

    def act(self, turn: Turn) -> None:
        if asking.asks_for_running_cost(turn) and telling.tell_what_is_missing(turn):
            return
        if cart_talk.asks_for_the_sum(turn):
            cart_talk.show(turn)
        elif asking.asks_for_other_kind(turn):
            finding.search(turn, new=True)
        else:
            telling.answer_about(turn, telling.tell_price)


class AnswerAvailability(SellingAction):
    """Answers whether a product is in stock, and in which variants."""

    def name(self) -> str:
        return "action_answer_availability"

    def act(self, turn: Turn) -> None:
        if asking.asks_for_more(turn):
            finding.show_others(turn)
        elif asking.asks_for_other_kind(turn):
            finding.search(turn, new=True)
        elif asking.asks_among_shown(turn):
            finding.search(turn, new=False)
        else:
            telling.answer_about(turn, telling.tell_availability)


class CompareProducts(SellingAction):
    """Puts two or three products side by side."""

    def name(self) -> str:
        return "action_compare_products"

    def act(self, turn: Turn) -> None:
        better = turn.understood.comparison and turn.understood.comparison.attribute == "rating"
        if better and turn.understood.uses:
            advising.recommend(turn)
        else:
            comparing.compare_products(turn)


class Recommend(SellingAction):
    """Says which product suits a purpose, from recorded facts."""

    def name(self) -> str:
        return "action_recommend"

    def act(self, turn: Turn) -> None:
        if suiting.asks_which_fit(turn):
            suiting.answer_which_fit(turn)
        elif asked_fact(turn) == "size" and targets.family_in_discussion(turn):
            facts.answer_details(turn)
        elif turn.understood.uses or not comparing.name_the_most(turn):
            advising.recommend(turn)


class ExplainOffer(SellingAction):
    """Answers "warum ausgerechnet der?" with reason and numbers."""

    def name(self) -> str:
        return "action_explain_offer"

    def act(self, turn: Turn) -> None:
        advising.explain(turn)


class AnswerDiscount(SellingAction):
    """Says honestly that the assistant has no discounts to give."""

    def name(self) -> str:
        return "action_answer_discount"

    def act(self, turn: Turn) -> None:
        turn.reply.say("utter_no_discount")
        if targets.family_in_discussion(turn):
            turn.reply.choices(("utter_choice_cheaper", {"intent": "ask_cheaper", "entities": {}}))
