"""Questions about the shop itself that no product answers: what it sells, of which makes, which services it has."""

import re
from collections import Counter

from actions.dialogue import telling, which_kind
from actions.dialogue.turn import Turn
from actions.understanding.wordings import asks_for_the_range
from actions.wording import listed

MOST_NAMED = 12
MAKES = re.compile(
    r"\b(?:welche|was für|which|what)\s+(?:\w+[ -]?){0,2}?(?:marken|hersteller|brands|makes|manufacturers)\b", re.I
)
DONE_BY_US = re.compile(
    r"\b(?:reparier|verleih|vermiet|kauf|least)(?:t ihr|en sie)\b|\bnehm(?:t ihr|en sie)\b.*\bin zahlung\b|"
    r"\bdo you (?:buy|repair|fix|rent|hire|lease|(?:do|offer) (?:any )?(?:repairs|rentals|servicing))\b",
    re.IGNORECASE,
)
SERVICES = re.compile(
    r"\b(?:geschenk)?gutscheine?\b|\bgift (?:cards?|vouchers?|certificates?)\b|"
    r"\b(?:inzahlungnahme|ankauf|leasing|jobrad|dienstrad\w*|reparaturen|reparatur|werkstatt|inspektion)\b|"
    r"\b(?:verleih|mieten|leihen|ausleihen|trade[- ]?ins?|part[- ]exchange|repairs|workshop|rentals?|rent)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"complaint|human|stop_offers|erase|export|checkout|order_status|cancel|consent|ask_discount|deny|remove|faq/opening"
)


def asks(turn: Turn) -> bool:
    """True for "was verkaufen Sie?", "welche Marken habt ihr?" and "do you do repairs?", where none is sold so."""
    if not turn.incoming.typed or ELSEWHERE.match(turn.incoming.intent):
        return False
    return _asks_for_the_range(turn) or _asks_for_makes(turn) or _asks_for_a_service(turn)


def answer(turn: Turn) -> None:
    """The departments; the makes on sale, of the kind in discussion where there is one; a service, if recorded."""
    if _asks_for_the_range(turn):
        which_kind.show_departments(turn)
    elif _asks_for_makes(turn):
        _name_makes(turn)
    else:
        telling.tell_terms(turn, "utter_faq/services", "services")


def _asks_for_the_range(turn: Turn) -> bool:
    said = turn.understood
    return asks_for_the_range(turn.incoming.text) and not (said.category or said.families)


def _asks_for_makes(turn: Turn) -> bool:
    return bool(MAKES.search(turn.incoming.text))


def _asks_for_a_service(turn: Turn) -> bool:
    """Something done rather than sold: what the shop sells by that name is looked for as any product."""
    said, text = turn.understood, turn.incoming.text
    return bool(DONE_BY_US.search(text) or (SERVICES.search(text) and not said.category)) and not said.families


def _name_makes(turn: Turn) -> None:
    category = turn.understood.category or turn.memory.category
    products = turn.snapshot.in_category(category) if category else turn.snapshot.products.values()
    models = {p.family: p.brand for p in products if p.brand}
    held = Counter(models.values()).most_common()
    if not held:
        turn.reply.say("utter_faq_unknown")
        return
    turn.reply.say(
        "utter_makes" if len(held) <= MOST_NAMED else "utter_makes_some",
        what=turn.names.category(category) if category else turn.snapshot.facts.name,
        makes=listed(sorted(make for make, _ in held[:MOST_NAMED]), turn.reply.language),
    )
