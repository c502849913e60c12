"""Reads how many are wanted ("zwei davon", "2x", "make it two") and how many more or fewer ("noch eins davon")."""

from collections.abc import Mapping

from actions.understanding.meanings import Kind
from actions.understanding.reading import Reading
from actions.understanding.units import never_prices
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "count_after": (
        "x|mal|stück|stk|stücke|davon|draus|daraus|pieces|pcs|times|paar|paare|pair|pairs|exemplare|packungen",
        "von|of denen|diesen|them|those|these|the",
        "/ stück",
    ),
    "count_before": (
        "menge|anzahl|quantity|qty",
        "mal|times",
        "nehme|nimm|nehmen|pack|packe|leg|lege|bestelle|kaufe|take|add|buy|order|gib|give",
        "auf|lieber|doch|insgesamt",
        "make it|that",
        "change|set|increase|reduce|update|erhöhe|ändere|reduziere *3 auf|to",
        "gleich|direkt|lieber|rather",
        "i|we need|want|take|have",
        "brauche|bräuchte|möchte|will|hätte|wollen|brauchen",
    ),
    "count_one": (
        "nur|doch|just|only|lieber noch? einen|eins|eine|one|ein",
        "noch|another ein|eins|einen|eine|one",
        "one more",
        "ein|einmal|einzelnes stück|einzeln",
    ),
    "count_both": ("beide|beiden|both",),
    "count_few": ("ein paar", "a pair|couple of?"),
    "count_dozen": ("ein|a|zwei|two|half|halbes dutzend|dozen",),
}
MOST = 999
ONE = words("ein eins einen eine einer one a an")
MORE = words("mehr more extra zusatzlich zusatzliche weitere weiteres weiteren")
FEWER = words("weniger less fewer")
STILL = words("noch another weitere nochmal nochmals")
COUNTED = frozenset({"mal"})
NOT_COUNTED = words(
    "that this the which first second third fourth last nummer nr no number option variante # platz punkt bild"
)


def read_quantity(reading: Reading) -> int | None:
    """The number of pieces asked for; None where none was said."""
    for at in range(len(reading)):
        value = reading[at].number
        used = at in reading.used and len(reading) > 1
        if value is None or used or value != int(value) or not 0 <= value <= MOST:
            continue
        if _is_count(reading, at):
            reading.use(at, at + 1)
            return int(value)
    if reading.spans("count_dozen"):
        return 12
    if reading.spans("count_both"):
        return 2
    if reading.spans("count_one") and not reading.spans("count_few"):
        return 1
    return None


def read_step(reading: Reading) -> int:
    """How many more (or, below zero, fewer) are wanted than before; 0 where nothing says so."""
    for at in range(len(reading)):
        number = 1 if reading.word(at) in ONE else reading[at].number
        if number is None or number != int(number) or not 0 < number <= MOST:
            continue
        before, after = reading.word(at - 1) if at else "", reading.word(at + 1)
        if after in FEWER:
            return -int(number)
        if after in MORE or (before in STILL and reading.word(at - 2) not in {"nur", "bloß", "bloss"}):
            return int(number)
    return int(reading.word(0) == "another" and reading.word(1) in ONE | {"one"})


def _is_count(reading: Reading, at: int) -> bool:
    if reading.word(at - 1) in NOT_COUNTED or reading.word(at + 1) in never_prices() - COUNTED:
        return False
    if len(reading) == 1 or reading.starts_at("count_after", at + 1) is not None:
        return True
    named = any(mention.start < at <= mention.end for mention in reading.mentions)
    if any(reading.ends_at("count_before", end) is not None for end in ((at,) if named else (at, at - 1))):
        return True
    return any(
        at + 1 <= mention.start <= at + 2 and mention.of(Kind.CATEGORY, Kind.FAMILY, Kind.COLOUR)
        for mention in reading.mentions
    )
