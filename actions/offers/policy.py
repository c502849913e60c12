"""Decides what is offered: one kind of move a turn, a small choice at most, and a reason for all withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.offers.acceptance import Learnt, chances
from actions.offers.candidates import authority, informed, one_per_edge
from actions.offers.decision import Decision, Offer, Refusal, Withheld
from actions.offers.details import details, passed_over, waits_for
from actions.offers.eligibility import refusal
from actions.offers.exploration import in_turn, ranking_of, weighed
from actions.offers.limits import OfferLimits
from actions.offers.products import Money, Product
from actions.offers.ranking import choose, ranked
from actions.offers.reasons import reason_for
from actions.offers.situation import Candidate, OfferKind, Situation

KIND_ORDER = (OfferKind.DOWN, OfferKind.UP, OfferKind.CROSS)


@dataclass(frozen=True, slots=True)
class _Verdict:
    candidate: Candidate
    reason: Refusal | None


def decide(
    situation: Situation, candidates: Iterable[Candidate], limits: OfferLimits, learnt: Learnt | None = None
) -> Decision:
    """Decide on every candidate, purely and whatever their order.

    The offers share one kind: the one asked for, else down (eligible only on hesitation or over budget), else up,
    else cross. While unasked offers are not rolled out to this shopper, what would be offered is withheld instead.
    There are as many as are eligible and no more than the channel's cap, possibly none. Each sku and
    kind among the candidates appears exactly once, as an offer or as withheld; withheld is sorted by kind and sku.

    What was `learnt` from answers may change who of the eligible is named first, never who is eligible, and only
    where the limits allow it.
    """
    taught = learnt if limits.learn_from_answers else None
    given = tuple(candidates)
    known = informed(situation, given)
    verdicts = _verdicts(known, given, limits)
    eligible = [verdict.candidate for verdict in verdicts if verdict.reason is None]
    kind = _kind_of_turn(known, eligible)
    most = limits.max_choices_voice if known.voice else limits.max_choices_web
    of_kind = [candidate for candidate in eligible if candidate.kind is kind]
    ordered = ranked(kind, known, of_kind, limits) if kind else ()
    field = weighed(chances(known, ordered, limits), taught)
    chosen = choose(kind, [ordered[n] for n in in_turn(field, taught)], most) if kind else ()
    withheld = [_withheld(known, verdict, chosen, kind, limits) for verdict in verdicts]
    spoken = chosen if kind and known.lets_speak(kind) else ()
    return Decision(
        offers=tuple(_offer(known, c, anchor, limits) for c in spoken if (anchor := known.basis(c.relation))),
        withheld=tuple(row for row in withheld if row is not None),
        policy_version=limits.version,
        eligible=field,
        ranking=ranking_of(field, taught),
    )


def _verdicts(situation: Situation, candidates: Sequence[Candidate], limits: OfferLimits) -> list[_Verdict]:
    """One verdict for each kind and sku; where several anchors speak for it, one that carries is enough.

    One that would carry but for the hold-out is told before one that would not.
    """

    def weight(verdict: _Verdict) -> tuple[bool, bool, bool, tuple[int, int, int, str]]:
        relation, anchor = verdict.candidate.relation, situation.anchor
        elsewhere = relation is not None and anchor is not None and relation.anchor != anchor.sku
        refused, fails = verdict.reason is not None, verdict.reason is not Refusal.HOLDOUT
        return (refused, fails, elsewhere, authority(verdict.candidate))

    best: dict[tuple[int, str], _Verdict] = {}
    for candidate in one_per_edge(candidates):
        verdict = _Verdict(candidate, refusal(situation, candidate, limits))
        place = (KIND_ORDER.index(candidate.kind), candidate.product.sku)
        if place not in best or weight(verdict) < weight(best[place]):
            best[place] = verdict
    return [best[place] for place in sorted(best)]


def _kind_of_turn(situation: Situation, eligible: Sequence[Candidate]) -> OfferKind | None:
    if situation.asked_for or situation.requested:
        return situation.asked_for or situation.requested
    kinds = {candidate.kind for candidate in eligible}
    return next((kind for kind in KIND_ORDER if kind in kinds), None)


def _offer(situation: Situation, candidate: Candidate, anchor: Product, limits: OfferLimits) -> Offer:
    price = candidate.product.price
    replaced = 0 if candidate.kind is OfferKind.CROSS else anchor.price.amount
    return Offer(
        kind=candidate.kind,
        product=candidate.product,
        anchor=anchor,
        price_difference=Money(price.amount - replaced, price.currency),
        reason=reason_for(situation, candidate, anchor, limits),
    )


def _withheld(
    situation: Situation,
    verdict: _Verdict,
    chosen: Sequence[Candidate],
    kind: OfferKind | None,
    limits: OfferLimits,
) -> Withheld | None:
    candidate, reason = verdict.candidate, verdict.reason
    if candidate in chosen and situation.lets_speak(candidate.kind):
        return None
    if candidate in chosen:
        reason = Refusal.ROLLOUT
    if reason is not None:
        found = details(reason, situation, candidate, limits)
    elif candidate.kind is not kind:
        reason, found = Refusal.OTHER_KIND_FIRST, waits_for(kind)
    else:
        reason, found = Refusal.NOT_AMONG_BEST, passed_over(candidate, chosen)
    return Withheld(candidate.product.sku, candidate.kind, reason, found)
