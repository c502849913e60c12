"""Outgoing messages: what the engine and the actions say, in exactly the shapes the contract promises."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from actions.dialogue.naming import Namer
from actions.offers.limits import OfferLimits
from actions.offers.products import Money
from actions.offers.shipping import shipping_of
from actions.store import carts
from actions.store.carts import CartLine
from actions.store.catalogue import CatalogueSnapshot
from actions.wording import money_document
from bot.gateway.payloads import read_choice, seal_choice
from bot.seals import Seals
from bot.shopfront.pictures import picture_path

log = logging.getLogger(__name__)

Message = dict[str, Any]
CHECKOUT = "checkout"
KINDS = frozenset({"cross", "up", "down"})


class OffContractError(ValueError):
    """A message that cannot be brought into the contract's shape; it names the field, never the text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a message is completed from: prices, titles, pictures, the cart, the limits of the moment and the seals
    of this chat."""

    conversation: str
    language: str
    snapshot: CatalogueSnapshot
    limits: OfferLimits
    cart: tuple[CartLine, ...]
    seals: Seals
    public_url: str
    names: Namer

    def checkout_url(self) -> str:
        """The signed hand-off link of this conversation, "" while the cart is empty."""
        if not self.cart:
            return ""
        token = self.seals.close_dated(CHECKOUT, self.conversation)
        return f"{self.public_url}/checkout?{urlencode({'token': token, **self._language()})}"

    def product_url(self, sku: str) -> str:
        """Where the product's page is, in the language of this conversation."""
        query = urlencode(self._language())
        return f"{self.public_url}/p/{quote(sku, safe='')}{'?' if query else ''}{query}"

    def _language(self) -> dict[str, str]:
        return {} if self.language == self.snapshot.facts.language else {"lang": self.language}


def cart_document(frame: Frame) -> Message:
    """The cart as every answer carries it: lines, sum of goods, shipping, and where to order."""
    language = frame.language
    goods = carts.total(frame.cart).amount
    currency = frame.cart[0].price.currency if frame.cart else frame.snapshot.facts.currency
    document: Message = {
        "lines": [_cart_line(line, frame) for line in frame.cart],
        "total": money_document(Money(goods, currency), language),
    }
    if frame.cart:
        sending = shipping_of(goods, frame.limits).cost
        document["shipping"] = money_document(Money(sending, currency), language)
        document["checkout_url"] = frame.checkout_url()
    return document


