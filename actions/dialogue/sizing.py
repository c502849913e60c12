"""Which size fits a person: from the size guide, of one model or of each one shown."""

from collections.abc import Collection, Mapping, Sequence

from actions.dialogue import targets, telling
from actions.dialogue.asked_facts import asked_fact, fact
from actions.dialogue.memory import Asked
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.naming import by_size as size_order
from actions.dialogue.turn import Turn
from actions.offers.attributes import attribute as attribute_of
from actions.offers.attributes import satisfies, span
from actions.offers.products import Product
from actions.understanding.variants import well_inside
from actions.understanding.wordings import asks_whether_it_fits_me, asks_which_size
from actions.wording import listed


def tell_size_by_measure(turn: Turn) -> bool:
    """Answer "ich bin 1,88 groß" with the size of the model being talked of; False where more or less is said."""
    said, product = turn.understood, targets.product_in_discussion(turn) if turn.memory.focus else None
    if product is None or said.category or not said.wanted or turn.open_question(Asked.VARIANT):
        return False
    by_variant = telling.told_by_variant(turn, product.family)
    return said.wanted.keys() <= by_variant and tell_size_for(turn, product)


def tell_whether_it_fits(turn: Turn) -> bool:
    """Answer "passt mir das?" with the size for the measure known; False where none is."""
    asks = turn.incoming.typed and asks_whether_it_fits_me(turn.incoming.text)
    product = targets.product_in_discussion(turn) if asks else None
    return product is not None and tell_size_for(turn, product, asked=True)


def asks_size_of_shown(turn: Turn) -> bool:
    """True for "welche Rahmengröße brauche ich bei 1,83?" with several models shown, none of them in focus."""
    asks = turn.incoming.typed and asks_which_size(turn.incoming.text)
    named = turn.understood.families or targets.family_in_discussion(turn)
    if not asks or named or len(turn.memory.shown) < 2:
        return False
    shown = targets.representatives(turn, turn.memory.shown)
    measured = {
        name for p in shown for name in telling.told_by_variant(turn, p.family) if name not in VARIANT_KINDS
    }
    return bool(measured & {*turn.understood.wanted})


def tell_size_of_shown(turn: Turn) -> bool:
    """The size of each model shown for the measure named, none thereby chosen; False where no measure is known."""
    shown = targets.representatives(turn, turn.memory.shown)
    told = [tell_size_for(turn, product, asked=True) for product in shown]
    if len(shown) > 1:
        turn.memory.focus, turn.memory.focus_sku = "", ""
    return any(told)


def guide_of(turn: Turn, family: str, wanted: Collection[str] = ()) -> str:
    """The measure by which a model's sizes are told apart, what is named before others; empty without a guide."""
    product = turn.snapshot.variants(family)[0]
    differing = sorted(telling.told_by_variant(turn, family), key=lambda name: (name not in wanted, name))
    return next((name for name in differing if span(product.attributes.get(name, ""))), "")


def tell_size_for(turn: Turn, product: Product, *, asked: bool = False) -> bool:
    """ "Welche Größe brauche ich bei 1,78?" from the size guide; False where no measure is known or recorded."""
    by_variant = telling.told_by_variant(turn, product.family)
    people = {n: w for n, w in (turn.memory.wishes | dict(turn.understood.attributes)).items() if n in by_variant}
    measures = {name: wish for name, wish in people.items() if span(product.attributes.get(name, ""))}
    if not measures:
        return False
    if not asked and measures.keys().isdisjoint(turn.understood.wanted) and asked_fact(turn) != "size":
        return False
    fits = _sizes_for(turn.snapshot.variants(product.family), measures)
    turn.memory.wishes.update(measures)
    turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
    turn.reply.say(
        "utter_size_for" if fits else "utter_size_for_none",
        product=turn.names.title(product),
        measures=listed([turn.names.wish(n, w) for n, w in measures.items()], turn.reply.language),
        sizes=_either(turn, fits),
    )
    if not fits and not asked:
        _name_those_that_fit(turn, measures)
    return True


def _sizes_for(variants: Sequence[Product], measures: Mapping[str, str]) -> set[str]:
    """The sizes among them that are made for these measures."""
    meant = [p for p in variants if all(satisfies(attribute_of(p, n), w) for n, w in measures.items())]
    return {p.size for p in well_inside(meant, measures)}


def _either(turn: Turn, sizes: Collection[str]) -> str:
    return listed([turn.names.word(s) for s in sorted(sizes, key=size_order)], turn.reply.language, last="or")


def _name_those_that_fit(turn: Turn, measures: Mapping[str, str]) -> None:
    """Of the models shown before those that are made for the measure and can be had, with their sizes."""
    families = dict.fromkeys([*turn.memory.shown, *turn.memory.seen])
    there = {family: [p for p in turn.snapshot.variants(family) if p.stock > 0] for family in families}
    sized = {family: _sizes_for(variants, measures) for family, variants in there.items()}
    fitting = [p for p in targets.representatives(turn, families) if sized[p.family]]
    if not fitting:
        return
    named = [f"{turn.names.title(p)} ({turn.names.wish('size', _either(turn, sized[p.family]))})" for p in fitting]
    turn.reply.say("utter_size_for_others", products=listed(named, turn.reply.language))
    turn.reply.cards([telling.product_card(turn, p) for p in fitting])
    turn.memory.shown = [p.family for p in fitting]
    turn.memory.focus, turn.memory.focus_sku, turn.memory.question = "", "", None


def tell_what_it_comes_in(turn: Turn, product: Product, kind: str) -> None:
    """The sizes with the measure each is made for, else the variants that are there; none is taken for granted."""
    turn.memory.look_at(product, chosen=False)
    guide = guide_of(turn, product.family) if kind == "size" else ""
    if not guide:
        telling.tell_availability(turn, product)
        return
    sizes, measure = fact(turn, product, guide), turn.names.label(guide)
    turn.reply.say("utter_size_guide", product=turn.names.title(product), measure=measure, sizes=sizes)
