"""Answers about products from their records; what is not recorded is said to be unknown."""

from collections.abc import Callable, Sequence

from actions.dialogue import targets
from actions.dialogue.memory import Asked, Question
from actions.dialogue.naming import VARIANT_KINDS, by_size
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.comparison import compare
from actions.offers.facts import completeness_facts
from actions.offers.need_fit import fit
from actions.offers.products import Money, Product
from actions.understanding.facts import asked_attribute, recorded_fact
from actions.understanding.variants import Ask, Chosen, NoneLeft, resolve_variant
from actions.wording import listed, unit_price

TOLD_FIRST = 5
LEAST_RATINGS = 5


def product_card(turn: Turn, product: Product) -> dict[str, object]:
    """A card for one model with the two things one does next."""
    reply = turn.reply
    return reply.card(
        product,
        turn.names.title(product),
        product.benefit.of(reply.language),
        [
            reply.choice("utter_choice_look", payload("choose_option", family=product.family)),
            reply.choice("utter_choice_take", payload("purchase_intent", family=product.family)),
        ],
    )


def show_details(turn: Turn, product: Product) -> None:
    """Title, price, availability, what it does and its recorded facts."""
    live = turn.product(product.sku) or product
    reply = turn.reply
    reply.say("utter_details", product=turn.names.full(live), description=live.description.of(reply.language))
    facts = [
        turn.reply.text("utter_fact", attribute=turn.names.label(name), value=turn.names.words(value))
        for name, value in list(live.attributes.items())[:TOLD_FIRST]
        if name != "use"
    ]
    if facts:
        reply.say("utter_details_facts", facts="; ".join(facts))
    tell_price(turn, live)
    tell_availability(turn, live)
    if live.rating is not None and live.rating_count >= LEAST_RATINGS:
        reply.say("utter_details_rating", rating=_decimal(live.rating, reply.language), count=live.rating_count)
    tell_facts(turn, live)
    turn.ask(Question(Asked.TAKE, family=live.family, sku=live.sku))
    reply.choices(
        ("utter_choice_take", payload("purchase_intent", sku=live.sku)),
        ("utter_choice_fitting", payload("ask_accessories", sku=live.sku)),
    )


def _decimal(number: float, language: str) -> str:
    return f"{number:.1f}".replace(".", "," if language == "de" else ".")


def tell_price(turn: Turn, product: Product) -> None:
    """The gross price with the VAT note, and the unit price where a content is recorded."""
    variants = turn.snapshot.variants(product.family)
    cheapest = min(p.price.amount for p in variants)
    settled = product.sku == turn.memory.focus_sku or len({p.price.amount for p in variants}) == 1
    turn.reply.say(
        "utter_price" if settled else "utter_price_from",
        product=turn.names.full(product) if settled else turn.names.title(product),
        price=product.price if settled else Money(cheapest, product.price.currency),
    )
    per_unit = unit_price(product)
    if per_unit and product.content:
        unit = {"ml": "l", "g": "kg"}.get(product.content.unit, product.content.unit)
        turn.reply.say("utter_unit_price", price=per_unit, unit=unit)


def tell_availability(turn: Turn, product: Product) -> None:
    """Stock as recorded now; for an unsettled model, which variants there are."""
    live = turn.product(product.sku) or product
    variants = turn.snapshot.variants(product.family)
    wishes = {
        name: turn.understood.attributes[name] for name in VARIANT_KINDS if name in turn.understood.attributes
    }
    if wishes:
        _tell_variant(turn, product, resolve_variant(variants, wishes))
        return
    if product.sku == turn.memory.focus_sku or len(variants) == 1:
        turn.reply.say("utter_in_stock" if live.stock > 0 else "utter_sold_out", product=turn.names.full(live))
        return
    there = [p for p in variants if p.stock > 0]
    sizes = list(dict.fromkeys(p.size for p in there if p.size))
    colours = list(dict.fromkeys(turn.names.word(p.colour) for p in there if p.colour))
    if not there:
        turn.reply.say("utter_sold_out", product=turn.names.title(product))
        return
    language = turn.reply.language
    options = " · ".join(filter(None, (listed(colours, language), listed(sizes, language))))
    turn.reply.say("utter_in_stock_variants", product=turn.names.title(product), options=options)


def _tell_variant(turn: Turn, product: Product, choice: Chosen | Ask | NoneLeft) -> None:
    if isinstance(choice, Chosen):
        turn.reply.say("utter_in_stock", product=turn.names.full(choice.product))
    elif isinstance(choice, Ask):
        options = listed([turn.names.word(o) for o in sorted(choice.options, key=by_size)], turn.reply.language)
        turn.reply.say("utter_in_stock_variants", product=turn.names.title(product), options=options)
    else:
        say_gone(turn, product, choice)


