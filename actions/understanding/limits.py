"""Recognises what makes a number a limit, for prices and measures alike: "unter", "at least", "800 max"."""

from collections.abc import Mapping

from actions.understanding.reading import Reading
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "limit_max": (
        "unter|bis|max|maximal|höchstens|maximum|unterhalb|below|under|underneath|within|allerhöchstens|limit|preislimit|<",
        "budget|obergrenze|preisgrenze|schmerzgrenze",
        "bis|up zu|to",
        "hab|habe|have|got nur|only|bloß|maximal",
        "weniger|less|kleiner|leichter|kürzer|smaller|lighter|shorter|fewer als|than",
        "billiger|günstiger|cheaper|preiswerter als|than",
        "at most",
        "no|not more|higher|heavier|bigger than",
        "not over|above|exceeding",
        "kann|möchte|will|can|want|would|willing *3 ausgeben|spend|zahlen|pay|investieren",
    ),
    "limit_min": (
        "über|ab|mindestens|min|mind|minimum|over|above|from|oberhalb|starting|>|wenigstens",
        "mehr|more|größer|schwerer|länger|bigger|larger|longer|heavier als|than",
        "teurer|higher|pricier als|than",
        "at least",
        "starting at|from",
    ),
    "limit_about": (
        "ca|circa|ungefähr|etwa|rund|around|about|roughly|approximately|approx|um",
        "um die|rund?",
        "so um|bei?",
    ),
    "limit_after_max": (
        "max|maximal|höchstens|maximum|tops|limit|budget|obergrenze",
        "oder|or|and|und weniger|less|drunter|under|below|darunter|cheaper|günstiger|billiger",
        "oder|or|and|und lighter|leichter|kleiner|smaller",
        "nicht|not übersteigen|überschreiten|exceed",
        "at most",
    ),
    "limit_after_min": (
        "aufwärts|plus|minimum|mindestens",
        "oder|or|and|und mehr|more|up|over|above|drüber|darüber|höher|higher|upwards|größer|bigger",
    ),
    "limit_habit": ("am|pro|a|per tag|day|woche|week", "täglich|entfernt|weg|strecke|daily|away|einfach"),
    "limit_way": (
        "~arbeit|arbeitsweg|schulweg|büro|work|commute|commuting|office|school|pendle|pendel|täglich|daily|strecke",
        "each|one way",
        "hin|zurück|einfach|entfernt|distance|away",
    ),
    "limit_reach": ("reichweite|range|akku|battery|akkuladung|ladung|charge",),
    "limit_after_about": ("rum|herum|ungefähr|circa|ish|oder|or so?",),
    "limit_no": (
        "nicht|not|kein|keine|keinen|nichts|nothing|dont|darf|nie|never|no|none|keinesfalls|keinem|wont|cant",
    ),
    "limit_spend": ("ausgeben|gebe|geben|zahlen|bezahlen|kosten|spend|pay|cost|hinlegen|investieren|wiegen|weigh",),
}
FILLER = words(
    "von bei zu so um die der das dem ist is of liegt sind betragt are : = about around ca circa etwa "
    "ungefahr rund nur only a ein einem maximal max preis price preislich at euro eur € $ gewicht"
)
DIRECT_NO = words("nicht not nichts nothing nie never")
OPPOSITE = {"max": "min", "min": "max", "about": "about"}
REACH = 5


def cue(reading: Reading, start: int, end: int) -> str | None:
    """The limit the words around a number set: "max", "min", "about", or None; negations are taken into account."""
    before = _before(reading, start)
    if before is not None:
        side, cue_start = before
        reading.use(cue_start, start)
        return OPPOSITE[side] if _is_turned(reading, side, cue_start, end) else side
    for side in ("max", "min", "about"):
        stop = reading.starts_at(f"limit_after_{side}", end)
        if stop is not None:
            reading.use(end, stop)
            return side
    return None


def _before(reading: Reading, start: int) -> tuple[str, int] | None:
    at = start
    while at > max(0, start - REACH):
        for side in ("max", "min", "about"):
            cue_start = reading.ends_at(f"limit_{side}", at)
            if cue_start is not None:
                return side, cue_start
        if reading.word(at - 1) not in FILLER:
            return None
        at -= 1
    return None


def _is_turned(reading: Reading, side: str, cue_start: int, end: int) -> bool:
    """True for "nicht über 500", "nicht unter 100" and "mehr als 500 gebe ich nicht aus"."""
    if reading.word(cue_start) in ("no", "not"):
        return False
    if reading.word(cue_start - 1) in DIRECT_NO:
        return True
    if side != "min":
        return False
    first, last = reading.clause(cue_start)
    noes = reading.spans("limit_no")
    if any(max(first, cue_start - REACH) <= start and stop <= cue_start for start, stop in noes):
        return True
    spends = any(end <= start < last for start, _ in reading.spans("limit_spend"))
    return spends and any(end <= start < last for start, _ in noes)