def body(
    client_id: str,
    said: Sequence[Message],
    stage: str,
    frame: Frame,
    voice: Mapping[str, Any] | None = None,
    person: str | None = None,
) -> bytes:
    """The answer as the shopper's client gets it, now and again; `person` has the conversation."""
    document = {
        "id": client_id,
        "messages": list(said),
        "cart": cart_document(frame),
        "language": frame.language,
        "stage": str(stage),
        **({"voice": dict(voice)} if voice is not None else {}),
        **({"speaking": speaker(person)} if person is not None else {}),
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def speaker(person: str | None) -> Message:
    """Who answers the shopper: one of the staff by the name the shopper is told, else the assistant."""
    return {"kind": "assistant"} if person is None else {"kind": "person", "name": person}


def render(said: Iterable[Mapping[str, Any]], frame: Frame) -> list[Message]:
    """Return the contract messages of an engine answer; what cannot be shown is left out and logged."""
    messages = []
    for part in said:
        for message in _parts(part):
            try:
                messages.append(_shaped(message, frame))
            except OffContractError as error:
                log.error("message off contract conversation=%s field=%s", frame.conversation, error)
    return messages


def _parts(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """One engine message may hold a text, buttons and a custom document."""
    if said.get("text"):
        yield {"type": "text", "text": said["text"]}
    if said.get("custom"):
        custom = said["custom"]
        yield custom if isinstance(custom, Mapping) else {"type": "?"}
    if said.get("buttons"):
        yield {"type": "choices", "choices": said["buttons"]}


def _shaped(message: Mapping[str, Any], frame: Frame) -> Message:
    shape = SHAPES.get(message.get("type", ""))
    if shape is None:
        raise OffContractError("type")
    shaped = {"type": message["type"], **shape(message, frame)}
    if message.get("spoken"):
        shaped["spoken"] = _text(message, "spoken")
    return shaped


def _text_message(message: Mapping[str, Any], _frame: Frame) -> Message:
    return {"text": _text(message, "text")}


def _choices_message(message: Mapping[str, Any], frame: Frame) -> Message:
    choices = _choices(message, frame)
    if not choices:
        raise OffContractError("choices")
    return {"choices": choices}


def _cards_message(message: Mapping[str, Any], frame: Frame) -> Message:
    return {"cards": _cards(message, frame)}


def _comparison(message: Mapping[str, Any], frame: Frame) -> Message:
    skus = [str(sku) for sku in _list(message, "skus")]
    rows = [
        {"attribute": _text(row, "attribute"), "values": [str(value) for value in _list(row, "values")]}
        for row in _list(message, "rows")
    ]
    if any(len(row["values"]) != len(skus) for row in rows):
        raise OffContractError("rows")
    titles = [str(title) for title in message.get("titles") or (model_name(sku, frame) for sku in skus)]
    if len(titles) != len(skus):
        raise OffContractError("titles")
    return {"skus": skus, "titles": titles, "rows": rows}


def _offer(message: Mapping[str, Any], frame: Frame) -> Message:
    if message.get("kind") not in KINDS:
        raise OffContractError("kind")
    return {
        "id": _text(message, "id"),
        "kind": message["kind"],
        "anchor": _text(message, "anchor"),
        "cards": _cards(message, frame),
        **_grounds(message, frame),
        "choices": _choices(message, frame),
    }


def _grounds(message: Mapping[str, Any], frame: Frame) -> Message:
    """What is added to the price or taken off it, and why: of an offer, and of each of its cards."""
    reason = message.get("reason")
    if not isinstance(reason, Mapping):
        raise OffContractError("reason")
    evidence = reason.get("evidence")
    return {
        "price_difference": _money(message.get("price_difference"), frame),
        "reason": {
            "code": _text(reason, "code"),
            "text": str(reason.get("text") or ""),
            "evidence": dict(evidence) if isinstance(evidence, Mapping) else {},
        },
    }


def _cart(_message: Mapping[str, Any], frame: Frame) -> Message:
    return {"checkout_url": "", **cart_document(frame)}


def _handoff(message: Mapping[str, Any], _frame: Frame) -> Message:
    return {"reference": _text(message, "reference")}


def _cards(message: Mapping[str, Any], frame: Frame) -> list[Message]:
    cards = [_card(card, frame) for card in _list(message, "cards") if isinstance(card, Mapping)]
    if not cards:
        raise OffContractError("cards")
    return cards


def _card(card: Mapping[str, Any], frame: Frame) -> Message:
    sku = _text(card, "sku")
    product = frame.snapshot.product(sku)
    if product is None and not (card.get("title") and card.get("price")):
        raise OffContractError("sku")
    price = card.get("price") or (product and {"amount": product.price.amount, "currency": product.price.currency})
    benefit = card.get("benefit") or (product.benefit.said(frame.language) if product else "")
    return {
        "sku": sku,
        "title": str(card.get("title") or full_name(sku, frame)),
        "price": _money(price, frame),
        "benefit": str(benefit),
        "image": frame.public_url + picture_path(product),
        "url": frame.product_url(sku),
        "choices": _choices(card, frame),
        **(_grounds(card, frame) if "reason" in card else {}),
    }


def model_name(sku: str, frame: Frame) -> str:
    """The model's title without its variant; the sku of a product that is gone."""
    product = frame.snapshot.product(sku)
    return frame.names.title(product) if product else sku


def full_name(sku: str, frame: Frame) -> str:
    """Title and variant; the sku of a product that is gone."""
    product = frame.snapshot.product(sku)
    return frame.names.full(product) if product else sku


def _cart_line(line: CartLine, frame: Frame) -> Message:
    whole = Money(line.price.amount * line.quantity, line.price.currency)
    return {
        "sku": line.sku,
        "title": full_name(line.sku, frame),
        "quantity": line.quantity,
        "price": money_document(line.price, frame.language),
        "sum": money_document(whole, frame.language),
        "url": frame.product_url(line.sku),
    }


def _choices(message: Mapping[str, Any], frame: Frame) -> list[Message]:
    sealed = []
    for button in message.get("choices") or ():
        choice = read_choice(_text(button, "title"), button.get("payload")) if isinstance(button, Mapping) else None
        if choice is None:
            log.error("button off contract conversation=%s", frame.conversation)
            continue
        sealed.append({"title": choice.title, "payload": seal_choice(frame.seals, frame.conversation, choice)})
    return sealed


def _money(value: object, frame: Frame) -> Message:
    if not isinstance(value, Mapping) or not isinstance(value.get("amount"), int):
        raise OffContractError("price")
    return money_document(Money(value["amount"], str(value.get("currency") or "EUR")), frame.language)


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip():
        raise OffContractError(name)
    return value


def _list(document: Mapping[str, Any], name: str) -> list[Any]:
    value = document.get(name)
    if not isinstance(value, list | tuple):
        raise OffContractError(name)
    return list(value)


SHAPES: Mapping[str, Callable[[Mapping[str, Any], Frame], Message]] = {
    "text": _text_message,
    "choices": _choices_message,
    "product_cards": _cards_message,
    "comparison": _comparison,
    "offer": _offer,
    "cart": _cart,
    "handoff": _handoff,
}