def say_gone(turn: Turn, product: Product, choice: NoneLeft) -> None:
    """Say that this variant is not there, and which are."""
    there = listed([turn.names.variant(p) for p in choice.alternatives[:4]], turn.reply.language)
    turn.reply.say(
        "utter_variant_gone",
        product=turn.names.title(product),
        options=there or turn.reply.text("utter_variant_none_left"),
    )


def tell_facts(turn: Turn, product: Product) -> None:
    """What is missing to make it work and what it costs to run; told to everybody, once a product."""
    if product.family in turn.memory.told:
        return
    for fact in completeness_facts(product):
        turn.reply.add({"type": "text", "text": fact.of(turn.reply.language)})
    turn.memory.told.append(product.family)


def tell_terms(turn: Turn, sentence: str, fact: str = "") -> None:
    """Say a sentence built on the shop's terms; where the fact it needs is not recorded, say that instead."""
    facts = turn.facts()
    turn.reply.say(sentence if facts.get(fact, True) else "utter_faq_unknown", **facts)


def answer_about(turn: Turn, tell: Callable[[Turn, Product], None]) -> None:
    """Answer one question about the product in discussion, or ask which product is meant."""
    product = targets.product_in_discussion(turn)
    if product is None:
        turn.reply.say("utter_which_product")
        return
    turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
    tell(turn, product)


def answer_details(turn: Turn) -> None:
    """Answer a question about a product: one recorded fact, or the whole sheet."""
    product = targets.product_in_discussion(turn)
    if product is None:
        turn.reply.say("utter_which_product")
        return
    typed, language = turn.incoming.text, turn.reply.language
    attribute = asked_attribute(typed, language, turn.lexicon, product) if typed else None
    if attribute is None:
        turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
        show_details(turn, product)
        return
    value = recorded_fact(product, attribute)
    turn.reply.say(
        "utter_fact_answer" if value else "utter_fact_unknown",
        product=turn.names.title(product),
        attribute=turn.names.label(attribute),
        value=turn.names.words(str(value)),
    )


def compare_products(turn: Turn) -> None:
    """Two or three products side by side, from recorded facts."""
    families = _families_to_compare(turn)
    products = [p for p in (targets.representative(turn, family) for family in families) if p]
    if len(products) < 2:
        turn.reply.say("utter_compare_which")
        return
    turn.memory.compared = list(families)
    turn.memory.shown = list(families)
    rows = [
        {"attribute": turn.names.label(row.attribute), "values": [_value(turn, v) for v in row.values]}
        for row in compare(products)
    ]
    titles = [turn.names.title(p) for p in products]
    prices = [str(turn.reply.money(p.price)["text"]) for p in products]
    rows.insert(0, {"attribute": turn.names.label("price"), "values": prices})
    turn.reply.say("utter_compare", products=listed(titles, turn.reply.language))
    turn.reply.add({"type": "comparison", "skus": [p.sku for p in products], "titles": titles, "rows": rows})
    turn.memory.question = None
    turn.reply.say("utter_compare_next")


def _value(turn: Turn, value: str) -> str:
    return turn.names.words(value) if value else "–"


def _families_to_compare(turn: Turn) -> Sequence[str]:
    named = [f for f in turn.understood.families if f in turn.snapshot.families]
    if len(named) == 1 and turn.memory.focus and turn.memory.focus not in named:
        named.insert(0, turn.memory.focus)
    return (named if len(named) > 1 else turn.memory.shown)[:3]


def needs_in_words(turn: Turn, product: Product) -> str:
    """The stated needs this product meets."""
    met = fit(product, turn.memory.needs).met
    words = [turn.names.words(turn.memory.wishes[name]) for name in met if name in turn.memory.wishes]
    if "max_price" in met:
        words.append(turn.reply.text("utter_need_max_price"))
    return listed(words, turn.reply.language) or turn.names.category(product.category)


def facts_in_words(turn: Turn, product: Product, names: Sequence[str]) -> str:
    """Recorded facts as "Gewicht: 13,2 kg; Gepäckträger: ja"."""
    facts = [
        turn.reply.text("utter_fact", attribute=turn.names.label(n), value=turn.names.words(product.attributes[n]))
        for n in names
        if n in product.attributes
    ]
    return "; ".join(facts)
