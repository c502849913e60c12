"""One trait of the products compared: what each of them has, and by how much two of them differ."""

from actions.dialogue import targets
from actions.dialogue.asked_facts import fact
from actions.dialogue.asking import NOT_A_CHANGE
from actions.dialogue.naming import VARIANT_KINDS
from actions.dialogue.turn import Turn
from actions.offers.attributes import measure
from actions.offers.products import Money, Product
from actions.understanding.facts import fact_name, named_attribute
from actions.understanding.wordings import goes_on_asking, names_the_price

PRICE = "price"
LONGEST_FOLLOW_UP = 6


def asks_for_a_trait(turn: Turn) -> bool:
    """True for "und im Federweg?" right after a comparison."""
    said, memory = turn.understood, turn.memory
    text = turn.incoming.text if turn.incoming.typed else ""
    short = goes_on_asking(text) and len(text.split()) <= LONGEST_FOLLOW_UP
    compared = len(memory.compared) > 1 and memory.compared == memory.shown and not memory.focus
    elsewhere = said.families or said.ordinals or said.wanted or said.comparison or said.max_price or said.category
    if not (short and compared) or elsewhere or NOT_A_CHANGE.match(turn.incoming.intent):
        return False
    return bool(asked_trait(turn, targets.representatives(turn, memory.compared)))


def answer(turn: Turn) -> None:
    """That trait of each product compared."""
    products = targets.representatives(turn, turn.memory.compared)
    tell(turn, products, asked_trait(turn, products))


def asked_trait(turn: Turn, products: list[Product]) -> str:
    """The one trait that is asked for, where it is recorded for some of these products; empty for none."""
    if not turn.incoming.typed:
        return ""
    if names_the_price(turn.incoming.text):
        return PRICE
    named = (named_attribute(turn.incoming.text, turn.lexicon, product) for product in products)
    known = (n for n in named if n and n not in VARIANT_KINDS and any(fact_name(p, n) for p in products))
    return next(known, "")


def tell(turn: Turn, products: list[Product], trait: str) -> None:
    """What each product has of it; of two measured alike, the difference too."""
    turn.memory.compared = turn.memory.shown = [product.family for product in products]
    turn.memory.question = None
    unknown = turn.reply.text("utter_fact_missing")
    told = "; ".join(f"{turn.names.title(p)}: {_value(turn, p, trait) or unknown}" for p in products)
    turn.reply.say("utter_fact_of_each", attribute=turn.names.label(trait), facts=told)
    if between := _difference(turn, products, trait):
        turn.reply.say("utter_fact_difference", difference=between)


def _value(turn: Turn, product: Product, trait: str) -> str:
    return str(turn.reply.money(product.price)["text"]) if trait == PRICE else fact(turn, product, trait)


def _difference(turn: Turn, products: list[Product], trait: str) -> str:
    if len(products) != 2:
        return ""
    one, other = products
    if trait == PRICE:
        apart = Money(abs(one.price.amount - other.price.amount), one.price.currency)
        return str(turn.reply.money(apart)["text"]) if apart.amount else ""
    names = (fact_name(one, trait), fact_name(other, trait))
    if names[0] != names[1] or not names[0]:
        return ""
    first, second = (measure(p.attributes.get(names[0], "")) for p in products)
    if not first or not second or first[1] or second[1] or first == second:
        return ""
    return turn.names.value(names[0], format(abs(first[0] - second[0]).normalize(), "f"))
