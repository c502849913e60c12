"""Tells what the words of a message ask for: another kind of product, a variant, or a narrower choice."""

import re

from actions.dialogue import targets
from actions.dialogue.memory import Asked, Question, Then
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.turn import Turn
from actions.offers.attributes import attribute
from actions.offers.need_fit import in_category
from actions.understanding.spelling import fold, stem_of
from actions.understanding.variants import not_made
from actions.understanding.wordlists import words

MORE = re.compile(
    r"\b(?:was (?:gibt|habt|haben|hätten|ham)\b.*\b(?:noch|sonst)|(?:zeig\w*|sehen|noch) (?:\w+ )?mehr\b|"
    r"mehr davon|noch (?:andere|weitere|mehr)\b|weitere\b|show (?:me )?(?:some )?more|see more|"
    r"more (?:options|models|of (?:them|those))|any (?:others|more)|what else\b|others\?)",
    re.IGNORECASE,
)
ALL_OF_THEM = {
    2: re.compile(r"\b(?:beide|both|alle zwei)\b", re.IGNORECASE),
    3: re.compile(r"\b(?:alle drei|all three|(?:nehm\w*|kauf\w*) alle\b|alle nehmen|them all|all of them)\b", re.I),
}
REFILL = re.compile(
    r"\b(?:akkus?|batterie\w*|batter\w+|ersatz\w*|patrone\w*|cartridge\w*|tinte|ink|toner|kapsel\w*|capsules?)\b",
    re.IGNORECASE,
)
TAKES = re.compile(
    r"\b(?:nehm\w*|nimm|kauf\w*|bestell\w*|i'?ll (?:take|have)|i(?: will|'d)? (?:take|buy)|buy)\b", re.IGNORECASE
)
COMES_WITH = re.compile(
    r"\b(?:comes? with|includ\w+|dabei|dazu geliefert|mitgeliefert|inklusive|inkl|enthalten|lieferumfang)\b",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[,.;!?]|\b(?:und|and|aber|but)\b", re.IGNORECASE)
WISHES = re.compile(
    r"\b(?:such\w*|brauch\w*|bräuchte|hätte? gern\w*|möchte|will|looking for|i need|i want|i'd like)\b",
    re.IGNORECASE,
)
NOT_AN_ANSWER = re.compile(
    r"object_price|hesitate|ask_|compare|complaint|human|stop_offers|faq|erase|export|checkout|repeat|view_cart|"
    r"deny|order_status|cancel|switch|consent|remove"
)
NOT_A_CHANGE = re.compile(r"complaint|human|stop_offers|faq|erase|export|checkout|order_status|cancel|consent")
BESIDE_A_NAME = words(
    "das den die der dem ein einen eine the that this a an it es bitte please pls ja yes ok okay dann auch noch "
    "too also gern gerne und and lieber mal mir mich für me for"
)
SHORT = 3
NEGATED = re.compile(r"\b(?:nicht|not|kein\w*|ohne|without)\s+(?:in\s+|größe\s+|size\s+)*[\w./-]+")


def is_surely_meant(turn: Turn) -> bool:
    """True for "nehm das erste" and "den Helm bitte": what is wanted is plain, and is shown or read back."""
    if turn.incoming.intent != "purchase_intent":
        return False
    if only_names_a_kind(turn) and not is_asked_about(turn, turn.understood.category or ""):
        return True
    wants = TAKES.search(turn.incoming.text)
    return bool(wants) and (points_at_one_shown(turn) or len(targets.named_families(turn)) == 1)


def is_asked_about(turn: Turn, category: str) -> bool:
    """True where a question is open, unless it is about a product of another kind."""
    question = turn.memory.question
    if question is None:
        return False
    variants = turn.snapshot.variants(question.family)
    return not variants or in_category(variants[0], category)


def points_at_one_shown(turn: Turn) -> bool:
    """True for "das erste in schwarz 46"."""
    return turn.understood.ordinal is not None and bool(targets.named_family(turn))


def takes_one_shown(turn: Turn) -> bool:
    """True for "no thanks, I'll take the first one", which is a yes to that one."""
    return bool(TAKES.search(turn.incoming.text)) and points_at_one_shown(turn)


def wants_all_shown(turn: Turn) -> bool:
    """True for "beide" where two models are shown, and for "alle drei" where three are."""
    said = ALL_OF_THEM.get(len(turn.memory.shown))
    return bool(turn.incoming.typed and said and said.search(turn.incoming.text))


def names_only_the_kind_shown(turn: Turn) -> bool:
    """True for "ich nehme das Rad" with several bikes on the counter: which one is open."""
    said, shown = turn.understood, targets.representatives(turn, turn.memory.shown)
    narrowed = said.wanted or said.words or said.uses or said.max_price is not None
    return len(shown) > 1 and not narrowed and all(in_category(p, said.category or "-") for p in shown)


def swap_target(turn: Turn) -> str:
    """The model that what was just read back, or lies in the cart, shall be swapped for; empty for no swap."""
    named = targets.named_families(turn)
    family = named[0] if len(named) == 1 else targets.named_family(turn)
    if not (turn.incoming.typed and family):
        return ""
    question = turn.memory.question
    read_back = question is not None and question.asked is Asked.READBACK and question.family != family
    swaps = targets.given_back_for(turn, family) or (read_back and targets.SWAPS.search(turn.incoming.text))
    return family if swaps else ""


def changes_the_variant(turn: Turn) -> bool:
    """True for "no wait, make it black" and "lieber in L" at a read-back: another variant of the same model."""
    question, said = turn.memory.question, turn.understood
    if question is None or question.asked is not Asked.READBACK or not turn.incoming.typed:
        return False
    names = {name for name in said.wanted if name in VARIANT_KINDS}
    elsewhere = said.category or names_another(turn, question) or NOT_A_CHANGE.match(turn.incoming.intent)
    return bool(names) and not elsewhere and is_made_in(turn, question.family, names)


def names_only_a_budget(turn: Turn) -> bool:
    """True for "ich hab nur 1000" where no single product is being talked of."""
    priced = turn.understood.max_price is not None or turn.understood.min_price is not None
    return turn.incoming.typed and priced and not targets.family_in_discussion(turn)


def only_names_a_kind(turn: Turn) -> bool:
    """True for "das Schloss bitte": no verb says what shall happen to it."""
    said = turn.understood
    kinds = tuple(fold(word) for word in said.kind_words)
    rest = {word for word in map(fold, re.findall(r"\w+", turn.incoming.text)) if not word.endswith(kinds)}
    return turn.incoming.typed and bool(said.category) and bool(kinds) and rest <= BESIDE_A_NAME


def names_another(turn: Turn, question: Question) -> bool:
    """True where the words name a model and it is not the one the question is about."""
    named = turn.understood.families if turn.incoming.typed else ()
    return bool(question.family and named) and question.family not in named


def asks_for_running_cost(turn: Turn) -> bool:
    """True for "how much is a new battery?" with a product in discussion that needs one."""
    products = targets.talked_of(turn)
    return bool(products) and all(p.running_cost.de for p in products) and bool(REFILL.search(turn.incoming.text))


def what_follows(turn: Turn) -> Then:
    """ "Nehm ich in weiß" is read back, "das in weiß" is shown."""
    return Then.READBACK if turn.incoming.typed and TAKES.search(turn.incoming.text) else Then.DETAILS


def also_wants_a_product(turn: Turn) -> bool:
    """True where a line asks about the shop's terms and names, in a clause of its own, what it looks for."""
    clauses = [clause for clause in CLAUSES.split(turn.incoming.text) if clause.strip()]
    wished = len(clauses) > 1 and any(WISHES.search(clause) for clause in clauses)
    return turn.incoming.typed and wished and bool(turn.understood.category)


def asks_what_comes_with_it(turn: Turn) -> bool:
    """True for "does it come with pedals?" and "sind Batterien dabei?"."""
    return turn.incoming.typed and bool(COMES_WITH.search(turn.incoming.text))


def asks_for_more(turn: Turn) -> bool:
    """True where more of what was searched for is wanted and nothing else is named."""
    said = turn.understood
    pressed = bool(turn.incoming.entities.get("more"))
    said_no = re.search(r"\b(?:nicht|kein\w*|not|no)\b", turn.incoming.text, re.IGNORECASE)
    other = said.comparison or said.hesitation or said_no
    typed = (
        turn.incoming.typed
        and not other
        and bool(MORE.search(turn.incoming.text))
        and not (said.category or narrows(turn))
    )
    return bool(turn.memory.shown) and (pressed or typed)


def has_content(turn: Turn) -> bool:
    """True where the words name something of the catalogue or a limit."""
    u = turn.understood
    return bool(u.category or u.families or u.brand or u.max_price is not None or u.uses)


def only_names_what_titles_hold(turn: Turn) -> bool:
    """True for "Stirnlampe mit Akku" in a shop that lists no kinds: titles hold all but what it shall have."""
    said = turn.understood
    plain = [word for word in said.words if word not in said.qualities]
    return bool(plain) and all(stem_of(fold(word)) in turn.lexicon.text.title_stems for word in plain)


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


def names_what_it_is_not_made_in(turn: Turn) -> bool:
    """True for a bare "50" or "in rot" said of the one variant chosen, whose model does not come like that."""
    question, said = turn.memory.question, turn.understood
    chosen = turn.snapshot.product(turn.memory.focus_sku)
    about = question is not None and question.asked in (Asked.TAKE, Asked.READBACK) and question.family
    bare = not (said.category or said.families or said.uses or said.unwanted or said.max_price or said.min_price)
    if chosen is None or about != chosen.family or not (turn.incoming.typed and bare) or said.ordinals:
        return False
    wishes = said.attributes if {*said.wanted} <= {*VARIANT_KINDS} else {}
    other = not_made(turn.snapshot.variants(chosen.family), wishes) and not NOT_A_CHANGE.match(turn.incoming.intent)
    return bool(other) and len(turn.incoming.text.split()) <= SHORT


def stays_with_the_focus(turn: Turn) -> str:
    """The model in focus where a bare size is said, which points at none of the others shown."""
    sized = {*turn.understood.wanted} == {"size"} and len(turn.incoming.text.split()) <= SHORT
    return turn.memory.focus if sized and names_a_variant(turn) else ""


def asks_for_other_kind(turn: Turn) -> bool:
    """True where the words name a kind of product that is not the one in discussion, or one we do not know."""
    category = turn.understood.category
    if targets.named_family(turn):
        return False
    if not category:
        return bool(turn.understood.unknown) and not targets.speaks_of_what_is_there(turn)
    family = targets.family_in_discussion(turn)
    return not family or not in_category(turn.snapshot.variants(family)[0], category)


def asks_for_cheaper_kind(turn: Turn) -> bool:
    """True for "do you have a cheaper helmet?" while something of another kind is talked of."""
    category, discussed = turn.understood.category, targets.product_in_discussion(turn)
    other = category and discussed and not in_category(discussed, category)
    return turn.incoming.typed and bool(other)


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
    text = turn.incoming.text.casefold()
    words = re.findall(r"[\w./'’-]+", NEGATED.sub(" ", text))
    options = {attribute(p, name) for p in turn.snapshot.variants(family)}
    return next((o for o in sorted(options) if o and {o.casefold(), turn.names.word(o).casefold()} & {*words}), "")


def is_made_in(turn: Turn, family: str, names: set[str]) -> bool:
    """True where a model comes in several of what the words name: colours, sizes."""
    return any(len({attribute(p, name) for p in turn.snapshot.variants(family)}) > 1 for name in names)


def pressed_option(turn: Turn, family: str) -> dict[str, str]:
    """Size or colour of a model on the button that was pressed; empty where none was."""
    pressed = turn.incoming.entities
    if pressed.get("family") != family:
        return {}
    return {pressed["attribute"]: pressed["value"]} if pressed.get("attribute") and pressed.get("value") else {}
