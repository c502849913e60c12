"""Says in what two products differ as people would: "Luftfedergabel statt Federgabel", "ohne Gepäckträger"."""

import re
from collections.abc import Sequence

from actions.dialogue.turn import Turn
from actions.offers.attributes import is_there
from actions.offers.decision import Difference
from actions.understanding.spelling import fold, stem_of

MOST_TOLD = 3
YES = frozenset({"yes", "true", "ja"})
MEASURED = re.compile(r"([\d.,]+) (\D\S*)")


def in_words(turn: Turn, rows: Sequence[Difference], *, most: int = MOST_TOLD) -> str:
    """The most telling differences; empty for none.

    The tier is our own word for all the others: said only where nothing else is.
    """
    rows = [row for row in rows if row.attribute != "tier"] or rows
    return "; ".join(_one(turn, row) for row in rows[:most])


def _one(turn: Turn, row: Difference) -> str:
    if not row.offered:
        return turn.reply.text("utter_difference_unknown", attribute=turn.names.inline(row.attribute))
    if is_there(row.offered) != is_there(row.anchor):
        return _there_or_not(turn, row)
    label = turn.names.inline(row.attribute)
    offered, anchor = turn.names.value(row.attribute, row.offered), turn.names.value(row.attribute, row.anchor)
    if offered[:1].isdecimal():
        sentence, offered = "utter_difference_measured", _without_its_unit(offered, anchor)
    else:
        named = _names_itself(label, offered) or _names_itself(label, anchor)
        sentence = "utter_difference_named" if named else "utter_difference"
    return turn.reply.text(sentence, attribute=label, offered=offered, anchor=anchor)


def _there_or_not(turn: Turn, row: Difference) -> str:
    """ "Mit Gepäckträger", "reflektierend", "ohne Visier": one has what the other has not."""
    label, quality = turn.names.inline(row.attribute), turn.names.quality(row.attribute)
    offered = turn.names.value(row.attribute, row.offered)
    if not is_there(row.offered):
        without = turn.reply.text("utter_difference_lacks", attribute=label)
        return turn.names.refusal(quality) if quality else without
    if row.offered.casefold() in YES:
        return quality or turn.reply.text("utter_difference_has", attribute=label)
    if quality or offered[:1].isdecimal():
        return turn.reply.text("utter_difference_is", attribute=quality or label, offered=offered)
    sentence = "utter_difference_has" if _names_itself(label, offered) else "utter_difference_has_kind"
    return turn.reply.text(sentence, attribute=offered if _names_itself(label, offered) else label, offered=offered)


def _names_itself(label: str, value: str) -> bool:
    """True for the fork in "Luftfedergabel": the value says what it is a value of."""
    return bool(label) and stem_of(label.rsplit(maxsplit=1)[-1]) in fold(value)


def _without_its_unit(offered: str, anchor: str) -> str:
    """ "120" of "120 mm" where the other is told in the same unit right after it."""
    ours, theirs = MEASURED.fullmatch(offered), MEASURED.fullmatch(anchor)
    return ours[1] if ours and theirs and ours[2] == theirs[2] else offered
