"""Advice the shopper asks for: better, cheaper, what goes with it, why, and which one for a purpose."""

from actions.dialogue import finding, hesitating, offering, targets, telling
from actions.dialogue.turn import Turn
from actions.offers.products import Product
from actions.offers.situation import OfferKind
from actions.store import offer_log
from actions.understanding.advice import best_for

NOTHING = {OfferKind.UP: "utter_nothing_better", OfferKind.CROSS: "utter_nothing_fits"}


def advise(turn: Turn, kind: OfferKind) -> None:
    """Answer a question for better or fitting products; asked advice is given at every stage."""
    _remember_limits(turn)
    anchor = targets.anchor(turn)
    if anchor is None:
        turn.reply.say("utter_advice_for_what")
        return
    if kind is OfferKind.DOWN:
        hesitating.offer_down(turn, anchor, None, asked=True)
    elif not offering.propose(turn, anchor, asked_for=kind).offers:
        turn.reply.say(NOTHING[kind], product=turn.names.title(anchor))


def _remember_limits(turn: Turn) -> None:
    if turn.understood.max_price is not None:
        turn.memory.max_price = turn.understood.max_price


def explain(turn: Turn) -> None:
    """Why the last offer, with its numbers; without an offer, what speaks for the product in discussion."""
    offer = offer_log.get(turn.connection, turn.memory.last_offer) if turn.memory.last_offer else None
    product = turn.snapshot.product(offer.sku) if offer else None
    anchor = turn.snapshot.product(offer.anchor) if offer else None
    if offer and product and anchor:
        reason = offer_log.reason_of(offer)
        turn.reply.say("utter_why", reason=offering.reason_sentence(turn, reason, product, anchor))
        turn.reply.say("utter_why_honest")
        return
    discussed = targets.product_in_discussion(turn)
    if discussed is None:
        turn.reply.say("utter_why_nothing")
        return
    _say_why_found(turn, discussed)


def recommend(turn: Turn) -> None:
    """Which of the products in question suits best, from recorded facts alone."""
    uses = turn.understood.uses or tuple(filter(None, turn.memory.wishes.get("use", "").split(",")))
    products = _in_question(turn)
    if turn.understood.category and turn.understood.category != turn.memory.category:
        finding.search(turn, new=True)
    elif not products:
        finding.search(turn, new=not turn.memory.category)
    elif not uses:
        _recommend_without_purpose(turn, products)
    else:
        _recommend_for(turn, uses, products)


def _recommend_without_purpose(turn: Turn, products: list[Product]) -> None:
    """Of several, ask what it is for; of one, say what speaks for it."""
    if len(products) > 1:
        turn.reply.say("utter_ask_purpose")
    else:
        _say_why_found(turn, products[0])


def _say_why_found(turn: Turn, product: Product) -> None:
    turn.reply.say(
        "utter_why_found",
        product=turn.names.title(product),
        needs=telling.needs_in_words(turn, product),
        benefit=product.benefit.of(turn.reply.language),
    )


def _in_question(turn: Turn) -> list[Product]:
    families = turn.understood.families or turn.memory.compared or turn.memory.shown
    return [p for p in (targets.representative(turn, f) for f in families if f in turn.snapshot.families) if p]


def _recommend_for(turn: Turn, uses: tuple[str, ...], products: list[Product]) -> None:
    peers = turn.snapshot.in_category(products[0].category) if products else ()
    best = best_for(uses, products, peers)
    if best is None:
        turn.reply.say("utter_recommend_unknown", use=turn.names.words(",".join(uses)))
        return
    turn.memory.look_at(best.product, chosen=False)
    facts = tuple(name for name in best.facts if name != "use")
    turn.reply.say(
        "utter_recommend" if facts else "utter_recommend_only",
        product=turn.names.title(best.product),
        price=best.product.price,
        use=turn.names.words(",".join(uses)),
        facts=telling.facts_in_words(turn, best.product, facts),
    )
    turn.reply.cards([telling.product_card(turn, best.product)])
