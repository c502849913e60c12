"""Collects the messages of one answer in the shapes of the message contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.offers.products import Money, Product
from actions.phrases import Phrasebook
from actions.wording import base_unit, money_document, spoken, unit_price, written

Payload = dict[str, Any]


def payload(intent: str, **entities: str) -> Payload:
    """What a button stands for: an intent with entities; the gateway seals it before it leaves the house."""
    return {"intent": intent, "entities": entities}


class Reply:
    """The answer being built: names responses, never composes sentences."""

    def __init__(self, phrases: Phrasebook, language: str) -> None:
        self.phrases = phrases
        self.language = language
        self.messages: list[dict[str, Any]] = []

    def text(self, name: str, **values: object) -> str:
        """The written wording of a response; Money values become prices."""
        return self.phrases.say(name, self.language, **self._rendered(values, written))

    def speech(self, name: str, **values: object) -> str:
        """The spoken wording of a response, prices in words."""
        return self.phrases.say(name, self.language, voice=True, **self._rendered(values, spoken))

    def say(self, name: str, **values: object) -> None:
        """Add a text message, with what voice says where that differs."""
        message = {"type": "text", "text": self.text(name, **values), "response": name}
        speech = self.speech(name, **values)
        if speech != message["text"]:
            message["spoken"] = speech
        self.messages.append(message)

    def choices(self, *choices: tuple[str, Payload]) -> None:
        """Add buttons; each is a response name for its title and what it stands for."""
        self.messages.append({"type": "choices", "choices": [self.choice(name, do) for name, do in choices]})

    def choice(self, name: str, do: Payload, **values: object) -> dict[str, Any]:
        """One button."""
        return {"title": self.text(name, **values), "payload": do}

    def titled_choices(self, choices: Sequence[tuple[str, Payload]]) -> None:
        """Add buttons whose titles are records (sizes, colours, models)."""
        self.messages.append({"type": "choices", "choices": [{"title": t, "payload": p} for t, p in choices]})

    def more_choices(self, choices: Sequence[tuple[str, Payload]]) -> None:
        """Add such buttons to those that came last, or as the first ones."""
        if not (self.messages and self.messages[-1]["type"] == "choices"):
            self.titled_choices(choices)
            return
        self.messages[-1]["choices"] += [{"title": t, "payload": p} for t, p in choices]

    def card(self, product: Product, title: str, benefit: str, choices: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """A product card; the gateway adds picture and link."""
        card = {
            "sku": product.sku,
            "title": title,
            "price": self.money(product.price),
            "benefit": benefit,
            "choices": list(choices),
        }
        per_unit = unit_price(product)
        return card | {"unit_price": {**self.money(per_unit), "unit": base_unit(product)}} if per_unit else card

    def cards(self, cards: Sequence[dict[str, Any]]) -> None:
        """Add a row of product cards."""
        self.messages.append({"type": "product_cards", "cards": list(cards)})

    def add(self, message: dict[str, Any]) -> None:
        """Add a message of another contract type."""
        self.messages.append(message)

    def money(self, money: Money) -> dict[str, object]:
        """Money in the contract's shape."""
        return money_document(money, self.language)

    def _rendered(self, values: Mapping[str, object], price: Any) -> dict[str, Any]:
        return {
            name: price(value, self.language) if isinstance(value, Money) else value
            for name, value in values.items()
        }
