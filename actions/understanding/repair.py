"""Puts typing errors right, joins words typed apart and splits German compounds by the catalogue's words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from actions.understanding.spelling import LEAST_STEM, Token, stem
from actions.understanding.typos import LONG, MIDDLING, SHORTEST, Typos
from actions.understanding.wordlists import words

LEAST_FRONT = 4
LINKS = ("", "s", "es", "n", "en", "er", "e")
# what may stand before another word in a compound although no catalogue names it
MODIFIERS = words("kind herr dam mann frau jung madch baby profi mini maxi ersatz original marken")
LONGEST_JOIN = 3
SUFFIX_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Split:
    """A compound: stems of the parts in front and the stem of its head.

    `sure` where every part is known, `linked` where a linking sound had to be left out between them, `front`
    what stands before the head as it was typed.
    """

    modifiers: tuple[str, ...]
    head: str
    sure: bool
    linked: bool = False
    front: str = ""


@dataclass(frozen=True, slots=True)
class Lent:
    """Words that are not the shop's own, by stem: nothing but long words is taken for a misspelt one of them.

    Only `ends` are ends of compounds: "lampe" of "stehlampe", but not "play" of "display". `words` are all that
    could have been lent, as they are spelt; a shop that has nothing of theirs still knows that they are right.
    """

    stems: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


NOTHING_LENT = Lent()


class Repairer:
    """Knows the words of one catalogue; pure and safe to share between threads."""

    def __init__(
        self,
        *,
        names: Iterable[str],
        kinds: Iterable[str],
        modifiers: Iterable[str],
        openings: frozenset[str],
        titles: Iterable[str],
        joined: frozenset[str],
        everyday: Iterable[str],
        lent: Lent = NOTHING_LENT,
    ) -> None:
        """Stems, but for `everyday`, the folded words that are never corrected.


        `names` are those of phrases, `kinds` those of categories, `titles` those of titles, `joined` phrases of
        several words typed as one. `modifiers` may open a compound, and so may the `openings` of the catalogue's
        own: a shop of "Trekkingräder" knows what a "Trekkingbike" is.
        """
        self._everyday = frozenset(everyday)
        self._all = frozenset(names) | frozenset(titles)
        self._names = frozenset(names) - self._everyday
        self._kinds = frozenset(word for word in kinds if word.isalpha())
        self._modifying = frozenset(modifiers) - lent.stems | MODIFIERS
        self._known = self._all - self._everyday
        self._openings = openings
        self._joined = joined
        self._own = self._known - lent.stems
        self._heads = self._names - (lent.stems - lent.ends)
        self._spelt = lent.words
        self._typos = Typos(word for word in self._own if word.isalpha())
        self._lent_typos = Typos(self._kinds & self._known & lent.stems)
        things = (self._kinds | frozenset(titles)) - self._everyday - lent.stems
        self._thing_typos = Typos(word for word in things if word.isalpha())
        self._everyday_typos = Typos(word for word in self._everyday if word.isalpha() and len(word) >= SHORTEST)
        compounds = frozenset(word for word in self._known if word.isalpha() and word not in joined)
        self._suffixes = _suffixes(compounds, lent)
        self.split = lru_cache(maxsize=8192)(self._split)

    def knows(self, token: Token) -> bool:
        """True where a word is the catalogue's or an everyday one."""
        return token.stem in self._all or self.is_everyday(token)

    def is_everyday(self, token: Token) -> bool:
        """True for words that carry no product."""
        return token.word in self._everyday

    def repair(self, tokens: list[Token]) -> list[Token]:
        """The tokens with joins, splits and corrections; a compound becomes its modifiers and its head."""
        repaired: list[Token] = []
        for token in self._with_joins(tokens):
            repaired.extend(self._repaired(token))
        return repaired

    def heads(self, word_stem: str) -> tuple[str, ...]:
        """Known compounds that end in an unknown word: "jack" for "regenjack" and "softshelljack"."""
        return self._suffixes.get(word_stem, ())

    def _with_joins(self, tokens: list[Token]) -> list[Token]:
        joined: list[Token] = []
        at = 0
        while at < len(tokens):
            length = next((n for n in range(LONGEST_JOIN, 1, -1) if self._is_one_word(tokens[at : at + n], n)), 1)
            if length == 1:
                joined.append(tokens[at])
            else:
                parts = tokens[at : at + length]
                word = "".join(token.word for token in parts)
                typed = " ".join(token.typed for token in parts)
                joined.append(Token(typed, word, stem(word), glued=parts[0].glued))
            at += length
        return joined

    def _is_one_word(self, parts: list[Token], length: int) -> bool:
        if len(parts) != length or any(token.number is not None for token in parts[:-1]):
            return False
        if not all(token.word.isalnum() for token in parts):
            return False
        joined = stem("".join(token.word for token in parts))
        if all(self.knows(token) for token in parts) and not all(token.glued for token in parts[1:]):
            return joined in self._kinds and joined not in self._joined
        return joined in self._names and joined not in self._joined

    def _repaired(self, token: Token) -> list[Token]:
        if token.number is not None or not token.word.isalpha() or self.knows(token):
            return [token]
        split = self.split(token.word)
        meant = self.correct(token.word)
        if split and split.sure and not (meant and self._is_nearer(token.word, meant, split)):
            return self._parts(token, split)
        if meant is not None:
            fixed = replace(token, word=meant, stem=meant if meant in self._known else stem(meant), repaired=True)
            return [fixed]
        return [token]

    def _is_nearer(self, word: str, meant: str, split: Split) -> bool:
        """A typing error explains a word better than a compound with a linking sound or with one letter wrong."""
        distance = OSA.distance(stem(word), meant)
        return distance <= 1 or (distance == 2 and split.linked)

    def _parts(self, token: Token, split: Split) -> list[Token]:
        words = (split.front,) if len(split.modifiers) == 1 and split.front else split.modifiers
        pairs = enumerate(zip(words, split.modifiers, strict=True))
        parts = [Token(token.typed, word, own, glued=at > 0, part=True) for at, (word, own) in pairs]
        return [*parts, replace(token, word=split.head, stem=split.head, glued=True)]

    def _split(self, word: str) -> Split | None:
        """The best split of a folded word, with known modifiers if possible; None where no head is known."""
        unsure: Split | None = None
        for at in range(3, len(word) - 2):
            front, back = word[:at], stem(word[at:])
            if back not in self._heads or len(word) - at < LEAST_STEM:
                continue
            modifiers = self._modifiers(front)
            if modifiers:
                linked = "".join(modifiers) != front and not set(modifiers) & MODIFIERS
                return self._bracketed(Split(modifiers, back, sure=True, linked=linked, front=front))
            if unsure is None and len(word) - at >= 4:
                unsure = Split((front,), back, sure=False)
        return unsure

    def _bracketed(self, split: Split) -> Split:
        """ "renn" + "radhelm" as "rennrad" + "helm" where the catalogue knows both."""
        inner = self._split(split.head) if len(split.modifiers) == 1 else None
        if inner is None or not inner.sure or len(inner.modifiers) != 1:
            return split
        front = split.modifiers[0] + inner.modifiers[0]
        return Split((front,), inner.head, sure=True) if front in self._names else split

    def _modifiers(self, front: str) -> tuple[str, ...]:
        for link in LINKS:
            bare = front.removesuffix(link) if link else front
            if len(bare) < 3 or (link and bare == front):
                continue
            for form in (bare, stem(bare)):
                if form in self._modifying:
                    return (form,)
            if bare in self._openings:
                return (stem(bare),)
        inner = self._split(front) if len(front) >= 7 else None
        return (*inner.modifiers, inner.head) if inner and inner.sure else ()

    def correct(self, word: str) -> str | None:
        """The known stem or everyday word a misspelt word means; None where nothing is near enough."""
        bare = stem(word)
        if word in self._spelt:
            return None
        if len(word) <= SHORTEST - 1 or len(bare) < LEAST_STEM:
            return self._swapped(bare) if len(word) == SHORTEST - 1 else None
        errors = 1 if len(bare) < LONG else 2
        typos = self._typos if len(word) >= MIDDLING else self._thing_typos
        near = typos.nearest(bare, errors) or typos.nearest(word, 1)
        if near is None and len(word) > MIDDLING:
            near = self._lent_typos.nearest(bare, errors)
        everyday = self._everyday_typos.nearest(word, 1)
        if near and (not everyday or near[1] <= everyday[1]):
            return near[0]
        return everyday[0] if everyday else None

    def _swapped(self, word: str) -> str | None:
        """A four-letter word with two neighbours swapped."""
        swaps = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
        return next((swap for swap in swaps if swap in self._own), None)


def _suffixes(words: frozenset[str], lent: Lent) -> Mapping[str, tuple[str, ...]]:
    """The ends of compounds; no unknown end of a longer one that is known: "hort" is none of "trailshort"."""
    table: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        inside_known = False
        for at in range(SUFFIX_PREFIX, len(word) - 2):
            known = word[at:] in words
            barred = word in lent.stems and not {word, word[at:]} <= lent.ends
            if (len(word) - at > 3 or at > SUFFIX_PREFIX) and (known or not inside_known) and not barred:
                table[word[at:]].append(word)
            inside_known = inside_known or known
    return {suffix: tuple(members) for suffix, members in table.items()}
