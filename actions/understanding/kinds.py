"""Decides which kind of product a message asks for: the helmet in "Rennradhelm" and in "Helm für mein Rennrad"."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.understanding.catalogue import above, related, within
from actions.understanding.category_words import CategoryVocabulary
from actions.understanding.meanings import Kind
from actions.understanding.people import CHILDREN, children_meant, for_oneself
from actions.understanding.pointing import compared_words, liked_words
from actions.understanding.prices import CURRENCY
from actions.understanding.reading import Mention, Reading
from actions.understanding.records import Records
from actions.understanding.spelling import Token
from actions.understanding.units import units
from actions.understanding.wordlists import words

SURE, WHOLE = 0.9, 0.75
REACH = 4
PURPOSE = words(
    "fur furs for zum zur zu to with mit von vom of inkl inklusive including auf on am an beim im in ohne without"
)
EQUIPPED = words("mit with ohne without inkl inklusive including hat has")
CARRIED = words("on am aufm")
ONES = words("one ones eins einen eine eines welche welchen welches model models modell modelle")
OWNED = words("mein meine meinem meinen meiner my")
HAVING = words("habe hab have besitze own got fahre")
SEEKING = words("suche such brauche brauch need looking want mochte will")
LINKING = words("be is are its very really quite super so too as fairly pretty sein ist sehr moglichst richtig")
MEASURES = frozenset(units()) | words("er inch inches zoll")
BETWEEN = words("und oder or and , / sowie plus bzw")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Categories asked for, all meant alike; `for_what` are those the product is for or goes with.

    `words` named the categories. `nearest` is a category that only sounds like what was asked for.
    """

    categories: tuple[str, ...] = ()
    for_what: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    nearest: str | None = None


def read_kinds(
    reading: Reading,
    unwanted: frozenset[Mention],
    vocabulary: CategoryVocabulary,
    records: Records,
    is_strange: Callable[[Token], bool],
    is_titled: Callable[[Token], bool],
    within: str = "",
) -> Wanted:
    """Choose the categories and mark their words as understood, but for those that titles are searched for.

    `is_strange` tells words unknown to the shop, `is_titled` those that only its titles know. `within` is the
    category in discussion: beside a child's bike a helmet is a child's helmet.
    """
    named = [m for m in reading.named(Kind.CATEGORY) if m not in unwanted and reading.is_free(m.start, m.end)]
    named = [m for m in named if not _is_rather_something_else(reading, m, records)]
    mentions = [m for m in named if not _only_sounds_alike(reading, m, is_strange)]
    parts = [m for m in mentions if within and _is_part_of_one(reading, m, within)]
    heads, others = _heads(reading, [m for m in mentions if m not in parts])
    others = [*others, *parts]
    alike = len({path for group in heads for path in _merged(group)}) > 1
    for mention in others:
        reading.use(_worth_from(reading, mention.start), mention.start)
    for mention in mentions:
        named_by = range(mention.start, mention.end)
        reading.used.update(at for at in named_by if not alike and not is_titled(reading[at]))
    paths = tuple(dict.fromkeys(path for group in heads for path in _merged(group)))
    refused = {at for mention in unwanted for at in range(mention.start, mention.end)}
    stems = frozenset(t.stem for at, t in enumerate(reading.tokens) if at not in refused)
    of_child = vocabulary.words.get(within, frozenset()) & CHILDREN and not for_oneself(reading)
    child = CHILDREN if of_child else children_meant(reading)
    return Wanted(
        vocabulary.narrowed(_collapsed(paths), stems | child),
        tuple(dict.fromkeys(path for mention in others for path in _paths(mention))),
        tuple(_spoken(reading[at]) for group in heads for m in group for at in range(m.start, m.end)),
        next((path for m in named if m not in mentions for path in _paths(m)), None),
    )


def _spoken(token: Token) -> str:
    """A word as it was typed where it was typed in parts ("e bike"), else the head of the compound."""
    return token.typed if " " in token.typed else token.word


def _only_sounds_alike(reading: Reading, mention: Mention, is_strange: Callable[[Token], bool]) -> bool:
    """True for "washing machine" in a shop whose only machines are "coffee machines"."""
    weak = mention.of(Kind.CATEGORY)[0].weight < WHOLE
    return weak and mention.start > 0 and is_strange(reading[mention.start - 1])


def _paths(mention: Mention) -> tuple[str, ...]:
    """The categories a mention may mean with its strongest words; a category stands for those below it."""
    meanings = mention.of(Kind.CATEGORY)
    best = [m.name for m in meanings if m.weight >= meanings[0].weight - 0.05]
    return tuple(path for path in best if not any(other != path and within(path, other) for other in best))


