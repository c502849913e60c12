"""Reads measures and counts ("unter 12 kg", "28 Zoll", "27 Gänge") against recorded attributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from actions.understanding import limits
from actions.understanding.meanings import Kind
from actions.understanding.prices import is_money
from actions.understanding.reading import Mention, Reading
from actions.understanding.records import Records
from actions.understanding.units import Unit, amount, in_base_units, unit_of_name, units
from actions.understanding.wordlists import words

LENGTH_WORDS = words(
    "size length width height diagonal diameter screen display wheel zoll inch grosse lange breite"
)
MAIN = words("weight gewicht range reichweite volume volumen capacity battery power storage memory")
AT_LEAST = frozenset(
    {"energy", "storage", "charge", "power", "torque", "light", "illuminance", "pressure", "volume"}
)
CARRYING = words("max load capacity")
BODY = (Decimal(30), Decimal(250))
NAME_REACH = 4


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    at: int
    end: int
    unit: Unit | None
    unit_word: str


def read_measures(reading: Reading, records: Records, categories: tuple[str, ...]) -> Mapping[str, str]:
    """Attribute to wish, in the notation of `offers.attributes.satisfies` and in the attribute's own unit."""
    wishes: dict[str, str] = {}
    for at in range(len(reading)):
        number = _number(reading, at)
        if number is None:
            continue
        if number.unit_word == "km" and _is_a_way(reading):
            reading.use(number.at, number.end)
            continue
        if number.unit and _is_a_body(reading, number, records, categories):
            if carrying := _carrying(number, records, categories):
                wishes[carrying] = _wish(number, None, carrying, records, categories)
            reading.use(number.at, number.end)
            continue
        attribute = _attribute(reading, number, records, categories)
        if attribute is None:
            continue
        side = limits.cue(reading, number.at, number.end)
        wishes[attribute] = _wish(number, side, attribute, records, categories)
        reading.use(number.at, number.end)
        _use_name(reading, number, attribute)
    return wishes


def _is_a_way(reading: Reading) -> bool:
    """True where kilometres tell how far somebody rides, which asks for no range: "12 km zur Arbeit"."""
    return bool(reading.spans("limit_way")) and not reading.spans("limit_reach")


def _is_a_body(reading: Reading, number: _Number, records: Records, categories: tuple[str, ...]) -> bool:
    """True for what somebody weighs, said so or far above what such a product does; a limit is none."""
    if number.unit is None or number.unit.dimension != "weight":
        return False
    weighs = number.value * number.unit.factor
    limited = any(reading.ends_at(f"limit_{side}", number.at) is not None for side in ("max", "min"))
    if limited or not BODY[0] <= weighs <= BODY[1]:
        return False
    recorded = (
        read[0]
        for name in records.attributes(categories)
        if MAIN & set(name.split("_")) and records.dimension(categories, name) == "weight"
        for value in records.values(categories, name)
        if (read := in_base_units(name, value))
    )
    heaviest = max(recorded, default=None)
    return bool(reading.spans("person_weighs", "person_self")) and (heaviest is None or weighs > heaviest)


def _carrying(number: _Number, records: Records, categories: tuple[str, ...]) -> str:
    """The attribute that says what a product carries; empty where none is recorded."""
    weights = (n for n in records.attributes(categories) if records.dimension(categories, n) == "weight")
    return next((name for name in weights if CARRYING & set(name.split("_"))), "") if number.unit else ""


def _number(reading: Reading, at: int) -> _Number | None:
    value = reading[at].number
    word = reading.word(at + 1)
    if value is None or at in reading.used or is_money(reading, at):
        return None
    glued = at + 1 < len(reading) and reading[at + 1].glued
    unit = units().get("zoll" if word == "er" and glued else word)
    unit = None if word == "in" and not glued else unit
    return _Number(value, at, at + (2 if unit else 1), unit, word if unit else "")


