"""Finds the models a message names: whole names first, then the words that only few names hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from actions.offers.products import Product
from actions.understanding.catalogue import Snapshot
from actions.understanding.meanings import HEAD_SHARE, Kind, Meaning
from actions.understanding.prices import CURRENCY
from actions.understanding.reading import Mention, Reading
from actions.understanding.spelling import runs, stem_of
from actions.understanding.units import units
from actions.understanding.wordlists import words

RARE = 6
# "trägt mich das?": a word before one of these is a verb, whatever is called so too
AFTER_A_VERB = words("mich mir dich dir uns es er man")
SPEAKING = frozenset({Kind.CATEGORY, Kind.VALUE, Kind.USE, Kind.ATTRIBUTE, Kind.COLOUR, Kind.BRAND, Kind.SIZE})


@dataclass(frozen=True, slots=True)
class Named:
    """Families a message names, and where; `sure` where a whole name or a name with its figure stands there."""

    families: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ModelNames:
    """Which words name which family; `whole` are all words of a family's name, `telling` those that stand alone.

    `longer` are the families whose name goes on where a family's own ends, with what it goes on with.
    """

    whole: Mapping[str, frozenset[str]]
    telling: Mapping[str, frozenset[str]]
    longer: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]

    @classmethod
    def build(
        cls, snapshot: Snapshot, meanings: Mapping[str, tuple[Meaning, ...]], everyday: frozenset[str]
    ) -> "ModelNames":
        """A word is telling where few models hold it and it means nothing else."""
        whole = {family: _name_words(variants[0]) for family, variants in snapshot.families.items()}
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for family, own in whole.items():
            for word in own:
                holders[word].add(family)
        telling = {
            word: frozenset(families)
            for word, families in holders.items()
            if len(families) <= RARE and len(word) > 2 and not word.isdigit() and word not in everyday
            if not any(meaning.kind in SPEAKING for meaning in meanings.get(word, ()))
        }
        return cls(whole, telling, _longer({family: _names(v[0]) for family, v in snapshot.families.items()}))

    def find(self, reading: Reading) -> Named:
        """The families named, best first."""
        whole = [m for m in reading.named(Kind.FAMILY) if self._stands_alone(reading, m)]
        if not whole:
            return self._by_telling_words(reading)
        said = {token.stem for token in reading.tokens}
        named = (self._in_full(meaning.name, said) for m in whole for meaning in m.of(Kind.FAMILY))
        families = tuple(dict.fromkeys(named))
        return Named(families, frozenset(at for m in whole for at in range(m.start, m.end)), sure=True)

    def _stands_alone(self, reading: Reading, mention: Mention) -> bool:
        """True for a whole name, unless it is one word that may mean something else too."""
        if any(reading[at].part for at in range(mention.start, mention.end)) or _is_verb(reading, mention):
            return False
        tells = any(reading[at].stem in self.telling for at in range(mention.start, mention.end))
        other = any(m.kind in SPEAKING and m.weight > HEAD_SHARE for m in mention.meanings)
        return mention.end - mention.start > 1 or (tells and not other)

    def _in_full(self, family: str, said: set[str]) -> str:
        """The family whose longer name is said in full: the "Markt 2 Vorjahresmodell" is not the "Markt 2"."""
        fuller = [(len(rest), other) for other, rest in self.longer.get(family, ()) if rest <= said]
        return max(fuller)[1] if fuller else family

    def _by_telling_words(self, reading: Reading) -> Named:
        hits: defaultdict[str, set[str]] = defaultdict(set)
        places: set[int] = set()
        for at, token in enumerate(reading.tokens):
            barred = token.part or reading.word(at + 1) in AFTER_A_VERB
            families = frozenset() if barred else self.telling.get(token.stem, frozenset())
            figure = _figure(reading, at + 1)
            exact = [family for family in families if figure in self.whole[family]] if figure else []
            if families and not (figure and not exact and all(self._is_numbered(family) for family in families)):
                places |= {at, at + 1} if exact else {at}
                for family in exact or families:
                    hits[family] |= {token.stem, figure} if exact else {token.stem}
        figures = any(len(words) > 1 for words in hits.values())
        return Named(self._best(hits), frozenset(places), sure=figures)

    def _is_numbered(self, family: str) -> bool:
        return any(word.isdigit() for word in self.whole[family])

    def _best(self, hits: Mapping[str, set[str]]) -> tuple[str, ...]:
        most = max((len(words) for words in hits.values()), default=0)
        ranked = sorted(hits, key=lambda family: (-len(hits[family]), len(self.whole[family]), family))
        leading = [family for family in ranked if len(hits[family]) == most]
        return tuple([f for f in leading if self.whole[f] <= hits[f]] or leading)


def _is_verb(reading: Reading, mention: Mention) -> bool:
    return mention.end - mention.start == 1 and reading.word(mention.end) in AFTER_A_VERB


def _figure(reading: Reading, at: int) -> str:
    """The figure at a place if it belongs to a name and is neither a price nor a measure; "eins" is 1."""
    number = reading[at].number if at < len(reading) else None
    if number is None:
        return ""
    # "in" is an inch elsewhere; after a name it leads to a colour or a size
    counts = reading.word(at + 1) in CURRENCY or reading.word(at + 1) in units().keys() - {"in"}
    spoken = reading.word(at).isalpha() and number == int(number)
    return "" if counts else str(int(number)) if spoken else reading.word(at)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem_of(run) for run, _ in runs(text) if run[0].isalnum())


def _names(product: Product) -> tuple[frozenset[str], ...]:
    """The words of each name a model goes by."""
    return tuple(_stems(name) for name in (product.model, product.title.de, product.title.en) if name)


def _longer(names: Mapping[str, tuple[frozenset[str], ...]]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for family, own in names.items():
        for word in frozenset().union(*own):
            holders[word].add(family)
    found: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for family, own in names.items():
        beside = {other for name in own if name for other in set.intersection(*(holders[word] for word in name))}
        rests = [
            (other, longer - name)
            for other in sorted(beside - {family})
            for name in own
            for longer in names[other]
            if name and name < longer
        ]
        if rests:
            found[family] = tuple(rests)
    return found


def _name_words(product: Product) -> frozenset[str]:
    """The words of the model; without one, what both titles share, or the title's words with figures in them."""
    if product.model:
        return _stems(product.model) - _stems(product.brand) or _stems(product.model)
    german, english = _stems(product.title.de), _stems(product.title.en)
    ours = german if not english else english if not german else german & english
    rest = ours - _stems(product.brand)
    if german and english and german != english:
        return rest
    return frozenset(word for word in rest if not word.isalpha())
