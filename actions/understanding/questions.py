"""General words for what shoppers ask about a product: weight, size, material, range, warranty and the like."""

from collections.abc import Mapping
from functools import cache

from actions.understanding.spelling import stem_of

# an attribute's general name, then the words that ask for it
ASKED = """
weight gewicht schwer leicht wiegt wiegen weigh weighs weight heavy light
size größe groß size big large dimensions maße abmessungen
colour farbe farben colour color colours colors
material material stoff fabric gemacht
brand marke hersteller brand manufacturer
range reichweite range
power leistung watt wattage power
capacity kapazität capacity
volume volumen liter volume litres fassungsvermögen fasst rein hinein
width breite breit width wide
height höhe hoch height high tall
length länge lang length
speed geschwindigkeit schnell speed fast
runtime akkulaufzeit laufzeit runtime leuchtdauer
warranty garantie gewährleistung warranty guarantee
waterproof wasserdicht wasserfest waterproof regenfest
washable waschbar waschen washable wash
age alter age
origin hergestellt herkunft origin
care pflege pflegen care
ingredients inhaltsstoffe ingredients
allergens allergene allergens
memory arbeitsspeicher speicher memory ram storage
screen bildschirm display screen
noise laut lautstärke noise loud leise
"""


@cache
def asked_words() -> Mapping[str, str]:
    """Stem of a word to the general attribute it asks about."""
    table: dict[str, str] = {}
    for line in ASKED.strip().splitlines():
        name, *words = line.split()
        for word in (name, *words):
            table.setdefault(stem_of(word), name)
    return table
