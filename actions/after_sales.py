"""Custom actions about orders already placed and the shop's terms."""

from actions.base import SellingAction
from actions.dialogue import asking, delivering, finding, hesitating, service, telling
from actions.dialogue.turn import Turn
from actions.understanding.wordings import asks_for_free_of_charge

FACT_NEEDED = {"opening": "opening_hours"}


class OrderStatus(SellingAction):
    """Says what is recorded about this conversation's order."""

    def name(self) -> str:
        return "action_order_status"

    def act(self, turn: Turn) -> None:
        service.order_status(turn)


class CancelOrder(SellingAction):
    """Asks, then passes a cancellation on to people."""

    consequential = True

    def name(self) -> str:
        return "action_cancel_order"

    def act(self, turn: Turn) -> None:
        service.cancel_order(turn)


class AnswerFaq(SellingAction):
    """Answers questions on shipping, returns, payment and the like from the shop's recorded terms."""

    def name(self) -> str:
        return "action_answer_faq"

    def act(self, turn: Turn) -> None:
        topic = turn.incoming.intent.partition("/")[2] or "contact"
        if topic == "shipping" and turn.cart() and asks_for_free_of_charge(turn.incoming.text):
            hesitating.shipping(turn)
        elif topic == "shipping" and delivering.asks_whereto(turn):
            delivering.answer(turn)
        elif topic == "shipping":
            telling.tell_terms(turn, delivering.terms(turn, "utter_faq/shipping", "utter_faq_shipping_flat"))
        else:
            telling.tell_terms(turn, f"utter_faq/{topic}", FACT_NEEDED.get(topic, topic))
        if topic == "contact":
            telling.tell_store(turn)
        if asking.also_wants_a_product(turn):
            finding.search(turn, new=True)
