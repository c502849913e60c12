"""From "nehme ich" to the cart: settle the variant, read back, put in after one explicit yes."""

from dataclasses import replace

from actions.dialogue import asking, offering, sizing, targets, telling
from actions.dialogue.memory import Asked, Question, Then
from actions.dialogue.naming import VARIANT_KINDS, by_size
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.attributes import attribute
from actions.offers.need_fit import in_category
from actions.offers.products import Money, Product
from actions.offers.situation import OfferKind, Stage
from actions.store import carts, offer_log
from actions.understanding.variants import Ask, Chosen, NoneLeft, not_made, resolve_variant
from actions.wording import listed

MAX_QUANTITY = 99


def settle_asked_variant(turn: Turn) -> None:
    """Take the answer to the open variant question and go on with what it was asked for."""
    question = turn.open_question(Asked.VARIANT)
    if question:
        turn.memory.question = None
        then, said = Then(question.then), asking.option_said(turn, question.family, question.attribute)
        chosen = question.chosen | ({question.attribute: said} if said else {})
        if question.attribute == "size" and not said:
            sizing.tell_size_for(turn, turn.snapshot.variants(question.family)[0])
        settle_variant(turn, question.family, then, question.quantity, offers=question.offers, chosen=chosen)


def change_variant(turn: Turn) -> None:
    """Read back the variant the shopper changes their mind to, all else as it was."""
    question = turn.memory.question
    product = turn.product(question.sku) if question else None
    if question and product:
        before = {name: attribute(product, name) for name in VARIANT_KINDS if attribute(product, name)}
        changed = before | {n: w for n, w in turn.understood.attributes.items() if n in VARIANT_KINDS}
        settle_variant(turn, product.family, Then.READBACK, question.quantity, chosen=changed)


def take_only_option(turn: Turn, question: Question) -> None:
    """A yes to "es gibt nur noch grün" takes it; where there is a choice, what is missing is asked again."""
    choice = resolve_variant(turn.snapshot.variants(question.family), question.chosen)
    if isinstance(choice, Ask) and len(choice.options) == 1:
        question.chosen[choice.attribute] = choice.options[0]
    else:
        turn.reply.say("utter_still_need_variant")
    settle_asked_variant(turn)


def settle_variant(
    turn: Turn,
    family: str,
    then: Then,
    quantity: int = 1,
    *,
    offers: list[str] | None = None,
    chosen: dict[str, str] | None = None,
) -> None:
    """Find the one variant meant, or ask for what is missing; never guess."""
    variants = targets.not_refused(turn, family)
    said = dict(turn.understood.attributes) | (chosen or {})
    wishes = {**_remembered(turn, family), **said, **asking.pressed_option(turn, family)}
    choice = not_made(variants, turn.understood.attributes) or resolve_variant(variants, wishes)
    asked = Question(Asked.VARIANT, then=str(then), quantity=quantity, chosen=wishes, offers=offers or [])
    if isinstance(choice, Chosen):
        _remember_variant(turn, family, wishes)
        _go_on(turn, choice.product, then, quantity, offers or [])
    elif isinstance(choice, Ask):
        _remember_variant(turn, family, wishes)
        _ask_variant(turn, family, choice, asked)
    else:
        telling.say_gone(turn, variants[0], choice)
        _ask_for_another(turn, family, wishes, asked)


def _ask_for_another(turn: Turn, family: str, wishes: dict[str, str], question: Question) -> None:
    """Ask again for what cannot be had, keeping what can; what is left over is never taken for a wish."""
    variants = turn.snapshot.variants(family)
    kept: dict[str, str] = {}
    for name in sorted(wishes, key=lambda n: n == "size"):
        if not isinstance(resolve_variant(variants, kept | {name: wishes[name]}), NoneLeft):
            kept[name] = wishes[name]
        else:
            turn.memory.wishes.pop(name, None)
    choice = resolve_variant(variants, kept)
    if isinstance(choice, Ask) and choice.attribute in wishes:
        _ask_variant(turn, family, choice, replace(question, chosen=kept))


def _is_what_was_searched(turn: Turn, family: str) -> bool:
    category = turn.memory.category
    if not category:
        return family in turn.memory.shown or family == turn.memory.focus
    return in_category(turn.snapshot.variants(family)[0], category)


def _remembered(turn: Turn, family: str) -> dict[str, str]:
    return dict(turn.memory.wishes) if _is_what_was_searched(turn, family) else {}


