"""Colours as people name them in German and English, and how they meet the colours a catalogue records."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from actions.understanding.spelling import runs, stem_of

COLOURS = """
black schwarz
white weiss weiß
red rot
blue blau
green grün
yellow gelb
orange orangefarben
pink rosa rosé
purple lila violett violet
brown braun
grey gray grau
silver silber silbern silberfarben
gold golden goldfarben
beige sandfarben
sand
turquoise türkis
petrol teal
navy marine marineblau dunkelblau navyblau nachtblau
bordeaux burgundy weinrot dunkelrot bordeauxrot
anthracite anthrazit anthrazitgrau charcoal dunkelgrau
khaki
olive oliv olivgrün
cream creme cremeweiss ivory elfenbein
mint mintgrün
copper kupfer kupferfarben
bronze
magenta
coral koralle
lilac flieder
mustard senfgelb
multicolour multicolor multi multicoloured bunt mehrfarbig
transparent durchsichtig clear
"""
BASES = {"navy": "blue", "bordeaux": "red", "anthracite": "grey", "olive": "green", "mint": "green"}
COLOURED = re.compile("(?:farb|farben|farbig)$")
SHADES = (
    "hell dunkel knall grell pastell neon matt matte light dark bright deep pale himmel kobalt azur royal leucht "
    "gras flaschen moos tannen feuer wein kirsch rubin zitronen stahl stein asphalt schnee tief sky ice forest lime"
)


@cache
def colour_words() -> Mapping[str, str]:
    """Stem of a colour word to the colour's English name."""
    words: dict[str, str] = {}
    for line in COLOURS.strip().splitlines():
        name, *others = line.split()
        for word in (name, *others):
            words.setdefault(stem_of(word), name)
    return words


@cache
def _shades() -> tuple[str, ...]:
    return tuple(stem_of(shade) for shade in SHADES.split())


def colour_of(stem: str) -> str | None:
    """The English name of the colour a stem means: "rot", "dunkelrot" and "knallrot" are red; None for others."""
    words = colour_words()
    if stem in words:
        return words[stem]
    bare = COLOURED.sub("", stem)
    if bare != stem:
        return words.get(bare)
    for shade in _shades():
        base = words.get(stem.removeprefix(shade))
        if base and stem != base and stem.startswith(shade):
            return base
    return None


@lru_cache(maxsize=4096)
def colours_in(recorded: str) -> tuple[str, ...]:
    """The English names of the colours in a recorded value such as "Schwarz/Rot matt", in its order."""
    found = (colour_of(stem_of(run)) for run, _ in runs(recorded))
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=16384)
def same_colour(recorded: str, asked: str) -> bool:
    """True where a product recorded in one colour is what was asked for; both may be in either language."""
    if recorded.casefold() == asked.casefold():
        return bool(recorded)
    wanted, there = colours_in(asked), colours_in(recorded)
    if len(wanted) != 1 or not there:
        return False
    return wanted[0] in there or (BASES.get(there[0]) == wanted[0] and len(there) == 1)