def _attribute(reading: Reading, number: _Number, records: Records, categories: tuple[str, ...]) -> str | None:
    named = _named(reading, number, records, categories)
    if named is not None or number.unit is None:
        return named
    candidates = [
        name
        for name in records.attributes(categories)
        if records.dimension(categories, name) == number.unit.dimension
    ]
    carrying = [name for name in candidates if CARRYING & set(name.split("_"))]
    if carrying and reading.spans("person_weighs"):
        # who says what they weigh asks what carries them
        return carrying[0]
    if number.unit.dimension == "length" and number.unit_word != "km":
        candidates = [name for name in candidates if _held(number, name, records, categories)]
        candidates += _plain_lengths(number, records, categories)
    held = [name for name in candidates if _held(number, name, records, categories)]
    main = [name for name in held or candidates if MAIN & set(name.split("_"))]
    unlikely = number.unit.dimension == "time" or reading.starts_at("limit_habit", number.end) is not None
    return next(iter(held if unlikely else main or held or candidates), None)


def _named(reading: Reading, number: _Number, records: Records, categories: tuple[str, ...]) -> str | None:
    """The attribute whose name stands at the number: "27 Gänge", "Federweg mindestens 120 mm"."""
    recorded = set(records.attributes(categories))
    if reading.starts_at("count_after", number.at + 1) is not None:
        return None
    for mention in _near(reading, number):
        for meaning in mention.of(Kind.ATTRIBUTE):
            dimension = records.dimension(categories, meaning.name)
            fits = dimension is not None and (number.unit is None or dimension in (number.unit.dimension, ""))
            if meaning.name in recorded and fits:
                return meaning.name
    return None


def _near(reading: Reading, number: _Number) -> list[Mention]:
    free = [m for m in reading.named(Kind.ATTRIBUTE) if reading.is_free(m.start, m.end)]
    after = [m for m in free if m.start in (number.at + 1, number.end)]
    first, _ = reading.clause(number.at)
    reach = max(first, number.at - NAME_REACH)
    before = [m for m in free if reach <= m.start and m.end <= number.at]
    later = [m for m in free if number.end < m.start <= number.end + 1 and number.unit]
    return after + [m for m in before if not m.of(Kind.CATEGORY)] + later


def _use_name(reading: Reading, number: _Number, attribute: str) -> None:
    for mention in _near(reading, number):
        if any(meaning.name == attribute for meaning in mention.of(Kind.ATTRIBUTE)):
            reading.use(mention.start, mention.end)


def _plain_lengths(number: _Number, records: Records, categories: tuple[str, ...]) -> list[str]:
    """Attributes named like a length that record the bare figure: `wheel_size` 28 for "28 Zoll"."""
    return [
        name
        for name in records.attributes(categories)
        if LENGTH_WORDS & set(name.split("_")) and name != "size"
        if records.dimension(categories, name) == "" and _own(number.value) in records.values(categories, name)
    ]


def _held(number: _Number, name: str, records: Records, categories: tuple[str, ...]) -> str | None:
    """The recorded value that is this amount, whatever its unit: "1 TB" for 1000 GB."""
    base = (number.value * number.unit.factor, number.unit.dimension) if number.unit else (number.value, "")
    values = records.values(categories, name)
    exact = next((value for value in values if in_base_units(name, value) == base), None)
    plain = records.dimension(categories, name) == "" and _own(number.value) in values
    return exact or (_own(number.value) if plain else None)


def _wish(number: _Number, side: str | None, name: str, records: Records, categories: tuple[str, ...]) -> str:
    """The limit or value; what a product carries at most has to be at least what is asked for."""
    value = _in_unit_of(number, name, records, categories)
    if CARRYING & set(name.split("_")):
        return f">={value}"
    if side == "max":
        return f"<={value}"
    if side == "min":
        return f">={value}"
    at_least = number.unit is not None and (number.unit.dimension in AT_LEAST or number.unit_word == "km")
    known = _held(number, name, records, categories)
    return known or (f">={value}" if at_least else value)


def _in_unit_of(number: _Number, name: str, records: Records, categories: tuple[str, ...]) -> str:
    """The number as the attribute records its amounts, which is in the unit of the first."""
    recorded = next(iter(records.values(categories, name)), "")
    read = amount(recorded)
    own = (read[1] if read else None) or unit_of_name(name)
    written = recorded.lstrip("0123456789.,") if read and read[1] else ""
    value = number.value * number.unit.factor / own.factor if number.unit and own else number.value
    return _own(value) + written


def _own(value: Decimal) -> str:
    plain = value.quantize(Decimal("0.001")).normalize()
    return format(plain, "f")
