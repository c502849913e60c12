"""What a simulated shopper does next: reacts to what was just said, else goes on with what they came for."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.people import Person
from bot.demo.words import Words

Message = Mapping[str, Any]
PRESSES = 0.6
SETTLES = 0.92
LEAVES_OFFERS_UNANSWERED = 0.15
TRIES = 3


@dataclass(frozen=True, slots=True)
class Move:
    """Something said, or a button pressed where there is a `payload`; neither means to order, or to leave."""

    text: str = ""
    payload: str | None = None
    orders: bool = False


LEAVE = Move()


class Mind:
    """Keeps what is still to be done; everything random comes from one source."""

    def __init__(self, person: Person, words: Words) -> None:
        self._person = person
        self._words = words
        self._chance = random.Random(f"{person.seed}/{person.number}")
        self._wishes = list(person.occasions)
        self._seen: set[str] = set()
        self._left = person.patience
        self._buying = False
        self._agreed = False
        self._asked_again = 0

    def next(self, messages: Sequence[Message]) -> Move:
        """The next move, after these messages."""
        self._left -= 1
        if self._left < 0:
            return LEAVE
        return self._react(messages) or self._go_on(messages)

    def _react(self, messages: Sequence[Message]) -> Move | None:
        offer = next((each for each in messages if each["type"] == "offer"), None)
        if offer and offer.get("id") not in self._seen:
            self._seen.add(str(offer.get("id")))
            return self._answer_offer(offer)
        cards = next((each["cards"] for each in messages if each["type"] == "product_cards"), None)
        if cards:
            return self._choose(cards)
        buttons = list(choices(messages))
        meanings = {self._words.buttons.get(button["title"], "variant"): button for button in buttons}
        if "yes" in meanings:
            settles = self._chance.random() < SETTLES
            self._agreed = self._agreed or settles
            return self._say_or_press("yes" if settles else "no", meanings)
        if "variant" in meanings and self._buying:
            variants = [each for each in buttons if each["title"] not in self._words.buttons]
            return self._press(self._chance.choice(variants))
        if "take" in meanings and self._buying and self._wants_it():
            return self._say_or_press("take", meanings)
        return None

    def _wants_it(self) -> bool:
        """Somebody who still has a question about the product asks it first."""
        return not self._wishes or self._wishes[0] in {"checkout", "more", "order", "bye"}

    def _answer_offer(self, offer: Message) -> Move:
        if self._chance.random() < LEAVES_OFFERS_UNANSWERED:
            return self._say("ignore")
        kind, sku = str(offer["kind"]), str(offer["cards"][0]["sku"])
        readiness = self._person.takes.get(kind, 0.3) * (0.4 + 1.2 * self._person.likes(sku))
        takes = self._chance.random() < readiness
        self._buying = self._buying or takes
        answer = "accept" if takes else "decline"
        meanings = {self._words.buttons.get(each["title"], "variant"): each for each in choices([offer])}
        return self._say_or_press(answer, meanings)

    def _choose(self, cards: Sequence[Message]) -> Move:
        self._buying = True
        if not self._person.by_voice and self._chance.random() < PRESSES:
            card = self._chance.choice(list(cards[:3]))
            looks = [each for each in card.get("choices", ()) if self._words.buttons.get(each["title"]) == "look"]
            if looks:
                return self._press(looks[0])
        return self._say("choose")

    def _go_on(self, messages: Sequence[Message]) -> Move:
        if not self._wishes:
            return LEAVE
        wish = self._wishes.pop(0)
        if wish == "order":
            return self._order(messages)
        if wish == "checkout" and not self._agreed and self._asked_again < TRIES:
            self._asked_again += 1
            self._wishes.insert(0, wish)
            return self._say("take" if self._buying else "search")
        self._buying = self._buying and wish not in {"bye", "service"}
        return self._say(wish)

    def _order(self, messages: Sequence[Message]) -> Move:
        """Order where the last answer leads to the checkout; ask for it once more where it does not."""
        if any(message.get("checkout_url") for message in messages if message["type"] == "cart"):
            return Move(orders=True)
        if self._asked_again >= TRIES:
            return LEAVE
        self._asked_again += 1
        self._wishes.insert(0, "order")
        return self._say("checkout")

    def _say(self, occasion: str) -> Move:
        return Move(self._words.line(occasion, self._chance))

    def _say_or_press(self, meaning: str, meanings: Mapping[str, Message]) -> Move:
        button = meanings.get(meaning)
        return self._press(button) if button and self._chance.random() < PRESSES else self._say(meaning)

    def _press(self, button: Message) -> Move:
        """By voice there are no buttons; their title is said."""
        return Move(str(button["title"]), None if self._person.by_voice else button.get("payload"))


def choices(messages: Sequence[Message]) -> Iterator[Message]:
    """Every button of these messages outside of cards, in order."""
    for message in messages:
        yield from message.get("choices", ())
