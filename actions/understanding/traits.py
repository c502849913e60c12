"""Sorts what a message names into qualities that are wanted and qualities that are refused."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from actions.understanding.kinds import is_adjective
from actions.understanding.meanings import USE, Kind
from actions.understanding.reading import Mention, Reading
from actions.understanding.wishes import (
    Place,
    colour_mentions,
    equipment_meant,
    read_colours,
    read_uses,
    values_meant,
)

SURE = 0.9


@dataclass(frozen=True, slots=True)
class Traits:
    """Attribute to welcome values, attribute to refused values, and the uses named."""

    wanted: Mapping[str, tuple[str, ...]]
    unwanted: Mapping[str, tuple[str, ...]]
    uses: tuple[str, ...]


def read_traits(reading: Reading, refused: frozenset[Mention], place: Place) -> Traits:
    """Read everything a product may be, and mark the words as understood."""
    wanted: dict[str, tuple[str, ...]] = {}
    unwanted = _unwanted(reading, refused, place)
    for mention in refused:
        reading.use(mention.start, mention.end)
    free = [m for m in reading.mentions if m not in refused]
    colours = read_colours(reading, [m for m in colour_mentions(reading) if m not in refused], place)
    for mention, accepted in colours.items():
        wanted["colour"] = (*wanted.get("colour", ()), *accepted)
        reading.use(mention.start, mention.end)
    uses = read_uses(reading, free, place)
    for mention in free:
        for name, values in _meant(reading, mention, place).items():
            wanted[name] = tuple(dict.fromkeys((*wanted.get(name, ()), *values)))
            reading.use(mention.start, mention.end)
    return Traits({name: tuple(dict.fromkeys(values)) for name, values in wanted.items()}, unwanted, uses)


def _meant(reading: Reading, mention: Mention, place: Place) -> dict[str, tuple[str, ...]]:
    if is_adjective(reading, mention) or not reading.is_free(mention.start, mention.end):
        return {}
    brands = mention.of(Kind.BRAND)
    if brands:
        return {"brand": tuple(meaning.name for meaning in brands)}
    values = values_meant(reading, mention, place) if mention.of(Kind.VALUE) else {}
    return values or equipment_meant(reading, mention, place)


def _unwanted(reading: Reading, refused: frozenset[Mention], place: Place) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    colours = read_colours(reading, list(refused), place)
    for mention in sorted(refused, key=lambda m: m.start):
        for name, values in _refused(reading, mention, place, colours.get(mention, ())).items():
            found[name].extend(values)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _refused(
    reading: Reading, mention: Mention, place: Place, colours: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    not_needed = any(end == mention.start for _, end in reading.spans("not_needed"))
    if colours:
        return {"colour": colours}
    if mention.of(Kind.BRAND):
        return {"brand": tuple(meaning.name for meaning in mention.of(Kind.BRAND))}
    equipment = _equipment(mention, place)
    if equipment:
        return {} if not_needed else equipment
    values = _every_holder(mention, place)
    if values:
        return values
    kinds = tuple(meaning.name for meaning in mention.of(Kind.CATEGORY) if meaning.weight >= SURE)
    if kinds:
        return {"category": kinds}
    uses = tuple(meaning.name for meaning in mention.of(Kind.USE))
    return {USE: uses} if uses else {}


def _equipment(mention: Mention, place: Place) -> dict[str, tuple[str, ...]]:
    here = place.records.attributes(place.categories) if place.categories else ()
    for meaning in mention.of(Kind.ATTRIBUTE):
        if meaning.name in here or not place.categories:
            return {meaning.name: place.records.positive(place.categories, meaning.name)}
    return {}


def _every_holder(mention: Mention, place: Place) -> dict[str, tuple[str, ...]]:
    """Each attribute that records a refused value, with every value that holds its words."""
    found: dict[str, tuple[str, ...]] = {}
    for meaning in mention.of(Kind.VALUE):
        value = meaning.name.casefold()
        words = set(value.split())
        for name in place.records.holding(place.categories, value) or place.records.holding((), value):
            recorded = place.records.values(place.categories, name) or place.records.values((), name)
            found[name] = (*found.get(name, ()), *(other for other in recorded if words <= set(other.split())))
    return found
