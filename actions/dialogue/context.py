"""Reads a message against what lies on the counter, where the intent alone leaves open what is meant."""

import re

from actions.dialogue import asking, comparing, facts, finding, sizing, targets, telling
from actions.dialogue.turn import Turn

FOLLOWS = re.compile(r"(?:und|and|what about|how about)\b", re.IGNORECASE)


def answer(turn: Turn) -> bool:
    """Answer a message whose words leave no doubt: they point, compare, ask a fact or narrow; False otherwise."""
    said = turn.understood
    if turn.incoming.typed and asking.asks_for_running_cost(turn) and telling.tell_what_is_missing(turn):
        return True
    if turn.incoming.typed and said.comparison and not said.category and comparing.name_the_most(turn):
        return True
    if turn.incoming.typed and FOLLOWS.match(turn.incoming.text) and facts.asks_a_fact(turn):
        facts.answer_details(turn)
        return True
    if turn.incoming.typed and sizing.tell_size_by_measure(turn):
        return True
    if not turn.incoming.typed or said.category or said.unknown or said.corrected:
        return False
    if _points(turn):
        finding.choose(turn)
    elif facts.asks_a_fact(turn):
        facts.answer_details(turn)
    elif turn.memory.category and asking.narrows(turn):
        finding.search(turn, new=False)
    else:
        return False
    return True


def _points(turn: Turn) -> bool:
    if targets.named_family(turn) or targets.narrowed_to(turn):
        return True
    of_variant = {*turn.understood.wanted} & {"colour", "size"}
    return bool(turn.memory.focus and of_variant and asking.is_made_in(turn, turn.memory.focus, of_variant))
