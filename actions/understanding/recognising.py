"""Recognises categories that the merchant gave no words as common kinds of products, by the names they bear."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from actions.offers.products import Words
from actions.understanding.catalogue import Snapshot, above, within
from actions.understanding.common_kinds import CommonKind, Spoken, Vocabulary
from actions.understanding.generic import same_values, use_phrases
from actions.understanding.meanings import SEPARATORS
from actions.understanding.phrasing import phrase_tokens
from actions.understanding.repair import MODIFIERS
from actions.understanding.spelling import Token, make, stem

LANGUAGES = ("de", "en")
JOINED = {"de": " und ", "en": " and "}
WHOLE, PART, HEAD = 1.0, 0.96, 0.8
LEAST = 3
FOR_WHOM = re.compile(r"\s+(?:für|for)\s+", re.IGNORECASE)
QUALITIES = """
bluetooth wifi usb led hd digital elektrisch elektronisch electric electronic electrical smart intelligent tragbar
portable mini klein groß small large big klassisch classic modern vintage luxus luxury premium profi professional
neu new gebraucht used refurbished andere weitere sonstige other more alle all modisch elegant einfach basic
"""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The kinds a category holds, each with how surely it is meant; `title` in languages the merchant left out."""

    kinds: tuple[tuple[CommonKind, float], ...]
    title: Words = field(default_factory=Words)

    def weight(self, kind: CommonKind) -> float:
        """How surely the category is this kind; 0 where it is not."""
        return next((weight for known, weight in self.kinds if known is kind), 0.0)


@dataclass(frozen=True, slots=True)
class _Name:
    """What one name says: kinds with their weight; `complete` where it names nothing else."""

    found: tuple[tuple[Spoken, float], ...] = ()
    complete: bool = False


def undescribed(snapshot: Snapshot) -> Mapping[str, frozenset[str]]:
    """The categories the merchant did not name in both languages, with the languages they are named in.

    A department without products of its own is left alone where all that lies in it is described.
    """
    found = {}
    for path in _paths(snapshot):
        known = snapshot.categories.get(path)
        named = frozenset(known.titled_in) if known else frozenset()
        if not named.issuperset(LANGUAGES):
            found[path] = named
    filled = {variants[0].category for variants in snapshot.families.values()} & found.keys()
    return {path: named for path, named in found.items() if any(within(each, path) for each in filled)}


def recognise(snapshot: Snapshot, vocabulary: Vocabulary) -> Mapping[str, Recognised]:
    """The undescribed categories that are common kinds, by path."""
    texts = _Texts(snapshot)
    found: dict[str, Recognised] = {}
    for path, titled in undescribed(snapshot).items():
        names = _names(path, titled, snapshot)
        said = next((s for name in names if (s := _read(name, path, texts, vocabulary)).found), _Name())
        if said.found:
            kinds = tuple({spoken.kind.name: (spoken.kind, weight) for spoken, weight in said.found}.values())
            found[path] = Recognised(kinds, _title(said, titled, kinds))
    return {path: kept for path, each in found.items() if (kept := _most_precise(path, each, found)).kinds}


def _paths(snapshot: Snapshot) -> list[str]:
    filled = {path for variants in snapshot.families.values() for path in above(variants[0].category) if path}
    return sorted(filled | set(snapshot.categories))


def _names(path: str, titled: frozenset[str], snapshot: Snapshot) -> list[str]:
    """The merchant's title, the last step of the path, and this step with the one above: "bikes/mountain"."""
    titles = [snapshot.categories[path].title.of(language) for language in sorted(titled)]
    steps = [re.sub(r"[-_]+", " ", step) for step in path.split("/")]
    return [*titles, steps[-1], *([f"{steps[-1]} {steps[-2]}"] if len(steps) > 1 else [])]


def _read(name: str, path: str, texts: "_Texts", vocabulary: Vocabulary) -> _Name:
    whole = texts.told_apart(vocabulary.named_by(phrase_tokens(name)), path)
    if whole:
        return _Name(tuple((spoken, WHOLE) for spoken in whole), complete=len(whole) == 1)
    parts = [part for part in SEPARATORS.split(name) if part.strip()]
    if len(parts) < 2:
        return _Name(tuple((spoken, HEAD) for spoken in texts.told_apart(_by_head(name, vocabulary), path)))
    each = [texts.told_apart(vocabulary.named_by(phrase_tokens(part)), path) for part in parts]
    if _shares_its_noun(parts, each[-1], vocabulary):
        each = [(), *[()] * (len(parts) - 2), each[-1]]
    found = tuple((spoken, PART) for spokens in each for spoken in spokens)
    return _Name(found, complete=all(len(spokens) == 1 for spokens in each))


