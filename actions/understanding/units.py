"""Units of measure in German and English, and the numbers a catalogue records with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from actions.understanding.numerals import figure
from actions.understanding.spelling import fold

# dimension, factor to its base unit, words
UNITS = """
length 0.001 mm millimeter
length 0.01 cm zentimeter centimeter centimetre
length 1 m meter metre
length 0.0254 zoll inch inches " ″ in
length 1000 km kilometer kilometre
weight 0.000001 mg
weight 0.001 g gramm gram
weight 1 kg kilo kilos kilogramm kilogram
weight 0.4536 lb lbs pfund
weight 0.02835 oz ounces ounce
volume 0.001 ml milliliter millilitre
volume 0.01 cl
volume 1 l liter litre ltr
power 1 w watt watts
power 1000 kw
energy 1 wh wattstunden
energy 1000 kwh
charge 1 mah
charge 1000 ah
storage 0.001 mb
storage 1 gb gigabyte
storage 1000 tb terabyte
time 0.000277778 sek sekunden seconds
time 0.0166667 min minuten minutes
time 1 h std stunden stunde hours hour
time 24 tage tag tagen days day
time 168 wochen woche weeks week
time 730 monate monat monaten months month
time 8760 jahre jahr jahren years year
torque 1 nm newtonmeter
pressure 1 bar
light 1 lm lumen
illuminance 1 lux
voltage 1 v volt
frequency 1 hz hertz
pixels 1 mp megapixel
speed 1 kmh
"""
AMOUNT = re.compile(r"^\s*(\d+(?:[.,]\d+)*)\s*([^\W\d_]+|[\"″])?\s*$")
NOT_PRICES = "uhr prozent percent % grad personen person leute people persons mal jährige stock etage plz mann"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: what it measures and how many base units it is."""

    dimension: str
    factor: Decimal


@cache
def units() -> Mapping[str, Unit]:
    """Folded unit words to their units."""
    table: dict[str, Unit] = {}
    for line in UNITS.strip().splitlines():
        dimension, factor, *words = line.split()
        for word in words:
            table[fold(word)] = Unit(dimension, Decimal(factor))
    return table


@cache
def never_prices() -> frozenset[str]:
    """Folded words that show a number before them to be no price."""
    return frozenset(fold(word) for word in NOT_PRICES.split()) | (frozenset(units()) - {"in"})


def unit_of_name(attribute: str) -> Unit | None:
    """The unit an attribute's name ends in: `weight_kg`."""
    head, _, tail = attribute.rpartition("_")
    return units().get(fold(tail)) if head else None


def amount(recorded: str) -> tuple[Decimal, Unit | None] | None:
    """The number and unit of a recorded value such as "13.5 kg" or "29"; None for anything else."""
    match = AMOUNT.match(recorded)
    value = figure(match.group(1)) if match else None
    if match is None or value is None:
        return None
    word = fold(match.group(2) or "")
    return (value, units().get(word)) if not word or word in units() else None


def in_base_units(attribute: str, recorded: str) -> tuple[Decimal, str] | None:
    """A recorded amount in base units with its dimension ("" for plain counts); None where it is no amount."""
    read = amount(recorded)
    if read is None:
        return None
    unit = read[1] or unit_of_name(attribute)
    return (read[0] * unit.factor, unit.dimension) if unit else (read[0], "")
