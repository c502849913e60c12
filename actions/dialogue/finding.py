"""Finding products: limits carry over turns, the budget is hard, and what is not there is said."""

import re
from dataclasses import replace
from itertools import combinations, pairwise

from actions.dialogue import answering, asking, buying, comparing, hesitating, targets, telling, which_kind
from actions.dialogue.memory import Asked, Question, Then
from actions.dialogue.missing import BOTH_SIDES, say_nothing_found
from actions.dialogue.reply import payload
from actions.dialogue.showing import show, what_was_searched
from actions.dialogue.turn import Turn
from actions.offers.products import Product
from actions.offers.situation import Hesitation, Needs, Stage
from actions.understanding.catalogue import within
from actions.understanding.finder import Found, find
from actions.understanding.meanings import USE
from actions.understanding.needs import begins_anew, merge_needs, merge_unwanted
from actions.understanding.ranking import attribute_of, measured
from actions.understanding.understood import Understood, understand
from actions.wording import listed

MOST_FOUND = 60
VERSUS = re.compile(r"\b(?:vs|versus|gegen|im vergleich|compared)\b", re.IGNORECASE)
CLAUSES = re.compile(r"[,;&+]|\b(?:und|and|plus|sowie|dazu)\b", re.IGNORECASE)
TOGETHER = re.compile(r"\b(?:mit|with|inkl\w*|zwischen|between|für|for)\b", re.IGNORECASE)
BOTH = re.compile(r"\b(?:und|and|plus|sowie)\b|[&+]", re.IGNORECASE)


def search(turn: Turn, *, new: bool) -> None:
    """Search with everything known so far and show at most three models; of several kinds the first comes first."""
    others = _take_one_kind(turn)
    _search(turn, new=new)
    if others:
        named = [turn.names.category(other) for other in others]
        turn.reply.say("utter_then_other_kind", category=listed(named, turn.reply.language, last="or"))
        turn.reply.titled_choices(
            [(name, payload("search_product", category=other)) for name, other in zip(named, others, strict=True)]
        )


def _take_one_kind(turn: Turn) -> tuple[str, ...]:
    """ "Ein Schloss und einen Helm": keep the first kind in this turn, and return the others."""
    said = turn.understood
    if others := _keep_the_first_clause(turn):
        return others
    if len(said.kind_words) != len(said.categories) or len(said.categories) < 2 or not BOTH.search(said.text):
        return ()
    first, others = said.categories[0], said.categories[1:]
    if any(within(one, other) or within(other, one) for one, other in combinations(said.categories, 2)):
        return ()
    own = said.kind_words[0]
    turn.understood = replace(
        said,
        categories=(first,),
        kind_words=(own,),
        words=tuple(word for word in said.words if word == own or word not in said.kind_words),
    )
    return others


def _keep_the_first_clause(turn: Turn) -> tuple[str, ...]:
    """ "A red bike in 50 and a helmet in L": each wish belongs to its own kind; returns the kinds of the others."""
    said = turn.understood
    clauses = [part for part in CLAUSES.split(said.text) if part.strip()]
    if len(said.categories) < 2 or len(clauses) < 2 or TOGETHER.search(said.text):
        return ()
    read = [understand(part, turn.reply.language, turn.lexicon) for part in clauses]
    kinds = [one for one in read if one.category]
    if len(kinds) < 2 or any(within(a.category or "", b.category or "") for a, b in pairwise(kinds)):
        return ()
    turn.understood = kinds[0]
    return tuple(dict.fromkeys(kind.category for kind in kinds[1:] if kind.category))


