"""Answers "passt das zu ...?" from the matrix and recorded facts; what is not recorded is not claimed."""

import re

from actions.dialogue import targets, telling
from actions.dialogue.reply import payload
from actions.dialogue.turn import Turn
from actions.offers.products import Product
from actions.offers.situation import OfferKind
from actions.store import affinities
from actions.wording import listed

FITS = re.compile(
    r"\b(?:pass(?:t|en)|fits?|kompatib\w*|compatible|works? with|go(?:es)? (?:on|with))\b", re.IGNORECASE
)
MOST_TRIED = 12


def asks_whether_it_fits(turn: Turn) -> bool:
    """True where the words ask whether the product in discussion fits another that is named or in the cart."""
    return turn.incoming.typed and bool(FITS.search(turn.incoming.text)) and bool(_pair(turn))


def asks_which_fit(turn: Turn) -> bool:
    """True for "welches passt zu meinem Tempo 1?" with several things of another kind on the counter."""
    asks = turn.incoming.typed and FITS.search(turn.incoming.text) and len(turn.memory.shown) > 1
    return bool(asks) and bool(_other_than_shown(turn))


def answer_which_fit(turn: Turn) -> None:
    """Of those shown the ones that the records say fit; where they say of none, that is said."""
    shown, (other, *_) = targets.representatives(turn, turn.memory.shown), _other_than_shown(turn)
    known = {product.family: _fits(turn, product, other) for product in shown}
    fitting = [product for product in shown if known[product.family]]
    said = "utter_which_fit" if fitting else "utter_fits_no" if None not in known.values() else "utter_fits_unknown"
    named = listed([turn.names.title(product) for product in fitting or shown], turn.reply.language)
    turn.reply.say(said, product=named, other=turn.names.title(other))
    if fitting:
        turn.memory.shown = [product.family for product in fitting]
        turn.reply.cards([telling.product_card(turn, product) for product in fitting])


def _other_than_shown(turn: Turn) -> list[Product]:
    """The models named, where they are of another kind than those shown."""
    said, shown = turn.understood, targets.representatives(turn, turn.memory.shown)
    named = targets.representatives(turn, list(dict.fromkeys((*said.goes_with, *said.families))))
    return [p for p in named if all(p.category != each.category for each in shown)] if shown else []


def answer(turn: Turn) -> None:
    """Yes where the shop's records say so, no where they exclude it, and an honest "not sure" otherwise."""
    pair = _pair(turn)
    if pair is None:
        return
    product, others = pair
    known = {_fits(turn, product, other) for other in others[:MOST_TRIED]}
    verdict = "yes" if known == {True} else "no" if known == {False} else "unknown"
    turn.memory.look_at(product, chosen=product.sku == turn.memory.focus_sku)
    turn.reply.say(f"utter_fits_{verdict}", product=turn.names.title(product), other=_named(turn, others))
    if verdict == "unknown":
        turn.reply.choices(("utter_choice_human", payload("human_handoff")))


def _pair(turn: Turn) -> tuple[Product, list[Product]] | None:
    """The product in discussion, and the models it shall go with."""
    said, focus = (
        turn.understood,
        turn.memory.focus or (turn.memory.shown[0] if len(turn.memory.shown) == 1 else ""),
    )
    named = targets.named_families(turn)[:1]
    about = named[0] if named else focus
    product = targets.representative(turn, about) if about else None
    if product is None:
        return None
    families = [f for f in (*said.goes_with, *said.families) if f != about]
    for category in () if families else (*said.for_what, *(() if named else said.categories)):
        families += sorted({p.family for p in turn.snapshot.in_category(category) if p.family != about})
    if not families and named and focus and focus != about:
        families = [focus]
    others = targets.representatives(turn, families)
    return (product, others) if others and others[0].category != product.category else None


def _fits(turn: Turn, product: Product, other: Product) -> bool | None:
    """What the records say, whichever of the two they start from."""
    for anchor, target in ((other, product), (product, other)):
        for candidate in affinities.candidates(turn.connection, turn.snapshot, turn.situation(anchor)):
            relation = candidate.relation
            same = candidate.kind is OfferKind.CROSS and candidate.product.family == target.family
            if same and relation and relation.approved and relation.compatible is not None:
                return relation.compatible
    return None


def _named(turn: Turn, others: list[Product]) -> str:
    return turn.names.title(others[0]) if len(others) == 1 else turn.names.category(others[0].category)
