"""Matches searched words with models: names and facts decide, descriptions only help to order."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from actions.understanding.catalogue import Snapshot
from actions.understanding.fulltext import FACT
from actions.understanding.lexicon import Lexicon
from actions.understanding.spelling import stem_of
from actions.understanding.understood import Understood

MOST_DESCRIBED = 12


@dataclass(frozen=True, slots=True)
class Match:
    """The families that hold the searched words best; `scores` order them, `words` tell which word each holds."""

    families: tuple[str, ...]
    scores: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]

    def held(self, family: str) -> tuple[str, ...]:
        """The searched words a family holds."""
        return self.words.get(family, ())


def match_words(
    asked: tuple[str, ...], understood: Understood, scope: tuple[str, ...], snapshot: Snapshot, lexicon: Lexicon
) -> Match:
    """Families within `scope` that hold the most of the words; within a category a word nobody holds is ignored."""
    inside = lexicon.families_in(scope)
    scores: defaultdict[str, float] = defaultdict(float)
    strong: defaultdict[str, list[str]] = defaultdict(list)
    for word in asked:
        for family, (score, weight) in word_holders(word, lexicon).items():
            scores[family] += score
            if weight >= FACT:
                strong[family].append(word)
    _add_names(scores, inside, understood, lexicon)
    _add_purpose(scores, inside, understood, snapshot, lexicon)
    most = max((len(strong[family]) for family in inside if family in strong), default=0)
    best = [family for family in inside if len(strong.get(family, ())) == most]
    if not (scope or most):
        best = _described(asked, inside, lexicon)
    families = tuple(best)
    return Match(families, scores, {family: tuple(words) for family, words in strong.items()})


def with_qualities(match: Match, understood: Understood, lexicon: Lexicon) -> Match:
    """The match narrowed to those whose names or facts hold most of the qualities asked for; descriptions order."""
    if not understood.qualities:
        return match
    scores, words = dict(match.scores), dict(match.words)
    strong: defaultdict[str, list[str]] = defaultdict(list)
    for word in understood.qualities:
        for family, (score, weight) in word_holders(word, lexicon).items():
            scores[family] = scores.get(family, 0.0) + score
            if weight >= FACT and family in match.families:
                strong[family].append(word)
    most = max(map(len, strong.values()), default=0)
    families = tuple(f for f in match.families if len(strong.get(f, ())) == most)
    words |= {family: (*words.get(family, ()), *held) for family, held in strong.items()}
    return Match(families, scores, words)


def _described(asked: tuple[str, ...], inside: tuple[str, ...], lexicon: Lexicon) -> list[str]:
    """Without any name or fact that holds a word, the families whose descriptions hold the rarest one."""
    told = [held for word in asked if (held := {*word_holders(word, lexicon)} & {*inside})]
    rarest = min(told, key=len, default=set())
    return sorted(rarest) if len(rarest) <= MOST_DESCRIBED else []


def word_holders(word: str, lexicon: Lexicon) -> Mapping[str, tuple[float, float]]:
    """Families that hold a word, or a compound that ends in it, with score and weight."""
    own = stem_of(word)
    stems = (own,) if lexicon.text.knows(own) else (own, *lexicon.repairer.heads(own))
    held: dict[str, tuple[float, float]] = {}
    for stem in stems:
        for family, score in lexicon.text.hits(stem).items():
            held[family] = max(held.get(family, (0.0, 0.0)), (score, lexicon.text.strength(stem, family)))
    return held


def _add_names(scores: dict[str, float], inside: tuple[str, ...], understood: Understood, lexicon: Lexicon) -> None:
    """Among ties and pocket squares those come first that are called as the shopper calls them."""
    for word in (part for named in understood.kind_words for part in named.split()):
        stem = stem_of(word)
        stems = {stem, *lexicon.repairer.heads(stem)}
        for family in inside:
            if any(lexicon.text.strength(own, family) > FACT for own in stems):
                scores[family] += 1.0


def _add_purpose(
    scores: dict[str, float], inside: tuple[str, ...], understood: Understood, snapshot: Snapshot, lexicon: Lexicon
) -> None:
    """A helmet recorded for what a road bike is for comes first where a "Rennradhelm" is asked for."""
    for path in understood.for_what:
        uses = set(lexicon.records.uses.get(path, ()))
        words = lexicon.kinds.words.get(path, frozenset())
        for family in inside:
            recorded = snapshot.families[family][0].attributes.get("use", "")
            if uses & set(recorded.replace(" ", "").split(",")):
                scores[family] += 2.0
            if any(lexicon.text.strength(word, family) > FACT for word in words):
                scores[family] += 4.0