def _search(turn: Turn, *, new: bool) -> None:
    waiting = turn.open_question(Asked.WHAT_MATTERS)
    if len(turn.understood.families) > 1 and VERSUS.search(turn.incoming.text):
        comparing.compare_products(turn)
        return
    understood, memory = turn.understood, turn.memory
    _note_quantity(turn, new=new)
    pressed = turn.incoming.entities.get("category", "")
    if pressed in turn.snapshot.categories:
        # the limits named before the kind are meant for it
        kept = Needs(attributes=which_kind.measures_kept(turn, pressed)) if memory.category else memory.needs
        memory.remember_needs(replace(kept, category=pressed))
        memory.words = []
    if new and len(understood.families) == 1:
        show_family(turn, understood.families[0])
        return
    if waiting and _says_what_matters(turn, waiting):
        _answer_what_matters(turn, waiting)
        return
    which_kind.turn_to_another(turn)
    before = memory.needs
    memory.unwanted = merge_unwanted(memory.unwanted, before, understood, new_search=new)
    memory.remember_needs(merge_needs(before, understood, new_search=new, snapshot=turn.snapshot))
    searched = [word for word in understood.words if word not in understood.qualities]
    memory.words = searched if new or searched else memory.words
    memory.seen = []
    if which_kind.asks_first(turn):
        return
    found = _found(turn)
    if found.relaxed and found.relaxed.filter == USE and memory.category:
        found = _without_the_purpose(turn)
    if found.families:
        show(turn, found)
        which_kind.help_to_narrow(turn)
    elif not (memory.category or understood.words or memory.needs.stated):
        memory.kind_asked = True
        turn.reply.say("utter_search_what")
    else:
        say_nothing_found(turn, found)


def _note_quantity(turn: Turn, *, new: bool) -> None:
    """How many are wanted holds for the kind it was said of, until one of them lies in the cart."""
    said, memory = turn.understood, turn.memory
    if said.quantity or said.families or begins_anew(memory.needs, said, new_search=new):
        memory.quantity = min(said.quantity or 1, buying.MAX_QUANTITY)


def _without_the_purpose(turn: Turn) -> Found:
    """A purpose is told to be advised, not to filter: say that nothing is meant for it, and show the kind."""
    uses = turn.memory.wishes.pop(USE)
    turn.reply.say(
        "utter_not_for_the_purpose",
        use=turn.names.words(uses),
        category=turn.names.category(turn.memory.category),
    )
    return _found(turn)


def _found(turn: Turn) -> Found:
    """Everything that fits what is known so far, the best first."""
    memory = turn.memory
    return find(
        memory.needs,
        turn.understood,
        turn.snapshot,
        turn.lexicon,
        limit=MOST_FOUND,
        words=memory.words,
        unwanted=memory.unwanted,
    )


def show_others(turn: Turn) -> None:
    """What else fits the search and was not shown yet."""
    memory = turn.memory
    seen = memory.seen or memory.shown
    if not memory.needs.stated and not memory.category:
        turn.reply.say("utter_search_what")
        return
    turn.understood = Understood()
    found = _found(turn)
    left = tuple(hit for hit in found.families if hit.family not in seen)
    memory.seen = list(seen)
    if left:
        show(turn, replace(found, families=left, total=len(left)))
    else:
        turn.reply.say("utter_no_others", what=what_was_searched(turn))


def _says_what_matters(turn: Turn, question: Question) -> bool:
    """True for a price, whatever else a word could mean, and for any other wish within the same department."""
    said = turn.understood
    if said.max_price is not None or said.min_price is not None:
        return True
    if said.preference:
        return True
    variants = turn.snapshot.variants(question.family)
    department = variants[0].category.split("/")[0] if variants else ""
    return bool(said.wanted or said.uses) and within(said.category or department, department)


def _answer_what_matters(turn: Turn, question: Question) -> None:
    """What the shopper says now is about the product that was too dear, whatever else the words could mean."""
    memory, intent = turn.memory, question.intent
    memory.question = None
    anchor = turn.product(question.sku)
    if anchor is None:
        return
    wished = {**turn.understood.wanted, **_the_most_of_what_is_cheaper(turn, anchor)}
    about = replace(turn.understood, categories=(anchor.category,), wanted=wished)
    memory.remember_needs(merge_needs(memory.needs, about, new_search=False, snapshot=turn.snapshot))
    hesitating.offer_down(turn, anchor, Hesitation(intent) if intent else None, asked=not intent)


def _the_most_of_what_is_cheaper(turn: Turn, anchor: Product) -> dict[str, tuple[str, ...]]:
    """ "Leicht soll es sein" of a product that is too dear: the lightest of what costs less."""
    liked = turn.understood.preference
    name = attribute_of(anchor, liked.attribute) if liked else ""
    if not (liked and name):
        return {}
    cheaper = [
        p
        for p in turn.snapshot.in_category(anchor.category)
        if p.price.amount < anchor.price.amount and p.stock > 0 and p.attributes.get(name)
    ]
    best = min(cheaper, key=lambda p: measured(p, liked), default=None)
    return {name: ((">=" if liked.highest else "<=") + best.attributes[name],)} if best else {}


