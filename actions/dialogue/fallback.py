"""When the assistant is unsure: read the words once more, then ask back with buttons."""

import re
from collections.abc import Sequence

from actions.dialogue import asking, cart_talk, comparing, context, finding, hesitating, service, targets
from actions.dialogue.memory import Asked
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.understanding.wordings import asks_whether_it_is_sold

YES = re.compile(r"\s*(?:yes|yeah|yep|ok(?:ay)?|sure|ja|jo|gern)\b", re.IGNORECASE)
FINDING = frozenset({"search_product", "ask_availability"})
MAKER = re.compile(r"\b(?:von|by|from|vom|marke|brand|made by)\b", re.IGNORECASE)
UNNAMED = frozenset({"nlu_fallback", "out_of_scope", "confirm", "deny"})


def not_understood(turn: Turn) -> None:
    """Answer what the words leave no doubt about, search if they name a product, else ask what was meant."""
    if turn.incoming.typed and not re.search(r"\w", turn.incoming.text):
        turn.reply.say("utter_search_what")
        return
    if service.asks_to_be_reached(turn):
        service.hand_off(turn, "asked")
        return
    likeliest = [intent for intent in turn.incoming.ranking if intent != "nlu_fallback"][:1]
    wanted = asks_whether_it_is_sold(turn.incoming.text) or FINDING.intersection(likeliest)
    unknown_product = turn.understood.unknown and wanted and not turn.memory.shown
    if _picks_the_cheaper(turn):
        finding.choose(turn)
        return
    if _counts_what_is_asked(turn):
        cart_talk.change_quantity(turn)
        return
    if comparing.says_too_heavy(turn):
        comparing.show_lighter(turn)
        return
    if hesitating.is_meant(turn) and (turn.memory.shown or turn.cart()):
        hesitating.answer(turn)
        return
    if asking.asks_for_more(turn):
        finding.show_others(turn)
        return
    if context.answer(turn):
        return
    if turn.strange and MAKER.search(turn.incoming.text) and not asking.has_content(turn):
        turn.reply.say("utter_not_in_range", what=" ".join(turn.strange))
        return
    names_titles = targets.speaks_of_something_else(turn)
    guessed = turn.understood.corrected and not turn.understood.category and not unknown_product
    titled = names_titles or asking.only_names_what_titles_hold(turn)
    if turn.incoming.typed and not guessed and (asking.has_content(turn) or unknown_product or titled):
        said = turn.understood
        finding.search(turn, new=bool(said.category or said.families or unknown_product or titled))
    else:
        ask_back(turn, turn.incoming.ranking)


def _picks_the_cheaper(turn: Turn) -> bool:
    """True for "yes, the cheaper one", which is no doubt about the price."""
    said = turn.understood.comparison
    agrees = YES.match(turn.incoming.text)
    return bool(agrees and said and said.attribute == "price" and not said.highest and len(turn.memory.shown) > 1)


def _counts_what_is_asked(turn: Turn) -> bool:
    """True for "two of them" where something is being read back or its size is asked for."""
    counted = turn.understood.quantity and not asking.has_content(turn)
    return turn.incoming.typed and bool(
        counted and (turn.open_question(Asked.READBACK) or turn.open_question(Asked.VARIANT))
    )


def ask_back(turn: Turn, intents: Sequence[str]) -> None:
    """ "Meinten Sie ...?" with the likeliest readings as buttons; each only acts once pressed."""
    names = turn.reply.phrases.names()
    # the next yes answers this question and no offer before it
    if turn.open_question(Asked.OFFER):
        turn.memory.question = None
    titles = [(f"utter_mean_{i.replace('/', '_')}", i) for i in intents if i not in UNNAMED]
    known = [(name, intent) for name, intent in titles if name in names][:2]
    named = targets.named_family(turn) if turn.incoming.typed else ""
    if named:
        turn.memory.focus, turn.memory.focus_sku = named, ""
    turn.reply.say("utter_did_you_mean" if known else "utter_not_understood")
    turn.reply.choices(
        *[(name, payload(intent)) for name, intent in known], ("utter_choice_human", payload("human_handoff"))
    )


def out_of_scope(turn: Turn) -> None:
    """Say that this is not the shop's business, unless the words name a product or a way to call back after all."""
    if service.asks_to_be_reached(turn):
        service.hand_off(turn, "asked")
        return
    if turn.incoming.typed and (turn.understood.category or turn.understood.families):
        finding.search(turn, new=True)
    else:
        turn.reply.say("utter_out_of_scope")
