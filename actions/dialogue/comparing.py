"""Products side by side, and the one of them that is the lightest, the cheapest or has the longest range."""

from actions.dialogue import facts, targets, telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.turn import Turn
from actions.offers.comparison import compare
from actions.offers.need_fit import in_category
from actions.offers.products import Product
from actions.understanding.choices import placed
from actions.understanding.ranking import attribute_of, measured
from actions.wording import listed

MOST = 3


def compare_products(turn: Turn) -> None:
    """Two or three products side by side, from recorded facts; "welches ist das leichteste?" gets the one."""
    one = turn.understood.ordinal is not None or len(turn.understood.families) == 1
    if one and facts.asked_fact(turn):
        facts.answer_details(turn)
        return
    products = _to_compare(turn)
    if len(products) < 2:
        turn.reply.say("utter_compare_which")
        return
    if turn.understood.comparison and len(turn.understood.ordinals) < 2 and name_the_most(turn):
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


def name_the_most(turn: Turn) -> bool:
    """Say which of the products shown is ahead in what was asked; False where nothing is recorded of it."""
    asked, products = turn.understood.comparison, targets.representatives(turn, turn.memory.shown)
    elsewhere = turn.understood.category and not any(in_category(p, turn.understood.category) for p in products)
    if asked is None or elsewhere or len(products) < 2:
        return False
    known = [p for p in products if measured(p, asked) != float("inf")]
    if not known:
        return False
    best = min(known, key=lambda p: (measured(p, asked), p.stock <= 0, p.price.amount))
    said = "utter_most" if len(known) == len(products) else "utter_most_known"
    turn.memory.look_at(best, chosen=False)
    turn.ask(Question(Asked.TAKE, family=best.family))
    turn.reply.say(said, product=turn.names.title(best), fact=_measured_in_words(turn, best, asked.attribute))
    turn.reply.cards([telling.product_card(turn, best)])
    return True


def _measured_in_words(turn: Turn, product: Product, name: str) -> str:
    """What the product is ahead in, as recorded."""
    attribute = attribute_of(product, name)
    if attribute:
        return telling.facts_in_words(turn, product, (attribute,))
    if name == "rating":
        return telling.rating_in_words(turn, product)
    return turn.reply.text("utter_most_price", price=product.price)
