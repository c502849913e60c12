"""The kinds of products that many shops sell, German beside English, for shops that wrote no words of their own."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from actions.folders import DATA
from actions.offers.products import Words
from actions.understanding.phrasing import phrase_tokens
from actions.understanding.spelling import Token, stem

COMMON_KINDS = DATA / "shop" / "common-kinds.csv"
LONGEST_JOINED = 3
OPENING = 3


@dataclass(frozen=True, slots=True)
class CommonKind:
    """A kind by its key, its title as a heading and every phrase for it, the title first."""

    name: str
    title: Words
    german: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of both languages."""
        return tuple(dict.fromkeys((*self.german, *self.english)))

    def is_titled(self, phrase: str) -> bool:
        """True for the title in one of the languages."""
        return phrase in (self.title.de, self.title.en)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A phrase of a kind: how its folded words are spelt, in which languages, and whether it is the title.

    `listed` is what stands in the list itself, in singular or plural.
    """

    kind: CommonKind
    spelt: str
    languages: frozenset[str]
    is_title: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrase (stems parted by spaces, or joined) to the kinds it names.

    `openings` are the first letters of phrases, `heads` the stems they end in, `ends` the German titles, by stem,
    which compounds may end in; `words` are the phrases as they are spelt, in one word.
    """

    table: Mapping[str, tuple[Spoken, ...]]
    openings: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]
    ends: frozenset[str]

    @classmethod
    def of(cls, kinds: Iterable[CommonKind]) -> "Vocabulary":
        """The phrases of some kinds."""
        table: defaultdict[str, dict[tuple[str, str], Spoken]] = defaultdict(dict)
        openings: set[str] = set()
        heads: set[str] = set()
        ends: set[str] = set()
        for kind in kinds:
            for language, phrases in (("de", kind.german), ("en", kind.english)):
                for phrase in phrases:
                    tokens = phrase_tokens(phrase)
                    openings.add(tokens[0].word[:OPENING])
                    heads.add(tokens[-1].stem)
                    ends |= {tokens[0].stem} if phrase == kind.title.de and len(tokens) == 1 else set()
                    for key, spelt, listed in _numbers(tokens, language):
                        known = table[key].get((kind.name, spelt))
                        languages = (known.languages if known else frozenset()) | {language}
                        titled = kind.is_titled(phrase) or (known is not None and known.is_title)
                        stated = listed or (known is not None and known.listed)
                        table[key][kind.name, spelt] = Spoken(kind, spelt, languages, titled, stated)
        named = {key: tuple(found.values()) for key, found in table.items()}
        words = frozenset(each.spelt for found in named.values() for each in found)
        return cls(named, frozenset(openings), frozenset(heads), words, frozenset(ends))

    def may_begin(self, token: Token) -> bool:
        """False for a word that no phrase begins like."""
        return token.word[:OPENING] in self.openings

    def named_by(self, tokens: list[Token]) -> tuple[Spoken, ...]:
        """The kinds that words name: as their title, else spelt just so, else by their stems."""
        if not tokens or not self.may_begin(tokens[0]):
            return ()
        for key, spelt in spellings(tokens):
            found = self.table.get(key, ())
            exact = tuple(spoken for spoken in found if spoken.spelt == spelt)
            if exact or found:
                titled = tuple(spoken for spoken in exact if spoken.is_title)
                return titled or tuple(spoken for spoken in exact if spoken.listed) or exact or found
        return ()


def spellings(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The key of some words with how they are spelt, then the same typed as one word."""
    spelt = "".join(token.word for token in tokens)
    if tokens:
        yield " ".join(token.stem for token in tokens), spelt
    if 1 < len(tokens) <= LONGEST_JOINED and spelt.isalpha():
        yield stem(spelt), spelt


def _numbers(tokens: list[Token], language: str) -> Iterator[tuple[str, str, bool]]:
    """The spellings of a phrase; of an English one with and without the s of the plural, whichever is listed."""
    for key, spelt in spellings(tokens):
        yield key, spelt, True
        if language == "en" and len(spelt) > OPENING and not spelt.endswith("ss"):
            yield key, spelt.removesuffix("s") if spelt.endswith("s") else f"{spelt}s", False


@cache
def common_kinds() -> Vocabulary:
    """The kinds that come with the product."""
    with COMMON_KINDS.open(encoding="utf-8", newline="") as file:
        return Vocabulary.of([_kind(row) for row in csv.DictReader(file)])


def _kind(row: Mapping[str, str]) -> CommonKind:
    german, english = (_listed(row[f"title_{end}"], row[f"synonyms_{end}"]) for end in ("de", "en"))
    return CommonKind(row["kind"], Words(row["title_de"], row["title_en"]), german, english)


def _listed(title: str, synonyms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((title, *synonyms.split("|"))))
