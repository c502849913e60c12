"""Answers hesitation by its reason: an honest cheaper fit, an honest sum, a plain fact, or a friendly close."""

from dataclasses import replace

from actions.dialogue import answering, asking, comparing, delivering, offering, targets, telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.reply import payload
from actions.dialogue.showing import SHOWN_AT_ONCE
from actions.dialogue.turn import Turn
from actions.offers.decision import Refusal
from actions.offers.need_fit import in_category
from actions.offers.products import Money, Product
from actions.offers.shipping import FillUp, Worth, fill_up, shipping_of
from actions.offers.situation import Hesitation, OfferKind
from actions.understanding.finder import find
from actions.understanding.understood import Understood
from actions.understanding.wordings import asks_whether_it_is_sold
from actions.wording import listed

DOWN_REASONS = frozenset({Hesitation.PRICE_SENSITIVITY, Hesitation.PRODUCT_FIT})
# a cheaper one is withheld because of the conversation, not for want of one: who asks for it is answered
NOT_NOW = frozenset(
    {
        Refusal.OPTED_OUT,
        Refusal.NEGATIVE_MOOD,
        Refusal.FREQUENCY_CAP,
        Refusal.KIND_PAUSED,
        Refusal.PLACEMENT_OFF,
        Refusal.WRONG_STAGE,
        Refusal.ORDER_FIRST,
        Refusal.ROLLOUT,
    }
)
# the sentence for a reason, and the recorded fact it is built on
FACTS = {
    Hesitation.SHIPPING_SPEED: ("utter_hesitation_shipping_speed", "shipping_days"),
    Hesitation.TRUST_SECURITY: ("utter_hesitation_trust", "returns"),
    Hesitation.RETURNS_POLICY: ("utter_hesitation_returns", "returns"),
    Hesitation.PAYMENT_OPTIONS: ("utter_hesitation_payment", "payment"),
    Hesitation.COMPARISON: ("utter_hesitation_comparison", ""),
}
# what a product does to the sum with shipping; there is no sentence for one that shipping is no argument for
FILLERS = {
    Worth.SAVES: "utter_shipping_filler_saves",
    Worth.ALMOST_SAME: "utter_shipping_filler_same",
    Worth.COSTS_MORE: "utter_shipping_filler_dearer",
}


def is_meant(turn: Turn) -> bool:
    """True where doubt is the answer, and not just the "hm" before a question for something."""
    said = turn.understood
    sold = asks_whether_it_is_sold(turn.incoming.text)
    asks = turn.incoming.typed and asking.has_content(turn) and (sold or "?" in turn.incoming.text)
    return said.hesitation is not None and not (asks and said.hesitation is Hesitation.OTHER)


def answer(turn: Turn) -> None:
    """One honest answer; the second time without a new reason, let go."""
    reason = _reason(turn)
    offer = answering.open_offer(turn)
    if offer and reason is Hesitation.PRICE_SENSITIVITY:
        _decline_for_price(turn, offer)
        return
    turn.memory.hesitations += 1
    if offer and reason is not Hesitation.SHIPPING_COST:
        turn.memory.question = None
    if reason is Hesitation.PRICE_SENSITIVITY:
        turn.memory.pause(OfferKind.UP)
    if reason in DOWN_REASONS:
        down(turn, reason)
    elif reason is Hesitation.SHIPPING_COST:
        shipping(turn)
    elif turn.memory.hesitations > 1:
        turn.memory.question = None
        turn.reply.say("utter_let_go")
    elif reason in FACTS:
        telling.tell_terms(turn, *FACTS[reason])
    else:
        turn.reply.say("utter_hesitation_open")
        turn.reply.choices(
            ("utter_choice_too_expensive", payload("object_price")),
            ("utter_choice_compare", payload("compare")),
            ("utter_choice_later", payload("goodbye")),
        )


def _reason(turn: Turn) -> Hesitation:
    if turn.incoming.intent == "object_price" and turn.understood.hesitation is None:
        return Hesitation.PRICE_SENSITIVITY
    return turn.understood.hesitation or Hesitation.TIMING_DEFERRED


def _decline_for_price(turn: Turn, offer: Question) -> None:
    offered = turn.snapshot.product(offer.sku)
    answering.refuse(turn, offer)
    turn.memory.pause(OfferKind.UP)
    anchor = turn.product(turn.memory.anchor) or offered
    turn.reply.say(
        "utter_offer_too_expensive",
        product=turn.names.title(offered) if offered else "",
        anchor=turn.names.title(anchor) if anchor else "",
    )
    turn.reply.choices(("utter_choice_cheaper", payload("ask_cheaper", sku=turn.memory.anchor)))


def down(turn: Turn, reason: Hesitation | None, *, asked: bool = False) -> None:
    """Offer the cheaper product that still meets every stated need, or say that there is none."""
    anchor = targets.product_in_discussion(turn) or turn.product(turn.memory.anchor)
    if anchor is None:
        anchor = _dearest_shown(turn)
    if anchor is None:
        turn.reply.say("utter_cheaper_than_what")
        return
    if not turn.memory.needs.stated:
        if targets.family_in_discussion(turn):
            turn.memory.look_at(anchor, chosen=anchor.sku == turn.memory.focus_sku)
            turn.reply.say("utter_ask_what_matters", product=turn.names.title(anchor))
        else:
            turn.reply.say("utter_ask_what_matters_open")
        turn.ask(Question(Asked.WHAT_MATTERS, sku=anchor.sku, family=anchor.family, intent=str(reason or "")))
        return
    offer_down(turn, anchor, reason, asked=asked)


