"""The words that common kinds lend to a catalogue: phrases for its categories, further words for its titles."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from actions.offers.products import Words
from actions.understanding.catalogue import Snapshot, within
from actions.understanding.colours import colour_words
from actions.understanding.common_kinds import CommonKind, Vocabulary
from actions.understanding.everyday import everyday_words
from actions.understanding.fulltext import TITLE, TextIndex
from actions.understanding.meanings import Kind, Meaning, Named
from actions.understanding.phrasing import Phrasing, phrase_tokens, title_tokens
from actions.understanding.recognising import Recognised, recognise, undescribed
from actions.understanding.repair import Lent
from actions.understanding.spelling import ENDINGS, Token
from actions.understanding.wordlists import words

LONGEST = 4
LEADING_ON = words("für for mit with ohne without aus of von in im to zu zum zur by")
BOTH = words("& + / und and sowie plus")


@dataclass(frozen=True, slots=True)
class DescribedShop:
    """Phrases and text of a catalogue with the words of common kinds where the merchant wrote none.

    `titles` are for categories in languages he did not name them in, `lent` are the stems that only common kinds
    brought.
    """

    phrasing: Phrasing
    text: TextIndex
    titles: Mapping[str, Words] = field(default_factory=dict)
    lent: frozenset[str] = frozenset()
    common: Vocabulary | None = None

    @classmethod
    def build(cls, snapshot: Snapshot, common: Callable[[], Vocabulary]) -> "DescribedShop":
        """The words of a catalogue; `common` is not asked where every category is described."""
        text = TextIndex.build(snapshot)
        if not undescribed(snapshot):
            return cls(Phrasing.build(snapshot), text)
        kinds = common()
        recognised = recognise(snapshot, kinds)
        phrasing = Phrasing.build(snapshot, tuple(category_phrases(snapshot, recognised, text)))
        further = further_words(snapshot, text, kinds)
        return cls(
            phrasing,
            text.with_further(further),
            {path: each.title for path, each in recognised.items() if each.title != Words()},
            (phrasing.lent | further.keys()) - text.title_stems,
            kinds,
        )

    def lent_but(self, shared: frozenset[str]) -> Lent:
        """What the repair of typing errors has to know of words that are not the shop's own; `shared` ones are."""
        known = self.common or Vocabulary.of(())
        return Lent(self.lent - shared, known.ends, known.words)


def is_form_of(word: str, spelt: str) -> bool:
    """True for a lent word in another number or case; "spät" only shares its stem with "Spaten"."""
    forms = spelt.split("|")
    longer = any(form + ending == word for form in forms for ending in (*ENDINGS, "n", "s"))
    return word in forms or longer or any(word + ending in forms for ending in ("s", "es", "n", "e"))


def category_phrases(snapshot: Snapshot, recognised: Mapping[str, Recognised], text: TextIndex) -> Iterator[Named]:
    """The phrases of the kinds that categories were recognised as, each for the deepest categories it names.

    A word that only stands in the titles of other products is left to them.
    """
    claims: defaultdict[str, dict[str, float]] = defaultdict(dict)
    spelt: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path, each in recognised.items():
        for kind, weight in each.kinds:
            for phrase in kind.phrases:
                key = " ".join(token.stem for token in phrase_tokens(phrase))
                claims[key][path] = max(weight, claims[key].get(path, 0.0))
                spelt[key][phrase] = None
    for key, claimed in claims.items():
        for path, weight in claimed.items():
            below = any(other != path and within(other, path) for other in claimed)
            if not below and not _is_of_others(key, path, snapshot, text):
                yield from ((phrase, Meaning(Kind.CATEGORY, path, weight, lent=True)) for phrase in spelt[key])


def _is_of_others(key: str, path: str, snapshot: Snapshot, text: TextIndex) -> bool:
    """True for what things elsewhere are called and nothing here: "notebook" beside a "Paper Notebook"."""
    holders = [snapshot.families[family][0] for family in _holders(key, text)]
    if any(within(product.category, path) for product in holders):
        return False
    return any(_is_called(key, title) for product in holders for title in (product.title.de, product.title.en))


