"""Reads what is not wanted: "kein Carbon", "nicht in Rot", "ohne Motor", "rot mag ich nicht"."""

from collections.abc import Mapping

from actions.understanding.meanings import Kind
from actions.understanding.reading import Mention, Reading
from actions.understanding.wordlists import words

RULES: Mapping[str, tuple[str, ...]] = {
    "not": (
        "nicht|kein|keine|keinen|keinem|keiner|keines|keins|ohne|außer|ausser|niemals|weder|statt|anstatt|no|not|without",
        "except|none|neither|nor|dont|doesnt|hasse|hate|avoid|ausgenommen|bloß|isnt|never|wont",
        "anything|everything|alles but|außer",
        "nichts|nothing von|from|in|aus|mit",
        "instead of",
        "rather than",
    ),
    "not_only": (
        "nicht|not nur|only|unbedingt|necessarily|zwingend|so|zu|sehr|too|very|that|schlecht|bad",
        "nicht|not mehr|more|sicher|sure",
        "warum|wieso|why nicht|not",
        "kein|keine|no|keinen problem|ahnung|lust|zweifel|idea|doubt|plan|matter",
    ),
    "not_rhetorical": ("gibt|gibts|habt|haben|hast|hat|führt es|ihr|sie|du|der|die|das|den? *2 nicht *1 in|auch",),
    "not_needed": ("brauche|brauch|brauchen|need|benötige ich? kein|keine|keinen|no|not",),
}
LINKS = words(
    "oder or und and noch nor in aus von auch mit kein keine keinen no not nicht the der die das ein eine / "
    "with made of"
)
AFTERTHOUGHT = words(
    "mag will mochte ich gefallt mir brauche geht bitte gar aber wirklich lieber nicht auf keinen fall not "
    "for me please is no thanks kommt infrage in frage nehme so uberhaupt das die ist dont like want i it nix "
    "fur mich never nie war eher was nichts"
)
TRAITS = (Kind.COLOUR, Kind.VALUE, Kind.BRAND, Kind.ATTRIBUTE, Kind.SIZE)


def negated_mentions(reading: Reading, mentions: list[Mention]) -> frozenset[Mention]:
    """The mentions that the shopper does not want; the words that say so are marked as understood."""
    harmless = {at for start, end in reading.spans("not_only", "not_rhetorical") for at in range(start, end)}
    found: set[Mention] = set()
    for start, end in reading.spans("not"):
        if start in harmless or start in reading.used:
            continue
        scope = _scope(reading, mentions, end)
        found.update(scope or _before(reading, mentions, start))
    return frozenset(found)


def _scope(reading: Reading, mentions: list[Mention], start: int) -> list[Mention]:
    """The first thing named after the negation, and what "oder" and "und" add to it."""
    _first, last = reading.clause(start) if start < len(reading) else (start, start)
    ahead = [mention for mention in mentions if mention.start >= start and mention.end <= last]
    if not ahead or not _is_near(reading, start, ahead[0]):
        return []
    phrase = _noun_phrase(ahead)
    scope = [m for m in phrase if _is_trait(m)] if len(phrase) > 1 and any(map(_is_trait, phrase)) else phrase
    at = ahead.index(phrase[-1]) + 1
    while at < len(ahead) and _is_linked(reading, ahead[at - 1], ahead[at]) and _is_alike(scope[-1], ahead[at]):
        scope.append(ahead[at])
        at += 1
    return scope


def _is_near(reading: Reading, start: int, mention: Mention) -> bool:
    return mention.start - start <= 4 and all(reading[at].number is None for at in range(start, mention.start))


def _noun_phrase(ahead: list[Mention]) -> list[Mention]:
    """The mentions that touch: "rotes Mountainbike"."""
    phrase = [ahead[0]]
    for mention in ahead[1:]:
        if mention.start != phrase[-1].end:
            break
        phrase.append(mention)
    return phrase


def _is_trait(mention: Mention) -> bool:
    return bool(mention.of(*TRAITS)) and not any(m.weight >= 0.9 for m in mention.of(Kind.CATEGORY))


def _is_linked(reading: Reading, one: Mention, other: Mention) -> bool:
    between = reading.words(one.end, other.start)
    return bool(between) and all(word in LINKS for word in between)


def _is_alike(one: Mention, other: Mention) -> bool:
    return any(other.of(meaning.kind) for meaning in one.meanings)


def _before(reading: Reading, mentions: list[Mention], start: int) -> list[Mention]:
    """ "Rot mag ich nicht": a negation at the end of a clause that only turns the thing in front of it down."""
    first, last = reading.clause(start)
    behind = [mention for mention in mentions if mention.start >= first and mention.end <= start]
    if not behind:
        return []
    words = reading.words(behind[-1].end, last)
    plain = all(word in AFTERTHOUGHT for word in words)
    return [behind[-1]] if plain and _is_trait(behind[-1]) else []
