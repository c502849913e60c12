"""What one turn may do to the cart: exactly what the shopper's own word in that turn named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from actions.dialogue.memory import Asked, Question, Then
from actions.offers.products import Product
from actions.offers.situation import OfferKind
from actions.store.carts import CartLine
from actions.store.offer_log import ShownOffer

Cart = tuple[CartLine, ...]
PLACES = {"first": 0, "erste": 0, "second": 1, "zweite": 1}


class Word(StrEnum):
    """What kind of word a move is; one that is nothing but talk may change nothing."""

    YES = "yes"
    OPTION = "option"
    QUANTITY = "quantity"
    REMOVE = "remove"
    TALK = "talk"


@dataclass(frozen=True)
class Move:
    """What a shopper does in one turn; without text it is the press of a button.

    `names` are the models and `sku` the line that the move itself names, `quantity` how many it says, `exchanges`
    whether it asks for a swap, and `shown_with` the question that a button was shown with.
    """

    text: str
    intent: str
    word: Word = Word.TALK
    entities: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    sku: str = ""
    quantity: int | None = None
    exchanges: bool = False
    shown_with: Question | None = None

    @property
    def place(self) -> int | None:
        """The place among several that the words name."""
        named = self.text.casefold() if self.intent == "choose_option" else ""
        return next((place for word, place in PLACES.items() if word in named), None)


@dataclass(frozen=True)
class OnTheCounter:
    """What there is before a move; `goes_back` is the line that the last read-back said would go back."""

    cart: Cart
    question: Question | None
    offers: Mapping[str, ShownOffer]
    products: Mapping[str, Product]
    goes_back: str = ""

    @property
    def skus(self) -> tuple[str, ...]:
        return tuple(line.sku for line in self.cart)


def agreed(before: OnTheCounter, move: Move) -> dict[Cart, str]:
    """The carts that may be there after the move, each with the name of what was agreed to."""
    return {before.cart: "nothing"} | dict(_changes(before, move))


def _changes(before: OnTheCounter, move: Move) -> Iterator[tuple[Cart, str]]:
    question = before.question
    if move.word is Word.QUANTITY and move.quantity is not None:
        yield from _quantity(before, move, move.quantity)
    elif move.word is Word.REMOVE:
        yield from ((_without(before.cart, sku), "removed") for sku in _line_named(before, move))
    elif move.word is Word.YES and "offer" in move.entities:
        yield from _accepted(before, move, before.offers.get(move.entities["offer"]))
    # a button is a yes to the question it was shown with and to no other; words are one to the open question
    elif move.word is Word.YES and question and (move.text or move.shown_with == question):
        yield from _yes(before, move, question)
    elif move.word is Word.OPTION and question and question.asked is Asked.VARIANT:
        yield from _settled(before, move, question)
    elif move.place is not None and question and question.asked is Asked.OFFER:
        yield from _pointed_at(before, move, question.offers, move.place)


def _yes(before: OnTheCounter, move: Move, question: Question) -> Iterator[tuple[Cart, str]]:
    if question.asked is Asked.READBACK and (not move.names or question.family in move.names):
        yield from _read_back(before, question)
    elif question.asked is Asked.OFFER:
        for offer in (before.offers[each] for each in question.offers):
            if not move.names or before.products[offer.sku].family in move.names:
                yield from _accepted(before, move, offer)
    elif question.asked is Asked.VARIANT:
        yield from _settled(before, move, question)
    elif question.asked is Asked.ERASE:
        yield (), "erased"


def _pointed_at(before: OnTheCounter, move: Move, offers: list[str], place: int) -> Iterator[tuple[Cart, str]]:
    """ "The second one" of several that are offered at once is a yes to that one."""
    if 1 < len(offers) > place:
        yield from _accepted(before, move, before.offers[offers[place]])


def _read_back(before: OnTheCounter, question: Question) -> Iterator[tuple[Cart, str]]:
    """The line as it was read back; what was said to go back for it goes."""
    price = before.products[question.sku].price
    if price.amount == question.price:
        line = CartLine(question.sku, question.quantity, price, next(iter(question.offers), None))
        kept = _without(before.cart, before.goes_back)
        yield _with(kept, line), "read back" if kept == before.cart else "swapped"


def _settled(before: OnTheCounter, move: Move, question: Question) -> Iterator[tuple[Cart, str]]:
    """A size or colour said after the yes to an offer."""
    if question.then == Then.TAKE_OFFER:
        yield from _accepted(before, move, before.offers[question.offers[0]])


def _accepted(before: OnTheCounter, move: Move, offer: ShownOffer | None) -> Iterator[tuple[Cart, str]]:
    """What was offered, in whatever colour and size at the price named: an extra beside all there is, else in the
    place of its anchor, as many."""
    extra = offer is not None and offer.kind == OfferKind.CROSS
    if offer is None or not (offer.state == "shown" or (extra and offer.state == "ignored")):
        return
    family = before.products[offer.sku].family
    for product in before.products.values():
        if product.family != family or product.price != offer.price:
            continue
        line = CartLine(product.sku, move.quantity or 1, offer.price, offer.id)
        if not extra and offer.anchor in before.skus:
            yield _exchanged(before.cart, offer.anchor, line), str(offer.kind)
        elif offer.kind != OfferKind.UP and product.sku not in before.skus:
            yield (*before.cart, line), str(offer.kind)


def _quantity(before: OnTheCounter, move: Move, quantity: int) -> Iterator[tuple[Cart, str]]:
    for sku in _line_named(before, move):
        if quantity == 0:
            yield _without(before.cart, sku), "removed"
        else:
            yield tuple(replace(li, quantity=quantity) if li.sku == sku else li for li in before.cart), "quantity"


def _line_named(before: OnTheCounter, move: Move) -> list[str]:
    """The line that the move names; one that names none can only mean the only line there is."""
    if move.sku or move.names:
        return [s for s in before.skus if s == move.sku or before.products[s].family in move.names]
    return list(before.skus) if len(before.skus) == 1 else []


def _without(cart: Cart, sku: str) -> Cart:
    return tuple(line for line in cart if line.sku != sku)


def _with(cart: Cart, line: CartLine) -> Cart:
    """The line at the end, or the one there is grown by it."""
    grown = tuple(
        replace(li, quantity=li.quantity + line.quantity, price=line.price) if li.sku == line.sku else li
        for li in cart
    )
    return grown if grown != cart else (*cart, line)


def _exchanged(cart: Cart, old: str, line: CartLine) -> Cart:
    """The line in the place of another, as many."""
    quantity = next(li.quantity for li in cart if li.sku == old)
    new = replace(line, quantity=quantity)
    if any(li.sku == new.sku for li in cart):
        return _with(_without(cart, old), new)
    return tuple(new if li.sku == old else li for li in cart)
