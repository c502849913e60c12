"""Tells whether the words a kind was named with name one model of it: the "cable lock" and the "D-lock"."""

from collections.abc import Mapping, Sequence

from actions.offers.attributes import listed
from actions.offers.products import Product
from actions.understanding.catalogue import CategoryWords, Snapshot
from actions.understanding.lexicon import Lexicon
from actions.understanding.meanings import SEPARATORS, USE, Kind
from actions.understanding.spelling import runs, stem_of
from actions.understanding.understood import Understood


def called_so(
    understood: Understood, models: Mapping[str, Sequence[Product]], snapshot: Snapshot, lexicon: Lexicon
) -> str:
    """The only one of some models that goes by these words, in its title or by a recorded value; else empty."""
    if len(understood.categories) != 1 or not _is_special(understood.kind_words, lexicon):
        return ""
    phrase = tuple(stem_of(word) for word in understood.kind_words)
    if phrase in _headings(snapshot.categories.get(understood.categories[0])):
        return ""
    values = {m.name.casefold() for m in lexicon.meanings.get(" ".join(phrase), ()) if m.kind is Kind.VALUE}
    named = [f for f, variants in models.items() if _titled(phrase, variants[0]) or _records(values, variants)]
    return named[0] if len(named) == 1 else ""


def _headings(words: CategoryWords | None) -> set[tuple[str, ...]]:
    """What the kind itself is called, and each part of that: no model has it for a name of its own."""
    titles = (words.title.de, words.title.en) if words else ()
    parts = [part for title in titles for part in (title, *SEPARATORS.split(title))]
    return {tuple(stem_of(run) for run, _ in runs(part)) for part in parts}


def _is_special(kind_words: Sequence[str], lexicon: Lexicon) -> bool:
    """True for "cable lock" and "Kabelschloss", not for "lock", nor for "Fahrradschloss" where all is for bikes."""
    if len(kind_words) == 1:
        split = lexicon.repairer.split(kind_words[0])
        fronts = split.modifiers if split and split.sure else ()
    else:
        fronts = tuple(stem_of(word) for word in kind_words[:-1])
    return bool(fronts) and not any(_is_the_whole_trade(front, lexicon) for front in fronts)


def _is_the_whole_trade(word: str, lexicon: Lexicon) -> bool:
    """True for a word that names a whole department: "bike"."""
    return any(m.kind is Kind.CATEGORY and "/" not in m.name for m in lexicon.meanings.get(word, ()))


def _titled(phrase: Sequence[str], product: Product) -> bool:
    """True where a title holds the words one after the other."""
    for title in (product.title.de, product.title.en):
        stems = [stem_of(run) for run, _ in runs(title)]
        if any(stems[at : at + len(phrase)] == [*phrase] for at in range(len(stems))):
            return True
    return False


def _records(values: set[str], variants: Sequence[Product]) -> bool:
    """True where an attribute of every variant is one of these values."""
    return bool(values) and all(
        any(values & {*listed(recorded)} for name, recorded in product.attributes.items() if name != USE)
        for product in variants
    )
