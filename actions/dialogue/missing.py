"""Says honestly that nothing fits, and what would help."""

import re

from actions.dialogue import telling
from actions.dialogue.memory import Asked, Question
from actions.dialogue.showing import SHOWN_AT_ONCE, what_was_searched
from actions.dialogue.turn import Turn
from actions.offers.products import Money
from actions.offers.situation import Needs
from actions.understanding.catalogue import within
from actions.understanding.finder import Found, find
from actions.understanding.meanings import USE
from actions.understanding.understood import Understood

BOTH_SIDES = "price"
FAR_ABOVE, ABOVE_A_GIFT = 3.0, 1.4
GIFT = re.compile(r"\b(?:geschenk\w*|\w*schenken|mitbringsel|gifts?|presents?)\b", re.IGNORECASE)
PURPOSE = re.compile(
    r"\b(?:likes?|loves?|is into|mag|liebt|fährt (?:gern|viel)|fan)\b",
    re.IGNORECASE,
)


def say_nothing_found(turn: Turn, found: Found) -> None:
    """Name the limit to give up, the nearest kind, or what serves the same purpose."""
    reply, memory = turn.reply, turn.memory
    memory.question = None
    if GIFT.search(turn.incoming.text) and not (memory.category or memory.needs.stated):
        memory.words, memory.kind_asked = [], True
        reply.say("utter_search_what")
    elif found.unknown and not memory.category:
        reply.say("utter_not_in_range", what=" ".join(found.unknown))
        if found.nearest_category:
            reply.say("utter_nearest_category", category=turn.names.category(found.nearest_category))
            turn.ask(Question(Asked.SHOW, reference=found.nearest_category))
        memory.words = []
    elif _show_what_goes_with_it(turn, found):
        pass
    elif sides := _both_sides(found):
        below, above = sides
        currency = turn.snapshot.facts.currency
        reply.say(
            "utter_relax_both_sides",
            what=what_was_searched(turn),
            below=Money(below, currency),
            above=Money(above, currency),
        )
        turn.ask(Question(Asked.SHOW, attribute=BOTH_SIDES, price=above, least=below))
    elif found.relaxed:
        price = found.relaxed.price
        name = f"utter_relax_{found.relaxed.filter}"
        known = name if name in reply.phrases.names() else "utter_relax_other"
        reply.say(
            known,
            what=what_was_searched(turn),
            asked=turn.names.words(found.relaxed.asked),
            count=found.relaxed.count,
            price=Money(price or 0, turn.snapshot.facts.currency),
            filter=turn.names.label(found.relaxed.filter),
        )
        turn.ask(Question(Asked.SHOW, attribute=found.relaxed.filter, price=price or 0))
    else:
        reply.say("utter_nothing_found", what=what_was_searched(turn) or turn.incoming.text[:60])


def _both_sides(found: Found) -> tuple[int, int] | None:
    """The nearest prices below and above "um die 50 Euro", where nothing but the price keeps both from fitting."""
    prices = {way.filter: way.price for way in found.ways_out}
    below, above = prices.get("min_price"), prices.get("max_price")
    return (below, above) if below is not None and above is not None else None


def _show_what_goes_with_it(turn: Turn, found: Found) -> bool:
    """Fifty euros for somebody who rides a road bike buy no bike: show what serves the same purpose."""
    memory, relaxed = turn.memory, found.relaxed
    text = turn.incoming.text
    far_above = ABOVE_A_GIFT if GIFT.search(text) else FAR_ABOVE if PURPOSE.search(text) else 0.0
    asked = int(relaxed.asked) if relaxed and relaxed.filter == "max_price" else 0
    uses = _uses(turn, memory.category)
    if not (relaxed and uses and asked and far_above and (relaxed.price or 0) > far_above * asked):
        return False
    title, budget = turn.names.category(memory.category), memory.max_price or 0
    outside = {"category": [memory.category.split("/")[0]]}
    for use in uses:
        needs = Needs("", memory.max_price, None, {USE: use})
        hits = find(
            needs, Understood(), turn.snapshot, turn.lexicon, limit=SHOWN_AT_ONCE, unwanted=outside
        ).families
        if len(hits) == SHOWN_AT_ONCE:
            memory.remember_needs(needs)
            memory.words, memory.shown, memory.seen = [], [hit.family for hit in hits], [hit.family for hit in hits]
            memory.focus, memory.focus_sku, memory.question = "", "", None
            price = Money(budget, turn.snapshot.facts.currency)
            turn.reply.say("utter_found_for_the_purpose", category=title, price=price)
            turn.reply.cards([telling.product_card(turn, hit.product) for hit in hits])
            return True
    return False


def _uses(turn: Turn, category: str) -> list[str]:
    """What a category is used for; a whole department for what its parts are."""
    known = turn.snapshot.categories
    below = [each for path, each in known.items() if within(path, category)] if category in known else []
    own = known[category].uses if category in known else ()
    return list(own) or list(dict.fromkeys(use for each in below for use in each.uses))
