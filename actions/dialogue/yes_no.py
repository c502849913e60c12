""" "Ja" and "nein" bind to the one open question and to nothing else."""

import re

from actions.dialogue import answering, asking, buying, finding, hesitating, service, targets, telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.situation import Hesitation
from actions.store import offer_log

MANY = ("zwei", "two", "drei", "three", "vier", "four", "fünf", "five", "sechs", "six")
HOW_MANY = re.compile(rf"\b({'|'.join(MANY)})\b\W*(?:bitte|please|davon|of (?:them|those))?\W*$", re.IGNORECASE)
ENOUGH = re.compile(
    r"\b(?:(?:das|des|dat)\W?(?:war|is)\W?s|das war alles|reicht|nichts mehr|that'?s (?:it|all)|nothing else)\b",
    re.IGNORECASE,
)


def yes(turn: Turn) -> None:
    """Do what the open question asked; a half-hearted yes is asked again."""
    question = turn.memory.question
    pressed, meant = (turn.incoming.entities.get(name, "") for name in ("offer", "to"))
    if pressed:
        _yes_to_button(turn, pressed)
    elif meant and (question is None or question.key != meant):
        _yes_to_something_earlier(turn)
    elif question is None and turn.incoming.typed and turn.understood.comparison and turn.memory.shown:
        finding.choose(turn)
    elif question is None and len(turn.memory.shown) > 1 and not turn.cart():
        telling.ask_which(turn, "purchase_intent")
    elif question is None:
        turn.reply.say("utter_yes_to_what")
    elif answering.is_half_hearted(turn):
        ask_again(turn, question)
    else:
        _do(turn, question)


def _yes_to_button(turn: Turn, offer_id: str) -> None:
    offer = offer_log.get(turn.connection, offer_id)
    if offer is None or offer.conversation != turn.conversation.id:
        turn.reply.say("utter_offer_gone")
    elif offer.state == "accepted":
        turn.reply.say("utter_offer_taken_already")
    else:
        answering.accept(turn, Question(Asked.OFFER, offers=[offer_id]))


def _yes_to_something_earlier(turn: Turn) -> None:
    """A button pressed twice, or one further up: what is asked now stays open."""
    lies_there = turn.held(turn.incoming.entities.get("sku", ""))
    turn.reply.say("utter_offer_taken_already" if lies_there else "utter_yes_to_what")


def _do(turn: Turn, question: Question) -> None:
    if question.asked is Asked.READBACK:
        if not _reads_back_another_number(turn, question):
            buying.confirm_read_back(turn, question)
    elif question.asked is Asked.OFFER:
        answering.accept(turn, question)
    elif question.asked is Asked.VARIANT:
        buying.take_only_option(turn, question)
    elif question.asked is Asked.ERASE:
        service.erase(turn)
    elif question.asked is Asked.CANCEL_ORDER:
        service.cancel_confirmed(turn, question)
    elif question.asked is Asked.TAKE:
        turn.memory.question = None
        buying.begin(turn, question.family, turn.memory.quantity)
    elif question.asked is Asked.SHOW:
        finding.show_more(turn, question)
    else:
        turn.reply.say("utter_yes_to_what")


def _number_said(turn: Turn) -> int | None:
    if turn.understood.quantity or turn.understood.ordinals:
        return turn.understood.quantity
    alone = HOW_MANY.search(turn.incoming.text)
    return MANY.index(alone[1].casefold()) // 2 + 2 if alone else None


def _reads_back_another_number(turn: Turn, question: Question) -> bool:
    """ "Ja, zwei bitte": a yes that names another number than was read back is read back with that."""
    said = _number_said(turn) if turn.incoming.typed else None
    product = turn.product(question.sku)
    if not said or said == question.quantity or product is None:
        return False
    buying.read_back(turn, product, min(said, buying.MAX_QUANTITY), offers=question.offers)
    return True


def ask_again(turn: Turn, question: Question) -> None:
    """Ask for a plain yes or no to the open question."""
    product = turn.product(question.sku) if question.sku else None
    turn.reply.say(
        "utter_ask_again" if product else "utter_ask_again_open",
        product=turn.names.full(product) if product else "",
    )
    yes_to_it = payload("confirm", to=question.key, sku=question.sku)
    turn.reply.choices(("utter_choice_yes", yes_to_it), ("utter_choice_no", payload("deny", to=question.key)))


def no(turn: Turn) -> None:
    """Leave everything as it is; a no to an offer is remembered, also one pressed further up."""
    question = turn.memory.question
    pressed, meant = (turn.incoming.entities.get(name, "") for name in ("offer", "to"))
    if pressed and not (question and pressed in question.offers):
        answering.refuse_earlier(turn, pressed)
        turn.reply.say("utter_offer_declined")
        return
    if meant and not (question and question.key == meant):
        turn.reply.say("utter_no_fine")
        return
    if question is None and turn.incoming.typed and asking.takes_one_shown(turn):
        buying.begin(turn, targets.named_family(turn), turn.memory.quantity)
        return
    turn.memory.drop_plans()
    if question is None:
        turn.reply.say("utter_no_fine")
    elif question.asked is Asked.OFFER:
        answering.decline(turn, question)
    elif question.asked is Asked.WHAT_MATTERS:
        _nothing_matters(turn, question)
    else:
        turn.memory.question = None
        turn.reply.say(f"utter_no_{question.asked}")


def _nothing_matters(turn: Turn, question: Question) -> None:
    memory, anchor = turn.memory, turn.product(question.sku)
    memory.question = None
    if anchor is None or ENOUGH.search(turn.incoming.text):
        turn.reply.say("utter_no_fine")
        return
    memory.category = anchor.category
    # who hesitated has asked for nothing; where nothing else matters, the price does
    reason = Hesitation.PRICE_SENSITIVITY if question.intent else None
    hesitating.offer_down(turn, anchor, reason, asked=reason is None)
