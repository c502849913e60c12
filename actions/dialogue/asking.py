"""Tells what the words of a message ask for: another kind of product, a variant, or a narrower choice."""

import re

from actions.dialogue import targets
from actions.dialogue.memory import Asked, Question
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.turn import Turn
from actions.offers.attributes import attribute
from actions.offers.need_fit import in_category

MORE = re.compile(
    r"\b(?:was (?:gibt|habt|haben|hätten|ham)\b.*\b(?:noch|sonst)|(?:zeig\w*|sehen|gibt es|noch)\b.* mehr\b|"
    r"mehr davon|noch (?:andere|weitere|mehr)\b|weitere\b|show (?:me )?(?:some )?more|see more|"
    r"more (?:options|models|of (?:them|those))|any (?:others|more)|what else\b|others\?)",
    re.IGNORECASE,
)
ALL_OF_THEM = {
    2: re.compile(r"\b(?:beide|both|alle zwei)\b", re.IGNORECASE),
    3: re.compile(r"\b(?:alle drei|all three|alle|all of them)\b", re.IGNORECASE),
}
COMES_WITH = re.compile(
    r"\b(?:comes? with|includ\w+|dabei|dazu geliefert|mitgeliefert|inklusive|inkl|enthalten|lieferumfang)\b",
    re.IGNORECASE,
)
NOT_AN_ANSWER = re.compile(
    r"object_price|hesitate|ask_|compare|complaint|human|stop_offers|faq|erase|export|checkout|repeat|view_cart|"
    r"deny|order_status|cancel|switch|consent|remove"
)
SHORT = 3


def wants_all_shown(turn: Turn) -> bool:
    """True for "beide" where two models are shown, and for "alle drei" where three are."""
    said = ALL_OF_THEM.get(len(turn.memory.shown))
    return bool(turn.incoming.typed and said and said.search(turn.incoming.text))


def asks_what_comes_with_it(turn: Turn) -> bool:
    """True for "does it come with pedals?" and "sind Batterien dabei?"."""
    return turn.incoming.typed and bool(COMES_WITH.search(turn.incoming.text))


def asks_for_more(turn: Turn) -> bool:
    """True where more of what was searched for is wanted and nothing else is named."""
    said = turn.understood
    pressed = bool(turn.incoming.entities.get("more"))
    typed = turn.incoming.typed and bool(MORE.search(turn.incoming.text)) and not (said.category or narrows(turn))
    return bool(turn.memory.shown) and (pressed or typed)


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
    return bool(focus and names) and names <= {*VARIANT_KINDS} and bare and is_made_in(turn, focus, names)


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


def answers_variant_question(turn: Turn) -> bool:
    """True where a size or colour was asked for and the message names one (and not another product)."""
    question = turn.open_question(Asked.VARIANT)
    if question is None:
        return False
    if pressed_option(turn, question.family):
        return True
    if len(turn.incoming.text.split()) <= SHORT and _names_option(turn, question):
        return True
    if NOT_AN_ANSWER.match(turn.incoming.intent):
        return False
    understood = turn.understood
    elsewhere = understood.ordinal or any(family != question.family for family in understood.families)
    if elsewhere or understood.categories:
        return False
    return bool(understood.attributes) or _names_option(turn, question)


def _names_option(turn: Turn, question: Question) -> bool:
    return bool(option_said(turn, question.family, question.attribute))


def option_said(turn: Turn, family: str, name: str) -> str:
    """The option named by the bare word, "46" or "M", whatever stands around it."""
    words = re.findall(r"[\w./-]+", turn.incoming.text.casefold())
    options = {attribute(p, name) for p in turn.snapshot.variants(family)}
    return next((option for option in sorted(options) if option and option.casefold() in words), "")


def is_made_in(turn: Turn, family: str, names: set[str]) -> bool:
    """True where a model comes in several of what the words name: colours, sizes."""
    return any(len({attribute(p, name) for p in turn.snapshot.variants(family)}) > 1 for name in names)


def pressed_option(turn: Turn, family: str) -> dict[str, str]:
    """Size or colour of a model on the button that was pressed; empty where none was."""
    pressed = turn.incoming.entities
    if pressed.get("family") != family:
        return {}
    return {pressed["attribute"]: pressed["value"]} if pressed.get("attribute") and pressed.get("value") else {}
