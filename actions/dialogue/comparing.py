"""Products side by side, and the one of them that is the lightest, the cheapest or has the longest range."""

from actions.dialogue import answering, asking, contrasting, facts, targets, telling
from actions.dialogue.asked_facts import asked_fact
from actions.dialogue.memory import Asked, Question
from actions.dialogue.turn import Turn
from actions.offers.comparison import compare
from actions.offers.need_fit import in_category
from actions.offers.products import Product
from actions.understanding.choices import placed
from actions.understanding.pointing import Comparison
from actions.understanding.ranking import attribute_of, measured
from actions.understanding.wordings import finds_it_too_heavy, means_all_there_is
from actions.wording import listed

MOST = 3
MOST_SHOWN = ("utter_most", "utter_most_known")
MOST_OF_ALL = ("utter_most_of_all", "utter_most_of_all_known")
LIGHTER, CHEAPER = Comparison("weight", highest=False), Comparison("price", highest=False)


def compare_products(turn: Turn) -> None:
    """Two or three products side by side, from recorded facts; "welches ist das leichteste?" gets the one."""
    one = turn.understood.ordinal is not None or len(turn.understood.families) == 1
    if one and asked_fact(turn):
        facts.answer_details(turn)
        return
    products = _to_compare(turn)
    if len(products) < 2:
        turn.reply.say("utter_compare_which")
        return
    if turn.understood.comparison and len(turn.understood.ordinals) < 2 and name_the_most(turn):
        return
    if trait := contrasting.asked_trait(turn, products):
        contrasting.tell(turn, products, trait)
        return
    turn.memory.compared = [p.family for p in products]
    turn.memory.shown = [p.family for p in products]
    side_by_side(turn, products)
    turn.memory.question = None
    turn.reply.say("utter_compare_next")


def side_by_side(turn: Turn, products: list[Product]) -> None:
    """The table of what differs, from recorded facts, with prices first."""
    by_variant = set().union(*(telling.told_by_variant(turn, p.family) for p in products))
    rows = [
        {
            "attribute": turn.names.label(row.attribute),
            "values": [turn.names.value(row.attribute, v) if v else "–" for v in row.values],
        }
        for row in compare(products, leaving_out=by_variant)
    ]
    titles = [turn.names.title(p) for p in products]
    prices = [str(turn.reply.money(p.price)["text"]) for p in products]
    rows.insert(0, {"attribute": turn.names.label("price"), "values": prices})
    turn.reply.say("utter_compare", products=listed(titles, turn.reply.language))
    turn.reply.add({"type": "comparison", "skus": [p.sku for p in products], "titles": titles, "rows": rows})


def _to_compare(turn: Turn) -> list[Product]:
    shown = turn.memory.shown
    named = targets.named_families(turn)
    if len(named) == 1 and turn.memory.focus and turn.memory.focus not in named:
        named.insert(0, turn.memory.focus)
    pointed = placed(turn.understood.ordinals, shown)
    families = named if len(named) > 1 else pointed if len(pointed) > 1 else shown
    return targets.representatives(turn, list(families)[:MOST])


def name_the_cheapest(turn: Turn, than: Product) -> bool:
    """Say which of those shown costs least; False where none of them is cheaper than that one."""
    shown = targets.representatives(turn, turn.memory.shown)
    cheaper = any(p.price.amount < than.price.amount and p.stock > 0 for p in shown)
    cheapest = Comparison("price", highest=False, most=True)
    return cheaper and _name_the_most(turn, cheapest, shown, "utter_cheapest_shown", "utter_cheapest_shown")


def name_the_most(turn: Turn) -> bool:
    """Say which of the products shown is ahead in what was asked; False where nothing is recorded of it."""
    shown = targets.representatives(turn, turn.memory.shown)
    return _name_the_most(turn, turn.understood.comparison, shown, *MOST_SHOWN)


def _name_the_most(
    turn: Turn, asked: Comparison | None, products: list[Product], of_all_known: str, of_some_known: str
) -> bool:
    """Name the one ahead, with one sentence where the trait is recorded of all and one where it is not."""
    elsewhere = turn.understood.category and not any(in_category(p, turn.understood.category) for p in products)
    if asked is None or elsewhere or len(products) < 2:
        return False
    known = [p for p in products if measured(p, asked) != float("inf")]
    if not known:
        return False
    best = min(known, key=lambda p: (measured(p, asked), p.stock <= 0, p.price.amount))
    turn.memory.look_at(best, chosen=False)
    turn.ask(Question(Asked.TAKE, family=best.family))
    turn.reply.say(
        of_all_known if len(known) == len(products) else of_some_known,
        product=turn.names.title(best),
        fact=_measured_in_words(turn, best, asked.attribute),
        category=turn.names.category(turn.understood.category or turn.memory.category or best.category),
    )
    turn.reply.cards([telling.product_card(turn, best)])
    return True


