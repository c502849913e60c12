"""Answers questions about recorded facts: one, of each model shown, by size, or honestly not known."""

import re

from actions.dialogue import targets, telling
from actions.dialogue.memory import Asked
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.naming import by_size as size_order
from actions.dialogue.turn import Turn
from actions.offers.attributes import attribute as attribute_of
from actions.offers.attributes import satisfies, span
from actions.offers.products import Product
from actions.understanding.facts import asked_attribute, fact_name, recorded_fact
from actions.wording import listed

WHICH_SIZE = re.compile(r"\b(?:welche|what|which)\b.{0,12}?(?:größe|groesse|rahmenhöhe|size)\b", re.IGNORECASE)
YES_OR_NO = re.compile(
    r"(?:und )?(?:ist|sind|hat|haben|kann|gibt|is|are|has|have|does|do|can)\b.*\?$", re.IGNORECASE
)


def answer_details(turn: Turn) -> None:
    """Answer a question about a product: one recorded fact, or the whole sheet."""
    product = targets.product_in_discussion(turn)
    if product is None:
        _answer_about_shown(turn)
        return
    if _tell_size_for(turn, product):
        return
    attribute = _asked_attribute(turn, product)
    if attribute is None and _asks_for_the_unknown(turn):
        turn.reply.say(
            "utter_fact_unknown", product=turn.names.title(product), attribute=", ".join(turn.understood.words)
        )
        return
    if attribute is None:
        turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
        telling.show_details(turn, product)
        return
    if attribute in VARIANT_KINDS and product.sku != turn.memory.focus_sku:
        _tell_what_it_comes_in(turn, product, attribute)
        return
    value = fact(turn, product, attribute)
    turn.reply.say(
        "utter_fact_answer" if value else "utter_fact_unknown",
        product=turn.names.title(product),
        attribute=turn.names.label(attribute),
        value=value,
    )


def tell_size_by_measure(turn: Turn) -> bool:
    """Answer "ich bin 1,88 groß" with the size of the model being talked of; False where more or less is said."""
    said, product = turn.understood, targets.product_in_discussion(turn) if turn.memory.focus else None
    if product is None or said.category or not said.wanted or turn.open_question(Asked.VARIANT):
        return False
    by_variant = telling.told_by_variant(turn, product.family)
    return said.wanted.keys() <= by_variant and _tell_size_for(turn, product)


def asks_size_of_shown(turn: Turn) -> bool:
    """True for "welche Rahmengröße brauche ich bei 1,83?" with several models shown, none of them in focus."""
    asks = turn.incoming.typed and WHICH_SIZE.search(turn.incoming.text)
    named = turn.understood.families or targets.family_in_discussion(turn)
    if not asks or named or len(turn.memory.shown) < 2:
        return False
    shown = targets.representatives(turn, turn.memory.shown)
    measured = {
        name for p in shown for name in telling.told_by_variant(turn, p.family) if name not in VARIANT_KINDS
    }
    return bool(measured & {*turn.understood.wanted})


def tell_size_of_shown(turn: Turn) -> None:
    """The size of each model shown that is made for the measure named."""
    for product in targets.representatives(turn, turn.memory.shown):
        _tell_size_for(turn, product)


def _tell_size_for(turn: Turn, product: Product) -> bool:
    """ "Welche Größe brauche ich bei 1,78?" from the size guide; False where no measure is known or recorded."""
    by_variant = telling.told_by_variant(turn, product.family)
    people = {n: w for n, w in (turn.memory.wishes | dict(turn.understood.attributes)).items() if n in by_variant}
    measures = {name: wish for name, wish in people.items() if span(product.attributes.get(name, ""))}
    if not measures or (measures.keys().isdisjoint(turn.understood.wanted) and asked_fact(turn) != "size"):
        return False
    variants = turn.snapshot.variants(product.family)
    fits = {p.size for p in variants if all(satisfies(attribute_of(p, n), w) for n, w in measures.items())}
    turn.memory.wishes.update(measures)
    turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
    turn.reply.say(
        "utter_size_for" if fits else "utter_size_for_none",
        product=turn.names.title(product),
        measures=listed([turn.names.wish(n, w) for n, w in measures.items()], turn.reply.language),
        sizes=listed(sorted(fits, key=size_order), turn.reply.language, last="or"),
    )
    return True


