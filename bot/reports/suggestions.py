"""What the matrix could learn from verdicts of the team and from answers of shoppers: suggestions, nothing more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.offers.situation import OfferKind
from bot.reports.intervals import share_interval

# as the console's form writes them
OBJECTIONS = frozenset({"wrong_offer", "should_not_have_offered"})
MISSED = "should_have_offered"
GOOD = "good"
ACCEPTED = "accepted"
# fewer verdicts, or answers, are one person's taste
FEWEST_VERDICTS, FEWEST_ANSWERS = 2, 20


class Source(StrEnum):
    """Where a suggestion comes from."""

    REVIEWS = "reviews"
    ANSWERS = "answers"


class Advice(StrEnum):
    """What to look at: a pair that was objected to, an anchor without an offer, a pair hardly or gladly taken."""

    OBJECTED = "objected"
    MISSED = "missed"
    HARDLY_TAKEN = "hardly_taken"
    GLADLY_TAKEN = "gladly_taken"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`count` of `of` speak for it: conversations with a verdict, or answers; `usual` is the share of yeses to all
    offers of that kind. `anchor` and `target` are models; a missed offer has no target and no kind."""

    source: Source
    advice: Advice
    anchor: str
    target: str
    kind: OfferKind | None
    count: int
    of: int
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """One product offered in one conversation, what became of it, and what the team says of that conversation.

    Products of one `decision` were offered as a choice.
    """

    conversation: str
    decision: str
    kind: OfferKind
    anchor: str
    target: str
    state: str
    verdict: str | None = None
    causes: frozenset[str] = frozenset()


def suggest(made: Iterable[Made], missed: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """What offers and verdicts suggest, the weightiest first; `missed` are (conversation, anchor) where the team
    says that something should have been offered and nothing was."""
    known = list(made)
    found = [*_objected(known), *_missed(missed), *_taken(known)]
    return sorted(
        found, key=lambda each: (each.source.value, each.advice.value, -each.count, each.anchor, each.target)
    )


def _objected(made: Iterable[Made]) -> Iterator[Suggestion]:
    """Pairs that oftener stood in conversations the team objects to than in good ones."""
    objected: dict[tuple[OfferKind, str, str], set[str]] = {}
    judged: dict[tuple[OfferKind, str, str], set[str]] = {}
    for each in made:
        pair = (each.kind, each.anchor, each.target)
        if each.causes & OBJECTIONS:
            objected.setdefault(pair, set()).add(each.conversation)
        if each.causes & OBJECTIONS or each.verdict == GOOD:
            judged.setdefault(pair, set()).add(each.conversation)
    for (kind, anchor, target), conversations in objected.items():
        against, of = len(conversations), len(judged[kind, anchor, target])
        if against >= FEWEST_VERDICTS and 2 * against > of:
            yield Suggestion(Source.REVIEWS, Advice.OBJECTED, anchor, target, kind, against, of)


def _missed(missed: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    silent: dict[str, set[str]] = {}
    for conversation, anchor in missed:
        silent.setdefault(anchor, set()).add(conversation)
    for anchor, conversations in silent.items():
        if (count := len(conversations)) >= FEWEST_VERDICTS:
            yield Suggestion(Source.REVIEWS, Advice.MISSED, anchor, "", None, count, count)


def _taken(made: Sequence[Made]) -> Iterator[Suggestion]:
    """Pairs whose share of yeses is beyond chance below half the usual one, or above it."""
    chosen = {each.decision for each in made if each.state == ACCEPTED}
    # who took another one of a choice has not said no to this
    settled = (each for each in made if each.state == ACCEPTED or each.decision not in chosen)
    answered = [each for each in settled if each.state != "shown"]
    of_kind, of_pair = _counts(answered, whole=True), _counts(answered, whole=False)
    for (kind, anchor, target), (yeses, of) in of_pair.items():
        all_yeses, all_answers = of_kind[kind, "", ""]
        usual = all_yeses / all_answers
        lowest, highest = share_interval(yeses, of)
        if of >= FEWEST_ANSWERS and (highest < usual / 2 or lowest > usual):
            advice = Advice.HARDLY_TAKEN if highest < usual else Advice.GLADLY_TAKEN
            yield Suggestion(Source.ANSWERS, advice, anchor, target, kind, yeses, of, usual)


def _counts(answered: Iterable[Made], *, whole: bool) -> dict[tuple[OfferKind, str, str], tuple[int, int]]:
    """(yeses, answers) of each pair, or of each kind of offer."""
    counted: dict[tuple[OfferKind, str, str], tuple[int, int]] = {}
    for each in answered:
        key = (each.kind, "", "") if whole else (each.kind, each.anchor, each.target)
        yeses, answers = counted.get(key, (0, 0))
        counted[key] = (yeses + (each.state == ACCEPTED), answers + 1)
    return counted
