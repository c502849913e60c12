"""Reads the qualities wished for: colours, recorded values, uses, tiers, and which of them do not matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.understanding.catalogue import within
from actions.understanding.colours import colour_of, colours_in, same_colour
from actions.understanding.everyday import everyday_words
from actions.understanding.generic import DEAR, same_values, tier_words
from actions.understanding.meanings import USE, Kind, Meaning
from actions.understanding.reading import Mention, Reading
from actions.understanding.records import Records
from actions.understanding.spelling import fold
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "open_colour": (
        "~farbe|colour|color *3 egal|wurst|any|whatever|doesnt|beliebig",
        "egal|any|jede *2 ~farbe|colour|color",
    ),
    "open_size": ("größe|size *3 egal|doesnt|beliebig|any", "egal|any|jede *2 größe|size"),
    "open_brand": ("~marke|brand|hersteller *3 egal|doesnt|beliebig|any", "egal|any *2 ~marke|brand|hersteller"),
    "knows_not": ("ich|wer|man|du|keiner weiß|weiss", "weiß|weiss nicht|nich|ich|noch|schon|auch"),
    "not_dear": ("nicht|not|nichts|nothing|kein|keine|keinen *2 ~teuer|expensive|pricey|kostspielig",),
}
ATTRIBUTE_REACH = 3
RELATIVE = words(
    "leicht leichte leichtes leichten leichter schwer schwere schweres groß große großes großen großer klein "
    "kleine kleines kleinen kleiner hoch hohe hohes niedrig light heavy big large small high low full ganz "
    "medium mittel"
)
FAR_MORE = 8
EQUIPPED = words("mit with inkl inklusive including hat has have haben samt")
PURPOSE = words("fur furs zum zur for to nur")
NEEDING_NOUN = frozenset({"budget", "pro"})
NOT_TRUE = frozenset({"yes", "no", "none", "true", "false", "ja", "nein"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where wishes are looked up: the catalogue's records and the categories the message asks for."""

    records: Records
    categories: tuple[str, ...]

    def recorded(self, attribute: str) -> tuple[str, ...]:
        """The values of an attribute in the categories meant, else anywhere in the catalogue."""
        here = tuple(self.records.values(self.categories, attribute))
        return here or tuple(self.records.values((), attribute))


def read_colours(reading: Reading, mentions: list[Mention], place: Place) -> dict[Mention, tuple[str, ...]]:
    """Each mention of a colour with the recorded colours it accepts, the nearest first."""
    verbs = {at for start, end in reading.spans("knows_not") for at in range(start, end)}
    found: dict[Mention, tuple[str, ...]] = {}
    for mention in mentions:
        if reading.is_free(mention.start, mention.end) and mention.start not in verbs:
            colours = _accepted(reading, mention, place)
            if colours:
                found[mention] = colours
    return found


def _accepted(reading: Reading, mention: Mention, place: Place) -> tuple[str, ...]:
    recorded = place.recorded("colour")
    named = [meaning.name for meaning in mention.of(Kind.COLOUR)]
    exact = [colour for colour in recorded if colour.casefold() in (name.casefold() for name in named)]
    general = [name for at in range(mention.start, mention.end) if (name := colour_of(reading[at].stem))]
    if not named and (not general or mention.end - mention.start > 2):
        return ()
    alike = [colour for colour in recorded for name in general or named if same_colour(colour, name)]
    plain = sorted(alike, key=lambda colour: len(colours_in(colour)))
    return tuple(dict.fromkeys([*exact, *([] if exact and named else plain)])) or tuple(general[:1] or named[:1])


def colour_mentions(reading: Reading) -> list[Mention]:
    """Mentions of colours, also of general ones that the catalogue does not name."""
    known = list(reading.named(Kind.COLOUR))
    covered = {at for mention in reading.mentions for at in range(mention.start, mention.end)}
    for at, token in enumerate(reading.tokens):
        name = colour_of(token.stem)
        inside = next((m for m in reading.mentions if m.start <= at < m.end), None)
        if name and (at not in covered or (inside and inside not in known and inside.end - inside.start == 1)):
            known.append(
                Mention(at, at + 1, (*(inside.meanings if inside else ()), Meaning(Kind.COLOUR, name, 0.5)))
            )
    return sorted(known, key=lambda mention: mention.start)


def read_uses(reading: Reading, mentions: list[Mention], place: Place) -> tuple[str, ...]:
    """The uses named, as the catalogue records them; a general one it does not know only after "für"."""
    uses: list[str] = []
    for mention in mentions:
        meanings = mention.of(Kind.USE)
        if not meanings or not reading.is_free(mention.start, mention.end):
            continue
        known = [m.name for m in meanings if m.name in place.recorded(USE) or _serves(place, m.name)]
        if known:
            uses.append(known[0])
            reading.use(mention.start, mention.end)
        elif reading.is_led_by(mention.start, PURPOSE):
            uses.append(meanings[0].name)
    return tuple(dict.fromkeys(uses))


