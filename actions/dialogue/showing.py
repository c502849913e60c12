"""Puts the hits of a search on the counter, three at a time, and says what was searched for."""

from actions.dialogue import telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.products import Money
from actions.offers.situation import Stage
from actions.understanding.finder import Found
from actions.wording import listed

SHOWN_AT_ONCE = 3


def show(turn: Turn, found: Found) -> None:
    """Cards for the best hits; the rest waits for "mehr"."""
    memory = turn.memory
    hits = found.families[:SHOWN_AT_ONCE]
    memory.question = None
    memory.shown = [hit.family for hit in hits]
    memory.seen += memory.shown
    memory.last_offer = ""
    memory.focus, memory.focus_sku = (memory.shown[0], "") if len(memory.shown) == 1 else ("", "")
    if memory.focus:
        turn.ask(Question(Asked.TAKE, family=memory.focus))
    turn.reach(Stage.CONSIDER)
    name = "utter_found_one" if found.total == 1 and len(memory.seen) == 1 else "utter_found"
    if turn.strange:
        turn.reply.say("utter_nothing_of_that_name", what=" ".join(turn.strange))
    what = what_was_searched(turn) or turn.names.category(hits[0].product.category)
    turn.reply.say(name, count=found.total, what=what)
    turn.reply.cards([telling.product_card(turn, hit.product) for hit in hits])
    if found.total > len(hits):
        turn.reply.choices(("utter_choice_more", payload("refine_search", more="yes")))
    if turn.incoming.voice:
        titles = [turn.names.title(hit.product) for hit in hits]
        turn.reply.say("utter_found_voice", products=listed(titles, turn.reply.language, last="or"))


def what_was_searched(turn: Turn) -> str:
    """Category, wishes and budget in words."""
    memory = turn.memory
    parts = [turn.names.category(memory.category)] if memory.category else []
    parts += [turn.names.wish(name, v) for name, v in memory.wishes.items() if name != "category"]
    if memory.max_price is not None:
        parts.append(
            turn.reply.text("utter_need_up_to", price=Money(memory.max_price, turn.snapshot.facts.currency))
        )
    return ", ".join(parts) or ", ".join(memory.words)
