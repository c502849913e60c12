"""The vocabulary of one catalogue version, built once: spaCy matchers, spelling repair and the full-text index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import spacy
from spacy.lang.de.stop_words import STOP_WORDS as GERMAN_STOP_WORDS
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from actions.understanding import (
    hesitation,
    limits,
    negation,
    pointing,
    prices,
    quantities,
    questions,
    sizes,
    wishes,
)
from actions.understanding.catalogue import Snapshot, above
from actions.understanding.category_words import CategoryVocabulary
from actions.understanding.colours import colour_words
from actions.understanding.everyday import everyday_words, negators
from actions.understanding.fulltext import TextIndex
from actions.understanding.generic import same_values, tier_words
from actions.understanding.meanings import Kind, Meaning, phrases_of
from actions.understanding.models import ModelNames
from actions.understanding.numerals import merge_numbers
from actions.understanding.reading import CLAUSE_BREAKS, Mention, Reading
from actions.understanding.records import Records
from actions.understanding.repair import Repairer
from actions.understanding.rules import BREAK, NUMBER, WORD, matcher, words_of
from actions.understanding.spelling import Token, fold, runs, stem, tokenise
from actions.understanding.units import units
from actions.understanding.wordlists import words

UNKNOWN = "·"
RULES: Mapping[str, tuple[str, ...]] = {
    **limits.RULES,
    **prices.RULES,
    **sizes.RULES,
    **quantities.RULES,
    **pointing.RULES,
    **negation.RULES,
    **hesitation.RULES,
    **wishes.RULES,
    **questions.RULES,
}
WEAK = 0.5
OPENING = frozenset({Kind.CATEGORY, Kind.USE, Kind.BRAND, Kind.VALUE})
ABBREVIATIONS = words(
    "ca max min mind gr nr no inkl exkl zzgl bzw evtl ggf st stk art usw etc approx incl vs dr z b"
)
FUNCTION_WORDS = words(
    "der die das ein eine in im am an auf für mit und oder zu zum zur von bei "
    "the a of on for to with and or is it all"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything needed to read a message against one catalogue; immutable and safe to share between threads."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    repairer: Repairer
    records: Records
    kinds: CategoryVocabulary
    models: ModelNames
    text: TextIndex
    vocab: Vocab
    phrases: PhraseMatcher
    rules: Matcher
    rule_words: frozenset[str]
    stems: frozenset[str]
    families: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    mixed: frozenset[str]
    spellings: Mapping[str, str]

    @classmethod
    def build(cls, snapshot: Snapshot) -> "Lexicon":
        """Read a catalogue's vocabulary; takes well under a second for some thousand products."""
        vocab = spacy.blank("xx").vocab
        meanings, mixed, spellings = _meanings(snapshot)
        text = TextIndex.build(snapshot)
        rule_words, rule_stems = words_of(RULES)
        everyday = (
            everyday_words() | _folded(GERMAN_STOP_WORDS | ENGLISH_STOP_WORDS) | rule_words | frozenset(units())
        )
        stems = frozenset(word for phrase in meanings for word in phrase.split())
        colours = frozenset(colour_words()) | frozenset(tier_words())
        repairer = Repairer(stems | colours, _modifiers(meanings) | colours, text.title_stems, everyday)
        return cls(
            meanings=meanings,
            repairer=repairer,
            kinds=CategoryVocabulary.build(meanings, repairer),
            records=Records.build(snapshot),
            models=ModelNames.build(snapshot, meanings, everyday),
            text=text,
            vocab=vocab,
            phrases=_phrase_matcher(vocab, meanings),
            rules=matcher(vocab, RULES),
            rule_words=rule_words,
            stems=stems | rule_stems | colours,
            families={family: variants[0].category for family, variants in snapshot.families.items()},
            members=_members(snapshot),
            mixed=mixed,
            spellings=spellings,
        )

    def read(self, text: str) -> Reading:
        """The tokens of a message after repair, with what they name and the rules they match."""
        tokens = self.repairer.repair(merge_numbers(_tidied(tokenise(text, self.mixed.__contains__))))
        doc = self._doc(tokens)
        spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for label, start, end in self.rules(doc):
            spans[self.vocab.strings[label]].append((start, end))
        rules = {label: tuple(found) for label, found in spans.items()}
        return Reading(tokens, self._mentions(doc, tokens), rules)

    def categories_of(self, families: Iterable[str]) -> tuple[str, ...]:
        """The categories of some families."""
        return tuple(dict.fromkeys(self.families[family] for family in families))

    def families_in(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """The families of some categories and of those below them; all where none is named."""
        found = (family for path in categories or ("",) for family in self.members.get(path, ()))
        return tuple(dict.fromkeys(found))

    def is_content(self, token: Token) -> bool:
        """True for a word that may name something to buy."""
        return _is_content(token) and not self.repairer.is_everyday(token)

    def is_strange(self, token: Token) -> bool:
        """True for a word of content that no name, fact or description in the shop holds."""
        if not self.is_content(token) or token.stem in self.stems:
            return False
        return not (self.text.knows(token.stem) or self.repairer.heads(token.stem))

    def names(self, token: Token) -> bool:
        """True for a word the catalogue names something by."""
        return token.stem in self.spellings

    def spelt(self, token: Token) -> str:
        """A word as the catalogue spells it."""
        return self.spellings.get(token.stem, token.word)

    def _doc(self, tokens: list[Token]) -> Doc:
        """Words no rule and no phrase knows become one placeholder, so that the vocabulary never grows."""
        words = [token.word if self._is_known(token) else UNKNOWN for token in tokens]
        doc = Doc(self.vocab, words=words, tags=[_tag(token) for token in tokens])
        for at, token in enumerate(tokens):
            doc[at].norm_ = token.stem if token.stem in self.stems else UNKNOWN
        return doc

    def _is_known(self, token: Token) -> bool:
        return token.word in self.rule_words or token.word in CLAUSE_BREAKS

    def _mentions(self, doc: Doc, tokens: list[Token]) -> list[Mention]:
        spans = {(start, end) for _, start, end in self.phrases(doc)}
        found = [
            Mention(start, end, self._meanings_of(tokens[start:end]))
            for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0]))
        ]
        chosen: list[Mention] = []
        taken: set[int] = set()
        for mention in chain(found, self._compounds_ending_in(tokens)):
            if taken.isdisjoint(range(mention.start, mention.end)):
                chosen.append(mention)
                taken.update(range(mention.start, mention.end))
        return sorted(chosen, key=lambda mention: mention.start)

    def _meanings_of(self, tokens: list[Token]) -> tuple[Meaning, ...]:
        """Of meanings that only share a stem, those spelt as typed weigh more."""
        meanings = self.meanings[" ".join(token.stem for token in tokens)]
        typed = "".join(token.word for token in tokens)
        return tuple(
            replace(meaning, weight=meaning.weight + 0.1) if typed in meaning.spelt.split("|") else meaning
            for meaning in meanings
        )

    def _compounds_ending_in(self, tokens: list[Token]) -> Iterable[Mention]:
        """A word the catalogue knows only as the end of its compounds means each of them: "Jacke"."""
        for at, token in enumerate(tokens):
            if token.number is None and not self.repairer.is_everyday(token) and token.stem not in self.meanings:
                meanings = chain.from_iterable(self.meanings.get(w, ()) for w in self.repairer.heads(token.stem))
                weaker = tuple(Meaning(m.kind, m.name, m.weight * 0.6) for m in meanings if m.kind == "category")
                if weaker:
                    yield Mention(at, at + 1, tuple(dict.fromkeys(weaker)))


