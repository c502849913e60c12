"""Answers about products from their records; what is not recorded is said to be unknown."""

from collections.abc import Callable, Sequence

from actions.dialogue import targets
from actions.dialogue.memory import Asked, Question
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.naming import by_size as size_order
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.facts import completeness_facts
from actions.offers.need_fit import fit
from actions.offers.products import Money, Product
from actions.store.prices import reduced
from actions.understanding.criteria import meets
from actions.understanding.variants import Ask, Chosen, NoneLeft, not_made, resolve_variant
from actions.understanding.wordings import asks_how_many
from actions.wording import base_unit, listed, unit_price

TOLD_FIRST = 5
LEAST_RATINGS = 5


def product_card(turn: Turn, product: Product) -> dict[str, object]:
    """A card for one model with the two things one does next."""
    reply = turn.reply
    return reply.card(
        product,
        turn.names.title(product),
        product.benefit.said(reply.language),
        [
            reply.choice("utter_choice_look", payload("choose_option", family=product.family)),
            reply.choice("utter_choice_take", payload("purchase_intent", family=product.family)),
        ],
    )


def show_details(turn: Turn, product: Product) -> None:
    """Title, price, availability, what it does and its recorded facts."""
    live = turn.product(product.sku) or product
    reply = turn.reply
    if description := live.description.said(reply.language):
        reply.say("utter_details", product=turn.names.full(live), description=description)
    by_variant = set() if live.sku == turn.memory.focus_sku else told_by_variant(turn, live.family)
    told = [name for name in live.attributes if name != "use" and name not in by_variant][:TOLD_FIRST]
    if told:
        reply.say("utter_details_facts", facts=facts_in_words(turn, live, told))
    tell_price(turn, live)
    tell_availability(turn, live)
    if live.rating is not None and live.rating_count >= LEAST_RATINGS:
        reply.say("utter_details_rating", rating=rating_in_words(turn, live), count=live.rating_count)
    tell_facts(turn, live)
    turn.ask(Question(Asked.TAKE, family=live.family, sku=live.sku))
    reply.choices(
        ("utter_choice_take", payload("purchase_intent", sku=live.sku)),
        ("utter_choice_fitting", payload("ask_accessories", sku=live.sku)),
    )


def rating_in_words(turn: Turn, product: Product) -> str:
    """The average rating as "4,6 von 5 Sternen"."""
    number = f"{product.rating or 0:.1f}".replace(".", "," if turn.reply.language == "de" else ".")
    return turn.reply.text("utter_stars", rating=number)


def tell_price(turn: Turn, product: Product) -> None:
    """The gross price with the VAT note, a reduction of it, and the unit price where a content is recorded."""
    variants = turn.snapshot.variants(product.family)
    cheapest = min(p.price.amount for p in variants)
    settled = product.sku == turn.memory.focus_sku or len({p.price.amount for p in variants}) == 1
    turn.reply.say(
        "utter_price" if settled else "utter_price_from",
        product=turn.names.full(product) if settled else turn.names.title(product),
        price=product.price if settled else Money(cheapest, product.price.currency),
    )
    if settled:
        _tell_reduction(turn, [product] if product.sku == turn.memory.focus_sku else variants)
    per_unit = unit_price(product)
    if per_unit:
        turn.reply.say("utter_unit_price", price=per_unit, unit=base_unit(product))


def _tell_reduction(turn: Turn, meant: Sequence[Product]) -> None:
    """That the price is reduced, where it is for every variant that may be meant."""
    lowest: list[Money] = []
    for product in meant:
        cut = reduced(turn.connection, product, turn.now)
        if cut is None:
            return
        lowest.append(cut.lowest)
    turn.reply.say("utter_price_reduced", lowest=min(lowest, key=lambda price: price.amount))


def tell_availability(turn: Turn, product: Product) -> None:
    """Stock as recorded now; for an unsettled model, which variants there are."""
    live = turn.product(product.sku) or product
    variants = turn.snapshot.variants(product.family)
    wishes = {
        name: turn.understood.attributes[name] for name in VARIANT_KINDS if name in turn.understood.attributes
    }
    settled = product.sku == turn.memory.focus_sku and all(meets(product, n, w) for n, w in wishes.items())
    if wishes and not settled:
        _tell_variant(turn, product, wishes)
        return
    counted = "_counted" if turn.incoming.typed and asks_how_many(turn.incoming.text) else ""
    if product.sku == turn.memory.focus_sku or len(variants) == 1:
        told = f"utter_in_stock{counted}" if live.stock > 0 else "utter_sold_out"
        turn.reply.say(told, product=turn.names.full(live), count=live.stock)
        _let_a_yes_take(turn, live)
        return
    there = [p for p in variants if p.stock > 0]
    if not there:
        turn.reply.say("utter_sold_out", product=turn.names.title(product))
        return
    turn.reply.say(
        f"utter_in_stock_variants{counted}",
        product=turn.names.title(product),
        options=_options(turn, there),
        count=sum(p.stock for p in there),
    )


def _let_a_yes_take(turn: Turn, product: Product) -> None:
    """A yes to "auf Lager" wants just that one, unless something else is being asked."""
    if turn.memory.question is None and product.stock > 0:
        turn.memory.look_at(product, chosen=True)
        turn.ask(Question(Asked.TAKE, family=product.family, sku=product.sku))