def offer_down(turn: Turn, anchor: Product, reason: Hesitation | None, *, asked: bool = False) -> None:
    """Decide on a down-sell and say honestly where there is none; what is too dear has no lowest price."""
    if reason is not Hesitation.PRODUCT_FIT:
        turn.memory.min_price = None
    decision = offering.propose(turn, anchor, asked_for=OfferKind.DOWN if asked else None, hesitation=reason)
    if decision.offers:
        return
    turn.memory.question = None
    reasons = {row.reason for row in decision.withheld if row.kind is OfferKind.DOWN}
    if reasons & NOT_NOW and not asked:
        turn.reply.say("utter_cheaper_on_request")
        turn.reply.choices(("utter_choice_cheaper", payload("ask_cheaper", sku=anchor.sku)))
    elif Refusal.DECLINED_BEFORE in reasons:
        turn.reply.say("utter_nothing_cheaper_left", product=turn.names.title(anchor))
    elif comparing.name_the_cheapest(turn, than=anchor):
        return
    elif not _show_cheaper_of_another_kind(turn, anchor):
        turn.reply.say("utter_nothing_cheaper", **_looked_at(turn, anchor))


def _show_cheaper_of_another_kind(turn: Turn, anchor: Product) -> bool:
    """Where a wider kind was searched for, what is cheaper there and meets the same wishes; False without any."""
    memory = turn.memory
    if memory.category == anchor.category or not in_category(anchor, memory.category):
        return False
    needs = replace(memory.needs, max_price=anchor.price.amount - 1)
    found = find(
        needs, Understood(), turn.snapshot, turn.lexicon, limit=SHOWN_AT_ONCE, unwanted=memory.unwanted
    ).families
    there = [hit for hit in found if hit.in_stock and hit.product.sku not in memory.refused]
    if not there:
        return False
    turn.reply.say("utter_cheaper_of_another_kind", **_looked_at(turn, anchor))
    memory.shown = [hit.family for hit in there]
    memory.focus, memory.focus_sku = "", ""
    turn.reply.cards([telling.product_card(turn, hit.product) for hit in there])
    return True


def _looked_at(turn: Turn, anchor: Product) -> dict[str, str]:
    return {
        "product": turn.names.title(anchor),
        "needs": _needs(turn),
        "category": turn.names.category(anchor.category),
    }


def _needs(turn: Turn) -> str:
    words = [turn.names.wish(name, value) for name, value in turn.memory.wishes.items()]
    return listed(words, turn.reply.language) or turn.names.category(turn.memory.category)


def _dearest_shown(turn: Turn) -> Product | None:
    """The dearest of those shown, or the one whose price was named."""
    shown = targets.representatives(turn, turn.memory.shown)
    named = [p for p in shown if turn.understood.max_price in (p.price.amount, p.price.amount - 1)]
    return max(named or shown, key=lambda p: p.price.amount, default=None)


def shipping(turn: Turn) -> None:
    """The honest sum of cart and shipping, and what a named product would make of it; dear ones are not named."""
    total = turn.cart_total()
    sums = shipping_of(total.amount, turn.limits)
    if not (turn.cart() and turn.knows_shipping):
        telling.tell_terms(
            turn, delivering.terms(turn, "utter_hesitation_shipping", "utter_hesitation_shipping_flat")
        )
        return
    if sums.cost == 0:
        telling.tell_terms(turn, "utter_hesitation_shipping_free")
        return
    values = {
        "total": total,
        "shipping": Money(sums.cost, total.currency),
        "sum": Money(total.amount + sums.cost, total.currency),
    }
    if sums.missing is None:
        turn.reply.say("utter_shipping_sum", **values)
    elif filler := _worthwhile_filler(turn, total):
        _weigh(turn, *filler, values)
    else:
        turn.reply.say("utter_shipping_sum_threshold", missing=Money(sums.missing, total.currency), **values)


def _worthwhile_filler(turn: Turn, total: Money) -> tuple[Product, FillUp] | None:
    product = _named_filler(turn)
    weighed = fill_up(total.amount, product, turn.limits) if product else None
    return (product, weighed) if product and weighed and weighed.worth in FILLERS else None


def _named_filler(turn: Turn) -> Product | None:
    """The product the shopper names, or the one on offer, as long as it is not in the cart yet."""
    family, question = targets.explicit_family(turn), answering.open_offer(turn)
    on_offer = turn.product(question.sku) if question else None
    product = targets.representative(turn, family) if family else on_offer
    lies_there = {item.product.family for item in turn.cart()}
    return product if product and product.stock > 0 and product.family not in lies_there else None


def _weigh(turn: Turn, product: Product, weighed: FillUp, values: dict[str, Money]) -> None:
    total = values["total"]
    turn.reply.say(
        FILLERS[weighed.worth],
        product=turn.names.title(product),
        price=product.price,
        together=Money(total.amount + product.price.amount, total.currency),
        difference=Money(abs(weighed.extra_paid.amount), total.currency),
        **values,
    )
