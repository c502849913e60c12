"""What the words of one message say about products, limits, choices and hesitation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from actions.offers.situation import Hesitation
from actions.understanding.catalogue import within as is_within
from actions.understanding.hesitation import read_hesitation
from actions.understanding.kinds import Wanted, read_kinds
from actions.understanding.leftover import read_leftover
from actions.understanding.lexicon import Lexicon
from actions.understanding.measures import read_measures
from actions.understanding.models import Named
from actions.understanding.negation import negated_mentions
from actions.understanding.people import read_people
from actions.understanding.pointing import Comparison, read_comparison, read_ordinals, read_preference
from actions.understanding.prices import read_prices
from actions.understanding.quantities import read_quantity, read_step
from actions.understanding.reading import Mention, Reading
from actions.understanding.sizes import read_sizes
from actions.understanding.traits import read_traits
from actions.understanding.wishes import Place, colour_mentions, read_open, read_tier
from actions.understanding.wordlists import words

Alternatives = Mapping[str, tuple[str, ...]]
NOTHING_ELSE: Alternatives = MappingProxyType({})
GOES_WITH = words("für fürs zu zum zur for to with mit")


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything read from one message; empty and None where nothing was said.

    `categories` are the kinds of product asked for, all meant alike, the first the likeliest; `kind_words` named
    them, `for_what` are kinds and `goes_with` models the product shall go with. `wanted` maps colour, size, brand
    and attributes to the recorded values that are welcome or to a limit (">=20"); `unwanted` maps them and
    "category" to what is refused. Prices are inclusive limits in minor units, `lifted` names limits that no
    longer matter ("price", "colour", ...). `quantity` is a number of pieces, `quantity_step` by how many it
    changes. `words` are for the full-text search, `unknown` those of them that nothing in the shop holds, both
    as typed; `qualities` are those that say what a product shall have ("mit Akku"). `corrected` pairs a typed word
    with what it was taken for.
    """

    text: str = ""
    language: str = "de"
    categories: tuple[str, ...] = ()
    kind_words: tuple[str, ...] = ()
    for_what: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    max_price: int | None = None
    min_price: int | None = None
    wanted: Alternatives = field(default=NOTHING_ELSE)
    unwanted: Alternatives = field(default=NOTHING_ELSE)
    lifted: frozenset[str] = frozenset()
    tier: int | None = None
    uses: tuple[str, ...] = ()
    quantity: int | None = None
    quantity_step: int = 0
    ordinals: tuple[int, ...] = ()
    comparison: Comparison | None = None
    preference: Comparison | None = None
    hesitation: Hesitation | None = None
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    nearest_category: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def category(self) -> str | None:
        """The kind of product asked for; the likeliest where several are meant."""
        return self.categories[0] if self.categories else None

    @property
    def ordinal(self) -> int | None:
        """The place pointed at; None where none or several are."""
        return self.ordinals[0] if len(self.ordinals) == 1 else None

    @property
    def brand(self) -> str | None:
        """The brand asked for, alternatives parted by bars."""
        return self._joined("brand")

    @property
    def colour(self) -> str | None:
        """The colour asked for as recorded, alternatives parted by bars."""
        return self._joined("colour")

    @property
    def size(self) -> str | None:
        """The size asked for as recorded, alternatives parted by bars."""
        return self._joined("size")

    @property
    def attributes(self) -> Mapping[str, str]:
        """All wishes but uses in the notation of `offers.attributes.satisfies`."""
        return {name: "|".join(values) for name, values in self.wanted.items()}

    def _joined(self, name: str) -> str | None:
        values = self.wanted.get(name)
        return "|".join(values) if values else None


def understand(text: str, language: str, lexicon: Lexicon, *, within: str = "") -> Understood:
    """Read one message; never raises, whatever the text. Words of both languages are always understood.

    `within` is the category in discussion: there "unter 12 kg" and "mit Licht" are looked up where none is named.
    """
    reading = lexicon.read(text)
    subject = _subject(reading, lexicon, within)
    amounts = _amounts(reading, subject.place)
    ordinals, prices = read_ordinals(reading), read_prices(reading)
    comparison = read_comparison(reading)
    traits = read_traits(reading, subject.refused, subject.place)
    tier, lifted, preference = read_tier(reading), read_open(reading), read_preference(reading)
    quantity, leftover = read_quantity(reading), read_leftover(reading, lexicon)
    return Understood(
        text=text,
        language=language,
        categories=subject.kinds.categories,
        kind_words=subject.kinds.words,
        for_what=lexicon.categories_of(subject.goes_with) or subject.kinds.for_what,
        goes_with=subject.goes_with,
        families=subject.families,
        max_price=prices.highest,
        min_price=prices.lowest,
        wanted={**traits.wanted, **amounts},
        unwanted=traits.unwanted,
        lifted=lifted | ({"price"} if prices.lifted else frozenset()),
        tier=tier,
        uses=traits.uses,
        quantity=quantity if len(ordinals) < 2 else None,
        quantity_step=read_step(reading),
        ordinals=ordinals,
        comparison=comparison,
        preference=preference,
        hesitation=read_hesitation(reading),
        words=leftover.words,
        unknown=leftover.unknown,
        qualities=leftover.qualities,
        nearest_category=subject.kinds.nearest or leftover.nearest_category,
        corrected=_corrected(reading, lexicon),
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a message is about: kinds, models, what is refused, and where wishes are looked up."""

    kinds: Wanted
    families: tuple[str, ...]
    goes_with: tuple[str, ...]
    refused: frozenset[Mention]
    place: Place


def _subject(reading: Reading, lexicon: Lexicon, within: str) -> _Subject:
    named = lexicon.models.find(reading)
    refused = negated_mentions(reading, _all_mentions(reading))
    kinds = read_kinds(
        reading, refused, lexicon.kinds, lexicon.records, lexicon.is_strange, lexicon.is_titled, within
    )
    families = _families(named, kinds.categories, lexicon)
    beside = tuple(f for f in named.families if f not in families)
    goes_with = beside if _is_certain(named, reading) else ()
    if families or goes_with:
        reading.used |= named.places
    discussed = (within,) if within else ()
    place = Place(lexicon.records, kinds.categories or lexicon.categories_of(families) or discussed)
    return _Subject(kinds, families, goes_with, refused, place)


def _amounts(reading: Reading, place: Place) -> dict[str, tuple[str, ...]]:
    people = read_people(reading, place.records, place.categories)
    measures = read_measures(reading, place.records, place.categories)
    sizes = read_sizes(reading, place.records.values(place.categories, "size"), place.records.values((), "size"))
    amounts = {name: (wish,) for name, wish in (*measures.items(), *people.items())}
    return amounts | ({"size": sizes} if sizes else {})


def _corrected(reading: Reading, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    return tuple((t.typed, lexicon.spelt(t)) for t in reading.tokens if t.repaired and lexicon.is_named(t))


def _families(named: Named, categories: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The models asked for: in "Schloss fürs Grat 2" the model is only what the lock is for."""
    inside = [f for f in named.families if any(is_within(lexicon.families[f], path) for path in categories)]
    return tuple(inside) if categories else named.families


def _is_certain(named: Named, reading: Reading) -> bool:
    """True for a whole name, and for a name after "für" or "zu"."""
    return named.sure or any(reading.is_led_by(at, GOES_WITH) for at in named.places)


def _all_mentions(reading: Reading) -> list[Mention]:
    """What the catalogue names and colours, in reading order."""
    by_place = {mention.start: mention for mention in (*reading.mentions, *colour_mentions(reading))}
    return [by_place[start] for start in sorted(by_place)]
