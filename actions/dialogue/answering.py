"""What a yes, a no or silence means for the offer on the table."""

import re

from actions.dialogue import buying, offering, targets
from actions.dialogue.memory import Asked, Question, Then
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.products import Product
from actions.offers.situation import OfferKind
from actions.store import offer_log
from actions.store.offer_log import ShownOffer

HALF_HEARTED = re.compile(
    r"\b(h+m+|naja|na ja|vielleicht|evtl|eventuell|mal sehen|weiß nicht|weiss nicht|schon irgendwie|"
    r"maybe|perhaps|i guess|not sure|kind of|i suppose|dunno)\b",
    re.IGNORECASE,
)


def is_half_hearted(turn: Turn) -> bool:
    """True where the words only half agree."""
    return turn.incoming.typed and bool(HALF_HEARTED.search(turn.incoming.text))


def accept(turn: Turn, question: Question) -> None:
    """Accept the offer a button names, a word points at, or the one the sentence named; "ja, das Grat 1" where that
    was not offered is read back."""
    pressed = turn.incoming.entities.get("offer", "")
    if not pressed and (other := _names_something_else(turn, question)):
        buying.begin(turn, other, 1)
    else:
        accept_one(turn, pressed or _meant(turn, question))


def accept_one(turn: Turn, offer_id: str) -> None:
    """Accept this offer, if it still stands and can be had."""
    offer = offer_log.get(turn.connection, offer_id)
    if offer is None or offer.conversation != turn.conversation.id or not _still_stands(offer):
        turn.memory.question = None
        turn.reply.say("utter_offer_gone")
        return
    product = turn.product(offer.sku)
    if product is None or product.stock <= 0:
        turn.memory.question = None
        turn.reply.say("utter_offer_sold_out")
        return
    anchor = turn.product(offer.anchor)
    if anchor and not offering.is_settled(turn, product, anchor):
        made_to_fit = {"size": product.size} if product.size in anchor.attributes.values() else None
        buying.settle_variant(turn, product.family, Then.TAKE_OFFER, offers=[offer.id], chosen=made_to_fit)
    else:
        buying.take(turn, offer.id, product, quantity=_pieces(turn, product))


def _pieces(turn: Turn, product: Product) -> int:
    """ "Davon zwei bitte" to an offer takes two where there are two."""
    said = turn.understood.quantity if turn.incoming.typed else None
    return max(1, min(said or 1, product.stock))


def _still_stands(offer: ShownOffer) -> bool:
    """An extra beside the one taken can still be had; of two that replace the same line only one can."""
    return offer.state == "shown" or (offer.kind == OfferKind.CROSS and offer.state == "ignored")


def _names_something_else(turn: Turn, question: Question) -> str:
    """The model that typed words name where it is none of those on offer."""
    named = targets.named_families(turn) if turn.incoming.typed else []
    return named[0] if named and not on_offer(turn, question).intersection(named) else ""


def on_offer(turn: Turn, question: Question) -> frozenset[str]:
    """The models that the question offers."""
    return frozenset(product.family for _, product in laid_out(turn, question))


def laid_out(turn: Turn, question: Question) -> list[tuple[ShownOffer, Product]]:
    """The offers of a question with their products, in the order they were shown; what is gone is left out."""
    offers = (offer_log.get(turn.connection, offer_id) for offer_id in question.offers)
    return [(offer, p) for offer in offers if offer and (p := turn.snapshot.product(offer.sku))]


def _meant(turn: Turn, question: Question) -> str:
    family = targets.named_family(turn) if turn.incoming.typed else ""
    named = (offer.id for offer, product in laid_out(turn, question) if product.family == family)
    return next(named, question.offers[0])


def decline(turn: Turn, question: Question) -> None:
    """A no is a no: remember items and kind, count it, and leave everything else as it was."""
    offer = offer_log.get(turn.connection, question.offers[0])
    kind = refuse(turn, question)
    anchor = turn.product(offer.anchor) if offer else None
    if kind == OfferKind.DOWN and anchor and anchor.stock > 0 and not turn.held(anchor.sku):
        _stay_with(turn, anchor)
        return
    turn.reply.say("utter_offer_declined")
    goes_on = kind == OfferKind.UP and turn.memory.anchor
    if not (goes_on and offering.propose_next(turn, turn.product(turn.memory.anchor))):
        buying.what_next(turn)


def _stay_with(turn: Turn, anchor: Product) -> None:
    """Who does not want the cheaper one may still want what they were looking at."""
    settled = anchor.sku == turn.memory.focus_sku
    turn.memory.look_at(anchor, chosen=settled)
    name = turn.names.full(anchor) if settled else turn.names.title(anchor)
    turn.reply.say("utter_down_declined", product=name, price=anchor.price)
    turn.reply.choices(("utter_choice_take", payload("purchase_intent", sku=anchor.sku)))
    turn.ask(Question(Asked.TAKE, family=anchor.family))


def refuse(turn: Turn, question: Question) -> str:
    """Write the no down and return the kind that was refused."""
    turn.memory.question = None
    kind = ""
    for offer_id in question.offers:
        offer = offer_log.get(turn.connection, offer_id)
        if offer is None or offer.state != "shown":
            continue
        kind = str(offer.kind)
        _write_down(turn, offer)
    _count(turn, kind)
    return kind


def refuse_earlier(turn: Turn, offer_id: str) -> None:
    """The no of a button further up: what came with it is never offered again; what is asked now stays open."""
    pressed = offer_log.get(turn.connection, offer_id)
    made = offer_log.of_conversation(turn.connection, turn.conversation.id) if pressed else ()
    beside = [o for o in made if pressed and o.decision == pressed.decision and o.state in ("shown", "ignored")]
    fresh = [o for o in beside if o.sku not in turn.memory.refused]
    for offer in fresh:
        _write_down(turn, offer)
    _count(turn, str(fresh[0].kind) if fresh else "")


def _write_down(turn: Turn, offer: ShownOffer) -> None:
    """The offer is declined, and with it every variant of its model."""
    offer_log.answer(turn.connection, offer.id, "declined", turn.now)
    product = turn.snapshot.product(offer.sku)
    turn.memory.refuse(p.sku for p in (turn.snapshot.variants(product.family) if product else ()))


def _count(turn: Turn, kind: str) -> None:
    """One no more, after which the kind rests; nothing where no offer was declined."""
    if kind:
        turn.update(refusals=turn.conversation.refusals + 1)
        turn.memory.pause(kind)


def open_offer(turn: Turn) -> Question | None:
    """The offer on the table, if any."""
    return turn.open_question(Asked.OFFER)
