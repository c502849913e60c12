"""Reads what points at one of several things: "das zweite", "Nr. 3", "the last one", "das günstigere"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from actions.understanding.meanings import Kind
from actions.understanding.reading import AND, Reading
from actions.understanding.wordlists import words

MIDDLE, LAST = 0, -1
SHORT = 3
COMPARES = words("vergleiche vergleich compare zwischen between")
ENDS_A_CHOICE = words("bitte please , ! ? nehm nehme")
SUPERLATIVE = re.compile(r"st(?:e[nrsm]?)?$")
BARE_ENGLISH = words("first second third fourth fifth last middle")
ORDINALS = {
    1: "erste|ersten|erster|erstes|erstem|first|1st",
    2: "zweite|zweiten|zweiter|zweites|zweitem|second|2nd",
    3: "dritte|dritten|dritter|drittes|third|3rd",
    4: "vierte|vierten|vierter|viertes|fourth|4th",
    5: "fünfte|fünften|fünfter|fünftes|fifth|5th",
    6: "sechste|sechsten|sechster|sechstes|sixth",
    LAST: "letzte|letzten|letzter|letztes|last|unterste|untersten|rechte",
    -2: "vorletzte|vorletzten|vorletzter|vorletztes|penultimate",
    MIDDLE: "mittlere|mittleren|mittlerer|mittleres|mitte|middle|mittig",
}
COMPARED = {
    ("price", False): """günstigere günstigeren günstigerer günstigeres günstiger günstigste günstigsten günstigster
        günstigstes billigere billigeren billigerer billigeres billiger billigste billigsten billigster billigstes
        preiswertere preiswerteste preiswerter preisgünstigere preisgünstigste cheaper cheapest""",
    ("price", True): """teurere teureren teureres teurer teuerste teuersten teuerster teuerstes dearer priciest
        pricier""",
    ("rating", True): """bessere besseren besserer besseres besser beste besten bester bestes best better
        bestbewertete bestbewertetes bestbewerteten hochwertigere hochwertigste""",
    ("popularity", True): "beliebteste beliebtesten beliebtester beliebtestes meistverkaufte bestseller beliebtere",
    ("weight", False): """leichtere leichteren leichteres leichter leichteste leichtesten leichtester leichtestes
        lighter lightest""",
    ("weight", True): "schwerere schwereres schwerer schwerste schwersten heavier heaviest",
    ("size", True): "größere größeren größeres größer größte größten bigger biggest larger largest",
    ("size", False): "kleinere kleineren kleineres kleiner kleinste kleinsten smaller smallest",
    ("security", True): "sicherste sichersten sicherster sicherstes safest securest",
    ("speed", True): "schnellere schnelleres schneller schnellste schnellsten faster fastest",
    ("power", True): "stärkere stärkeres stärker stärkste stärksten stronger strongest",
}
HIGHEST = (
    "größten|größte|höchsten|höchste|längsten|längste|meisten|most|highest|longest|largest|biggest|best|mehr|"
    "größere|größeren|höhere|höheren|längere|längeren|bessere|greater|higher|longer|larger|bigger|better|more"
)
LOWEST = (
    "geringsten|geringste|niedrigsten|niedrigste|kleinsten|kürzesten|kürzeste|wenigsten|least|lowest|shortest|"
    "smallest|fewest|geringere|geringeren|niedrigere|niedrigeren|kürzere|kürzeren|weniger|lower|shorter|fewer|less"
)
LIKED = {
    ("weight", False): "leicht leichtes leichten leichter leichte lightweight light ultraleicht federleicht",
    ("popularity", True): "beliebt beliebtes beliebten popular",
}
RULES: Mapping[str, tuple[str, ...]] = {
    **{f"ordinal_{place}": (words,) for place, words in ORDINALS.items()},
    "ordinal_1_first": (
        "ganz|am oben|links|top",
        "das|die|der|den obere|oberste|linke|obersten|linken",
        "top|left one",
        "on the left",
    ),
    "ordinal_last_end": (
        "ganz|am unten|rechts|ende",
        "das|die|der untere|rechte",
        "bottom|right most? one",
        "on the right",
    ),
    "ordinals_first_two": ("ersten|first|oberen two|2|zwei|beiden|beide", "beiden|zwei ersten|oberen"),
    "ordinals_last_two": ("letzten|last|unteren two|2|zwei|beiden|beide", "beiden|zwei letzten|unteren"),
    "ordinal_label": ("nummer|nr|no|number|option|variante|platz|punkt|position|bild|#|artikel", "nr|no ."),
    "ordinal_article": ("das|die|der|den|dem|the",),
    "ordinal_suffix": (".", "st|nd|rd|th|te|ten|ter|tes"),
    "ordinal_not": (
        "mein|meine|meinem|meinen|my|sein|ihr|ihre|unser|als|für *1 erste|ersten|erstes|erster|erstem|first",
        "~letzte|last mal|woche|jahr|monat|bestellung|time|week|year|month|order",
        "erste|ersten|erstes|first|second mal|of|hilfe|blick|time|hand",
        "zum|beim|at ersten|letzten|zweiten|first|last mal?",
        "a|one|just second",
    ),
    "compared_price_False": ("less|least expensive|pricey",),
    "compared_price_True": ("more|most expensive|pricey",),
    "compared_rating_True": ("best|top|höchsten|höchste|highest rated|bewertet|bewertung|rating",),
    "compared_security_True": ("am sichersten|stabilsten", "most secure|robust"),
    "compared_popularity_True": (
        "most popular|bought|sold",
        "best selling",
        "am beliebtesten|meisten gekauft|verkauft?",
    ),
    "attribute_highest": (HIGHEST,),
    "attribute_lowest": (LOWEST,),
    "attribute_much": (
        "viel|viele|langer|lange|langen|langem|großer|große|großem|großen|hoher|hohe|hohem|starker|starkem|starken",
        "long|high|big|large|lots|much|strong|powerful of?",
    ),
    "positive_article": ("ein|einen|einem|kein|keinen|a|an|sehr|möglichst|so|richtig",),
}


@cache
def compared_words() -> frozenset[str]:
    """Every folded comparative and superlative."""
    return words(" ".join(COMPARED.values()))


@cache
def words_of_most() -> frozenset[str]:
    """Folded words that make a comparison one with all others."""
    return words("most least best top höchsten höchste highest am")


@cache
def liked_words() -> frozenset[str]:
    """Every folded adjective that only prefers."""
    return words(" ".join(LIKED.values()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The one with more (`highest`) or less of something: "price", "weight", "rating" or an attribute.

    `most` where it is the one ahead of all others ("das leichteste"), not one ahead of another ("das leichtere").
    """

    attribute: str
    highest: bool
    most: bool = False