def _is_content(token: Token) -> bool:
    letters = any(character.isalpha() for character in token.word)
    return token.number is None and len(token.word) > 1 and token.word.isalnum() and letters


def phrase_tokens(text: str) -> list[Token]:
    """The tokens of a catalogue phrase, cut as a message would be."""
    tokens = _tidied(tokenise(text, keep=_is_name_like))
    return [token for token in tokens if token.word and token.word not in CLAUSE_BREAKS and token.word not in "()'"]


def _is_name_like(run: str) -> bool:
    """True for "mp3" and "4k", which stay whole, not for "28zoll"."""
    letters = run.lstrip("0123456789.,")
    return letters == run or letters not in units()


def _tidied(tokens: list[Token]) -> list[Token]:
    """Drop hyphens inside words, not those between figures, and the full stops of abbreviations."""
    kept = []
    for at, token in enumerate(tokens):
        inside = 0 < at < len(tokens) - 1 and token.glued and tokens[at + 1].glued
        figures = inside and tokens[at - 1].word[0].isdigit() and tokens[at + 1].word[0].isdigit()
        shortened = token.word == "." and at > 0 and token.glued and tokens[at - 1].word in ABBREVIATIONS
        if (token.word not in "-–" or not inside or figures) and not shortened:
            kept.append(token)
    return kept


