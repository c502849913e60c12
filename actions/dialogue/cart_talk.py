"""Talking about the cart: look, change, remove, and hand over to checkout."""

import re

from actions.dialogue import asking, buying, finding, targets, telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.need_fit import in_category
from actions.offers.products import Money, Product
from actions.offers.shipping import shipping_of
from actions.offers.situation import Stage
from actions.store import carts
from actions.understanding.wordings import asks_what_is_to_pay as asks_to_pay

EVERYTHING = re.compile(
    r"\b(?:alles|leer\w*|warenkorb (?:löschen|zurücksetzen)|everything|empty|all (?:of it|items|of them)|"
    r"clear (?:the|my) (?:cart|basket|bag))\b",
    re.IGNORECASE,
)
ORDERS = re.compile(r"\b(?:bestell\w*|kaufen|order|buy|purchase)\b", re.IGNORECASE)
ONE_OF_THEM = re.compile(r"\b(?:eine[rsn]?|ein|one)\b (?:davon|von|of)", re.IGNORECASE)
PIECES = re.compile(r"\b(?:davon|stück|pieces|of (?:them|those|these))\b", re.IGNORECASE)
THE_WHOLE = re.compile(
    r"\b(?:alles|zusammen|insgesamt|gesamt|summe|altogether|in total|everything|total)\b", re.IGNORECASE
)


def asks_for_the_sum(turn: Turn) -> bool:
    """True where "was kostet das alles?" means the cart."""
    return bool(turn.cart()) and bool(THE_WHOLE.search(turn.incoming.text))


def asks_what_is_to_pay(turn: Turn) -> bool:
    """True for "wieviel muss ich jetzt bezahlen?", which means the cart, an empty one too."""
    return turn.incoming.typed and asks_to_pay(turn.incoming.text) and not asking.has_content(turn)


def show(turn: Turn) -> None:
    """The cart as it is, or that it is empty."""
    if not turn.cart():
        turn.reply.say("utter_cart_empty")
        return
    turn.reply.say("utter_cart", total=turn.cart_total())
    turn.reply.add({"type": "cart", "checkout": True})
    turn.reply.choices(("utter_choice_checkout", payload("checkout")))


def counts_more_of_a_line(turn: Turn) -> bool:
    """True for "nochmal zwei davon" with something in the cart, which asks for pieces and not to hear it again."""
    said = turn.incoming.typed and turn.understood.quantity_step and PIECES.search(turn.incoming.text)
    return bool(said) and bool(turn.cart())


def change_quantity(turn: Turn) -> None:
    """Set a new quantity for what is being talked of: the open question first, then the line meant."""
    line, asked = _line_meant(turn), _asked_how_many(turn)
    quantity = _quantity(turn, asked.quantity if asked else turn.held(line.sku) if line else 0)
    if asked and quantity:
        _change_open_question(turn, asked, quantity)
        return
    if line is None and turn.incoming.typed and (turn.understood.category or turn.understood.families):
        # "can I have two helmets" with no helmet in the cart looks for them
        finding.search(turn, new=True)
        return
    if line is None and quantity and len(turn.memory.shown) > 1 and not turn.cart():
        turn.memory.quantity = min(quantity, buying.MAX_QUANTITY)
        telling.ask_which(turn, "purchase_intent", "utter_purchase_which")
        return
    if line is None or quantity is None:
        turn.reply.say("utter_quantity_which" if turn.cart() else "utter_cart_empty")
        return
    if quantity == 0:
        _take_out(turn, line)
        return
    live = turn.product(line.sku) or line
    if live.stock < quantity:
        turn.reply.say("utter_stock_short", product=turn.names.full(live), left=live.stock)
        return
    carts.change(turn.connection, turn.conversation.id, line.sku, quantity)
    buying.say_in_cart(turn, line)


def _asked_how_many(turn: Turn) -> Question | None:
    """The open question that a quantity is about: a read-back, a size question or a product just shown."""
    question = turn.memory.question
    if question is None or turn.incoming.entities.get("sku") or asking.names_another(turn, question):
        return None
    if turn.understood.category and not asking.is_asked_about(turn, turn.understood.category):
        return None
    in_cart = any(item.product.family == question.family for item in turn.cart())
    counts = question.asked in (Asked.READBACK, Asked.VARIANT) or (question.asked is Asked.TAKE and not in_cart)
    return question if counts else None


def _change_open_question(turn: Turn, question: Question, quantity: int) -> None:
    product = turn.product(question.sku) if question.asked is Asked.READBACK else None
    if product:
        buying.read_back(turn, product, quantity, offers=question.offers)
    elif question.asked is Asked.VARIANT:
        question.quantity = quantity
        buying.settle_asked_variant(turn)
    else:
        buying.begin(turn, question.family, quantity)


