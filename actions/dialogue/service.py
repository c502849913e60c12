"""Service around the sale: complaints, people, orders, opt-out, consent, language and erasure."""

from collections.abc import Callable

from actions.dialogue import answering
from actions.dialogue.memory import Asked, Memory, Question
from actions.dialogue.reply import Reply, payload
from actions.dialogue.turn import Turn
from actions.offers.situation import Stage
from actions.placeholders import names_a_way_to_reach
from actions.store import consents, conversations, handoffs, orders
from actions.store.orders import Cancelled
from actions.understanding.opting_out import wants_no_offers
from actions.understanding.wordings import wants_to_be_reached

CONSENT_TEXT = "2026-11-22"
ENDS_OFFERS = frozenset({"asked", "complaint", "cancel_order"})
UNREAD = frozenset({"nlu_fallback", "out_of_scope", "chitchat", "ask_accessories", "ask_recommendation"})
NOES = frozenset({"deny", "hesitate", "object_price"})
CANCELLABLE = frozenset({"pending", "placed"})


def hand_off(turn: Turn, reason: str) -> str:
    """Open a handoff with the whole context and say so, with its reference."""
    context = {
        "needs": turn.memory.document() | {"question": None},
        "cart": [{"sku": i.product.sku, "quantity": i.quantity} for i in turn.cart()],
        "refused": turn.memory.refused,
        "stage": str(turn.conversation.stage),
        "language": turn.conversation.language,
        "said": turn.incoming.text,
        "message": turn.incoming.message,
    }
    reference = handoffs.open(
        turn.connection, conversation=turn.conversation.id, reason=reason, context=context, now=turn.now
    )
    turn.update(handed_off=turn.conversation.handed_off or reason in ENDS_OFFERS)
    turn.reply.say("utter_handoff", reference=reference, **turn.facts())
    turn.reply.add({"type": "handoff", "reference": reference})
    return reference


def ask_for_a_person(turn: Turn) -> None:
    """Hand over once; who asks again hears that the case lies with the team already."""
    reference = handoffs.waiting(turn.connection, turn.conversation.id, ("asked", "complaint"))
    if not reference:
        hand_off(turn, "asked")
        return
    handoffs.ask_again(turn.connection, reference, turn.now)
    turn.reply.say("utter_handoff_waiting", reference=reference, **turn.facts())
    turn.reply.add({"type": "handoff", "reference": reference})


def leaves_an_address(turn: Turn) -> bool:
    """True for a mail address, a number or where they live, by a shopper whose case lies with a person."""
    typed = turn.incoming.typed and turn.conversation.handed_off
    return typed and names_a_way_to_reach(turn.incoming.text) and bool(_case(turn))


def asks_to_be_reached(turn: Turn) -> bool:
    """True where somebody nobody is looking after yet wants to be called or written to, and says how."""
    wanted = turn.incoming.typed and wants_to_be_reached(turn.incoming.text)
    return wanted and not _case(turn) and names_a_way_to_reach(turn.incoming.text)


def note_address(turn: Turn) -> None:
    """Pass on where the shopper can be reached: the message, whose original lies sealed."""
    reference = _case(turn)
    handoffs.add(turn.connection, reference, turn.incoming.text, turn.incoming.message)
    turn.reply.say("utter_address_noted", reference=reference)


def _case(turn: Turn) -> str:
    return handoffs.waiting(turn.connection, turn.conversation.id, ("asked", "complaint", "cancel_order"))


def complain(turn: Turn) -> None:
    """Say sorry once, stop selling for the rest of the conversation, and bring in a person; more of it is added."""
    reference = handoffs.waiting(turn.connection, turn.conversation.id, ("complaint",))
    turn.update(negative_mood=True)
    turn.memory.question = None
    if not reference:
        turn.reply.say("utter_complaint")
        hand_off(turn, "complaint")
        return
    handoffs.add(turn.connection, reference, turn.incoming.text, turn.incoming.message)
    handoffs.ask_again(turn.connection, reference, turn.now)
    turn.reply.say("utter_complaint_added", reference=reference, **turn.facts())
    turn.reply.add({"type": "handoff", "reference": reference})


def stop_offers(turn: Turn) -> None:
    """No more offers, full service; an open offer counts as declined."""
    offer = answering.open_offer(turn)
    if offer:
        answering.refuse(turn, offer)
    turn.update(opted_out=True)
    _say_that_offers_stopped(turn)


def _say_that_offers_stopped(turn: Turn) -> None:
    turn.reply.say("utter_offers_stopped")
    turn.reply.choices(("utter_choice_resume_offers", payload("resume_offers")))


def opts_out_beside(turn: Turn) -> bool:
    """True where typed words want no more offers and the message was taken for something else."""
    named = turn.incoming.typed and turn.incoming.intent not in ("stop_offers", "resume_offers")
    return named and wants_no_offers(turn.incoming.text)


def stop_offers_beside(turn: Turn, answer: Callable[[Turn], None]) -> None:
    """Record the no to all offers first, so that the answer brings none; a bare no has nothing else to answer."""
    no_to_offers = turn.incoming.intent in NOES and (not turn.memory.question or answering.open_offer(turn))
    if turn.incoming.intent in UNREAD or no_to_offers:
        stop_offers(turn)
        return
    turn.update(opted_out=True)
    answer(turn)
    _say_that_offers_stopped(turn)


