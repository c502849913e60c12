"""Questions about the step up or down that lies open: what it has more, what it lacks, whether it is worth it."""

import re
from dataclasses import replace

from actions.dialogue import answering, comparing, differing, offering, targets
from actions.dialogue.memory import Asked
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.comparison import gains_and_losses
from actions.offers.products import Money, Product
from actions.offers.situation import OfferKind
from actions.store.offer_log import ShownOffer

WEIGHS = re.compile(
    r"\b(?:lohn\w*|aufpreis\w*|mehrpreis\w*|unterschied\w*|haken|nachteil\w*|verzicht\w*|worth|catch|downsides?|"
    r"differences?|trade-?offs?|give up|lose|extra (?:money|cost|euros?|cash)|"
    r"(?:was|wieso|warum|what|why)\b.*\b(?:mehr|besser|anders|teurer|günstiger|billiger|more|better|dearer|cheaper)|"
    r"was (?:fehlt|entgeht)|ist das (?:\w+ )?wert)\b",
    re.IGNORECASE,
)
CATCH = re.compile(
    r"\b(?:wo|was)(?: ist|'s|s| liegt)?(?: \w+){0,2} der haken\b|\bwhat'?s the catch\b", re.IGNORECASE
)
WHY_DEAR = re.compile(
    r"\W*(?:und |aber |and |but )?(?:warum|wieso|weshalb|why)\b.*"
    r"\b(?:teuer|kostet|expensive|dear|pricey|costs?)\b.*",
    re.IGNORECASE,
)
# a yes, a no, an objection or a complaint is no question, whatever words it uses
QUESTIONS = re.compile(
    r"compare|ask_(?:details|why|price|recommendation|better|availability)|nlu_fallback|search|refine"
)


def asks_about_the_step(turn: Turn) -> bool:
    """True for "lohnt sich der Aufpreis?" and "what's the catch?" while a step up or down is offered."""
    asks = turn.incoming.typed and QUESTIONS.match(turn.incoming.intent)
    weighs = [found.group().casefold() for found in WEIGHS.finditer(turn.incoming.text)] if asks else []
    # "wo ist der Haken" asks for no coat hook
    if turn.incoming.intent == "object_price" and WHY_DEAR.fullmatch(turn.incoming.text) and turn.incoming.typed:
        return _step(turn) is not None
    elsewhere = any(word.casefold() not in weighs for word in turn.understood.kind_words)
    return bool(weighs) and not elsewhere and _step(turn) is not None


def asks_for_the_catch(turn: Turn) -> bool:
    """True for "wo ist der Haken?" of anything else: what speaks for it is asked, and no coat hook."""
    return turn.incoming.typed and bool(CATCH.search(turn.incoming.text)) and _step(turn) is None


def answer(turn: Turn, offer_id: str = "") -> None:
    """Both side by side, what more there is and what less, and for whom the cheaper one is enough.

    Of several steps the one with this id, else the one that is named. It stays open, and a yes now means that one.
    """
    found = _step(turn, offer_id)
    if found is None:
        return
    offer, anchor, product = found
    gains, losses = gains_and_losses(anchor, product, offer.kind, turn.memory.needs_and_refusals)
    comparing.side_by_side(turn, [anchor, product])
    values = {
        "product": turn.names.title(product),
        "anchor": turn.names.title(anchor),
        "difference": Money(abs(offer.price_difference.amount), offer.price_difference.currency),
        "gains": differing.in_words(turn, gains),
        "gives_up": differing.in_words(turn, losses),
    }
    turn.reply.say(f"utter_weigh_{offer.kind}_{_told(gains=bool(gains), losses=bool(losses))}", **values)
    if turn.held(anchor.sku) > 1:
        turn.reply.say(
            f"utter_weigh_{offer.kind}_several", **offering.of_several(turn, anchor.sku, offer.price_difference)
        )
    turn.reply.say(f"utter_weigh_{offer.kind}_for_whom", **values)
    _keep_open(turn, offer, product)
    turn.reply.choices(
        (f"utter_choice_accept_{offer.kind}", payload("confirm", offer=offer.id)),
        ("utter_choice_decline", payload("deny", offer=offer.id)),
    )


def _keep_open(turn: Turn, offer: ShownOffer, product: Product) -> None:
    question = turn.open_question(Asked.OFFER)
    if question:
        others = [number for number in question.offers if number != offer.id]
        turn.ask(replace(question, sku=product.sku, family=product.family, offers=[offer.id, *others]))
    turn.memory.last_offer = offer.id


def _told(*, gains: bool, losses: bool) -> str:
    return "both" if gains and losses else "gains" if gains else "losses" if losses else "price"


def _step(turn: Turn, offer_id: str = "") -> tuple[ShownOffer, Product, Product] | None:
    """The open offer of a step with what it is a step from and to; of several the one meant, else the first."""
    question = turn.open_question(Asked.OFFER)
    if question is None:
        return None
    named = targets.named_families(turn)
    steps = [(o, p) for o, p in answering.laid_out(turn, question) if o.kind is not OfferKind.CROSS]
    meant = [(o, p) for o, p in steps if o.id == offer_id or (not offer_id and p.family in named)]
    for offer, product in meant or steps:
        anchor, live = turn.product(offer.anchor), turn.product(product.sku)
        if anchor and live:
            return offer, anchor, live
    return None
