"""Puts the hits of a search on the counter, three at a time, and says what was searched for."""

from actions.dialogue import telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.products import Money
from actions.offers.situation import Stage
from actions.understanding.finder import Found

SHOWN_AT_ONCE = 3


def show(turn: Turn, found: Found) -> None:
    """Cards for the best hits; the rest waits for "mehr"."""
    memory = turn.memory
    hits = (found.named,) if found.named else found.families[:SHOWN_AT_ONCE]
    memory.question = None
    memory.shown = [hit.family for hit in hits]
    memory.seen += memory.shown
    memory.last_offer = ""
    memory.focus, memory.focus_sku = (memory.shown[0], "") if len(memory.shown) == 1 else ("", "")
    if memory.focus:
        turn.ask(Question(Asked.TAKE, family=memory.focus))
    turn.reach(Stage.CONSIDER)
    alone = found.total == 1 and len(memory.seen) == 1
    name = "utter_found_named" if found.named else "utter_found_one" if alone else "utter_found"
    _say_what_was_not_found(turn, found)
    what = what_was_searched(turn) or turn.names.category(hits[0].product.category)
    turn.reply.say(name, count=found.total, what=what)
    turn.reply.cards([telling.product_card(turn, hit.product) for hit in hits])
    if found.total > len(hits):
        turn.reply.choices(("utter_choice_more", payload("refine_search", more="yes")))


def _say_what_was_not_found(turn: Turn, found: Found) -> None:
    """A name nobody knows, a quality that cannot be looked for, and the model meant where it breaks a limit."""
    if turn.strange:
        turn.reply.say("utter_nothing_of_that_name", what=" ".join(turn.strange))
    if found.lacking:
        turn.reply.say("utter_cannot_look_for", what=turn.names.quoted(found.lacking))
    if found.missed:
        turn.reply.say(
            "utter_named_breaks_a_limit", product=turn.names.title(found.missed), price=found.missed.price
        )


def _budget_in_words(turn: Turn) -> list[str]:
    low, high, currency = turn.memory.min_price, turn.memory.max_price, turn.snapshot.facts.currency
    if low is not None and high is not None:
        return [turn.reply.text("utter_need_between", low=Money(low, currency), high=Money(high, currency))]
    return [
        turn.reply.text(name, price=Money(price, currency))
        for name, price in (("utter_need_from", low), ("utter_need_up_to", high))
        if price is not None
    ]


def what_was_searched(turn: Turn) -> str:
    """Category, wishes and budget in words."""
    memory = turn.memory
    parts = [turn.names.category(memory.category)] if memory.category else []
    parts += [turn.names.wish(name, v) for name, v in memory.wishes.items() if name != "category"]
    parts += _budget_in_words(turn)
    return ", ".join(parts) or ", ".join(memory.words)
