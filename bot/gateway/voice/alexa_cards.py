"""What the Alexa app shows beside the speech: the products with their prices, or the cart with its link."""

from collections.abc import Mapping
from typing import Any

Message = Mapping[str, Any]
LONGEST_TITLE = 200
LONGEST_TEXT = 6000
TITLES = {"de": "Warenkorb", "en": "Cart"}


def card(document: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """A Standard card for an answer; None where there is nothing to see."""
    for message in document["messages"]:
        if message["type"] == "offer":
            return _standard(message["cards"][:1])
        if message["type"] == "product_cards":
            return _standard(message["cards"])
        if message["type"] == "cart":
            return _cart(message, TITLES[language])
    return None


def _standard(cards: list[Message]) -> dict[str, Any]:
    first = cards[0]
    lines = (
        [first["price"]["text"], first["benefit"]]
        if len(cards) == 1
        else [f"{number}. {each['title']}: {each['price']['text']}" for number, each in enumerate(cards, 1)]
    )
    title = first["title"] if len(cards) == 1 else ", ".join(each["title"] for each in cards)
    # without a picture: ours are SVG, of which Alexa draws none
    return {
        "type": "Standard",
        "title": title[:LONGEST_TITLE],
        "text": "\n".join(filter(None, lines))[:LONGEST_TEXT],
    }


def _cart(message: Message, title: str) -> dict[str, Any]:
    lines = [f"{line['quantity']} × {line['title']}: {line['sum']['text']}" for line in message["lines"]]
    text = "\n".join([*lines, message["total"]["text"]])[:LONGEST_TEXT]
    return {"type": "Standard", "title": title, "text": "\n".join(filter(None, [text, message["checkout_url"]]))}
