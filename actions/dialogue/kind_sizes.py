"""Which size fits a person where no product is talked of yet: the kinds that have a size guide, and theirs."""

from collections import Counter
from collections.abc import Mapping

from actions.dialogue import finding, sizing, targets
from actions.dialogue.asking import NOT_A_CHANGE
from actions.dialogue.memory import Asked
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.understanding.catalogue import within
from actions.understanding.wordings import asks_which_size

MOST_KINDS = 6


def asks_size_of_a_kind(turn: Turn) -> bool:
    """True for "welche Rahmengröße brauche ich bei 1,83?" before any product was shown, and for the button then."""
    if _pressed(turn):
        return bool(_kinds(turn))
    asks = turn.incoming.typed and asks_which_size(turn.incoming.text)
    if not asks or NOT_A_CHANGE.match(turn.incoming.intent) or turn.open_question(Asked.VARIANT):
        return False
    talked_of = turn.understood.families or targets.family_in_discussion(turn)
    beside = turn.memory.shown and not turn.understood.category
    return not (talked_of or beside) and bool(_kinds(turn))


def answer(turn: Turn) -> None:
    """The size for each model of the kind, or the kinds there are as buttons; the measure is remembered."""
    measures = {n: w for n, w in turn.understood.attributes.items() if n in _kinds(turn).values()}
    turn.memory.wishes.update(measures)
    kind = _pressed(turn) or turn.understood.category
    if kind:
        guide = next(iter(_kinds(turn).values()))
        finding.search(turn, new=not _pressed(turn))
        if not sizing.tell_size_of_shown(turn):
            turn.reply.say("utter_size_by_measure", measure=turn.names.label(guide))
        return
    turn.reply.say("utter_size_of_which")
    turn.reply.titled_choices(
        [(turn.names.category(path), payload("ask_details", category=path)) for path in _kinds(turn)]
    )


def _pressed(turn: Turn) -> str:
    asked = not turn.incoming.typed and turn.incoming.intent == "ask_details"
    path = turn.incoming.entities.get("category", "") if asked else ""
    return path if path in turn.snapshot.categories else ""


def _kinds(turn: Turn) -> Mapping[str, str]:
    """Kinds of product with a size guide and what it measures; those of the kind and for the measure named."""
    inside, wanted = _pressed(turn) or turn.understood.category or "", {*turn.understood.wanted}
    models: Counter[str] = Counter()
    guides: dict[str, str] = {}
    for variants in turn.snapshot.families.values():
        path, family = variants[0].category, variants[0].family
        guide = sizing.guide_of(turn, family, wanted)
        if guide and (not inside or within(path, inside)):
            models[path] += 1
            guides[path] = guide
    measured = {path: name for path, name in guides.items() if name in wanted} or guides
    most = [path for path, _ in models.most_common() if path in measured]
    return {path: measured[path] for path in most[:MOST_KINDS]}
