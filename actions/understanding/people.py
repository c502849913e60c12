"""Reads who a product is for ("6-jährig", "1,80 groß", "Kopfumfang 56") against the spans a catalogue records."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from actions.offers.attributes import span
from actions.understanding.reading import Reading
from actions.understanding.records import Records
from actions.understanding.spelling import stem_of
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "person_age": ("~jährig|jährige", "jahre|jahren|years|year|yr|yrs alt|alten|altes|alter|old", "yo", "y o"),
    "person_child": ("~kind|sohn|tochter|enkel|enkelin|neffe|nichte|junge|mädchen|child|kid|son|daughter",),
    "person_own_child": (
        "mein|meine|meinen|meiner|meinem|unser|unsere|unseren|my|our"
        " kind|kinder|kleine|kleinen|sohn|tochter|enkel|enkelin|enkelkind|neffe|neffen|nichte"
        "|child|children|kid|kids|son|daughter|grandson|granddaughter|nephew|niece",
    ),
    "person_tall": (
        "groß|grosse|größe|rahmengröße|rahmenhöhe|tall|height|körpergröße|körpergrösse|high",
        "ich|er|sie|i|he|she bin|ist|am|is|bins|s",
        "ich|i messe|measure",
    ),
    "person_weighs": (
        "ich|er|sie|wir|i|he|she|we wiege|wieg|wiegt|wiegen|weigh|weighs",
        "mit|with|bei meinen|my|seinen|ihren",
        "mein|meinem|my|fahrergewicht|körpergewicht gewicht|weight?",
    ),
    "person_self": (
        "ich|i bin|am",
        "i|im|hes|shes about|around|roughly? #",
        "mein|meine|my mann|frau|husband|wife",
    ),
    "person_inseam": ("schrittlänge|schritthöhe|innenbeinlänge|beinlänge|inseam", "inside leg length?"),
    "person_head": ("kopfumfang|kopf|head|kopfgröße", "head circumference|size"),
}
UNIT_WORDS = words("cm m meter metre zentimeter centimeter centimetre jahr jahre jahren year years yr yrs")
INCHES = words("inch inches in zoll")
INSEAM = (Decimal(25), Decimal(110))
TALL = (Decimal(90), Decimal(220))
HEAD = (Decimal(40), Decimal(70))
OLD = (Decimal(1), Decimal(99))
# what no record knows of these is passed over, and never a limit of the product's own
PASSED_OVER = (OLD, INSEAM)
BECOMES = words("wird ist is turns turning aged shes hes")
FEET = frozenset({"foot", "feet", "ft", "'"})
REACH = 5
CHILDREN_UNTIL = 13
ONESELF = words("mich mir me myself erwachsene erwachsenen adult adults frau mann wife husband")
CHILDREN = frozenset(stem_of(word) for word in words("kind kinder kid kids child children childrens"))


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a person is measured by: words of the attribute's name, the rule that names it, and its usual range."""

    names: frozenset[str]
    cue: str
    usual: tuple[Decimal, Decimal]


MEASURES = (
    _Measure(frozenset({"age"}), "person_age", OLD),
    _Measure(frozenset({"head"}), "person_head", HEAD),
    _Measure(frozenset({"inseam", "schrittlange"}), "person_inseam", INSEAM),
    _Measure(frozenset({"rider", "body", "person"}), "person_tall", TALL),
)


def read_people(reading: Reading, records: Records, categories: tuple[str, ...]) -> Mapping[str, str]:
    """Attribute to the number its recorded spans have to hold, in years or centimetres; the words are used up."""
    wishes: dict[str, str] = {}
    for measure in MEASURES:
        attribute = _attribute(measure, records, categories)
        for at in range(len(reading)):
            value = _value(reading, at, measure)
            if value is None or at in reading.used:
                continue
            answers = bool(attribute) and _is_the_answer(reading, at, measure, categories)
            if not (answers or _is_cued(reading, at, measure, sure=bool(attribute))):
                continue
            if attribute or measure.usual in PASSED_OVER:
                _use(reading, at, measure)
            if attribute:
                wishes[attribute] = format(value.normalize(), "f")
    return wishes