def read_ordinals(reading: Reading) -> tuple[int, ...]:
    """1 for the first, -1 for the last, -2 for the last but one, 0 for the middle, as named; empty without any."""
    for label, places in (("ordinals_first_two", (1, 2)), ("ordinals_last_two", (-2, LAST))):
        for start, end in reading.spans(label):
            reading.use(start, end)
            return places
    barred = {at for start, end in reading.spans("ordinal_not") for at in range(start, end)}
    placed = [(start, end, place) for place in ORDINALS for start, end in reading.spans(f"ordinal_{place}")]
    found: list[int] = []
    for start, end, place in sorted(placed):
        if start not in barred and reading.is_free(start, end) and _points(reading, start, end):
            reading.use(start, end)
            found.append(place)
    if not found:
        numbered = _numbered(reading)
        found = numbered or _at_the_edge(reading)
    return tuple(dict.fromkeys(found))


def _at_the_edge(reading: Reading) -> list[int]:
    for label, place in (("ordinal_1_first", 1), ("ordinal_last_end", LAST)):
        for start, end in reading.spans(label):
            reading.use(start, end)
            return [place]
    return []


def _points(reading: Reading, start: int, end: int) -> bool:
    """True unless an English "first" or "last" stands alone in a longer message."""
    bare = reading.word(start) in BARE_ENGLISH and len(reading) > SHORT
    return not bare or reading.word(start - 1) == "the" or reading.word(end) == "one"


def _numbered(reading: Reading) -> list[int]:
    """The places of "Nr. 3", "das 2." and, joined to one of them, of "und 4"."""
    found: list[int] = []
    for at in range(len(reading)):
        start = _numbered_at(reading, at, joined=bool(found) and reading.word(at - 1) in AND)
        if start is not None:
            reading.use(start, at + 1)
            found.append(int(reading[at].number or 0))
    return found


def _numbered_at(reading: Reading, at: int, *, joined: bool) -> int | None:
    """Where a place's number with its label begins; None where the number is none."""
    number = reading[at].number
    if number is None or number != int(number) or not 1 <= number <= 20 or at in reading.used:
        return None
    label = reading.ends_at("ordinal_label", at)
    suffix = reading.starts_at("ordinal_suffix", at + 1)
    glued = suffix is not None and reading[at + 1].glued
    article = reading.ends_at("ordinal_article", at) is not None
    alone = at + 1 == len(reading) or reading.word(at + 1) in ENDS_A_CHOICE
    last = suffix == len(reading) and len(reading) <= 2
    if label is not None:
        return label
    compared = reading.word(at - 1) in COMPARES and reading.word(at + 1) in AND and reading.word(at + 2).isdecimal()
    pointed = joined or compared or (article and (glued or alone))
    return at if pointed or len(reading) == 1 or (glued and last) else None


def read_comparison(reading: Reading) -> Comparison | None:
    """The superlative or comparative that picks one thing: "das günstigere", "the one with the longest range"."""
    for label, highest in (("attribute_highest", True), ("attribute_lowest", False)):
        for start, end in reading.spans(label):
            for mention in reading.named(Kind.ATTRIBUTE):
                if mention.start == end:
                    reading.use(start, mention.end)
                    return Comparison(mention.of(Kind.ATTRIBUTE)[0].name, highest, most=True)
    for (attribute, highest), line in COMPARED.items():
        wanted = words(line)
        for at, token in enumerate(reading.tokens):
            if token.word in wanted and not _is_positive(reading, at):
                reading.use(at, at + 1)
                return Comparison(attribute, highest, most=bool(SUPERLATIVE.search(token.word)))
        for start, end in reading.spans(f"compared_{attribute}_{highest}"):
            reading.use(start, end)
            return Comparison(attribute, highest, most=bool(words_of_most() & {*reading.words(start, end)}))
    return None


def read_preference(reading: Reading) -> Comparison | None:
    """A quality wished for without a limit, which only orders: "ein leichtes Rad", "mit viel Speicher"."""
    for _start, end in reading.spans("attribute_much"):
        for mention in reading.named(Kind.ATTRIBUTE):
            if mention.start == end and reading.is_free(mention.start, mention.end):
                reading.use(mention.start, mention.end)
                return Comparison(mention.of(Kind.ATTRIBUTE)[0].name, highest=True)
    for (attribute, highest), line in LIKED.items():
        wanted = words(line)
        for at, token in enumerate(reading.tokens):
            if token.word in wanted and at not in reading.used:
                reading.use(at, at + 1)
                return Comparison(attribute, highest)
    return None


def _is_positive(reading: Reading, at: int) -> bool:
    """True for "ein leichter Helm", which only looks like a comparative."""
    return reading.word(at) == "leichter" and reading.ends_at("positive_article", at) is not None
