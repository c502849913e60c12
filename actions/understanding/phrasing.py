"""The phrases of a catalogue, cut into words as messages are, with everything each of them may mean."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions.understanding.catalogue import Snapshot, related
from actions.understanding.everyday import everyday_words, negators
from actions.understanding.generic import same_values
from actions.understanding.meanings import Kind, Meaning, phrases_of
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


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Phrase (stems parted by spaces) to its meanings.

    `mixed` are runs of letters and figures that stay whole ("mp3"), `joined` phrases of several words typed as one;
    `spellings` maps a stem to the words as the
    catalogue spells them.
    """

    meanings: Mapping[str, tuple[Meaning, ...]]
    mixed: frozenset[str]
    joined: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, snapshot: Snapshot) -> "Phrasing":
        """Collect the phrases of a catalogue; one of two or three words is also known as one word."""
        table: defaultdict[str, dict[tuple[str, str], Meaning]] = defaultdict(dict)
        mixed: set[str] = set()
        joined: set[str] = set()
        spellings: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for text, meaning in dict.fromkeys(phrases_of(snapshot)):
            tokens = phrase_tokens(text)
            if not tokens or (len(tokens) == 1 and _is_idle(tokens[0], meaning)):
                continue
            for token in tokens:
                spellings[token.stem][token.typed] = None
            mixed.update(fold(run) for run, _ in runs(text) if not run.isalpha() and _is_name_like(fold(run)))
            spelt = "".join(token.word for token in tokens)
            for key in {" ".join(token.stem for token in tokens), _with_commas(text)}:
                _add(table[key], meaning, spelt)
            as_one = _joined(tokens)
            if as_one:
                joined.add(as_one)
                _add(table[as_one], meaning, spelt)
        return cls(
            {key: tuple(named.values()) for key, named in table.items()},
            frozenset(mixed),
            frozenset(joined),
            {key: tuple(typed) for key, typed in spellings.items()},
        )

    @property
    def stems(self) -> frozenset[str]:
        """Every stem that a phrase holds."""
        return frozenset(word for phrase in self.meanings for word in phrase.split())

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
        for kind in (word for word in self.kinds if word.isalpha() and word not in self.joined):
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


def _add(named: dict[tuple[str, str], Meaning], meaning: Meaning, spelt: str) -> None:
    known = named.get((meaning.kind, meaning.name))
    if known is None or known.weight < meaning.weight:
        named[meaning.kind, meaning.name] = replace(meaning, spelt=spelt)
    elif known.weight == meaning.weight:
        named[meaning.kind, meaning.name] = replace(meaning, spelt=f"{known.spelt}|{spelt}")


def phrase_tokens(text: str) -> list[Token]:
    """The tokens of a catalogue phrase, cut as a message would be."""
    return [token for token in tidied(tokenise(text, keep=_is_name_like)) if token.word not in SILENT]


def _with_commas(text: str) -> str:
    """The phrase as it stands in a message that quotes a title with its commas."""
    tokens = tidied(tokenise(text, keep=_is_name_like))
    return " ".join(token.stem for token in tokens if token.word not in SILENT or token.word == ",")


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