def _quantity(turn: Turn, before: int) -> int | None:
    """The new number of pieces; "noch eins davon" and "einen weniger" count from what there was before."""
    pressed = turn.incoming.entities.get("quantity")
    if pressed and pressed.isdecimal():
        return min(int(pressed), buying.MAX_QUANTITY)
    step = turn.understood.quantity_step if turn.incoming.typed else 0
    if step and before:
        return max(0, min(before + step, buying.MAX_QUANTITY))
    return turn.understood.quantity


def remove(turn: Turn) -> None:
    """Take the line meant out of the cart; asks where several could be meant. A yes after it buys nothing."""
    line = _line_meant(turn) or _only_line(turn)
    if line is None and asking.only_names_a_kind(turn):
        finding.search(turn, new=True)
        return
    turn.memory.question = None
    turn.memory.drop_plans()
    if line is None and turn.incoming.typed and EVERYTHING.search(turn.incoming.text) and turn.cart():
        _take_everything_out(turn)
        return
    if line is None:
        _ask_what_to_remove(turn)
        return
    one = ONE_OF_THEM.search(turn.incoming.text)
    taken = (turn.understood.quantity or (1 if one else None)) if turn.incoming.typed else None
    held = turn.held(line.sku)
    if taken and taken < held:
        carts.change(turn.connection, turn.conversation.id, line.sku, held - taken)
        buying.say_in_cart(turn, line)
    else:
        _take_out(turn, line)


def _ask_what_to_remove(turn: Turn) -> None:
    lines = [item.product for item in turn.cart()]
    if not lines:
        turn.reply.say("utter_cart_empty")
        return
    turn.reply.say("utter_remove_which")
    turn.reply.titled_choices([(turn.names.full(p), payload("remove_from_cart", sku=p.sku)) for p in lines])


def _take_everything_out(turn: Turn) -> None:
    for item in turn.cart():
        carts.remove(turn.connection, turn.conversation.id, item.product.sku)
    turn.memory.anchor = ""
    turn.reply.say("utter_cart_emptied")


def _take_out(turn: Turn, line: Product) -> None:
    carts.remove(turn.connection, turn.conversation.id, line.sku)
    if turn.memory.anchor == line.sku:
        turn.memory.anchor = ""
    turn.memory.question = None
    turn.reply.say("utter_removed", product=turn.names.full(line), total=turn.cart_total())


def _only_line(turn: Turn) -> Product | None:
    """The one line there is where the words name no other product, and none is just being read back."""
    lines = [item.product for item in turn.cart()]
    named = turn.understood.category or targets.named_family(turn) or turn.incoming.entities.get("sku")
    return lines[0] if len(lines) == 1 and not (named or turn.open_question(Asked.READBACK)) else None


def _line_meant(turn: Turn) -> Product | None:
    lines = {item.product.sku: item.product for item in turn.cart()}
    pressed = turn.incoming.entities.get("sku", "")
    if pressed:
        return lines.get(pressed)
    family = targets.named_family(turn)
    category = turn.understood.category or ""
    fitting = [p for p in lines.values() if p.family == family] or [
        p for p in lines.values() if category and in_category(p, category)
    ]
    if len(fitting) == 1:
        return fitting[0]
    focus = turn.memory.focus
    elsewhere = bool(focus) and all(p.family != focus for p in lines.values())
    return next(iter(lines.values())) if len(lines) == 1 and not (family or category or elsewhere) else None


def orders_what_lies_there(turn: Turn) -> bool:
    """True for "ich möchte bestellen" where all that is being talked of lies in the cart already."""
    said, families = turn.understood, {item.product.family for item in turn.cart()}
    if not (turn.incoming.typed and families and ORDERS.search(turn.incoming.text)) or turn.memory.question:
        return False
    discussed = targets.family_in_discussion(turn)
    named = said.category or said.families or said.quantity or said.ordinals or said.words
    return not named and discussed in {"", *families}


def checkout(turn: Turn) -> None:
    """Hand over to the shop's checkout; a sentence alone never concludes the order."""
    question = turn.open_question(Asked.READBACK)
    if not turn.cart() and not question and turn.memory.focus in turn.snapshot.families:
        # what was being talked of is asked about, rather than dropped without a word
        if turn.open_question(Asked.VARIANT):
            turn.reply.say("utter_still_need_variant")
        buying.begin(turn, turn.memory.focus, turn.memory.quantity)
        return
    if not turn.cart():
        turn.reply.say("utter_checkout_after_yes" if question else "utter_cart_empty")
        return
    turn.memory.question = None
    turn.reach(Stage.CHECKOUT)
    total = turn.cart_total()
    sums = shipping_of(total.amount, turn.limits)
    told = "utter_checkout" if sums.cost else "utter_checkout_free_shipping"
    turn.reply.say(
        told if turn.knows_shipping else "utter_checkout_shipping_there",
        total=total,
        shipping=Money(sums.cost, total.currency),
        sum=Money(total.amount + sums.cost, total.currency),
    )
    turn.reply.add({"type": "cart", "checkout": True})