def _tell_variant(turn: Turn, product: Product, wishes: dict[str, str]) -> None:
    variants = turn.snapshot.variants(product.family)
    choice = not_made(variants, wishes) or resolve_variant(variants, wishes)
    if isinstance(choice, Chosen):
        turn.memory.look_at(choice.product, chosen=True)
        turn.reply.say("utter_in_stock", product=turn.names.full(choice.product))
        _let_a_yes_take(turn, choice.product)
    elif isinstance(choice, Ask):
        options = listed([turn.names.word(o) for o in sorted(choice.options, key=size_order)], turn.reply.language)
        asked = listed([turn.names.wish(name, wish) for name, wish in wishes.items()], turn.reply.language)
        turn.memory.wishes.update(wishes)
        title = f"{turn.names.title(product)} ({asked})"
        turn.reply.say("utter_in_stock_variants", product=title, options=options)
    else:
        say_gone(turn, product, choice)


def say_gone(turn: Turn, product: Product, choice: NoneLeft) -> None:
    """Say that this variant is not there, and which are."""
    asked = listed([turn.names.wish(name, wish) for name, wish in choice.asked.items()], turn.reply.language)
    turn.reply.say(
        "utter_variant_gone" if asked else "utter_sold_out",
        product=turn.names.title(product),
        asked=asked,
        options=_options(turn, choice.alternatives) or turn.reply.text("utter_variant_none_left"),
    )


def _options(turn: Turn, there: Sequence[Product]) -> str:
    """The colours and sizes among some variants, "schwarz und grün · 38, 42 und 46"."""
    colours = list(dict.fromkeys(turn.names.word(p.colour) for p in there if p.colour))
    recorded = sorted(dict.fromkeys(p.size for p in there if p.size), key=size_order)
    sizes = [turn.names.word(size) for size in recorded]
    language = turn.reply.language
    return " · ".join(filter(None, (listed(colours, language), listed(sizes, language))))


def tell_facts(turn: Turn, product: Product) -> None:
    """What is missing to make it work and what it costs to run; told to everybody, once a product."""
    if product.family in turn.memory.told:
        return
    for fact in completeness_facts(product):
        turn.reply.add({"type": "text", "text": fact.of(turn.reply.language)})
    turn.memory.told.append(product.family)


def tell_what_is_missing(turn: Turn) -> bool:
    """Say what the product in discussion needs and does not come with; False where nothing is recorded."""
    facts = dict.fromkeys(fact for p in targets.talked_of(turn) for fact in completeness_facts(p))
    for fact_ in facts:
        turn.reply.add({"type": "text", "text": fact_.of(turn.reply.language)})
    return bool(facts)


def tell_terms(turn: Turn, sentence: str, fact: str = "") -> None:
    """Say a sentence built on the shop's terms; where the fact it needs is not recorded, say that instead."""
    facts = turn.facts()
    turn.reply.say(sentence if facts.get(fact, True) else "utter_faq_unknown", **facts)


def tell_store(turn: Turn) -> None:
    """Where the shop can be visited, in the merchant's own words; nothing where none is recorded."""
    where = turn.facts()["store"]
    if where:
        turn.reply.add({"type": "text", "text": where})


def answer_about(turn: Turn, tell: Callable[[Turn, Product], None]) -> None:
    """Answer one question about the product in discussion, or ask which product is meant."""
    product = targets.product_in_discussion(turn)
    if product is None:
        ask_which(turn, turn.incoming.intent)
        return
    turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
    tell(turn, product)


def ask_which(turn: Turn, intent: str, sentence: str = "utter_which_product") -> None:
    """Ask which product is meant; those shown last are buttons that go on with `intent`."""
    shown = targets.representatives(turn, turn.memory.shown)
    turn.reply.say(sentence)
    if shown:
        turn.reply.titled_choices([(turn.names.title(p), payload(intent, family=p.family)) for p in shown])


def told_by_variant(turn: Turn, family: str) -> set[str]:
    """The attributes in which the variants of a model differ, as the height of the rider a size is made for."""
    variants = turn.snapshot.variants(family)
    names = {name for product in variants for name in product.attributes}
    return {name for name in names if len({p.attributes.get(name, "") for p in variants}) > 1}


def needs_in_words(turn: Turn, product: Product) -> str:
    """The stated needs this product meets."""
    met = fit(product, turn.memory.needs).met
    words = [turn.names.wish(name, turn.memory.wishes[name]) for name in met if name in turn.memory.wishes]
    if "max_price" in met:
        words.append(turn.reply.text("utter_need_max_price"))
    return listed(words, turn.reply.language) or turn.names.category(product.category)


def facts_in_words(turn: Turn, product: Product, names: Sequence[str]) -> str:
    """Recorded facts as "Gewicht: 13,2 kg; Gepäckträger: ja"."""
    facts = [
        turn.reply.text(
            "utter_fact", attribute=turn.names.label(n), value=turn.names.value(n, product.attributes[n])
        )
        for n in names
        if n in product.attributes
    ]
    return "; ".join(facts)