def _is_rather_something_else(reading: Reading, mention: Mention, records: Records) -> bool:
    """A use after "für", an adjective, a counted attribute, or what is a category only by a weak word."""
    strength = mention.of(Kind.CATEGORY)[0].weight
    if is_adjective(reading, mention) or _is_counted(reading, mention, records):
        return True
    if mention.of(Kind.ATTRIBUTE, Kind.VALUE) and reading.is_led_by(mention.start, EQUIPPED):
        return True
    if mention.of(Kind.USE) and reading.is_led_by(mention.start, PURPOSE):
        return any(use.weight >= SURE for use in mention.of(Kind.USE)) and not mention.of(Kind.ATTRIBUTE)
    return strength < SURE and any(
        m.weight > strength for m in mention.of(Kind.VALUE, Kind.COLOUR, Kind.USE, Kind.BRAND)
    )


def is_adjective(reading: Reading, mention: Mention) -> bool:
    """True for "lighter", and for "light" in "a light city bike" and "it should be light"."""
    word = reading.word(mention.start)
    followed = any(other.start == mention.end and other.of(Kind.CATEGORY) for other in reading.mentions)
    single = mention.end - mention.start == 1
    liked = word in liked_words() and (followed or reading.word(mention.start - 1) in LINKING)
    return single and (word in compared_words() or liked)


def _is_counted(reading: Reading, mention: Mention, records: Records) -> bool:
    """True for the gears in "27 gears"."""
    counted = mention.start > 0 and reading[mention.start - 1].number is not None
    return counted and any(records.dimension((), m.name) is not None for m in mention.of(Kind.ATTRIBUTE))


def _worth_from(reading: Reading, start: int) -> int:
    """Where the amount before a noun begins, as in "a lock for a 1200 euro bike"; its own start without one."""
    at = start - 1 if reading.word(start - 1) in CURRENCY else start
    return at - 1 if at != start and at > 0 and reading[at - 1].number is not None else start


def _measured_from(reading: Reading, start: int) -> int:
    """Where the measure before a noun begins, as in "tubes for a 28 inch bike"; its own start without one."""
    at = start - 2 if reading.word(start - 1) in MEASURES else start - 1
    return at if at >= 0 and reading[at].number is not None else start


def _owned(reading: Reading, start: int) -> bool:
    before = reading.words(max(0, start - 3), start)
    return bool(OWNED & set(before)) or (bool(HAVING & set(before)) and _seeks_later(reading, start))


def _is_part_of_one(reading: Reading, mention: Mention, category: str) -> bool:
    """True for the screen in "one with a bigger screen" while laptops are talked of."""
    equipped = [at for at in range(mention.start) if reading.word(at) in EQUIPPED]
    said_of = bool(equipped) and reading.word(equipped[-1] - 1) in ONES and mention.start - equipped[-1] <= REACH
    return said_of and not any(related(path, category) for path in _paths(mention))


def _seeks_later(reading: Reading, start: int) -> bool:
    return any(word in SEEKING for word in reading.words(start, len(reading)))


def _heads(reading: Reading, mentions: list[Mention]) -> tuple[list[list[Mention]], list[Mention]]:
    """Groups of mentions, each group one wish, and the mentions that only say what the wish is for."""
    heads: list[list[Mention]] = []
    others: list[Mention] = []
    for mention in mentions:
        last = heads[-1][-1] if heads else None
        start = _measured_from(reading, _worth_from(reading, mention.start))
        if (
            _owned(reading, start)
            or reading.is_led_by(start, CARRIED)
            or (last and reading.is_led_by(start, PURPOSE) and not _akin(last, mention))
        ):
            others.append(mention)
        elif last is None:
            heads.append([mention])
        elif reading.word(last.start - 1) == "to":
            # "something to lock up an e-bike": the verb names what is wanted
            others.append(mention)
        elif _akin(last, mention):
            heads[-1].append(mention)
        elif BETWEEN & set(reading.words(last.end, mention.start)):
            heads.append([mention])
        else:
            others.extend(heads.pop())
            heads.append([mention])
    if not heads and others and all(reading.is_led_by(m.start, CARRIED) for m in others):
        return [], others
    return (heads, others) if heads else ([[m] for m in others[-1:]], others[:-1])


def _akin(one: Mention, other: Mention) -> bool:
    return any(related(a, b) for a in _paths(one) for b in _paths(other))


def _merged(group: list[Mention]) -> tuple[str, ...]:
    """The deepest categories all mentions of a wish agree on: "Jacken" and "Damen" meet in "women/jackets"."""
    paths = _paths(group[0])
    for mention in group[1:]:
        both = [max(a, b, key=len) for a in paths for b in _paths(mention) if related(a, b)]
        paths = tuple(dict.fromkeys(both)) or paths
    return paths


def _collapsed(paths: tuple[str, ...]) -> tuple[str, ...]:
    """No category beside one that holds it."""
    return tuple(path for path in paths if not any(other in paths for other in above(path)[:-1]))