def _is_called(stem: str, title: str) -> bool:
    """True where the word ends a name, as in "Paper Notebook A5"; a "Notebook Stand" is called something else."""
    tokens = title_tokens(title)
    return any(token.stem == stem and _ends_a_name(tokens[at + 1 :]) for at, token in enumerate(tokens))


def _ends_a_name(rest: list[Token]) -> bool:
    word = rest[0].word if rest else ""
    return not word.isalpha() or word in LEADING_ON or rest[0].stem in colour_words()


def _holders(stem: str, text: TextIndex) -> list[str]:
    return [family for family, weight in text.postings.get(stem, {}).items() if weight == TITLE]


def further_words(snapshot: Snapshot, text: TextIndex, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Stem to the families whose titles name a kind that it is another word for: "stehlamp" for a "Floor Lamp"."""
    bare = undescribed(snapshot)
    kinds: dict[str, CommonKind] = {}
    families: defaultdict[str, set[str]] = defaultdict(set)
    for family, variants in snapshot.families.items():
        if variants[0].category in bare or not variants[0].category:
            titles = {variants[0].title.de: "de", variants[0].title.en: "en"}
            for kind in (kind for title, lang in titles.items() for kind in kinds_in(title, lang, vocabulary)):
                kinds[kind.name] = kind
                families[kind.name].add(family)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, named in families.items():
        for stem in _telling(kinds[name]):
            holders = _holders(stem, text)
            if not holders or not named.isdisjoint(holders):
                found[stem] |= named
    return {stem: frozenset(named) for stem, named in found.items()}


def kinds_in(title: str, language: str, vocabulary: Vocabulary) -> list[CommonKind]:
    """The kinds a title names: both of "Washer & Dryer", none of "TV Stand", "Charger - bike" or "for TVs"."""
    found: list[CommonKind] = []
    clause: list[Token] = []
    for token in title_tokens(title):
        if token.word.isalnum() and token.word not in BOTH | LEADING_ON:
            clause.append(token)
            continue
        found.extend(_kinds_of(clause, language, vocabulary))
        clause = []
        if token.word in LEADING_ON or (found and token.word not in BOTH):
            return found
    return [*found, *_kinds_of(clause, language, vocabulary)]


def _kinds_of(clause: list[Token], language: str, vocabulary: Vocabulary) -> tuple[CommonKind, ...]:
    """The kind named last, unless something else follows that it only describes."""
    at = 0
    last: tuple[CommonKind, ...] = ()
    while at < len(clause):
        length, named = _longest_at(clause[at:], language, vocabulary)
        if named or clause[at].stem in vocabulary.heads:
            last = named
        at += length
    return last


def _longest_at(tokens: list[Token], language: str, vocabulary: Vocabulary) -> tuple[int, tuple[CommonKind, ...]]:
    """How many words from here on name one kind together; a single word has to be spelt as the kind is."""
    if not vocabulary.may_begin(tokens[0]):
        return 1, ()
    for length in range(min(LONGEST, len(tokens)), 0, -1):
        named = vocabulary.named_by(tokens[:length])
        named = tuple(spoken for spoken in named if language in spoken.languages) or named
        if len(named) == 1 and (length > 1 or named[0].spelt == tokens[0].word):
            return length, (named[0].kind,)
    return 1, ()


def _telling(kind: CommonKind) -> set[str]:
    """The stems of its title and of its other single words, without everyday ones."""
    phrases = (phrase_tokens(phrase) for phrase in kind.phrases)
    titled = (phrase_tokens(title) for title in (kind.title.de, kind.title.en))
    chosen = [token for tokens in phrases if len(tokens) == 1 for token in tokens]
    chosen += [token for tokens in titled for token in tokens]
    return {token.stem for token in chosen if token.word not in everyday_words() and len(token.word) > 1}