def _meanings(snapshot: Snapshot) -> tuple[Mapping[str, tuple[Meaning, ...]], frozenset[str], dict[str, str]]:
    table: defaultdict[str, dict[tuple[str, str], Meaning]] = defaultdict(dict)
    mixed: set[str] = set()
    spellings: dict[str, str] = {}
    for text, meaning in dict.fromkeys(phrases_of(snapshot)):
        tokens = phrase_tokens(text)
        if not tokens or (len(tokens) == 1 and _is_idle(tokens[0], meaning)):
            continue
        spellings.update((token.stem, token.typed) for token in tokens if token.stem not in spellings)
        mixed.update(fold(run) for run, _ in runs(text) if not run.isalpha() and _is_name_like(fold(run)))
        spelt = "".join(token.word for token in tokens)
        for key in {" ".join(token.stem for token in tokens), _joined(tokens)}:
            known = table[key].get((meaning.kind, meaning.name))
            if known is None or known.weight < meaning.weight:
                table[key][meaning.kind, meaning.name] = replace(meaning, spelt=spelt)
            elif known.weight == meaning.weight:
                table[key][meaning.kind, meaning.name] = replace(meaning, spelt=f"{known.spelt}|{spelt}")
    return {key: tuple(by_name.values()) for key, by_name in table.items()}, frozenset(mixed), spellings


def _members(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for family, variants in snapshot.families.items():
        for path in ("", *above(variants[0].category)):
            table[path].append(family)
    return {path: tuple(families) for path, families in table.items()}


def _is_idle(token: Token, meaning: Meaning) -> bool:
    """Words no catalogue can claim: "die", "no", and "can" as the name of a value."""
    quality = meaning.kind in (Kind.VALUE, Kind.ATTRIBUTE, Kind.USE) and token.stem not in same_values()
    return token.word in FUNCTION_WORDS | negators() or (quality and token.word in everyday_words())


def _joined(tokens: list[Token]) -> str:
    """A phrase of words typed as one, which is how many people type it."""
    plain = len(tokens) in (2, 3) and all(token.word.isalpha() for token in tokens)
    return stem("".join(token.word for token in tokens)) if plain else " ".join(token.stem for token in tokens)


def _phrase_matcher(vocab: Vocab, meanings: Mapping[str, tuple[Meaning, ...]]) -> PhraseMatcher:
    made = PhraseMatcher(vocab, attr="NORM")
    made.add("catalogue", [Doc(vocab, words=key.split()) for key in meanings])
    return made


def _modifiers(meanings: Mapping[str, tuple[Meaning, ...]]) -> frozenset[str]:
    """Single words for a kind, a use, a brand or a value, which may open a compound: "Rennrad-", "Winter-"."""
    return frozenset(
        phrase
        for phrase, named in meanings.items()
        if any(meaning.kind in OPENING and meaning.weight > WEAK for meaning in named)
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _tag(token: Token) -> str:
    if token.number is not None:
        return NUMBER
    return BREAK if token.word in CLAUSE_BREAKS else WORD
