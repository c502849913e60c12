"""Tells what the words of a message ask for: another kind of product, a variant, or a narrower choice."""

from actions.dialogue import buying, targets
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.turn import Turn
from actions.offers.need_fit import in_category


def has_content(turn: Turn) -> bool:
    """True where the words name something of the catalogue or a limit."""
    u = turn.understood
    return bool(u.category or u.families or u.brand or u.max_price is not None or u.uses)


def narrows(turn: Turn) -> bool:
    """True where the words name a wish or a limit and nothing else."""
    u = turn.understood
    return bool(u.wanted or u.unwanted or u.uses or u.max_price is not None or u.min_price is not None or u.lifted)


def names_a_variant(turn: Turn) -> bool:
    """True where only a colour or a size is said while one model that comes in several is in focus."""
    said, focus = turn.understood, turn.memory.focus
    names = set(said.wanted)
    bare = not (said.category or said.families or said.uses or said.unwanted or said.max_price or said.min_price)
    return bool(focus and names) and names <= {*VARIANT_KINDS} and bare and buying.is_made_in(turn, focus, names)


def asks_for_other_kind(turn: Turn) -> bool:
    """True where the words name a kind of product that is not the one in discussion, or one we do not know."""
    category = turn.understood.category
    if targets.named_family(turn):
        return False
    if not category:
        return bool(turn.understood.unknown) and not targets.family_in_discussion(turn)
    family = targets.family_in_discussion(turn)
    return not family or not in_category(turn.snapshot.variants(family)[0], category)


def asks_among_shown(turn: Turn) -> bool:
    """True where a colour, a size or another wish is asked for of several models shown, none of them in focus."""
    several = len(turn.memory.shown) > 1 and not targets.family_in_discussion(turn)
    return several and bool(turn.memory.category) and bool(turn.understood.wanted or turn.understood.uses)


def only_one_of_its_kind(turn: Turn) -> str:
    """The one model of the named kind, among those shown or else in the range; empty where there are several."""
    category = turn.understood.category
    if not category:
        return ""
    inside = {p.family for p in turn.snapshot.in_category(category)}
    among_shown = [family for family in turn.memory.shown if family in inside]
    only = among_shown if among_shown else sorted(inside)
    return only[0] if len(only) == 1 else ""