def asks_of_all(turn: Turn) -> bool:
    """True for "und das billigste Rennrad überhaupt?" with others shown: the whole kind is meant, not those."""
    asked = turn.understood.comparison
    most = turn.incoming.typed and asked is not None and asked.most and means_all_there_is(turn.incoming.text)
    elsewhere = turn.understood.families or asking.narrows(turn)
    return bool(most and turn.memory.shown and not elsewhere) and len(_of_all(turn)) > 1


def name_the_most_of_all(turn: Turn) -> None:
    """Say which of its whole kind is ahead in what was asked, whatever was shown of it."""
    products = _of_all(turn)
    if not _name_the_most(turn, turn.understood.comparison, products, *MOST_OF_ALL):
        telling.ask_which(turn, turn.incoming.intent)


def _of_all(turn: Turn) -> list[Product]:
    """What is there of the kind that is named or was searched for."""
    shown = targets.representatives(turn, turn.memory.shown)
    kinds = (turn.understood.category, turn.memory.category, *(p.category for p in shown))
    kind = next(filter(None, kinds), "")
    return [p for p in turn.snapshot.in_category(kind) if p.stock > 0] if kind else []


def says_too_heavy(turn: Turn) -> bool:
    """True for "ist mir zu schwer" of something whose weight is recorded."""
    heavy = turn.incoming.typed and finds_it_too_heavy(turn.incoming.text)
    return heavy and _heavy(turn) is not None


def show_lighter(turn: Turn) -> None:
    """What is lighter than the product that is too heavy; of several shown, lighter than all of them."""
    _show_ahead(turn, LIGHTER, _heavy(turn))


def _heavy(turn: Turn) -> Product | None:
    offer, discussed = answering.open_offer(turn), targets.product_in_discussion(turn)
    offered = turn.snapshot.product(offer.sku) if offer else None
    meant = [offered or discussed] if offered or discussed else targets.representatives(turn, turn.memory.shown)
    known = [p for p in meant if p and measured(p, LIGHTER) != float("inf")]
    return min(known, key=lambda p: measured(p, LIGHTER), default=None)


def show_cheaper_of_kind(turn: Turn) -> bool:
    """ "Do you have a cheaper helmet?": cheaper than the one offered, shown or in the cart; False without one."""
    category, offer = turn.understood.category or "", answering.open_offer(turn)
    offered = [product for _, product in answering.laid_out(turn, offer)] if offer else []
    in_cart = [item.product for item in reversed(turn.cart())]
    known = [*offered, *targets.representatives(turn, turn.memory.shown), *in_cart]
    anchor = next((p for p in known if in_category(p, category)), None)
    return _show_ahead(turn, CHEAPER, anchor)


def show_those_ahead(turn: Turn) -> bool:
    """ "Gibt es was Leichteres?": what of the same kind is ahead of the product in discussion in just that.

    False where no trait is asked for, or it is not recorded of that product.
    """
    # the words name a trait, so they would be taken for the one of those shown that has most of it
    anchor = targets.representative(turn, turn.memory.focus) if turn.memory.focus else None
    return _show_ahead(turn, turn.understood.comparison, anchor)


def _show_ahead(turn: Turn, asked: Comparison | None, anchor: Product | None) -> bool:
    own = measured(anchor, asked) if anchor else float("inf")
    if asked is None or anchor is None or own == float("inf"):
        return False
    ahead = _ahead(turn, asked, anchor, own)
    told = {"product": turn.names.title(anchor), "fact": _measured_in_words(turn, anchor, asked.attribute)}
    if not ahead:
        turn.reply.say("utter_ahead_already", **told)
        return True
    turn.memory.shown = [p.family for p in ahead]
    turn.memory.focus, turn.memory.focus_sku, turn.memory.question = "", "", None
    facts = [f"{turn.names.title(p)}: {_measured_in_words(turn, p, asked.attribute)}" for p in ahead]
    turn.reply.say("utter_ahead", facts="; ".join(facts), **told)
    turn.reply.cards([telling.product_card(turn, p) for p in ahead])
    return True


def _ahead(turn: Turn, asked: Comparison, anchor: Product, own: float) -> list[Product]:
    """The three models most ahead in it; what is made for an age is no substitute for what is not."""
    aged = "age" in anchor.attributes
    there = [
        p
        for p in turn.snapshot.in_category(anchor.category)
        if p.family != anchor.family and p.stock > 0 and measured(p, asked) < own
        if ("age" in p.attributes) == aged
    ]
    ordered = sorted(there, key=lambda p: (measured(p, asked), p.price.amount, p.sku))
    return list({p.family: p for p in reversed(ordered)}.values())[::-1][:MOST]


def _measured_in_words(turn: Turn, product: Product, name: str) -> str:
    """What the product is ahead in, as recorded."""
    attribute = attribute_of(product, name)
    if attribute:
        return telling.facts_in_words(turn, product, (attribute,))
    if name == "rating":
        return telling.rating_in_words(turn, product)
    return turn.reply.text("utter_most_price", price=product.price)
