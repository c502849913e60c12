"""Says in what two products differ as people would: "Luftfedergabel statt Federgabel", "ohne Gepäckträger"."""

import re
from collections.abc import Callable, Sequence

from actions.dialogue.turn import Turn
from actions.offers.attributes import is_there
from actions.offers.decision import Difference
from actions.understanding.spelling import fold, stem_of

Say = Callable[..., str]
MOST_TOLD = 3
YES = frozenset({"yes", "true", "ja"})
MEASURED = re.compile(r"([\d.,]+) (\D\S*)")


def in_words(turn: Turn, rows: Sequence[Difference]) -> str:
    """The most telling differences; empty for none."""
    return "; ".join(_one(turn, row, turn.reply.text) for row in _telling(rows)[:MOST_TOLD])


def first_spoken(turn: Turn, rows: Sequence[Difference]) -> str:
    """The most telling difference as a voice says it; empty for none."""
    return "".join(_one(turn, row, turn.reply.speech) for row in _telling(rows)[:1])


def _telling(rows: Sequence[Difference]) -> Sequence[Difference]:
    """The tier is our own word for all the others: said only where nothing else is."""
    return [row for row in rows if row.attribute != "tier"] or rows


def _one(turn: Turn, row: Difference, say: Say) -> str:
    if not row.offered:
        return say("utter_difference_unknown", attribute=turn.names.inline(row.attribute))
    if is_there(row.offered) != is_there(row.anchor):
        return _there_or_not(turn, row, say)
    label = turn.names.inline(row.attribute)
    offered, anchor = turn.names.value(row.attribute, row.offered), turn.names.value(row.attribute, row.anchor)
    if offered[:1].isdecimal():
        sentence, offered = "utter_difference_measured", _without_its_unit(offered, anchor)
    else:
        named = _names_itself(label, offered) or _names_itself(label, anchor)
        sentence = "utter_difference_named" if named else "utter_difference"
    return say(sentence, attribute=label, offered=offered, anchor=anchor)


def _there_or_not(turn: Turn, row: Difference, say: Say) -> str:
    """ "Mit Gepäckträger", "reflektierend", "ohne Visier": one has what the other has not."""
    label, quality = turn.names.inline(row.attribute), turn.names.quality(row.attribute)
    offered = turn.names.value(row.attribute, row.offered)
    if not is_there(row.offered):
        without = say("utter_difference_lacks", attribute=label)
        return turn.names.refusal(quality) if quality else without
    if row.offered.casefold() in YES:
        return quality or say("utter_difference_has", attribute=label)
    if quality or offered[:1].isdecimal():
        return say("utter_difference_is", attribute=quality or label, offered=offered)
    sentence = "utter_difference_has" if _names_itself(label, offered) else "utter_difference_has_kind"
    return say(sentence, attribute=offered if _names_itself(label, offered) else label, offered=offered)


def _names_itself(label: str, value: str) -> bool:
    """True for the fork in "Luftfedergabel": the value says what it is a value of."""
    return bool(label) and stem_of(label.rsplit(maxsplit=1)[-1]) in fold(value)


def _without_its_unit(offered: str, anchor: str) -> str:
    """ "120" of "120 mm" where the other is told in the same unit right after it."""
    ours, theirs = MEASURED.fullmatch(offered), MEASURED.fullmatch(anchor)
    return ours[1] if ours and theirs and ours[2] == theirs[2] else offered
