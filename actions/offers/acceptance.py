"""How probable it is that shoppers take an offer: what is expected beforehand, and what their answers teach."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.offers.beta import Belief
from actions.offers.decision import Chance
from actions.offers.earning import profit_of
from actions.offers.fitting import relation_speaks
from actions.offers.limits import OfferLimits
from actions.offers.products import Product
from actions.offers.ranking import precedence
from actions.offers.situation import Candidate, OfferKind, Situation
from actions.offers.strength import MARGIN_EXPONENT, strength

Group = tuple[OfferKind, str, str]

# how many answers an expectation weighs; `python -m benchmarks.answers` compares others
PRIOR_STRENGTH = 100
# expectations are guesses in their height: only their order is meant, the shop's own level is learnt
STATED = 0.2
FADES_WITH_RANK = 0.8
LAST_RANK = 6
COUNTED = 0.06
# what three shops' best extras pull, about
HALF_WAY = 1.0
BY_THE_LADDER = 0.1
LEAST = 0.01
# an expectation at the shop's level stays between these
RAREST, SUREST = 0.0005, 0.95
# how many acceptances it takes before the shop's level counts as much as the guess
LEVEL_STRENGTH = 10


@dataclass(frozen=True, slots=True)
class Answers:
    """How shoppers answered offers that were named first; `expected` is how many were expected to be accepted."""

    accepted: int = 0
    declined: int = 0
    ignored: int = 0
    expected: float = 0.0

    @property
    def total(self) -> int:
        """Every answer; an offer passed over is one, an offer nobody has reacted to is none."""
        return self.accepted + self.declined + self.ignored

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.accepted + other.accepted,
            self.declined + other.declined,
            self.ignored + other.ignored,
            self.expected + other.expected,
        )


NOBODY = Answers()


@dataclass(frozen=True, slots=True)
class Learnt:
    """What answers taught so far, by group and over all groups of a kind.

    `turn` is the turn being decided, such that the same turn always draws the same; without one nothing is drawn
    and the best so far comes first.
    """

    by_group: Mapping[Group, Answers] = field(default_factory=dict)
    by_kind: Mapping[OfferKind, Answers] = field(default_factory=dict)
    turn: str = ""

    def answers(self, kind: OfferKind) -> Answers:
        """All answers to a kind of offer."""
        return self.by_kind.get(kind, NOBODY)

    def level(self, kind: OfferKind) -> float:
        """How much oftener offers of a kind are taken in this shop than was expected."""
        answers = self.answers(kind)
        return (LEVEL_STRENGTH + answers.accepted) / (LEVEL_STRENGTH + answers.expected)

    def belief(self, chance: Chance, strength: float = PRIOR_STRENGTH) -> Belief:
        """The expectation at the shop's level, as if made of `strength` answers, and the group's answers on top.

        Where a yes is so rare that there would be less than one among them, it is made of as many as hold one.
        """
        answers = self.by_group.get(chance.group, NOBODY)
        expected = min(max(chance.prior * self.level(chance.kind), RAREST), SUREST)
        weight = max(strength, 1 / expected)
        alpha = weight * expected + answers.accepted
        beta = weight * (1 - expected) + answers.total - answers.accepted
        return Belief(alpha, beta, worth(chance))


def chances(situation: Situation, ordered: Sequence[Candidate], limits: OfferLimits) -> tuple[Chance, ...]:
    """The eligible candidates in their order, each with its expectation; no probability is given yet."""
    return tuple(_chance(situation, candidate, limits) for candidate in ordered)


def worth(chance: Chance) -> float:
    """What weighs beside the acceptance: the profit of an extra, damped; a step up or down is not pushed by it."""
    return math.pow(max(chance.profit, 1), MARGIN_EXPONENT) if chance.kind is OfferKind.CROSS else 1.0


def _chance(situation: Situation, candidate: Candidate, limits: OfferLimits) -> Chance:
    anchor = situation.basis(candidate.relation)
    return Chance(
        sku=candidate.product.sku,
        kind=candidate.kind,
        anchor=need(anchor) if anchor else "",
        category=need(candidate.product),
        prior=_prior(candidate, limits),
        profit=profit_of(candidate, limits) or 0,
        precedence=precedence(situation, candidate),
    )


def need(product: Product) -> str:
    """The category; a product without one is a need of its own."""
    return product.category or product.family


def _prior(candidate: Candidate, limits: OfferLimits) -> float:
    """What the merchant states is expected to be taken oftener than what past orders show."""
    relation = candidate.relation
    if relation is not None and relation_speaks(relation):
        return STATED * math.pow(FADES_WITH_RANK, min(relation.place, LAST_RANK) - 1)
    if candidate.kind is not OfferKind.CROSS:
        return BY_THE_LADDER
    pulled = strength(candidate, limits).pull
    return max(COUNTED * pulled / (pulled + HALF_WAY), LEAST)