def _tell_what_it_comes_in(turn: Turn, product: Product, kind: str) -> None:
    """The sizes with the measure each is made for, else the variants that are there; none is taken for granted."""
    turn.memory.look_at(product, chosen=False)
    differing = telling.told_by_variant(turn, product.family) if kind == "size" else set()
    guide = next((name for name in sorted(differing) if span(product.attributes.get(name, ""))), "")
    if not guide:
        telling.tell_availability(turn, product)
        return
    sizes, measure = fact(turn, product, guide), turn.names.label(guide)
    turn.reply.say("utter_size_guide", product=turn.names.title(product), measure=measure, sizes=sizes)


def _asks_for_the_unknown(turn: Turn) -> bool:
    """True for a yes-or-no question about something no record knows: "ist wifi 7 drin?"."""
    return bool(turn.understood.words) and bool(YES_OR_NO.match(turn.incoming.text.strip()))


def asked_fact(turn: Turn) -> str:
    """The attribute asked for of what is being talked of, recorded or not; empty where the words name none."""
    products = _talked_of(turn)
    return (_asked_attribute(turn, products[0]) or "") if products else ""


def asks_a_fact(turn: Turn) -> bool:
    """True where the words name an attribute that is recorded for what is being talked of."""
    attribute = asked_fact(turn)
    return bool(attribute) and any(fact(turn, p, attribute) for p in _talked_of(turn))


def _talked_of(turn: Turn) -> list[Product]:
    discussed = targets.family_in_discussion(turn)
    families = [discussed] if discussed else turn.memory.shown
    return targets.representatives(turn, families)


def _asked_attribute(turn: Turn, product: Product) -> str | None:
    typed = turn.incoming.text
    bounds = (name for name, values in turn.understood.wanted.items() if values[0].startswith((">=", "<=")))
    if bound := next((name for name in bounds if name in product.attributes), None):
        return bound
    return asked_attribute(typed, turn.reply.language, turn.lexicon, product) if typed else None


def _answer_about_shown(turn: Turn) -> None:
    """ "Und die Reichweite?" with several models on the counter: the fact of each."""
    shown = targets.representatives(turn, turn.memory.shown)
    attribute = _asked_attribute(turn, shown[0]) if shown else None
    facts = {turn.names.title(p): fact(turn, p, attribute) for p in shown} if attribute else {}
    what = turn.names.label(attribute) if attribute else ", ".join(turn.understood.unknown)
    if shown and what and not any(facts.values()):
        titles = listed([turn.names.title(p) for p in shown], turn.reply.language)
        turn.reply.say("utter_fact_unknown", product=titles, attribute=what)
        return
    if not attribute:
        telling.ask_which(turn, "ask_details")
        return
    unknown = turn.reply.text("utter_fact_missing")
    told = "; ".join(f"{title}: {value or unknown}" for title, value in facts.items())
    turn.reply.say("utter_fact_of_each", attribute=turn.names.label(attribute), facts=told)


def fact(turn: Turn, product: Product, attribute: str) -> str:
    """One recorded fact in words, by size where the variants differ in it; empty where nothing is recorded."""
    name = fact_name(product, attribute)
    if not name:
        return ""
    if product.sku == turn.memory.focus_sku or name not in telling.told_by_variant(turn, product.family):
        return turn.names.value(name, recorded_fact(product, name))
    by_size = {p.size: p.attributes.get(name, "") for p in turn.snapshot.variants(product.family)}
    return "; ".join(
        f"{turn.names.wish('size', size)}: {turn.names.value(name, by_size[size])}"
        for size in sorted(by_size, key=size_order)
        if by_size[size]
    )
