"""The vocabulary of one catalogue version, built once: spaCy matchers, spelling repair and the full-text index."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import spacy
from rapidfuzz.distance import OSA
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from actions.offers.products import Words
from actions.understanding import (
    hesitation,
    limits,
    negation,
    people,
    pointing,
    prices,
    quantities,
    sizes,
    wishes,
)
from actions.understanding.catalogue import Snapshot, above, within
from actions.understanding.category_words import CategoryVocabulary
from actions.understanding.colours import colour_words
from actions.understanding.common_kinds import Vocabulary, common_kinds
from actions.understanding.common_words import DescribedShop, is_form_of
from actions.understanding.everyday import everyday_words, stop_words
from actions.understanding.fulltext import TextIndex
from actions.understanding.generic import tier_words
from actions.understanding.meanings import HEAD_SHARE, Kind, Meaning
from actions.understanding.models import ModelNames
from actions.understanding.numerals import merge_numbers
from actions.understanding.phrasing import Phrasing, tidied
from actions.understanding.reading import CLAUSE_BREAKS, Mention, Reading
from actions.understanding.records import Records
from actions.understanding.repair import Repairer
from actions.understanding.rules import BREAK, NUMBER, WORD, matcher, words_of
from actions.understanding.spelling import Token, tokenise
from actions.understanding.units import units

UNKNOWN = "·"
EXACT = 0.1
RULES: Mapping[str, tuple[str, ...]] = {
    **limits.RULES,
    **prices.RULES,
    **sizes.RULES,
    **quantities.RULES,
    **pointing.RULES,
    **negation.RULES,
    **hesitation.RULES,
    **wishes.RULES,
    **people.RULES,
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything needed to read a message against one catalogue; immutable and safe to share between threads.

    `titles` are words for categories in languages the merchant did not name them in.
    """

    phrasing: Phrasing
    repairer: Repairer
    records: Records
    kinds: CategoryVocabulary
    models: ModelNames
    text: TextIndex
    families: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    vocab: Vocab
    phrases: PhraseMatcher
    rules: Matcher
    rule_words: frozenset[str]
    stems: frozenset[str]
    titles: Mapping[str, Words]

    @classmethod
    def build(cls, snapshot: Snapshot, common: Callable[[], Vocabulary] = common_kinds) -> "Lexicon":
        """Read a catalogue's vocabulary; takes well under a second for some thousand products.

        Where the merchant did not describe all categories, `common` kinds of products lend their words.
        """
        vocab = spacy.blank("xx").vocab
        described = DescribedShop.build(snapshot, common)
        phrasing, text = described.phrasing, described.text
        rule_words, rule_stems = words_of(RULES)
        everyday = everyday_words() | stop_words() | rule_words | frozenset(units())
        everyday |= pointing.compared_words() | pointing.liked_words()
        general = frozenset(colour_words()) | frozenset(tier_words())
        repairer = Repairer(
            names=phrasing.stems | general,
            kinds=phrasing.kinds,
            modifiers=phrasing.modifiers | general,
            openings=phrasing.openings,
            titles=text.title_stems,
            joined=phrasing.joined,
            everyday=everyday,
            lent=described.lent_but(general),
        )
        return cls(
            phrasing=phrasing,
            repairer=repairer,
            records=Records.build(snapshot),
            kinds=CategoryVocabulary.build(phrasing.meanings, repairer),
            models=ModelNames.build(snapshot, phrasing.meanings, everyday),
            text=text,
            families={family: variants[0].category for family, variants in snapshot.families.items()},
            members=_members(snapshot),
            vocab=vocab,
            phrases=_phrase_matcher(vocab, phrasing),
            rules=matcher(vocab, RULES),
            rule_words=rule_words,
            stems=phrasing.stems | rule_stems | general,
            titles=described.titles,
        )

    @property
    def meanings(self) -> Mapping[str, tuple[Meaning, ...]]:
        """Phrase (stems parted by spaces) to everything it may mean."""
        return self.phrasing.meanings

    def read(self, text: str) -> Reading:
        """The tokens of a message after repair, with what they name and the rules they match."""
        cut = tidied(tokenise(text, self.phrasing.mixed.__contains__))
        tokens = self.repairer.repair(merge_numbers(cut))
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

    def is_titled(self, token: Token) -> bool:
        """True for a word of a title that is no category, value or other phrase by itself."""
        return token.stem in self.text.title_stems and self._is_unspoken(token)

    def is_content(self, token: Token) -> bool:
        """True for a word that may name something to buy."""
        word = token.word
        wordlike = token.number is None and len(word) > 1 and word.isalnum() and any(c.isalpha() for c in word)
        return wordlike and not self.repairer.is_everyday(token)

    def is_strange(self, token: Token) -> bool:
        """True for a word of content that no name, fact or description in the shop holds."""
        if token.part or not self.is_content(token) or token.stem in self.stems:
            return False
        return not (self.text.knows(token.stem) or self.repairer.heads(token.stem))

    def is_named(self, token: Token) -> bool:
        """True for a word the catalogue names something by."""
        return token.stem in self.phrasing.spellings

    def spelt(self, token: Token) -> str:
        """A word as the catalogue spells it, in the form nearest to what was typed."""
        forms = self.phrasing.spellings.get(token.stem, (token.word,))
        return min(forms, key=lambda form: OSA.distance(form.casefold(), token.typed.casefold()))

    def _doc(self, tokens: list[Token]) -> Doc:
        """Words no rule and no phrase knows become one placeholder, so that the vocabulary never grows."""
        known = (token.word in self.rule_words or token.word in CLAUSE_BREAKS for token in tokens)
        words = [token.word if is_known else UNKNOWN for token, is_known in zip(tokens, known, strict=True)]
        doc = Doc(self.vocab, words=words, tags=[_tag(token) for token in tokens])
        for at, token in enumerate(tokens):
            doc[at].norm_ = token.stem if token.stem in self.stems else UNKNOWN
        return doc

    def _mentions(self, doc: Doc, tokens: list[Token]) -> list[Mention]:
        """What stretches of the message name, the longest first where they overlap."""
        spans = {(start, end) for _, start, end in self.phrases(doc)}
        weak = {at: kinds for at, token in enumerate(tokens) if (kinds := self._weak_kinds(token))}
        spans |= {(at, at + 1) for at in weak}
        chosen: list[Mention] = []
        taken: set[int] = set()
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if taken.isdisjoint(range(start, end)):
                own = weak.get(start, ()) if end - start == 1 else ()
                meanings = (*self._meanings_of(tokens[start:end]), *own)
                if end - start > 1:
                    meanings += self._kinds_at_the_end(meanings, tokens[end - 1])
                if meanings:
                    chosen.append(Mention(start, end, meanings))
                    taken.update(range(start, end))
        return sorted(chosen, key=lambda mention: mention.start)

    def _meanings_of(self, tokens: list[Token]) -> tuple[Meaning, ...]:
        """Of meanings that share a stem, those spelt as typed weigh more; an everyday word has to be exact."""
        meanings = self.meanings.get(" ".join(token.stem for token in tokens), ())
        typed = "".join(token.word for token in tokens)
        if typed in everyday_words():
            meanings = tuple(meaning for meaning in meanings if typed in meaning.spelt.split("|"))
        return tuple(
            replace(meaning, weight=meaning.weight + EXACT) if typed in meaning.spelt.split("|") else meaning
            for meaning in meanings
            if not meaning.lent or any(token.repaired for token in tokens) or is_form_of(typed, meaning.spelt)
        )

    def _kinds_at_the_end(self, meanings: tuple[Meaning, ...], last: Token) -> tuple[Meaning, ...]:
        """ "AAA batteries" may be a value of lamps, but batteries are a kind of their own."""
        if any(meaning.kind in (Kind.CATEGORY, Kind.FAMILY) for meaning in meanings):
            return ()
        return tuple(meaning for meaning in self._meanings_of([last]) if meaning.kind is Kind.CATEGORY)

    def _weak_kinds(self, token: Token) -> tuple[Meaning, ...]:
        """The kinds of a word that is only known as the end of compounds, in a title or as a model's name."""
        if token.number is not None or self.repairer.is_everyday(token) or not self._is_unspoken(token):
            return ()
        split = self.repairer.split(token.word) if self.is_titled(token) else None
        related = (split.head,) if split else self.repairer.heads(token.stem)
        kinds = [m for word in related for m in self.meanings.get(word, ()) if m.kind is Kind.CATEGORY]
        models = [self.families[m.name] for m in self.meanings.get(token.stem, ()) if m.kind is Kind.FAMILY]
        if models:  # a lock by the name of "Ankerkette" is no chain
            kinds = [m for m in kinds if any(within(path, m.name) for path in models)]
        return tuple(dict.fromkeys(Meaning(m.kind, m.name, m.weight * HEAD_SHARE) for m in kinds))

    def _is_unspoken(self, token: Token) -> bool:
        """True for a word that is at most the name of a model."""
        return all(meaning.kind is Kind.FAMILY for meaning in self.meanings.get(token.stem, ()))


def _members(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for family, variants in snapshot.families.items():
        for path in ("", *above(variants[0].category)):
            table[path].append(family)
    return {path: tuple(families) for path, families in table.items()}


def _phrase_matcher(vocab: Vocab, phrasing: Phrasing) -> PhraseMatcher:
    made = PhraseMatcher(vocab, attr="NORM")
    made.add("catalogue", [Doc(vocab, words=key.split()) for key in phrasing.meanings])
    return made


def _tag(token: Token) -> str:
    if token.number is not None:
        return NUMBER
    return BREAK if token.word in CLAUSE_BREAKS else WORD
