"""Which kind of product is meant: kept, left, asked for where only a limit is known, narrowed in a department."""

from dataclasses import replace

from actions.dialogue import asking, targets
from actions.dialogue.memory import Asked
from actions.dialogue.missing import GIFT, PURPOSE
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.reply import Payload, payload
from actions.dialogue.showing import what_was_searched
from actions.dialogue.turn import Turn
from actions.offers.attributes import span
from actions.offers.situation import Needs
from actions.understanding.catalogue import above, within
from actions.understanding.finder import find
from actions.understanding.understood import Understood

MOST_KINDS = 6
LEAST_KINDS = 3


def turn_to_another(turn: Turn) -> None:
    """Without naming a kind, words may still leave the one in discussion, or agree to the one proposed."""
    if _leaves_the_kind(turn):
        turn.memory.remember_needs(Needs())
    asked = turn.memory.question
    if asked and _refines_the_kind_proposed(turn):
        turn.memory.remember_needs(Needs(category=asked.reference))
        turn.memory.words = []


def _leaves_the_kind(turn: Turn) -> bool:
    """ "Coffee maker in white" beside fridges: only titles of another kind hold the words."""
    said, inside = turn.understood, turn.lexicon.families_in((turn.memory.category,))
    titled = frozenset() if said.category or not turn.memory.category else targets.named_by_titles(turn)
    return bool(titled) and titled.isdisjoint(inside)


def _refines_the_kind_proposed(turn: Turn) -> bool:
    """ "In rot" after "am nächsten käme ...": the wish is for the kind that was proposed."""
    asked, said = turn.open_question(Asked.SHOW), turn.understood
    return bool(asked and asked.reference and asking.narrows(turn) and not (said.category or said.words))


def measures_kept(turn: Turn, category: str) -> dict[str, str]:
    """What the shopper is measured by stays the same in another kind that is made by it: a height."""
    inside = turn.snapshot.in_category(category)
    return {n: w for n, w in turn.memory.wishes.items() if any(span(p.attributes.get(n, "")) for p in inside)}


def asks_first(turn: Turn) -> bool:
    """Where all that is known is a price, a colour or a size, ask what it shall be; False where that is known.

    Everything below 300 euros in a shop of many departments is no answer. It is asked once: who then names no kind
    either is shown what there is.
    """
    memory, said = turn.memory, turn.understood
    named = (
        memory.kind_asked
        or memory.category
        or memory.words
        or said.families
        or said.tier
        or said.brand
        or memory.unwanted
    )
    text = turn.incoming.text
    limited = memory.needs.stated and memory.wishes.keys() <= {*VARIANT_KINDS}
    if named or said.unknown or not limited or GIFT.search(text) or PURPOSE.search(text):
        return False
    kinds = _that_have_it(turn, memory.needs, _below(turn, ""))
    if len(kinds) < LEAST_KINDS:
        return False
    memory.question, memory.kind_asked = None, True
    turn.reply.say("utter_search_which_kind", what=what_was_searched(turn))
    turn.reply.titled_choices([_button(turn, path) for path in kinds[:MOST_KINDS]])
    return True


def show_departments(turn: Turn) -> None:
    """Everything the shop sells, by department."""
    paths = _that_have_it(turn, Needs(), _below(turn, ""))
    turn.reply.say("utter_range")
    turn.reply.titled_choices([_button(turn, path) for path in paths])


def help_to_narrow(turn: Turn) -> None:
    """Where a whole department was named and nothing else, its kinds become buttons beside what was found."""
    memory, said = turn.memory, turn.understood
    bare = said.category == memory.category and len(said.categories) == 1
    if not bare or memory.wishes or memory.words or said.tier or said.comparison or said.preference:
        return
    kinds = _that_have_it(turn, memory.needs, _below(turn, memory.category))
    if len(kinds) >= LEAST_KINDS:
        turn.reply.more_choices([_button(turn, path) for path in kinds[:MOST_KINDS]])


def _below(turn: Turn, category: str) -> set[str]:
    """The kinds right below a category that hold products; the departments below ""."""
    steps = len(above(category)) if category else 0
    held = (variants[0].category for variants in turn.snapshot.families.values())
    return {path[steps] for each in held if within(each, category) and len(path := above(each)) > steps}


def _that_have_it(turn: Turn, needs: Needs, paths: set[str]) -> list[str]:
    """Those of some categories that hold something within the limits, the most models first."""
    found = {
        path: find(replace(needs, category=path), Understood(), turn.snapshot, turn.lexicon, limit=1).total
        for path in paths
    }
    return sorted((path for path, total in found.items() if total), key=lambda path: (-found[path], path))


def _button(turn: Turn, path: str) -> tuple[str, Payload]:
    return turn.names.category(path), payload("search_product", category=path)
