"""What sending costs and where it goes, as far as the shop has said so."""

from actions.dialogue import telling
from actions.dialogue.turn import Turn
from actions.offers.shipping import is_always_free
from actions.understanding.countries import Whereto, asked_countries, delivers_to


def terms(turn: Turn, with_threshold: str, flat: str) -> str:
    """The sentence that tells what sending costs; what nobody stated is not claimed."""
    if not turn.knows_shipping:
        return "utter_shipping_unknown"
    if is_always_free(turn.limits):
        return "utter_shipping_always_free"
    return flat if turn.limits.free_shipping_from is None else with_threshold


def asks_whereto(turn: Turn) -> bool:
    """True for "liefert ihr auch in die Schweiz?"."""
    return turn.incoming.typed and bool(asked_countries(turn.incoming.text))


def answer(turn: Turn) -> None:
    """Yes or no where the recorded text names countries plainly, else that text alone, or that there is none."""
    asked, facts = asked_countries(turn.incoming.text), turn.snapshot.facts
    said = [facts.text("shipping_countries", language) for language in ("de", "en")]
    if not any(said):
        telling.tell_terms(turn, "utter_ships_where_unknown")
        return
    verdicts = {delivers_to(country, said) for country in asked}
    verdict = verdicts.pop() if len(verdicts) == 1 else Whereto.UNCLEAR
    telling.tell_terms(turn, f"utter_ships_there_{verdict}")