def _serves(place: Place, use: str) -> bool:
    """True where a category, not only a product, is recorded for a use."""
    return any(
        use in uses
        for path, uses in place.records.uses.items()
        if any(within(path, c) for c in place.categories or ("",))
    )


def values_meant(reading: Reading, mention: Mention, place: Place) -> dict[str, tuple[str, ...]]:
    """The attribute and recorded values a mention asks for; every value that holds the named words is accepted."""
    named = [meaning.name.casefold() for meaning in mention.of(Kind.VALUE)]
    near = _attributes_near(reading, mention)
    holders = [(name, value) for value in named for name in place.records.holding(place.categories, value)]
    chosen = next((pair for pair in holders if pair[0] in near), None)
    if chosen is None and not _is_relative(reading, mention, place):
        chosen = _first(holders, place)
    if chosen:
        wanted = [value for attribute, value in holders if attribute == chosen[0]]
        return {chosen[0]: _including(wanted, tuple(place.records.values(place.categories, chosen[0])))}
    return {"material": tuple(named[:1])} if _is_material(reading, mention, place, named) else {}


def _first(holders: list[tuple[str, str]], place: Place) -> tuple[str, str] | None:
    """The attribute the merchant lists first, unless a word is the value of another one far more often."""
    counts = {pair: place.records.values(place.categories, pair[0])[pair[1]] for pair in holders}
    most = max(counts.values(), default=0)
    return next((pair for pair in holders if counts[pair] * FAR_MORE >= most), None)


def _is_relative(reading: Reading, mention: Mention, place: Place) -> bool:
    """True for "leicht" and, without a kind, "lange": they say nothing of an attribute not named beside them."""
    vague = RELATIVE if place.categories else RELATIVE | everyday_words()
    return mention.end - mention.start == 1 and reading.word(mention.start) in vague


def _is_material(reading: Reading, mention: Mention, place: Place, values: list[str]) -> bool:
    """True for a material that the category does not have although the shop knows it."""
    everywhere = place.records.values((), "material")
    known = reading[mention.start].stem in same_values() and any(value in everywhere for value in values)
    return known and bool(place.categories)


def _including(wanted: list[str], recorded: tuple[str, ...]) -> tuple[str, ...]:
    exact = dict.fromkeys(wanted)
    words = [set(value.split()) for value in wanted]
    wider = (value for value in recorded if any(some <= set(value.split()) for some in words))
    return tuple(dict.fromkeys([*exact, *wider]))


def _attributes_near(reading: Reading, mention: Mention) -> set[str]:
    return {
        meaning.name
        for other in reading.named(Kind.ATTRIBUTE)
        if other is not mention
        and other.start - mention.end < ATTRIBUTE_REACH
        and mention.start - other.end < ATTRIBUTE_REACH
        for meaning in other.of(Kind.ATTRIBUTE)
    }


def equipment_meant(reading: Reading, mention: Mention, place: Place) -> dict[str, tuple[str, ...]]:
    """An attribute that shall be there: "mit Licht"; a yes-or-no attribute needs no "mit"."""
    equipped = reading.is_led_by(mention.start, EQUIPPED)
    for meaning in mention.of(Kind.ATTRIBUTE):
        values = place.records.values(place.categories, meaning.name)
        positive = place.records.positive(place.categories, meaning.name) if values else ()
        positive = positive or (place.records.positive((), meaning.name) if values else ())
        yes_or_no = bool(values) and set(values) <= NOT_TRUE
        if positive and (equipped or yes_or_no) and place.records.dimension(place.categories, meaning.name) is None:
            return {meaning.name: positive}
    return {}


def read_tier(reading: Reading) -> int | None:
    """1 for cheap and entry level, 2 for the middle, 3 for premium; "nicht zu teuer" is 1."""
    for start, end in reading.spans("not_dear"):
        reading.use(start, end)
        return 1
    dear = {fold(word) for word in DEAR.split()}
    for at, token in enumerate(reading.tokens):
        tier = tier_words().get(token.stem)
        named = any(m.start <= at < m.end and m.of(Kind.CATEGORY, Kind.FAMILY) for m in reading.mentions)
        noun = any(m.start == at + 1 and m.of(Kind.CATEGORY, Kind.FAMILY) for m in reading.mentions)
        if token.word in NEEDING_NOUN and not noun:
            continue
        if tier and at not in reading.used and not named and token.word not in dear and token.stem not in dear:
            reading.use(at, at + 1)
            return tier
    return None


def read_open(reading: Reading) -> frozenset[str]:
    """What the shopper says does not matter: "colour", "size", "brand"."""
    lifted = frozenset(name for name in ("colour", "size", "brand") if reading.spans(f"open_{name}"))
    for start, end in reading.spans(*(f"open_{name}" for name in lifted)):
        reading.use(start, end)
    return lifted
