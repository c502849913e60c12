"""Answers questions about recorded facts: one, of each model shown, or honestly not known."""

import re

from actions.dialogue import sizing, targets, telling
from actions.dialogue.asked_facts import asked_fact, asked_of, fact, talked_of
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.turn import Turn
from actions.wording import listed

YES_OR_NO = re.compile(
    r"(?:und )?(?:ist|sind|hat|haben|kann|gibt|is|are|has|have|does|do|can)\b.*\?$", re.IGNORECASE
)


def answer_details(turn: Turn) -> None:
    """Answer a question about a product: one recorded fact, or the whole sheet."""
    product = targets.product_in_discussion(turn)
    if product is None:
        _answer_about_shown(turn)
        return
    if sizing.tell_size_for(turn, product):
        return
    attribute = asked_of(turn, product)
    if attribute is None and _asks_for_the_unknown(turn):
        turn.reply.say(
            "utter_fact_unknown", product=turn.names.title(product), attribute=", ".join(turn.understood.words)
        )
        return
    if attribute is None:
        turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
        telling.show_details(turn, product)
        return
    if attribute in VARIANT_KINDS and product.sku != turn.memory.focus_sku:
        sizing.tell_what_it_comes_in(turn, product, attribute)
        return
    value = fact(turn, product, attribute)
    turn.reply.say(
        "utter_fact_answer" if value else "utter_fact_unknown",
        product=turn.names.title(product),
        attribute=turn.names.label(attribute),
        value=value,
    )


def _asks_for_the_unknown(turn: Turn) -> bool:
    """True for a yes-or-no question about something no record knows: "ist wifi 7 drin?"."""
    return bool(turn.understood.words) and bool(YES_OR_NO.match(turn.incoming.text.strip()))


def asks_a_fact(turn: Turn) -> bool:
    """True where the words name an attribute that is recorded for what is being talked of."""
    attribute = asked_fact(turn)
    return bool(attribute) and any(fact(turn, p, attribute) for p in talked_of(turn))


def _answer_about_shown(turn: Turn) -> None:
    """ "Und die Reichweite?" with several models on the counter: the fact of each."""
    shown = targets.representatives(turn, turn.memory.shown)
    attribute = asked_of(turn, shown[0]) if shown else None
    facts = {turn.names.title(p): fact(turn, p, attribute) for p in shown} if attribute else {}
    what = turn.names.label(attribute) if attribute else ", ".join(turn.understood.unknown)
    if shown and what and not any(facts.values()):
        titles = listed([turn.names.title(p) for p in shown], turn.reply.language)
        turn.reply.say("utter_fact_unknown", product=titles, attribute=what)
        return
    if not attribute:
        telling.ask_which(turn, "ask_details")
        return
    unknown = turn.reply.text("utter_fact_missing")
    told = "; ".join(f"{title}: {value or unknown}" for title, value in facts.items())
    turn.reply.say("utter_fact_of_each", attribute=turn.names.label(attribute), facts=told)