def _remember_variant(turn: Turn, family: str, wishes: dict[str, str]) -> None:
    if _is_what_was_searched(turn, family):
        turn.memory.wishes.update({name: wish for name, wish in wishes.items() if name in VARIANT_KINDS})


def _ask_variant(turn: Turn, family: str, ask: Ask, question: Question) -> None:
    """Ask for the next missing attribute; `question` carries what is settled already and what comes after."""
    turn.memory.focus, turn.memory.focus_sku = family, ""
    options = sorted(ask.options, key=by_size)
    title = turn.names.title(turn.snapshot.variants(family)[0])
    if len(options) == 1:
        turn.reply.say("utter_ask_only_left", product=title, option=turn.names.wish(ask.attribute, options[0]))
    else:
        asked = f"utter_ask_{ask.attribute}" if ask.attribute in VARIANT_KINDS else "utter_ask_variant"
        words = listed([turn.names.word(o) for o in options], turn.reply.language, last="or")
        turn.reply.say(asked, product=title, options=words)
    turn.reply.titled_choices(
        [
            (turn.names.word(value), payload("choose_option", family=family, attribute=ask.attribute, value=value))
            for value in options
        ]
    )
    turn.ask(replace(question, family=family, attribute=ask.attribute))


def _go_on(turn: Turn, product: Product, then: Then, quantity: int, offers: list[str]) -> None:
    turn.memory.look_at(product, chosen=True)
    if then is Then.READBACK:
        read_back(turn, product, quantity)
    elif then is Then.TAKE_OFFER:
        take(turn, offers[0], product)
    else:
        telling.show_details(turn, product)
    if then is not Then.TAKE_OFFER:
        turn.reach(Stage.CONSIDER)


def begin(turn: Turn, family: str, quantity: int) -> None:
    """The shopper wants this model: settle the variant, then read back."""
    turn.memory.swap(targets.given_back_for(turn, family), family)
    sku = turn.memory.focus_sku if family == turn.memory.focus else ""
    settled = turn.product(sku) if sku and not turn.understood.attributes else None
    if settled:
        read_back(turn, settled, quantity)
    else:
        settle_variant(turn, family, Then.READBACK, quantity)


def read_back(turn: Turn, product: Product, quantity: int, *, offers: list[str] | None = None) -> None:
    """Say item, variant, quantity and full price, and ask for one explicit yes."""
    live = turn.product(product.sku) or product
    held = turn.held(live.sku)
    if live.stock < quantity + held:
        left = max(live.stock - held, 0)
        turn.memory.question = None
        turn.reply.say(
            "utter_stock_short" if live.stock else "utter_sold_out", product=turn.names.full(live), left=left
        )
        if not left:
            return
        quantity = left
    _begin_anew_after_an_order(turn)
    turn.reach(Stage.CONSIDER)
    turn.memory.look_at(live, chosen=True)
    telling.tell_facts(turn, live)
    total = Money(live.price.amount * quantity, live.price.currency)
    given_back = turn.product(_goes_back_for(turn, live))
    if given_back:
        turn.reply.say("utter_readback_swap", product=turn.names.full(given_back))
    turn.reply.say(
        "utter_readback" if quantity == 1 else "utter_readback_several",
        product=turn.names.full(live),
        quantity=quantity,
        price=live.price,
        total=total,
    )
    asked = Question(Asked.READBACK, family=live.family, sku=live.sku, quantity=quantity, offers=offers or [])
    asked.price = live.price.amount
    yes_to_it = payload("confirm", to=asked.key, sku=live.sku)
    turn.reply.choices(("utter_choice_yes_add", yes_to_it), ("utter_choice_no", payload("deny", to=asked.key)))
    turn.ask(asked)


def _goes_back_for(turn: Turn, product: Product) -> str:
    """The line of the cart that is exchanged for this product; empty where none is."""
    memory = turn.memory
    return memory.swapped if memory.swapped_for == product.family and turn.held(memory.swapped) else ""


def _begin_anew_after_an_order(turn: Turn) -> None:
    if turn.conversation.stage in (Stage.ORDERED, Stage.AFTER):
        turn.update(stage=Stage.CONSIDER)
        turn.memory.anchor = ""


