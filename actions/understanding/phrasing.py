"""The phrases of a catalogue, cut into words as messages are, with everything each of them may mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from actions.understanding.catalogue import Snapshot, related, within
from actions.understanding.everyday import everyday_words, negators
from actions.understanding.generic import same_values
from actions.understanding.meanings import Kind, Meaning, Named, phrases_of
from actions.understanding.reading import CLAUSE_BREAKS
from actions.understanding.spelling import Token, fold, runs, stem, tokenise
from actions.understanding.units import units
from actions.understanding.wordlists import words

GENERAL = 0.5
LEAST_OPENING = 4
OPENING = frozenset({Kind.CATEGORY, Kind.USE, Kind.BRAND, Kind.VALUE})
QUALITIES = frozenset({Kind.VALUE, Kind.USE})
VAGUE = words("fit use make back kind art teil type preis price set max min maximal maximum")
ABBREVIATIONS = words(
    "ca max min mind gr nr no inkl exkl zzgl bzw evtl ggf st stk art usw etc approx incl vs z b zw"
)
FUNCTION_WORDS = words(
    "der die das ein eine in im am an auf für mit und oder zu zum zur von bei "
    "the a of on for to with and or is it all"
)
SILENT = CLAUSE_BREAKS | frozenset("()'")
NONE_OF_ITS_OWN: Mapping[str, tuple[Meaning, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Phrase (stems parted by spaces) to its meanings.

    `mixed` are runs of letters and figures that stay whole ("mp3"), `joined` phrases of several words typed as one;
    `spellings` maps a stem to the words as the catalogue spells them. `lent` are the stems that no phrase of the
    shop's own holds.
    """

    meanings: Mapping[str, tuple[Meaning, ...]]
    mixed: frozenset[str]
    joined: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    lent: frozenset[str] = frozenset()

    @classmethod
    def build(cls, snapshot: Snapshot, common: Iterable[Named] = ()) -> "Phrasing":
        """Collect the phrases of a catalogue; one of two or three words is also known as one word.

        `common` are phrases that the shop does not use itself; where it does use one, its own meaning stays alone.
        """
        made = _Collected()
        for text, meaning in dict.fromkeys(phrases_of(snapshot)):
            made.add(text, meaning)
        own = {key: tuple(named.values()) for key, named in made.table.items()} if common else {}
        for text, meaning in common:
            made.add(text, meaning, own)
        return cls(
            {key: tuple(named.values()) for key, named in made.table.items()},
            frozenset(made.mixed),
            frozenset(made.joined),
            {key: tuple(typed) for key, typed in made.spellings.items()},
            _words_in(made.table) - _words_in(own) if common else frozenset(),
        )

    @property
    def stems(self) -> frozenset[str]:
        """Every stem that a phrase holds."""
        return _words_in(self.meanings)

    @property
    def kinds(self) -> frozenset[str]:
        """Single words that name a category."""
        return frozenset(
            phrase for phrase, named in self.meanings.items() if any(m.kind is Kind.CATEGORY for m in named)
        )

    @property
    def openings(self) -> frozenset[str]:
        """What opens the name of a kind within another, like "trekking" in "Trekkingräder"."""
        found: set[str] = set()
        for kind in (word for word in self.kinds - self.lent if word.isalpha() and word not in self.joined):
            for at in range(LEAST_OPENING, len(kind) - 2):
                inner = self._categories(kind[at:]) if kind[at:] in self.meanings else ()
                if any(related(one, other) for one in self._categories(kind) for other in inner):
                    found.add(kind[:at])
        return frozenset(found)

    def _categories(self, phrase: str) -> tuple[str, ...]:
        return tuple(meaning.name for meaning in self.meanings[phrase] if meaning.kind is Kind.CATEGORY)

    @property
    def modifiers(self) -> frozenset[str]:
        """Single words for a kind, a use, a brand or a value, which may open a compound: "Rennrad-", "Winter-"."""
        return frozenset(
            phrase
            for phrase, named in self.meanings.items()
            if any(meaning.kind in OPENING and meaning.weight > GENERAL for meaning in named)
        )


