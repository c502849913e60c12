"""One breath of speech from a stored answer: the same bytes the web is given, so that every mouth says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.voice import ssml
from bot.gateway.voice.reading import Piece, read
from bot.gateway.voice.words import Words

BREATH = 250
BREATH_WORDS = 25
LONGEST = 800
ITEMS_AT_ONCE = 3
ITEMS_AT_LEAST = 2
CODE_DIGITS = 6
# room for the closing question where the messages ask none
ASKED_AFTERWARDS = "Weiter, oder welches darf es sein?"
MISSED = ("utter_voice_missed", "utter_voice_missed_again", "utter_voice_missed_person")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen besides speaking freely: titles in order; `yes_no` where a yes or a no is asked for."""

    titles: tuple[str, ...] = ()
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said, how it is said again more shortly, and what may be answered."""

    ssml: str
    text: str
    reprompt: str
    language: str
    options: Options
    ends: bool = False
    keys: int = 0


def speech_of(document: Document, words: Words, options: Options, *, linked: bool = False) -> Speech:
    """The speech of an answer; the same answer always sounds the same.

    `linked` is true where the caller is in a chat of the web, so that nobody need be told where the cart waits.
    """
    voice: Mapping[str, Any] = document.get("voice") or {}
    heard = read(document["messages"], words)
    ends = bool(voice.get("ends"))
    pages = paged(heard.pieces, heard.question)
    page = min(int(voice.get("page", 0)), len(pages) - 1)
    closing = "" if ends else _closing(document, heard.question, options, words, more=page < len(pages) - 1)
    missed = int(voice.get("missed", 0))
    if missed or voice.get("silent"):
        said = [Piece(words(MISSED[min(missed, len(MISSED)) - 1]))] if missed else []
    else:
        said = [*pages[page], *_where_it_waits(document, words, linked=linked)]
    spelled = {str(m["reference"]) for m in document["messages"] if m["type"] == "handoff"}
    spoken = _within(said, closing)
    marked = ssml.document([(piece.text, piece.item) for piece in spoken], spelled)
    text = ssml.plain(marked)
    reprompt = "" if ends else closing if len(closing) < len(text) else words("utter_voice_reprompt")
    keys = CODE_DIGITS if voice.get("code") else int(bool(options.titles))
    return Speech(marked, text, reprompt, words.language, options, ends, keys)


def page_count(document: Document, words: Words) -> int:
    """How many breaths it takes to say all of an answer."""
    heard = read(document["messages"], words)
    return len(paged(heard.pieces, heard.question))


def paged(pieces: Sequence[Piece], question: str) -> list[list[Piece]]:
    """What is said in one breath each: two or three items, or sentences; never a page without any."""
    closing = question or ASKED_AFTERWARDS
    if len(_joined(pieces, closing)) > BREATH:
        pieces = _prices_early(pieces)
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if pages[-1] and _is_too_much([*pages[-1], piece], closing):
            pages.append([])
        pages[-1].append(piece)
    return pages


def _is_too_much(page: Sequence[Piece], closing: str) -> bool:
    items = sum(piece.item for piece in page)
    if page[-1].item and items <= ITEMS_AT_LEAST:
        return False
    whole = _joined(page, closing)
    return items > ITEMS_AT_ONCE or len(whole) > BREATH or (items > 0 and len(whole.split()) > BREATH_WORDS)


def _prices_early(pieces: Sequence[Piece]) -> list[Piece]:
    """Nobody should have to ask on for the price: sentences with one come right after the first."""
    if any(piece.item for piece in pieces):
        return list(pieces)
    first, rest = list(pieces[:1]), list(pieces[1:])
    return first + sorted(rest, key=lambda piece: not any(unit in piece.text for unit in (" Euro", " euro")))


def _closing(document: Document, question: str, options: Options, words: Words, *, more: bool) -> str:
    """The question an open turn ends with; that of a page before the last is never one for yes or no."""
    cards = sum(len(m["cards"]) for m in document["messages"] if m["type"] == "product_cards")
    if more:
        return words("utter_voice_which_or_more" if cards else "utter_voice_more")
    if question:
        return question
    if cards > 1:
        return words("utter_voice_which")
    titles = [words.title(title) for title in options.titles[:2]]
    if len(titles) == 2:
        return words("utter_voice_say_either", first=titles[0], second=titles[1])
    return words("utter_voice_say_one", first=titles[0]) if titles else words("utter_voice_anything_else")


def _where_it_waits(document: Document, words: Words, *, linked: bool) -> list[Piece]:
    handed_over = document.get("stage") == "checkout" and any(m["type"] == "cart" for m in document["messages"])
    return [Piece(words("utter_voice_cart_waits"))] if handed_over and not linked else []


def _within(said: Sequence[Piece], closing: str) -> list[Piece]:
    """The pieces that fit into the longest speech with the closing question after them."""
    room = LONGEST - len(closing) - 1
    fitting: list[Piece] = []
    for piece in said:
        if len(_joined([*fitting, piece], "")) > room:
            break
        fitting.append(piece)
    if not fitting and said:
        fitting = [Piece(said[0].text[: room - 1].rpartition(" ")[0].rstrip(" ,") + ".", said[0].item)]
    return [*fitting, *([Piece(closing)] if closing else [])]


def _joined(pieces: Sequence[Piece], question: str) -> str:
    return " ".join([*(piece.text for piece in pieces), *([question] if question else [])])
