"""Who is named first: the one the offer policy ranks first, or, where answers may speak, one that is drawn."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from actions.offers.acceptance import Learnt
from actions.offers.beta import odds
from actions.offers.decision import Chance

AS_RANKED = "ranked-2"
AS_LEARNT = "learnt-2"
# the share of turns that go on as ranked: without it, nobody could ever tell whether learning pays
KEPT_AS_RANKED = 0.1


def weighed(eligible: Sequence[Chance], learnt: Learnt | None) -> tuple[Chance, ...]:
    """The same chances in the same order, each with its probability of being named first; they sum to 1.

    Only the first of each group in the order of the offer policy can be: answers tell which need to speak to,
    the policy which product serves it.
    """
    if not eligible:
        return ()
    probability = dict.fromkeys(range(len(eligible)), 0.0)
    if learnt is None or not learnt.turn:
        probability[best(eligible, learnt)] = 1.0
    else:
        spokesmen = _spokesmen(eligible)
        drawn = odds([learnt.belief(eligible[n]) for n in spokesmen])
        probability |= {n: (1 - KEPT_AS_RANKED) * part for n, part in zip(spokesmen, drawn, strict=True)}
        probability[0] += KEPT_AS_RANKED
    return tuple(replace(chance, probability=probability[n]) for n, chance in enumerate(eligible))


def best(eligible: Sequence[Chance], learnt: Learnt | None) -> int:
    """The place of the one that is named first where nothing is drawn."""
    if learnt is None:
        return 0
    return max(_spokesmen(eligible), key=lambda n: (learnt.belief(eligible[n]).expected_worth, -n))


def in_turn(chances: Sequence[Chance], learnt: Learnt | None) -> list[int]:
    """The places of the chances in the order in which they are named.

    Only the first place is drawn. The others go by what is expected of their group, then as ranked.
    """
    if learnt is None or not chances:
        return list(range(len(chances)))
    first = _drawn(chances, learnt.turn)

    def place(n: int) -> tuple[bool, int, float, int]:
        return (n != first, chances[n].precedence, -learnt.belief(chances[n]).expected_worth, n)

    return sorted(range(len(chances)), key=place)


def ranking_of(eligible: Sequence[Chance], learnt: Learnt | None) -> str:
    """What made the order: its version, and from how many answers it was learnt."""
    if learnt is None or not eligible:
        return AS_RANKED if eligible else ""
    return f"{AS_LEARNT}:{learnt.answers(eligible[0].kind).total}"


def _spokesmen(eligible: Sequence[Chance]) -> list[int]:
    """The first of each group among those that nothing precedes."""
    foremost = min(chance.precedence for chance in eligible)
    first: dict[object, int] = {}
    for n, chance in enumerate(eligible):
        if chance.precedence == foremost:
            first.setdefault(chance.group, n)
    return list(first.values())


def _drawn(chances: Sequence[Chance], turn: str) -> int:
    """The same for the same turn: a number made of its name falls into one of the probabilities."""
    digest = hashlib.sha256(f"{turn}:{chances[0].kind}".encode()).digest()
    point = int.from_bytes(digest[:6]) / 2**48
    ends = accumulate(chance.probability for chance in chances)
    possible = [(n, end) for n, end in enumerate(ends) if chances[n].probability]
    return next((n for n, end in possible if point < end), possible[-1][0])