def _words_in(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


@dataclass(slots=True)
class _Collected:
    """Phrases while they are being collected."""

    table: defaultdict[str, dict[tuple[str, str], Meaning]] = field(default_factory=lambda: defaultdict(dict))
    mixed: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    spellings: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str, meaning: Meaning, own: Mapping[str, tuple[Meaning, ...]] = NONE_OF_ITS_OWN) -> None:
        """Note a phrase under every key it may be typed as, but for those with meanings of the shop's `own`."""
        tokens = phrase_tokens(text)
        if not tokens or (len(tokens) == 1 and _is_idle(tokens[0], meaning)):
            return
        whole = {" ".join(token.stem for token in tokens), _with_commas(text)}
        as_one = _joined(tokens)
        keys = {key for key in {*whole, as_one} - {""} if not _is_taken(own.get(key, ()), meaning)}
        if not keys & whole:
            return
        for token in tokens:
            self.spellings[token.stem][token.typed] = None
        self.mixed.update(fold(run) for run, _ in runs(text) if not run.isalpha() and _is_name_like(fold(run)))
        self.joined |= keys & {as_one}
        for key in keys:
            _add(self.table[key], meaning, "".join(token.word for token in tokens))


def _is_taken(own: tuple[Meaning, ...], common: Meaning) -> bool:
    """True where the shop's words mean something else; a department's half name leaves its part the whole: "TV"."""
    return any(
        not (known.kind is Kind.USE and known.weight <= GENERAL)
        and not (known.kind is Kind.CATEGORY and known.weight < 1 and within(common.name, known.name))
        for known in own
    )


def _add(named: dict[tuple[str, str], Meaning], meaning: Meaning, spelt: str) -> None:
    known = named.get((meaning.kind, meaning.name))
    if known is None or known.weight < meaning.weight:
        lent = meaning.lent and (known is None or known.lent)
        named[meaning.kind, meaning.name] = replace(meaning, spelt=spelt, lent=lent)
    elif known.weight == meaning.weight:
        named[meaning.kind, meaning.name] = replace(meaning, spelt=f"{known.spelt}|{spelt}")


def phrase_tokens(text: str) -> list[Token]:
    """The tokens of a catalogue phrase, cut as a message would be."""
    return [token for token in title_tokens(text) if token.word not in SILENT]


def title_tokens(text: str) -> list[Token]:
    """The tokens of a title with its signs, cut as a message would be."""
    return tidied(tokenise(text, keep=_is_name_like))


def _with_commas(text: str) -> str:
    """The phrase as it stands in a message that quotes a title with its commas."""
    return " ".join(token.stem for token in title_tokens(text) if token.word not in SILENT or token.word == ",")


def tidied(tokens: list[Token]) -> list[Token]:
    """The tokens without hyphens inside words, but with those between figures, and without abbreviations' stops."""
    kept = []
    for at, token in enumerate(tokens):
        inside = 0 < at < len(tokens) - 1 and token.glued and tokens[at + 1].glued
        figures = inside and not tokens[at - 1].word.isalpha() and tokens[at + 1].word[:1].isdigit()
        shortened = token.word == "." and at > 0 and token.glued and tokens[at - 1].word in ABBREVIATIONS
        if token.word and (token.word not in "-–" or not inside or figures) and not shortened:
            kept.append(token)
    return kept


def _is_name_like(run: str) -> bool:
    """True for "mp3" and "4k", which stay whole, not for "28zoll"."""
    letters = run.lstrip("0123456789.,")
    return letters == run or letters not in units()


def _is_idle(token: Token, meaning: Meaning) -> bool:
    """Words no catalogue can claim: "die", "no", and "can" as the name of a value."""
    if token.word in FUNCTION_WORDS | negators():
        return True
    if meaning.kind is Kind.ATTRIBUTE:
        return token.word in VAGUE
    return meaning.kind in QUALITIES and token.word in everyday_words() and token.stem not in same_values()


def _joined(tokens: list[Token]) -> str:
    plain = len(tokens) in (2, 3) and all(token.word.isalpha() for token in tokens)
    return stem("".join(token.word for token in tokens)) if plain else ""