def _shares_its_noun(parts: list[str], last: tuple[Spoken, ...], vocabulary: Vocabulary) -> bool:
    """True for "Cameras & Camcorders Accessories", which holds no camera, and for "Laptop & Tablet Bags"."""
    words = phrase_tokens(parts[-1])
    led = len(words) > 1 and bool(vocabulary.named_by(words[:-1]))
    singular = any(not part.rstrip().casefold().endswith("s") for part in parts[:-1])
    return led and (singular or not last)


class _Texts:
    """The words of each path and of the titles in it, which tell kinds apart that share a name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def told_apart(self, named: tuple[Spoken, ...], path: str) -> tuple[Spoken, ...]:
        """Of several kinds by one name those of which something else tells: "Computers/Notebooks" are no paper."""
        if len(named) < 2:
            return named
        shared = frozenset(stem(each.spelt) for each in named)
        texts = (_stems(path.replace("/", " ")), *self._titles[path])
        return tuple(each for each in named if any(_tells(phrase, shared, texts) for phrase in each.kind.phrases))

    @cached_property
    def _titles(self) -> Mapping[str, list[frozenset[str]]]:
        titles: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for variants in self._snapshot.families.values():
            for title in {variants[0].title.de, variants[0].title.en} - {""}:
                titles[variants[0].category].append(_stems(title))
        return titles


def _tells(phrase: str, shared: frozenset[str], texts: Iterable[frozenset[str]]) -> bool:
    tokens = phrase_tokens(phrase)
    own = frozenset(token.stem for token in tokens)
    return stem("".join(token.word for token in tokens)) not in shared and any(own <= text for text in texts)


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in phrase_tokens(text))


def _by_head(name: str, vocabulary: Vocabulary) -> tuple[Spoken, ...]:
    """The kind of "Wireless Headphones", "Schuhe für Herren" and "Damenuhren"; "Projector Lamps" are no lamps."""
    front, *whom = FOR_WHOM.split(name)
    tokens = phrase_tokens(front)
    if not all(_is_quality(token) for text in whom for token in phrase_tokens(text)):
        return ()
    for at in range(len(tokens)):
        named = vocabulary.named_by(tokens[at:])
        if named and all(_is_quality(token) for token in tokens[:at]):
            return named
    return _by_compound(tokens[0], vocabulary) if len(tokens) == 1 else ()


def _by_compound(token: Token, vocabulary: Vocabulary) -> tuple[Spoken, ...]:
    for at in range(LEAST, len(token.word) - LEAST + 1):
        if stem(token.word[:at]) in _qualities():
            named = vocabulary.named_by([make(token.word[at:])])
            if named:
                return named
    return ()


def _is_quality(token: Token) -> bool:
    return token.stem in _qualities() or not token.word.isalpha()


@cache
def _qualities() -> frozenset[str]:
    """Stems of words that say how, of what or for whom something is, and leave it the kind it is."""
    uses = {phrase[0] for phrase in use_phrases() if len(phrase) == 1}
    return frozenset(same_values()) | MODIFIERS | uses | {make(word).stem for word in QUALITIES.split()}


def _title(said: _Name, titled: frozenset[str], kinds: Iterable[tuple[CommonKind, float]]) -> Words:
    """The kinds' titles in the languages that neither the merchant nor the name itself speaks."""
    if not said.complete:
        return Words()
    each = [spoken.languages for spoken, _ in said.found]
    spoken = (frozenset.intersection(*each) or frozenset.union(*each)) | titled
    words = {language: [kind.title.of(language) for kind, _ in kinds] for language in LANGUAGES}
    made = {lang: "" if lang in spoken else _listed(words[lang], lang) for lang in LANGUAGES}
    return Words(made["de"], made["en"])


def _listed(titles: list[str], language: str) -> str:
    *first, last = titles
    return JOINED[language].join(([", ".join(first)] if first else []) + [last])


def _most_precise(path: str, each: Recognised, found: Mapping[str, Recognised]) -> Recognised:
    """Without kinds that a category below bears too, or that another category is by its whole name."""
    below = [other for known, other in found.items() if known != path and within(known, path)]
    wholes = {kind.name for other in found.values() for kind, weight in other.kinds if weight == WHOLE}
    kept = tuple(
        (kind, weight)
        for kind, weight in each.kinds
        if weight == WHOLE
        or not (any(other.weight(kind) >= PART for other in below) or (weight == HEAD and kind.name in wholes))
    )
    return replace(each, kinds=kept)
