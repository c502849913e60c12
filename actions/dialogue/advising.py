"""Advice the shopper asks for: better, cheaper, what goes with it, why, and which one for a purpose."""

import re

from actions.dialogue import differing, finding, hesitating, offering, targets, telling
from actions.dialogue.reply import Reply
from actions.dialogue.turn import Turn
from actions.offers.attributes import listed as listed_values
from actions.offers.comparison import gains_and_losses
from actions.offers.need_fit import in_category
from actions.offers.products import Money, Product
from actions.offers.situation import OfferKind
from actions.store import offer_log
from actions.understanding.advice import best_for
from actions.understanding.meanings import USE

GOES_WITH = re.compile(r"\b(?:zu[mr]?|zu (?:dem|der|den|meine[mrn]?)|with|beside)\b", re.IGNORECASE)
NOTHING = {OfferKind.UP: "utter_nothing_better", OfferKind.CROSS: "utter_nothing_fits"}


def advise(turn: Turn, kind: OfferKind) -> None:
    """Answer a question for better or fitting products; asked advice is given at every stage."""
    _remember_limits(turn)
    starting = _starting_product(turn) if kind is OfferKind.CROSS else None
    if kind is OfferKind.CROSS and turn.understood.category and starting is None:
        finding.search(turn, new=True)
        return
    anchor = starting or targets.anchor(turn)
    if anchor is None:
        telling.ask_which(turn, turn.incoming.intent, "utter_advice_for_what")
        return
    if kind is OfferKind.DOWN:
        hesitating.offer_down(turn, anchor, None, asked=True)
    elif not (offering.propose(turn, anchor, asked_for=kind).offers or _propose_above_budget(turn, anchor, kind)):
        turn.reply.say(NOTHING[kind], product=turn.names.title(anchor))


def _starting_product(turn: Turn) -> Product | None:
    """The product that "was passt zum Rad?" starts from: the one in discussion, or the line of that kind."""
    category = turn.understood.category
    if not (turn.incoming.typed and category and GOES_WITH.search(turn.incoming.text)):
        return None
    known = [targets.anchor(turn), *(item.product for item in reversed(turn.cart()))]
    return next((product for product in known if product and in_category(product, category)), None)


def _propose_above_budget(turn: Turn, anchor: Product, kind: OfferKind) -> bool:
    """Who asks for something better hears of it, and that it is above the budget they named."""
    memory, budget = turn.memory, turn.memory.max_price
    if kind is not OfferKind.UP or budget is None:
        return False
    before = len(turn.reply.messages)
    memory.max_price = None
    try:
        offers = offering.propose(turn, anchor, asked_for=kind).offers
    finally:
        memory.max_price = budget
    if offers:
        said = Reply(turn.reply.phrases, turn.reply.language)
        said.say("utter_above_budget", price=Money(budget, anchor.price.currency))
        turn.reply.messages[before:before] = said.messages
    return bool(offers)


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
        benefit=product.benefit.said(turn.reply.language),
    )


def _in_question(turn: Turn) -> list[Product]:
    families = turn.understood.families or turn.memory.compared or turn.memory.shown
    return [p for p in (targets.representative(turn, f) for f in families if f in turn.snapshot.families) if p]


def _say_that_all_suit(turn: Turn, uses: tuple[str, ...], products: list[Product]) -> bool:
    """Where two are recorded for the purpose alike, the cheaper one is enough, and what more money buys is said."""
    wanted = {use.casefold() for use in uses}
    suit = [p for p in products if wanted and wanted <= set(listed_values(p.attributes.get(USE, "")))]
    if len(suit) < 2 or len(suit) < len(products):
        return False
    cheap, dear = min(suit, key=lambda p: p.price.amount), max(suit, key=lambda p: p.price.amount)
    gains, _ = gains_and_losses(cheap, dear, OfferKind.UP)
    turn.memory.look_at(cheap, chosen=False)
    turn.reply.say(
        "utter_recommend_cheaper",
        use=turn.names.words(",".join(uses)),
        product=turn.names.title(cheap),
        price=cheap.price,
        dearer=turn.names.title(dear),
        difference=Money(dear.price.amount - cheap.price.amount, dear.price.currency),
        gains=differing.in_words(turn, gains),
    )
    turn.reply.cards([telling.product_card(turn, cheap)])
    return True


def _recommend_for(turn: Turn, uses: tuple[str, ...], products: list[Product]) -> None:
    peers = turn.snapshot.in_category(products[0].category) if products else ()
    if _say_that_all_suit(turn, uses, products):
        return
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