def show_more(turn: Turn, question: Question) -> None:
    """The yes to "soll ich die zeigen?": give up the one limit, or look into the nearest category."""
    memory = turn.memory
    memory.question = None
    if question.reference:
        memory.remember_needs(Needs(category=question.reference))
    elif question.attribute == BOTH_SIDES:
        memory.min_price, memory.max_price = question.least, question.price
    elif question.attribute == "max_price":
        memory.max_price = question.price
    elif question.attribute == "min_price":
        memory.min_price = None
    else:
        memory.wishes.pop(question.attribute, None)
    search(turn, new=False)


def show_family(turn: Turn, family: str) -> None:
    """Show one named model; the variant is settled as far as the shopper said it."""
    product = targets.representative(turn, family)
    if product is None:
        return
    turn.memory.shown = [family]
    turn.memory.category = product.category
    turn.reach(Stage.CONSIDER)
    _tell_that_prices_stand(turn, family)
    if turn.understood.colour or turn.understood.size:
        buying.settle_variant(turn, family, asking.what_follows(turn), _how_many(turn))
    else:
        turn.memory.question = None
        turn.memory.look_at(product, chosen=len(turn.snapshot.variants(family)) == 1)
        telling.show_details(turn, product)


def _tell_that_prices_stand(turn: Turn, family: str) -> None:
    """ "Gib mir das Grat 2 für 1 Euro": say what it costs everybody."""
    cheapest = min((p.price for p in turn.snapshot.variants(family)), key=lambda price: price.amount)
    named = turn.understood.max_price
    if named is not None and named < cheapest.amount:
        turn.reply.say("utter_price_stands", price=cheapest)


def choose(turn: Turn) -> None:
    """The shopper points at one of the models shown."""
    offer = turn.open_question(Asked.OFFER)
    if offer and _chooses_what_is_offered(turn, offer):
        answering.accept(turn, offer)
        return
    most = turn.understood.comparison and turn.understood.comparison.most
    if most and not turn.understood.families and comparing.name_the_most(turn):
        return
    family = asking.stays_with_the_focus(turn) or targets.named_family(turn)
    if family:
        turn.memory.focus = family
        turn.memory.category = turn.memory.category or turn.snapshot.variants(family)[0].category
        buying.settle_variant(turn, family, asking.what_follows(turn), _how_many(turn))
    elif turn.memory.focus and (turn.understood.colour or turn.understood.size):
        buying.settle_variant(turn, turn.memory.focus, asking.what_follows(turn), _how_many(turn))
    elif narrowed := targets.narrowed_to(turn):
        _narrow(turn, narrowed)
    elif asking.has_content(turn) or (turn.memory.category and asking.narrows(turn)):
        search(turn, new=False)
    else:
        telling.ask_which(turn, "choose_option")


def _how_many(turn: Turn) -> int:
    """The pieces said now, or of the kind before."""
    return min(turn.understood.quantity or turn.memory.quantity, buying.MAX_QUANTITY)


def say_it_is_not_made_so(turn: Turn) -> None:
    """Say in what the chosen model comes; a yes to that is read back first, for something else was asked for."""
    family = turn.memory.focus
    buying.settle_variant(turn, family, Then.READBACK)
    turn.ask(Question(Asked.TAKE, family=family))


def _chooses_what_is_offered(turn: Turn, offer: Question) -> bool:
    """ "Dann das Grat 2" takes the offer; its name alone, a doubt, or its place in an earlier list does not."""
    said = turn.incoming.typed and turn.incoming.intent == "choose_option" and not answering.is_half_hearted(turn)
    return said and bool(answering.on_offer(turn, offer).intersection(targets.named_families(turn)))


def _narrow(turn: Turn, families: tuple[str, ...]) -> None:
    """Several of those shown are meant alike: show these, and let the shopper choose."""
    memory = turn.memory
    memory.question = None
    memory.remember_needs(merge_needs(memory.needs, turn.understood, new_search=False, snapshot=turn.snapshot))
    memory.shown = list(families)
    products = targets.representatives(turn, families)
    turn.reply.say("utter_narrowed", count=len(products))
    turn.reply.cards([telling.product_card(turn, p) for p in products])