def resume_offers(turn: Turn) -> None:
    """Offers again from now on; items declined before stay declined."""
    turn.update(opted_out=False, refusals=0)
    turn.memory.paused = []
    waiting = turn.conversation.negative_mood or turn.conversation.handed_off
    turn.reply.say("utter_offers_resumed_later" if waiting else "utter_offers_resumed")


def set_consent(turn: Turn, state: str) -> None:
    """Record the consent in the ledger and say what it means."""
    consents.record(
        turn.connection,
        conversation=turn.conversation.id,
        state=state,
        text_version=CONSENT_TEXT,
        language=turn.conversation.language,
        channel=turn.incoming.channel,
        now=turn.now,
    )
    turn.update(consent=state)
    turn.reply.say(f"utter_consent_{state}")
    # taking it back is as easy as giving it
    other = "withdraw_consent" if state == "personalised" else "give_consent"
    turn.reply.choices((f"utter_mean_{other}", payload(other)))


def switch_language(turn: Turn) -> None:
    """Go on in the other language, or in the one named."""
    words = turn.incoming.text.casefold()
    named = turn.incoming.entities.get("to") or (
        "en"
        if any(w in words for w in ("engl", "inglis"))
        else "de"
        if any(w in words for w in ("deut", "germ"))
        else ""
    )
    language = named or ("de" if turn.conversation.language == "en" else "en")
    turn.update(language=language)
    turn.reply = Reply(turn.reply.phrases, language)
    turn.reply.say("utter_language_switched")


def propose_language(turn: Turn) -> None:
    """Once a conversation, where the shopper writes in the other language: a button switches, nothing else does."""
    seen = turn.incoming.entities.get("language_seen", "")
    if seen not in ("de", "en") or seen == turn.conversation.language or turn.memory.language_proposed:
        return
    turn.memory.language_proposed = True
    button = Reply(turn.reply.phrases, seen).choice(
        "utter_choice_switch_language", payload("switch_language", to=seen)
    )
    turn.reply.add({"type": "choices", "choices": [button]})


def order_status(turn: Turn) -> None:
    """What is recorded of this conversation's orders; other people's orders are never shown."""
    placed = orders.of_conversation(turn.connection, turn.conversation.id)
    if not placed:
        turn.reply.say("utter_order_unknown", **turn.facts())
        return
    order = placed[-1]
    turn.reply.say(
        f"utter_order_{order.state}", number=order.number or order.id[:8], total=order.total, **turn.facts()
    )


def cancel_order(turn: Turn) -> None:
    """Ask before passing the wish on; orders from elsewhere go to a person."""
    known = orders.of_conversation(turn.connection, turn.conversation.id)
    placed = [order for order in known if order.state in CANCELLABLE]
    if known and not placed:
        order_status(turn)
        return
    if not placed:
        turn.reply.say("utter_cancel_unknown", **turn.facts())
        turn.reply.choices(("utter_choice_human", payload("human_handoff")))
        return
    order = placed[-1]
    turn.reply.say("utter_cancel_ask", number=order.number or order.id[:8])
    asked = Question(Asked.CANCEL_ORDER, reference=order.id)
    yes_to_it = payload("confirm", to=asked.key)
    turn.reply.choices(
        ("utter_choice_cancel_yes", yes_to_it), ("utter_choice_cancel_no", payload("deny", to=asked.key))
    )
    turn.ask(asked)


def cancel_confirmed(turn: Turn, question: Question) -> None:
    """Cancel what has not left the house; else pass the wish on to people. The row says so before the sentence."""
    turn.memory.question = None
    outcome = orders.cancel(turn.connection, question.reference)
    if outcome is Cancelled.IN_TIME:
        turn.reply.say("utter_cancelled_in_time", number=question.reference[:8])
        return
    if outcome is Cancelled.ASKED:
        turn.reply.say("utter_cancel_passed_on")
    else:
        order_status(turn)
    hand_off(turn, "cancel_order")


def ask_erase(turn: Turn) -> None:
    """Ask once before erasing."""
    turn.reply.say("utter_erase_ask")
    asked = Question(Asked.ERASE)
    yes_to_it = payload("confirm", to=asked.key)
    turn.reply.choices(
        ("utter_choice_erase_yes", yes_to_it), ("utter_choice_erase_no", payload("deny", to=asked.key))
    )
    turn.ask(asked)


def erase(turn: Turn) -> None:
    """Erase what this conversation holds: texts, needs, cart, offers; people decide where it must be kept."""
    if conversations.is_held(turn.connection, turn.conversation.id):
        hand_off(turn, "erase_held")
        return
    conversations.erase_content(turn.connection, turn.conversation.id)
    conversations.forget_customer(turn.connection, turn.conversation.id)
    # a no outlives what it was said about
    turn.memory = Memory(refused=turn.memory.refused, paused=turn.memory.paused)
    turn.update(stage=Stage.BROWSE, customer=None)
    turn.reply.say("utter_erased")


def export_data(turn: Turn) -> None:
    """Say where the whole record can be had, and open the request with people."""
    turn.reply.say("utter_export")
    hand_off(turn, "export_data")
