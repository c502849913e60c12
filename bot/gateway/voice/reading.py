"""Reads contract messages into what can be said one after the other: sentences and items, without the question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.voice.speakable import sentences, speakable, without_brackets
from bot.gateway.voice.words import Words

Message = Mapping[str, Any]
ITEMS = ("utter_voice_item_first", "utter_voice_item_second", "utter_voice_item_third")
OFFERS = {
    "cross": "utter_voice_offer_cross",
    "up": "utter_voice_offer_up",
    "down": "utter_voice_offer_down",
}
ROWS_READ = 3
LINES_READ = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said in one go; an item is one of several to choose from."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All there is to say, and the question it ends with ("" where the messages ask nothing)."""

    pieces: tuple[Piece, ...]
    question: str


def read(messages: Sequence[Message], words: Words) -> Reading:
    """Everything that has a sound, in order; the last question asked comes out separately."""
    pieces: list[Piece] = []
    cards = sum(len(m["cards"]) for m in messages if m["type"] == "product_cards")
    offered = any(m["type"] == "offer" for m in messages)
    counted = 0
    for at, message in enumerate(messages):
        following = messages[at + 1]["type"] if at + 1 < len(messages) else ""
        match message["type"]:
            case "text":
                pieces += _text(message, following, words)
            case "product_cards":
                pieces += _cards(message["cards"], counted, cards, words)
                counted += len(message["cards"])
            case "offer":
                pieces += _offer(message, pieces, words)
            case "comparison" if not offered:
                pieces += _comparison(message, words)
            case "cart":
                pieces += _cart(message, pieces, words)
            case "handoff":
                pieces += _handoff(message, pieces, words)
    return _with_question_apart(pieces)


def _with_question_apart(pieces: Sequence[Piece]) -> Reading:
    asked = [at for at, piece in enumerate(pieces) if piece.text.endswith("?")]
    if not asked:
        return Reading(tuple(pieces), "")
    last = asked[-1]
    return Reading((*pieces[:last], *pieces[last + 1 :]), pieces[last].text)


def _text(message: Message, following: str, words: Words) -> list[Piece]:
    text = message.get("spoken") or message["text"]
    if text.rstrip().endswith(":") and following == "cart":
        return []
    if text.rstrip().endswith(":") and following == "product_cards":
        text = without_brackets(text)
    return [Piece(sentence) for sentence in sentences(speakable(text, words.language))]


def _cards(cards: Sequence[Message], before: int, total: int, words: Words) -> Iterator[Piece]:
    for number, card in enumerate(cards, before):
        if total == 1:
            name = "utter_voice_item"
        else:
            name = ITEMS[number] if number < len(ITEMS) else "utter_voice_item_further"
        yield Piece(words(name, title=words.title(card["title"]), price=card["price"]), item=True)


def _offer(message: Message, before: Sequence[Piece], words: Words) -> list[Piece]:
    """Only the first product: one offer at a time; silent where a sentence has named it already."""
    card = message["cards"][0]
    title = words.title(card["title"])
    if _is_said(title, before):
        return []
    said = words(OFFERS[message["kind"]], title=title, price=card["price"], difference=message["price_difference"])
    return [Piece(sentence) for sentence in sentences(said)]


def _comparison(message: Message, words: Words) -> Iterator[Piece]:
    titles = [words.title(title) for title in message["titles"]]
    differing = [row for row in message["rows"] if len(set(row["values"])) > 1]
    for row in (differing or message["rows"])[:ROWS_READ]:
        told = [
            words("utter_voice_compare_value", value=speakable(value, words.language), title=title)
            for value, title in zip(row["values"], titles, strict=True)
            if speakable(value, words.language)
        ]
        attribute = speakable(row["attribute"], words.language)
        if told and attribute:
            yield Piece(words("utter_voice_compare_row", attribute=attribute, values=words.listed(told)))


def _cart(message: Message, before: Sequence[Piece], words: Words) -> Iterator[Piece]:
    """What lies in it and the sum; silent where a sentence has told the sum already."""
    lines = [
        words("utter_voice_cart_line", quantity=line["quantity"], title=words.title(line["title"]))
        if line["quantity"] > 1
        else words.title(line["title"])
        for line in message["lines"]
    ]
    if not lines or _is_said(words.price(message["total"]), before):
        return
    if len(lines) > LINES_READ:
        others = words("utter_voice_cart_others", count=len(lines) - LINES_READ + 1)
        lines = [*lines[: LINES_READ - 1], others]
    yield Piece(words("utter_voice_cart", lines=words.listed(lines)))
    yield Piece(words("utter_voice_cart_total", total=message["total"]))


def _handoff(message: Message, before: Sequence[Piece], words: Words) -> list[Piece]:
    reference = str(message["reference"])
    return [] if _is_said(reference, before) else [Piece(words("utter_voice_handoff", reference=reference))]


def _is_said(what: str, before: Sequence[Piece]) -> bool:
    return any(what in piece.text for piece in before)