def confirm_read_back(turn: Turn, question: Question) -> None:
    """The explicit yes: put the item in the cart as read back, then perhaps one offer."""
    product = turn.product(question.sku)
    turn.memory.question = None
    enough = product is not None and product.stock >= question.quantity + turn.held(product.sku)
    if product is None or not enough or product.price.amount != question.price:
        turn.reply.say("utter_changed_meanwhile")
        if product:
            read_back(turn, product, question.quantity, offers=question.offers)
        return
    offer = next(iter(question.offers), None)
    given_back = _goes_back_for(turn, product)
    if given_back:
        carts.remove(turn.connection, turn.conversation.id, given_back)
    turn.memory.swap("", "")
    carts.put(turn.connection, turn.conversation.id, product, question.quantity, offer=offer, now=turn.now)
    turn.memory.settle_for(product)
    turn.reach(Stage.INTENT)
    if offer:
        _accepted(turn, offer)
    say_in_cart(turn, product)
    if turn.memory.also_wanted:
        for name in VARIANT_KINDS:
            turn.memory.wishes.pop(name, None)
        begin(turn, turn.memory.also_wanted.pop(0), 1)
    elif not offering.propose_next(turn, product):
        what_next(turn)


def take(turn: Turn, offer_id: str, product: Product, *, quantity: int = 1) -> None:
    """Put the accepted product in the cart; an up- or down-sell replaces its anchor's line."""
    offer = offer_log.get(turn.connection, offer_id)
    live = turn.product(product.sku)
    if offer is None or live is None:
        return
    turn.memory.question = None
    replaced = 0 if offer.kind == OfferKind.CROSS else turn.held(offer.anchor)
    changed = live.price != offer.price or live.stock < max(replaced, 1)
    if changed:
        turn.reply.say("utter_changed_meanwhile")
    turn.memory.swap(offer.anchor if replaced else "", product.family)
    if changed or (offer.kind == OfferKind.UP and not replaced):
        read_back(turn, live, max(replaced, quantity), offers=[offer.id])
        return
    turn.memory.swap("", "")
    if replaced:
        carts.replace(turn.connection, turn.conversation.id, offer.anchor, product, offer=offer.id, now=turn.now)
    elif not turn.held(product.sku):
        carts.put(turn.connection, turn.conversation.id, product, quantity, offer=offer.id, now=turn.now)
    _accepted(turn, offer.id)
    if offer.kind != OfferKind.CROSS:
        turn.memory.anchor = product.sku
        turn.memory.look_at(product, chosen=True)
    turn.memory.hesitations = 0
    turn.reach(Stage.INTENT)
    alone = len(turn.cart()) == 1
    swapped = "utter_offer_swapped_several" if replaced > 1 else "utter_offer_swapped"
    turn.reply.say(
        swapped if replaced else "utter_in_cart" if alone else "utter_offer_taken",
        product=turn.names.full(product),
        quantity=turn.held(product.sku),
        price=product.price,
        total=turn.cart_total(),
    )
    telling.tell_facts(turn, product)
    # one extra is enough for one purchase; the cards beside it keep their own buttons
    goes_on = offer.kind != OfferKind.CROSS
    if not (goes_on and offering.propose_next(turn, turn.product(turn.memory.anchor))):
        what_next(turn)


def _accepted(turn: Turn, offer_id: str) -> None:
    offer_log.answer(turn.connection, offer_id, "accepted", turn.now)
    offer = offer_log.get(turn.connection, offer_id)
    if offer and offer.kind == OfferKind.DOWN:
        _leave_it_at_the_cheaper_one(turn, offer.anchor)


def _leave_it_at_the_cheaper_one(turn: Turn, given_up: str) -> None:
    """Who took the cheaper product for its price is not shown the way back up."""
    turn.memory.up_settled = True
    turn.memory.pause(OfferKind.UP)
    product = turn.snapshot.product(given_up)
    turn.memory.refuse(p.sku for p in (turn.snapshot.variants(product.family) if product else ()))


def say_in_cart(turn: Turn, product: Product) -> None:
    """Say that it lies in the cart, from the row just written."""
    line = next(li for li in carts.lines(turn.connection, turn.conversation.id) if li.sku == product.sku)
    turn.reply.say(
        "utter_in_cart" if line.quantity == 1 else "utter_in_cart_several",
        product=turn.names.full(product),
        quantity=line.quantity,
        total=Money(line.price.amount * line.quantity, line.price.currency),
    )


def what_next(turn: Turn) -> None:
    """Offer the way to checkout and the way on, as buttons only."""
    turn.reply.choices(
        ("utter_choice_checkout", payload("checkout")), ("utter_choice_view_cart", payload("view_cart"))
    )
