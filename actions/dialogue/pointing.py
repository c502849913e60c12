"""Which of the offers on the table a line means: by its place among the cards, or by its kind."""

import re

from actions.dialogue import answering, asking, weighing
from actions.dialogue.memory import Asked, Question
from actions.dialogue.turn import Turn
from actions.offers.need_fit import in_category
from actions.offers.situation import OfferKind
from actions.store import offer_log

CHOOSES = frozenset(
    {
        "choose_option",
        "add_to_cart",
        "purchase_intent",
        "search_product",
        "refine_search",
        "nlu_fallback",
        "confirm",
    }
)
THAT_ONE = re.compile(r"\b(?:das|den|die|dies\w*|the|that|this)\b", re.IGNORECASE)
SHORT = 6
SWAP = re.compile(
    r"\W*(?:(?:ok|okay|ja|yes|yep|gut|dann|gern\w*|bitte|please|let'?s)\W+)*"
    r"(?:ein|aus|um)?(?:tausch\w*|wechsel\w*|swap|exchange|switch)(?:\s+(?:it|wir|sie|es|das))*"
    r"(?:\W+(?:bitte|please|gern\w*))?\W*",
    re.IGNORECASE,
)


def points_at_an_offer(turn: Turn) -> bool:
    """True for "das zweite bitte" and "the lock please" while such offers lie there, and for "ok, tauschen"."""
    return bool(_pointed_at(turn))


def take_it(turn: Turn) -> None:
    """An extra that is pointed at is taken; a step is asked about first, for it replaces what was agreed."""
    offer = _pointed_at(turn)
    if _says_swap(turn) or not _is_step(turn, offer):
        answering.accept_one(turn, offer)
    else:
        weighing.answer(turn, offer)


def _pointed_at(turn: Turn) -> str:
    question = turn.open_question(Asked.OFFER)
    if question is None or not turn.incoming.typed or answering.is_half_hearted(turn):
        return ""
    if _says_swap(turn) and _is_step(turn, question.offers[0]):
        return question.offers[0]
    said = turn.understood
    misread = turn.incoming.intent == "remove_from_cart" and asking.only_names_a_kind(turn)
    chooses = turn.incoming.intent in CHOOSES or misread
    if not chooses or "?" in turn.incoming.text or said.families or len(turn.incoming.text.split()) > SHORT:
        return ""
    if said.ordinal is not None:
        several = 1 < len(question.offers) >= said.ordinal > 0
        return question.offers[said.ordinal - 1] if several and not said.category else ""
    return _of_the_kind(turn, question)


def _of_the_kind(turn: Turn, question: Question) -> str:
    """The one offer of the kind that is named as a thing already seen, "das Bügelschloss"."""
    category = turn.understood.category
    if not category or turn.understood.unknown or not THAT_ONE.search(turn.incoming.text):
        return ""
    inside = [o.id for o, product in answering.laid_out(turn, question) if in_category(product, category)]
    return inside[0] if len(inside) == 1 else ""


def _says_swap(turn: Turn) -> bool:
    return bool(SWAP.fullmatch(turn.incoming.text))


def _is_step(turn: Turn, offer_id: str) -> bool:
    offer = offer_log.get(turn.connection, offer_id)
    return offer is not None and offer.kind != OfferKind.CROSS