def children_meant(reading: Reading) -> frozenset[str]:
    """The stems of "children" where one's own child or a child's age is said: "for my 6 year old"; else empty."""
    age = MEASURES[0]
    told = ((at, _value(reading, at, age)) for at in range(len(reading)))
    ages = [years for at, years in told if years is not None and _is_cued(reading, at, age, sure=False)]
    is_child = min(ages) <= CHILDREN_UNTIL if ages else bool(reading.spans("person_own_child"))
    return CHILDREN if is_child else frozenset()


def for_oneself(reading: Reading) -> bool:
    """True for "and a helmet for me", whoever was talked of before."""
    return any(token.word in ONESELF for token in reading.tokens)


def _attribute(measure: _Measure, records: Records, categories: tuple[str, ...]) -> str:
    """The attribute of this measure that records spans in the categories meant; empty where none does."""
    for name in records.attributes(categories):
        if measure.names & set(name.split("_")) and any(span(v) for v in records.values(categories, name)):
            return name
    return ""


def _value(reading: Reading, at: int, measure: _Measure) -> Decimal | None:
    """The number in years or centimetres where it is usual for this measure: 1.80 is 180."""
    number = reading[at].number
    if number is None:
        return None
    if measure.usual is INSEAM and reading.word(at + 1) in INCHES:
        number = number * Decimal("2.54")
    metres = measure.usual is TALL and number < 3 and number != int(number)
    value = _feet(reading, at) if measure.usual is TALL and reading.word(at + 1) in FEET else number
    value = value * 100 if metres else value
    return value if measure.usual[0] <= value <= measure.usual[1] else None


def _feet(reading: Reading, at: int) -> Decimal:
    """ "5 ft 10" in centimetres."""
    inches = reading[at + 2].number if at + 2 < len(reading) else None
    return Decimal(round((reading[at].number or Decimal(0)) * Decimal("30.48") + (inches or 0) * Decimal("2.54")))


def _is_cued(reading: Reading, at: int, measure: _Measure, *, sure: bool) -> bool:
    """True where the words around a number say what is measured; for a height that is recorded its unit will do."""
    first, last = reading.clause(at)
    near = range(max(first, at - REACH), min(last, at + REACH) + 1)
    if any(start in near for start, _ in reading.spans(measure.cue)):
        return measure.usual is not TALL or reading.word(at + 1) not in ("kg", "euro", "eur", "zoll", "km")
    if measure.usual is OLD:
        years = reading.word(at + 1) in UNIT_WORDS and reading.word(at + 1)[:1] in "jy"
        return (years or reading.word(at - 1) in BECOMES) and bool(reading.spans("person_child"))
    if measure.usual is HEAD:
        return sure and reading.word(at + 1) == "cm"
    return sure and measure.usual is TALL and reading.word(at + 1) in {"cm", "m", *FEET}


def _is_the_answer(reading: Reading, at: int, measure: _Measure, categories: tuple[str, ...]) -> bool:
    """True for a bare "1,83" where a bike is talked of, and for "58" where a helmet is."""
    metres = reading[at].number != (reading[at].number or Decimal(0)).to_integral_value()
    usual = measure.usual is HEAD or (measure.usual is TALL and metres)
    return len(reading) == 1 and bool(categories) and usual


def _use(reading: Reading, at: int, measure: _Measure) -> None:
    reading.use(at, at + 1)
    inseam = measure.usual is INSEAM and reading.word(at + 1) in INCHES
    if inseam or reading.word(at + 1) in UNIT_WORDS | FEET:
        inches = reading.word(at + 1) in FEET and at + 2 < len(reading) and reading[at + 2].number is not None
        reading.use(at + 1, at + (3 if inches else 2))
    first, last = reading.clause(at)
    for start, end in reading.spans(measure.cue):
        if max(first, at - REACH) <= start <= min(last, at + REACH):
            reading.use(start, end)
